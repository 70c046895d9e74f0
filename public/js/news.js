// How news from the server arrives: the only place that knows. The server tells of clips and cameras by itself
// (Server-Sent Events); while it can't be heard, it is asked.
//
//   health   detail: the health body            page      detail: the newest page of clips
//   cameras  detail: array of cameras           clip      detail: one clip that is known
//   gone     detail: id of a clip               trouble   detail: the APIError; `well` when it is over

import * as api from "./api.js";
import { isPending } from "./library.js";

const BUSY = 1000;
const CALM = 5000;
const CLIP_EVENTS = ["clip.recording", "clip.processing", "clip.ready", "clip.failed"];
const CAMERA_EVENTS = [
  "camera.starting", "camera.live", "camera.lagging", "camera.stalled", "camera.down", "camera.disabled",
  "camera.added", "camera.changed", "camera.removed",
];

export class News extends EventTarget {
  #knownClips;
  #stream = null;
  #timer = null;
  #asking = false;
  #generation = 0;
  #unwell = false;
  #lastFull = -Infinity;
  #wantsPage = true;

  /** `knownClips` gives the clips the page shows, to know whether one of them is on its way. */
  constructor(knownClips) {
    super();
    this.#knownClips = knownClips;
  }

  start() {
    // A hidden page listens no longer: a browser has only six connections for all its pages of one server.
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#rest() : this.refresh()));
    addEventListener("online", () => this.refresh());
    this.refresh();
  }

  /** Asks for everything now: something is known to have changed, and answers still under way are stale. */
  refresh() {
    this.#lastFull = -Infinity;
    this.#wantsPage = true;
    this.#generation += 1;
    if (!this.#asking) this.#ask();
  }

  get #hears() { return this.#stream?.readyState === EventSource.OPEN; }

  /** Listens, unless it does already. The stream connects again by itself, but not after a refusal. */
  #listen() {
    if (document.hidden || (this.#stream && this.#stream.readyState !== EventSource.CLOSED)) return;
    const stream = api.events();
    this.#stream = stream;
    // What happened before it was open was missed. An event `reset` says the same, after such an opening.
    stream.addEventListener("open", () => this.refresh());
    stream.addEventListener("error", () => this.#plan(0));
    for (const type of CLIP_EVENTS) stream.addEventListener(type, ({ data }) => this.#hear(JSON.parse(data)));
    for (const type of CAMERA_EVENTS) stream.addEventListener(type, () => this.refresh());
    stream.addEventListener("clip.deleted", ({ data }) => {
      this.#tell("gone", JSON.parse(data).id);
      this.#distrustAnswers();
    });
  }

  #hear(clip) {
    // Where a new one belongs, the page of clips knows.
    if (!this.#knownClips().some(({ id }) => id === clip.id)) return this.refresh();
    this.#tell("clip", clip);
    this.#distrustAnswers();
  }

  /** An answer on its way may be older than what was just heard. */
  #distrustAnswers() {
    if (this.#asking) this.refresh();
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#stream = null;
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.#asking = true;
    const generation = this.#generation;
    try {
      // Health and cameras have figures that change slowly: every five seconds, however often clips are asked for.
      const full = performance.now() - this.#lastFull >= CALM - BUSY / 2;
      const wantsPage = this.#wantsPage || !this.#hears;
      const [health, cameras, page] = await Promise.all([full && api.health(), full && api.cameras(), wantsPage && api.clips()]);
      if (generation !== this.#generation) return;
      if (full) this.#lastFull = performance.now();
      if (page) this.#wantsPage = false;
      if (this.#unwell) { this.#unwell = false; this.#tell("well"); }
      if (health) this.#tell("health", health);
      if (cameras) this.#tell("cameras", cameras);
      if (page) {
        this.#tell("page", page);
        await this.#askBeyond(page);
      }
      this.#listen();
    } catch (error) {
      if (!(error instanceof api.APIError)) throw error;
      this.#unwell = true;
      this.#tell("trouble", error);
    } finally {
      this.#asking = false;
      const busy = !this.#hears && !this.#unwell && this.#knownClips().some(isPending);
      this.#plan(generation !== this.#generation ? 0 : busy ? BUSY : CALM);
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

  #plan(delay) {
    clearTimeout(this.#timer);
    if (!document.hidden && !this.#asking) this.#timer = setTimeout(() => this.#ask(), delay);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
