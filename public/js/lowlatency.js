// Plays a live playlist part by part (Low-Latency HLS, draft-pantos-hls-rfc8216bis) through Media Source Extensions.
// It ends where the footage does not go on with the same run of the camera: whoever began it then begins afresh.

import { LivePlaylist } from "./liveplaylist.js";

const TIMEOUT = 30_000;
const RETRY_AFTER = 500;
const ATTEMPTS = 6;
/** Seconds: this much later or earlier than wanted is made up by playing a little faster or slower. */
const LATE = 0.25;
const [FASTER, SLOWER] = [1.05, 0.97];
/** Seconds: this much later, by a jump. */
const TOO_LATE = 3;
/** Seconds that stay behind the picture. */
const KEPT = 20;

export const playsParts = (camera) => Boolean(
  camera?.media_type && globalThis.MediaSource?.isTypeSupported(camera.media_type),
);

function event(target, name, signal) {
  const over = new AbortController();
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    target.addEventListener(name, resolve, { signal: over.signal });
    signal.addEventListener("abort", () => reject(signal.reason), { signal: over.signal });
  }).finally(() => over.abort());
}

export class LowLatencyPlayer {
  #video;
  #address;
  #mediaType;
  #ended = new AbortController();
  #buffer = null;
  /** The playlist taken last. */
  #list = null;

  /** `onEnd` is told of an error, or of nothing if only a new beginning is needed. */
  constructor(video, address, mediaType, onEnd) {
    this.#video = video;
    this.#address = new URL(address, location.href);
    this.#mediaType = mediaType;
    this.#play().then(() => this.#finish(onEnd), (error) => this.#finish(onEnd, error));
  }

  stop() {
    this.#ended.abort();
  }

  #finish(onEnd, error) {
    if (!this.#ended.signal.aborted) onEnd(error);
  }

  async #play() {
    const { signal } = this.#ended;
    await this.#open();
    this.#list = await this.#reload();
    const initURI = this.#list.newest[0]?.initURI;
    if (!initURI) throw new Error("The playlist has no parts.");
    await this.#append(await this.#bytes(initURI));
    let last = null;
    while (!signal.aborted) {
      for (const part of this.#list.after(last)) {
        if (part.initURI !== initURI) return;
        const bytes = await this.#bytes(part.uri).catch((error) => {
          // We are late: it has left the ring.
          if (error.status !== 404) throw error;
        });
        if (bytes) await this.#append(bytes);
        last = part.uri;
        this.#keepUp();
      }
      if (this.#video.paused) {
        await event(this.#video, "play", signal);
        // What came meanwhile is not for this picture.
        this.#list = await this.#reload();
        last = null;
      } else {
        this.#list = await this.#reload(this.#list.next);
      }
    }
  }

  async #open() {
    const source = new MediaSource();
    const url = URL.createObjectURL(source);
    this.#video.src = url;
    // A browser that forbids autoplay leaves the first frame and its own play button.
    this.#video.play().catch(() => {});
    try {
      await event(source, "sourceopen", this.#ended.signal);
    } finally {
      URL.revokeObjectURL(url);
    }
    this.#buffer = source.addSourceBuffer(this.#mediaType);
  }

  // MARK: Fetching

  /** The playlist; as soon as it has that part, if one is named. */
  async #reload(part) {
    const address = new URL(this.#address);
    if (part) {
      address.searchParams.set("_HLS_msn", part.segment);
      address.searchParams.set("_HLS_part", part.part);
    }
    const response = await this.#fetch(address, part ? 1 : ATTEMPTS).catch((error) => {
      // It waited in vain, or the numbers are another life's of the server: from the beginning.
      if (part && error.status) return this.#fetch(this.#address, ATTEMPTS);
      throw error;
    });
    return new LivePlaylist(await response.text());
  }

  async #bytes(uri) {
    const response = await this.#fetch(new URL(uri, this.#address), ATTEMPTS);
    return response.arrayBuffer();
  }

  async #fetch(address, attempts) {
    for (let attempt = 1; ; attempt += 1) {
      const signal = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(TIMEOUT)]);
      let problem;
      try {
        const response = await fetch(address, { signal, credentials: "same-origin", cache: "no-store" });
        if (response.ok) return response;
        problem = Object.assign(new Error(`The server answered ${response.status}.`), { status: response.status });
      } catch (error) {
        problem = error;
      }
      const mayPass = problem.status === undefined || problem.status >= 500;
      if (this.#ended.signal.aborted || !mayPass || attempt >= attempts) throw problem;
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER));
    }
  }

  // MARK: The picture

  async #append(bytes) {
    const { signal } = this.#ended;
    this.#buffer.appendBuffer(bytes);
    await event(this.#buffer, "updateend", signal);
    const { buffered } = this.#buffer;
    const oldest = this.#video.currentTime - KEPT;
    if (buffered.length === 0 || buffered.start(0) > oldest - KEPT) return;
    this.#buffer.remove(0, oldest);
    await event(this.#buffer, "updateend", signal);
  }

  /** Stays as far behind the newest frame as the server advises. */
  #keepUp() {
    const { buffered } = this.#buffer;
    const video = this.#video;
    if (buffered.length === 0) return;
    const start = buffered.start(buffered.length - 1);
    const end = buffered.end(buffered.length - 1);
    const late = end - video.currentTime - this.#list.holdBack;
    const isOutside = video.currentTime < start && video.readyState <= HTMLMediaElement.HAVE_CURRENT_DATA;
    if (isOutside || late > TOO_LATE) video.currentTime = Math.max(start, end - this.#list.holdBack);
    if (Math.abs(late) > LATE) video.playbackRate = late > 0 ? FASTER : SLOWER;
    else if (Math.abs(late) < LATE / 2) video.playbackRate = 1;
  }
}
