// Editing a clip's label and note where they are shown.

import { APIError } from "./api.js";
import { $, announce, showText, stamp } from "./dom.js";

/** What a merge patch must say (RFC 7396) to turn one into the other; an empty text clears a field. */
export function changes(before, after) {
  const changed = Object.entries(after).filter(([name, text]) => text !== before[name]);
  return Object.fromEntries(changed.map(([name, text]) => [name, text || null]));
}

export class ClipEditor {
  #place;
  #button;
  #save;
  #form = null;
  #before = null;

  /** `place` gets the form, `button` opens and closes it; `save(changes)` throws what the server refuses. */
  constructor(place, button, save) {
    [this.#place, this.#button, this.#save] = [place, button, save];
  }

  toggle(clip) {
    if (this.#form) return this.#close();
    const form = stamp("editor-template");
    const { label, note } = form.elements;
    [label.value, note.value] = [clip.label ?? "", clip.note ?? ""];
    // As the fields have them: a text area knows one kind of line ends only.
    [this.#form, this.#before] = [form, { label: label.value, note: note.value }];
    $(".cancel", form).addEventListener("click", () => this.#close());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    form.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") this.#close();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    this.#place.prepend(form);
    this.#button.setAttribute("aria-expanded", "true");
    label.focus();
  }

  async #submit() {
    const form = this.#form;
    const save = $("[type=submit]", form);
    if (save.getAttribute("aria-disabled") === "true") return;
    const { label, note } = form.elements;
    const changed = changes(this.#before, { label: label.value.trim(), note: note.value.trim() });
    if (Object.keys(changed).length === 0) return this.#close();
    save.setAttribute("aria-disabled", "true");
    showText($(".error", form), null);
    try {
      await this.#save(changed);
      // It may have been given up meanwhile.
      if (this.#form === form) this.#close();
      announce("Saved.");
    } catch (error) {
      if (!(error instanceof APIError)) throw error;
      showText($(".error", form), error.message);
    } finally {
      save.setAttribute("aria-disabled", "false");
    }
  }

  #close() {
    const hadFocus = this.#form.contains(document.activeElement);
    this.#form.remove();
    this.#form = null;
    this.#button.setAttribute("aria-expanded", "false");
    if (hadFocus) this.#button.focus();
  }
}
