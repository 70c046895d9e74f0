// A <video> that is fed piece by piece through Media Source Extensions with what the server has at some addresses.

import { hasSound, hideSound, Silence } from "./sound.js";

const TIMEOUT = 30_000;
const RETRY_AFTER = 500;
/** Seconds that stay behind the picture. */
const KEPT = 20;
/** Seconds that no media clock comes to. */
const FOREVER = 1e9;

export const ATTEMPTS = 6;

/** Seconds for which a picture may wait for its sound: some comes a third of a second later. */
const SILENCE = 1;

export const pause = () => new Promise((resolve) => setTimeout(resolve, RETRY_AFTER));

/** The event, or the signal's reason as an error. */
export function event(target, name, signal) {
  const over = new AbortController();
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    target.addEventListener(name, resolve, { signal: over.signal });
    signal.addEventListener("abort", () => reject(signal.reason), { signal: over.signal });
  }).finally(() => over.abort());
}

export class MediaFeed {
  #source = new MediaSource();
  #buffer = null;
  #signal;
  #hasSound = false;
  /** Up to where there is picture and sound, and seconds that were appended since that grew. */
  #end = 0;
  #waiting = 0;

  /** Gives up whatever it does, with an error, once `signal` is aborted. */
  constructor(video, signal) {
    this.video = video;
    this.#signal = signal;
  }

  get buffered() { return this.#buffer.buffered; }

  /** Lets `currentTime` go ahead of what is there. */
  allowSeekingAhead() {
    this.#source.duration = Infinity;
    this.#source.setLiveSeekableRange(0, FOREVER);
  }

  async open(mediaType) {
    const url = URL.createObjectURL(this.#source);
    this.video.src = url;
    // A browser that forbids autoplay leaves the first frame and its own play button.
    this.video.play().catch(() => {});
    try {
      await event(this.#source, "sourceopen", this.#signal);
    } finally {
      URL.revokeObjectURL(url);
    }
    this.#hasSound = hasSound(mediaType);
    this.#buffer = this.#source.addSourceBuffer(mediaType);
  }

  /** Of the media type's tracks, what the header has. */
  async appendHeader(header) {
    await this.#append(this.#hasSound ? header : hideSound(header));
  }

  /** Throws `Silence` where it has no sound although it should. */
  async append(bytes, seconds) {
    await this.#append(bytes);
    const { buffered } = this.#buffer;
    const end = buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
    this.#waiting = end > this.#end ? 0 : this.#waiting + seconds;
    this.#end = end;
    if (this.#hasSound && this.#waiting > SILENCE) throw new Silence("The camera has stopped sending sound.");
    const oldest = this.video.currentTime - KEPT;
    if (buffered.length === 0 || buffered.start(0) > oldest - KEPT) return;
    this.#buffer.remove(0, oldest);
    await event(this.#buffer, "updateend", this.#signal);
  }

  async #append(bytes) {
    this.#buffer.appendBuffer(bytes);
    await event(this.#buffer, "updateend", this.#signal);
  }

  /** Plays to the end of what is there. */
  async playOut() {
    this.#source.endOfStream();
    if (!this.video.ended) await event(this.video, "ended", this.#signal);
  }

  /** The answer with this status in the 200s, or an error that tells the other in `status`. */
  async fetch(address, attempts = ATTEMPTS) {
    for (let attempt = 1; ; attempt += 1) {
      const signal = AbortSignal.any([this.#signal, AbortSignal.timeout(TIMEOUT)]);
      let problem;
      try {
        const response = await fetch(address, { signal, credentials: "same-origin", cache: "no-store" });
        if (response.ok) return response;
        problem = Object.assign(new Error(`The server answered ${response.status}.`), { status: response.status });
      } catch (error) {
        problem = error;
      }
      const mayPass = problem.status === undefined || problem.status >= 500;
      if (this.#signal.aborted || !mayPass || attempt >= attempts) throw problem;
      await pause();
    }
  }
}
