// One clip in the list.

import { links } from "./api.js";
import { $, setText, showText, stamp, toggleAttribute } from "./dom.js";
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

export class ClipCard {
  element = stamp("clip-template");
  #drawn = null;
  #picture = null;

  /** `actions` has `play(clip)` and `remove(clip)`. */
  constructor(actions) {
    $(".thumb", this.element).addEventListener("click", () => actions.play(this.clip));
    $(".delete", this.element).addEventListener("click", () => actions.remove(this.clip));
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
    $(".locked", card).hidden = !clip.locked;
    // While it is recording, what is still to come isn't missing.
    const settled = clip.status === "ready";
    showText($(".warning", card), settled ? coverageWarning(clip.coverage) : null);
    showText($(".error", card), clip.status === "failed" ? clip.error || "This clip could not be made." : null);

    const thumb = $(".thumb", card);
    thumb.disabled = clip.status === "failed";
    toggleAttribute(thumb, "aria-label", [`Play ${title}`, when, length, badges[clip.status], clip.locked && "locked"].filter(Boolean).join(", "));
    this.#showPicture(settled ? urls.thumbnail : null);

    const download = $(".download", card);
    download.hidden = !settled;
    download.href = urls.download;
    toggleAttribute(download, "aria-label", `Download ${title}, ${when}`);
    toggleAttribute($(".delete", card), "aria-label", `Delete ${title}, ${when}`);
  }

  #showPicture(address) {
    if (address === this.#picture) return;
    this.#picture = address;
    const image = $("img", this.element);
    image.hidden = !address;
    if (address) image.src = address;
  }
}
