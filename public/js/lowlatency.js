// Plays a live playlist part by part (Low-Latency HLS, draft-pantos-hls-rfc8216bis) through Media Source Extensions.
// It ends where the footage does not go on with the same run of the camera: whoever began it then begins afresh.

import { event, MediaFeed } from "./mediafeed.js";
import { PlaylistFeed } from "./playlistfeed.js";

/** Seconds: this much later or earlier than wanted is made up by playing a little faster or slower. */
const LATE = 0.25;
const [FASTER, SLOWER] = [1.05, 0.97];
/** Seconds: this much later, by a jump. */
const TOO_LATE = 3;

export const playsParts = (camera) => Boolean(
  camera?.media_type && globalThis.MediaSource?.isTypeSupported(camera.media_type),
);

export class LowLatencyPlayer {
  #video;
  #media;
  #feed;
  #ended = new AbortController();
  /** The playlist taken last. */
  #list = null;

  /** `onEnd` is told of an error, or of nothing if only a new beginning is needed. */
  constructor(video, address, mediaType, onEnd) {
    this.#video = video;
    this.#media = new MediaFeed(video, this.#ended.signal);
    this.#feed = new PlaylistFeed(address, this.#media);
    this.#play(mediaType).then(() => this.#finish(onEnd), (error) => this.#finish(onEnd, error));
  }

  stop() {
    this.#ended.abort();
  }

  #finish(onEnd, error) {
    if (!this.#ended.signal.aborted) onEnd(error);
  }

  async #play(mediaType) {
    const { signal } = this.#ended;
    await this.#media.open(mediaType);
    this.#list = await this.#feed.playlist();
    const initURI = this.#list.newest[0]?.initURI;
    if (!initURI) throw new Error("The playlist has no footage.");
    await this.#media.appendHeader(await this.#feed.bytes(initURI));
    let last = null;
    while (!signal.aborted) {
      for (const piece of this.#list.after(last)) {
        if (piece.initURI !== initURI) return;
        // Without it we are late.
        const bytes = await this.#feed.bytesIfThere(piece.uri);
        if (bytes) await this.#media.append(bytes, (piece.end - piece.start) / 1000);
        last = piece.uri;
        this.#keepUp();
      }
      if (this.#video.paused) {
        await event(this.#video, "play", signal);
        // What came meanwhile is not for this picture.
        this.#list = await this.#feed.playlist();
        last = null;
      } else {
        this.#list = await this.#feed.playlist(this.#list.next);
      }
    }
  }

  /** Stays as far behind the newest frame as the server advises. */
  #keepUp() {
    const { buffered } = this.#media;
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
