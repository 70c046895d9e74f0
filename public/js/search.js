// Finding clips: the field and the choice of a camera above the list, and the clips that the server finds for them.

import * as api from "./api.js";
import { cameraName } from "./cameras.js";
import { $, announce, arrange, setText, showText } from "./dom.js";
import { plural } from "./format.js";

/** How long someone who types must pause, in milliseconds. */
const PAUSE = 250;
const [PAGE, MOST] = [24, 1000];

/** As many clips as are shown, so that the answer is the whole truth about them; and where all are, a new one too. */
function enough(found) {
  if (!found) return PAGE;
  const { clips: { length }, next } = found;
  return Math.min(Math.max(next ? length : length + 1, PAGE), MOST);
}

export class Search {
  #form = $("#search");
  #text = $("#search-text");
  #camera = $("#search-camera");
  #error = $("#search-error");
  /** What is searched for; null for nothing. */
  #filter = null;
  #found = null;
  #timer = null;
  #asking = false;
  #stale = false;
  #isNew = false;
  #onChange;

  /** `onChange` is called when other clips are found, or all are to be shown again. */
  constructor(onChange) {
    this.#onChange = onChange;
    this.#text.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#search(), PAUSE);
    });
    this.#camera.addEventListener("change", () => this.#search());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#search();
    });
    $("#search-clear").addEventListener("click", () => {
      this.#text.value = this.#camera.value = "";
      this.#text.focus();
      this.#search();
    });
  }

  /** The clips found, as a library; null while there is no search, or no answer yet. */
  get found() { return this.#found; }

  /** Changes what is known of the clips found. */
  change(how) {
    if (this.#found) this.#found = how(this.#found);
  }

  /** Offers the cameras to choose from, and the search itself once there is something to find. */
  update(cameras, hasClips) {
    this.#form.hidden = !hasClips && !this.#filter;
    const chosen = this.#camera.value;
    // A camera that is gone stays as long as its clips are looked at.
    const gone = chosen && !cameras.some(({ id }) => id === chosen) ? [{ id: chosen }] : [];
    const [all, ...options] = this.#camera.children;
    const offered = [...cameras, ...gone].map((camera, index) => {
      const option = options[index] ?? document.createElement("option");
      option.value = camera.id;
      setText(option, cameraName(camera));
      return option;
    });
    arrange(this.#camera, [all, ...offered]);
    this.#camera.value = chosen;
    this.#camera.hidden = cameras.length < 2 && !chosen;
  }

  /** Asks again what belongs to the search: something has happened to a clip. */
  refresh() {
    if (this.#filter) this.#ask();
  }

  #search() {
    clearTimeout(this.#timer);
    const [q, camera] = [this.#text.value.trim(), this.#camera.value];
    this.#filter = q || camera ? { q, camera } : null;
    this.#isNew = true;
    if (this.#filter) return this.#ask();
    this.#stale = true;
    this.#found = null;
    showText(this.#error, null);
    this.#onChange();
  }

  /** Until the answer is there, what was found before stays; an answer that was overtaken doesn't count. */
  async #ask() {
    this.#stale = true;
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#stale && this.#filter) {
        this.#stale = false;
        await this.#askOnce();
      }
    } finally {
      this.#asking = false;
    }
  }

  async #askOnce() {
    const limit = this.#isNew ? PAGE : enough(this.#found);
    try {
      const page = await api.clips(api.clipsPath({ ...this.#filter, limit }));
      if (!this.#stale) this.#show(page);
    } catch (error) {
      if (!(error instanceof api.APIError)) throw error;
      if (!this.#stale) showText(this.#error, error.message);
    }
  }

  #show(page) {
    this.#found = { ...page, loaded: true };
    showText(this.#error, null);
    this.#onChange();
    if (this.#isNew) announce(`${plural(page.total ?? page.clips.length, "clip", "clips")} found.`);
    this.#isNew = false;
  }
}
