// The few things every part of the page does to the document.

export const $ = (selector, root = document) => root.querySelector(selector);

/** A fresh copy of a <template>'s only element. */
export function stamp(templateId) {
  return document.getElementById(templateId).content.firstElementChild.cloneNode(true);
}

/** Writes text only where it differs, so that a live region isn't read out twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows the element with this text, or hides it when there is none. */
export function showText(element, text) {
  setText($(".text", element) ?? element, text ?? "");
  element.hidden = !text;
}

export function toggleAttribute(element, name, value) {
  if (value === null || value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Says something to a screen reader without moving the focus. */
export function announce(text) {
  setText($("#announce"), text);
}

/** Puts the children into this order, touching only those that are out of place (keeps focus and pictures). */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}

/** Clicking the backdrop closes a dialog, as Escape does. */
export function closeOnBackdrop(dialog) {
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target !== dialog) return;
    const box = dialog.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right
      && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) dialog.close();
  });
}
