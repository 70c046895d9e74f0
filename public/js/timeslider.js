// The slider under the live picture: how far back in what is on disk to look.

import { $, setText } from "./dom.js";
import { span } from "./format.js";

/** Seconds: below this there is nothing to look back at. */
const SHORTEST = 5;

export class TimeSlider {
  #root = $("#lookback");
  #input = $("input", this.#root);
  #isHeld = false;

  /** `onChoice` gets the seconds to go back, 0 for live. */
  constructor(onChoice) {
    this.#input.addEventListener("input", () => {
      this.#isHeld = true;
      this.#say();
    });
    this.#input.addEventListener("change", () => {
      this.#isHeld = false;
      onChoice(-this.#input.valueAsNumber);
    });
  }

  /** How far back there is something, in seconds. */
  set reach(seconds) {
    this.#root.hidden = seconds < SHORTEST;
    this.#input.min = -Math.floor(seconds);
    this.#say();
  }

  /** Says how far back the picture is, unless somebody is just choosing. */
  show(seconds) {
    if (this.#isHeld) return;
    this.#input.value = -Math.round(seconds);
    this.#say();
  }

  #say() {
    const back = -this.#input.valueAsNumber;
    const text = back > 0 ? `${span(back)} ago` : "live";
    setText($("output", this.#root), text);
    this.#input.setAttribute("aria-valuetext", text);
  }
}
