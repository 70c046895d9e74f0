// The trigger: a button, two keys, and one request.

import * as api from "./api.js";
import { $, setText, showText } from "./dom.js";

const texts = { idle: "Keep this moment", sending: "Keeping…", kept: "Kept" };
/** Anything that has a use of its own for the space bar. */
const controls = "a[href], button, input, select, textarea, summary, video, audio, [contenteditable], [role=button]";
const writing = "input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable]";

/** Whether this key press means the trigger, and not something for the control that has the focus. */
export function isTriggerKey(event, focused) {
  if (event.repeat || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  if (event.key === "t" || event.key === "T") return !focused?.matches(writing);
  return event.key === " " && !focused?.matches(controls);
}

/** What went wrong half a minute ago says nothing of now. */
const COMPLAINT = 30_000;

export class Trigger {
  #form = $("#trigger-form");
  #button = $("#trigger");
  #label = $("#label");
  #scope = $("#scope");
  #cameras;
  #onClips;
  #state = "idle";
  #forget = null;

  /** `cameras` are the Cameras of the page; `onClips` gets the clips a trigger began. */
  constructor(cameras, onClips) {
    this.#cameras = cameras;
    this.#onClips = onClips;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.pull();
    });
    document.addEventListener("keydown", (event) => {
      if (document.querySelector("dialog[open]") || !isTriggerKey(event, document.activeElement)) return;
      event.preventDefault();
      this.pull();
    });
  }

  /** Names what the trigger is about to keep. */
  update() {
    const { all, chosen } = this.#cameras;
    this.#scope.hidden = all.length < 2;
    if (chosen) setText($("#scope-one"), this.#cameras.name(chosen.id));
  }

  async pull() {
    if (this.#state === "sending") return;
    this.#show("sending");
    showText($("#trigger-error"), null);
    try {
      const clips = await api.store({ camera: this.#target(), label: this.#label.value.trim() });
      this.#label.value = "";
      this.#show("kept");
      setTimeout(() => this.#state === "kept" && this.#show("idle"), 1200);
      this.#onClips(clips);
    } catch (error) {
      this.#show("idle");
      if (!(error instanceof api.APIError)) throw error;
      this.#complain(error.unreachable ? "The server can't be reached, so nothing was kept. Try again." : error.message);
    }
  }

  #target() {
    const { all, chosen } = this.#cameras;
    if (all.length > 1 && this.#form.elements.scope.value === "all") return "all";
    return chosen?.id;
  }

  #complain(text) {
    const error = $("#trigger-error");
    showText(error, text);
    clearTimeout(this.#forget);
    this.#forget = setTimeout(() => showText(error, null), COMPLAINT);
  }

  #show(state) {
    this.#state = state;
    this.#button.dataset.state = state;
    // Not `disabled`, which would throw the focus away.
    this.#button.setAttribute("aria-disabled", String(state === "sending"));
    setText($(".text", this.#button), texts[state]);
  }
}
