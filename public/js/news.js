// How news from the server arrives: the only place that knows. Today it asks, gently; once the server tells by itself
// (Server-Sent Events), only this file changes: it keeps dispatching the same events.
//
//   health   detail: the health body            page      detail: the newest page of clips
//   cameras  detail: array of cameras           clip      detail: one clip beyond that page
//   gone     detail: id of a clip               trouble   detail: the APIError; `well` when it is over

import * as api from "./api.js";
import { isPending } from "./library.js";

const BUSY = 1000;
const CALM = 5000;

export class News extends EventTarget {
  #knownClips;
  #timer = null;
  #asking = false;
  #generation = 0;
  #unwell = false;
  #lastFull = -Infinity;

  /** `knownClips` gives the clips the page shows, to know whether one of them is on its way. */
  constructor(knownClips) {
    super();
    this.#knownClips = knownClips;
  }

  start() {
    document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(this.#timer) : this.refresh()));
    addEventListener("online", () => this.refresh());
    this.refresh();
  }

  /** Asks for everything now: something is known to have changed, and answers still under way are stale. */
  refresh() {
    this.#lastFull = -Infinity;
    this.#generation += 1;
    if (!this.#asking) this.#ask();
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.#asking = true;
    const generation = this.#generation;
    try {
      // Health and cameras change slowly: every five seconds, however often clips are asked for.
      const full = performance.now() - this.#lastFull >= CALM - BUSY / 2;
      const [health, cameras, page] = await Promise.all([full && api.health(), full && api.cameras(), api.clips()]);
      if (generation !== this.#generation) return;
      if (full) this.#lastFull = performance.now();
      if (this.#unwell) { this.#unwell = false; this.#tell("well"); }
      if (health) this.#tell("health", health);
      if (cameras) this.#tell("cameras", cameras);
      this.#tell("page", page);
      await this.#askBeyond(page);
    } catch (error) {
      if (!(error instanceof api.APIError)) throw error;
      this.#unwell = true;
      this.#tell("trouble", error);
    } finally {
      this.#asking = false;
      this.#plan(generation !== this.#generation);
    }
  }

  /** A clip can be on its way yet too old for the newest page: a long one, or one of many. */
  async #askBeyond(page) {
    const told = new Set(page.clips.map((clip) => clip.id));
    for (const { id } of this.#knownClips().filter((clip) => isPending(clip) && !told.has(clip.id))) {
      try {
        this.#tell("clip", await api.clip(id));
      } catch (error) {
        if (error.status !== 404) throw error;
        this.#tell("gone", id);
      }
    }
  }

  #plan(stale) {
    if (document.hidden) return;
    const busy = !this.#unwell && this.#knownClips().some(isPending);
    this.#timer = setTimeout(() => this.#ask(), stale ? 0 : busy ? BUSY : CALM);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
