// One clip in the list.

import { APIError, links } from "./api.js";
import { $, setText, showText, stamp, toggleAttribute } from "./dom.js";
import { ClipEditor } from "./editor.js";
import { bytes, coverageWarning, duration, moment } from "./format.js";

const badges = { recording: "Recording", processing: "Processing", failed: "Failed" };

export const clipTitle = (clip, cameraName) => clip.label || cameraName;

/** What is known of a clip besides its name: its camera (unless that is the name) and its size. */
export function clipFacts(clip, cameraName) {
  return [
    clip.label && cameraName,
    clip.size > 0 && bytes(clip.size),
  ].filter(Boolean).join(" · ");
}

/** Why a clip isn't deleted; null when it may be. */
export const lockReason = (clip) => (clip.locked ? "Locked: unlock it before you delete it." : null);

export class ClipCard {
  element = stamp("clip-template");
  #drawn = null;
  #picture = null;
  #problem = $(".problem", this.element);

  /** `actions` has `play(clip)`, `remove(clip)`, and `edit(clip, changes)`, which throws what the server refuses. */
  constructor(actions) {
    $(".thumb", this.element).addEventListener("click", () => actions.play(this.clip));
    $(".delete", this.element).addEventListener("click", () => {
      showText(this.#problem, lockReason(this.clip));
      if (!this.clip.locked) actions.remove(this.clip);
    });
    $(".lock", this.element).addEventListener("click", () => this.#lock(actions));
    const editor = new ClipEditor($(".body", this.element), $(".edit", this.element), (changes) => actions.edit(this.clip, changes));
    $(".edit", this.element).addEventListener("click", () => editor.toggle(this.clip));
    const image = $("img", this.element);
    image.addEventListener("error", () => { image.hidden = true; });
  }

  update(clip, cameraName) {
    this.clip = clip;
    const state = JSON.stringify([clip, cameraName, new Date().toDateString()]);
    if (state === this.#drawn) return;
    this.#drawn = state;
    this.#draw(clip, cameraName);
  }

  async #lock(actions) {
    showText(this.#problem, null);
    try {
      await actions.edit(this.clip, { locked: !this.clip.locked });
    } catch (error) {
      if (!(error instanceof APIError)) throw error;
      showText(this.#problem, error.message);
    }
  }

  #draw(clip, cameraName) {
    const card = this.element;
    const [title, when, urls] = [clipTitle(clip, cameraName), moment(clip.timestamp), links(clip)];
    const length = clip.duration > 0 ? duration(clip.duration) : "";
    Object.assign(card.dataset, { id: clip.id, status: clip.status, camera: clip.camera });

    setText($(".title", card), title);
    setText($("time", card), when);
    $("time", card).dateTime = clip.timestamp;
    setText($(".facts", card), clipFacts(clip, cameraName));
    setText($(".length", card), length);
    setText($(".badge.status", card), badges[clip.status] ?? "");
    $(".badge.locked", card).hidden = !clip.locked;
    showText($(".note", card), clip.note);
    showText(this.#problem, null);
    // While it is recording, what is still to come isn't missing.
    const settled = clip.status === "ready";
    showText($(".warning", card), settled ? coverageWarning(clip.coverage) : null);
    showText($(".failure", card), clip.status === "failed" ? clip.error || "This clip could not be made." : null);

    const thumb = $(".thumb", card);
    thumb.disabled = clip.status === "failed";
    toggleAttribute(thumb, "aria-label", [`Play ${title}`, when, length, badges[clip.status], clip.locked && "locked"].filter(Boolean).join(", "));
    this.#showPicture(settled ? urls.thumbnail : null);

    const download = $(".download", card);
    download.hidden = !settled;
    download.href = urls.download;
    toggleAttribute(download, "aria-label", `Download ${title}, ${when}`);
    toggleAttribute($(".edit", card), "aria-label", `Edit label and note of ${title}, ${when}`);
    const lock = $(".lock", card);
    toggleAttribute(lock, "aria-label", `Lock ${title}, ${when}`);
    toggleAttribute(lock, "aria-pressed", String(clip.locked));
    lock.title = clip.locked ? "Unlock" : "Lock: it is kept until it is unlocked";
    toggleAttribute($("use", lock), "href", clip.locked ? "#i-lock" : "#i-unlock");
    // Not `disabled`: the reason must be found with the keyboard too.
    const [remove, reason] = [$(".delete", card), lockReason(clip)];
    toggleAttribute(remove, "aria-label", `Delete ${title}, ${when}`);
    toggleAttribute(remove, "aria-disabled", reason && "true");
    toggleAttribute(remove, "title", reason);
  }

  #showPicture(address) {
    if (address === this.#picture) return;
    this.#picture = address;
    const image = $("img", this.element);
    image.hidden = !address;
    if (address) image.src = address;
  }
}
