// Plays what the ring holds from a moment of the past on, through Media Source Extensions: as late as it began.
// It ends with a run of the camera: whoever began it then begins afresh with the next one.

import { event, MediaFeed } from "./mediafeed.js";
import { PlaylistFeed } from "./playlistfeed.js";

/** Seconds that are fetched before they are shown. */
const AHEAD = 6;

export class LookbackPlayer {
  #media;
  #feed;
  #ended = new AbortController();
  /** When the picture at media time 0 was taken, in milliseconds since 1970; null before the first. */
  #epoch = null;

  /**
   * `moment` is where to begin, in milliseconds since 1970. `onEnd` is told of an error, or of the moment at which
   * what there is goes on.
   */
  constructor(video, address, mediaType, moment, onEnd) {
    this.#media = new MediaFeed(video, this.#ended.signal);
    this.#feed = new PlaylistFeed(address, this.#media);
    this.#play(mediaType, moment).then((next) => this.#finish(onEnd, null, next), (error) => this.#finish(onEnd, error));
  }

  /** When the picture shown was taken, in milliseconds since 1970; null before the first. */
  get moment() {
    return this.#epoch === null ? null : this.#epoch + this.#media.video.currentTime * 1000;
  }

  stop() {
    this.#ended.abort();
  }

  #finish(onEnd, error, next) {
    if (!this.#ended.signal.aborted) onEnd(error, next);
  }

  async #play(mediaType, moment) {
    await this.#media.open(mediaType);
    this.#media.allowSeekingAhead();
    let list = await this.#feed.playlist();
    let piece = list.pieceAt(moment);
    if (!piece) throw new Error("The playlist has no footage.");
    const { initURI } = piece;
    await this.#media.appendHeader(await this.#feed.bytes(initURI));
    while (piece.initURI === initURI) {
      const bytes = await this.#feed.bytesIfThere(piece.uri);
      if (bytes) {
        await this.#media.append(bytes, (piece.end - piece.start) / 1000);
        this.#begin(piece, moment);
        await this.#playUp();
      } else {
        // Its parts are in a whole segment by now, or it has left the ring.
        list = await this.#feed.playlist();
      }
      const reached = bytes ? piece.end : piece.start;
      for (piece = list.pieceAfter(reached); !piece; piece = list.pieceAfter(reached)) {
        list = await this.#feed.playlist(list.next);
      }
    }
    await this.#media.playOut();
    return piece.start;
  }

  /** Goes to the moment once its picture, or the first after it, is there; and on over what has left the ring. */
  #begin(piece, moment) {
    const { buffered, video } = this.#media;
    if (buffered.length === 0) return;
    const start = buffered.start(buffered.length - 1);
    if (this.#epoch === null) {
      this.#epoch = piece.start - start * 1000;
      video.currentTime = Math.max(start, (moment - this.#epoch) / 1000);
    } else if (video.currentTime < start && video.readyState <= HTMLMediaElement.HAVE_CURRENT_DATA) {
      video.currentTime = start;
    }
  }

  /** Waits until more is needed. */
  async #playUp() {
    const { buffered, video } = this.#media;
    while (buffered.length > 0 && buffered.end(buffered.length - 1) - video.currentTime > AHEAD) {
      await event(video, "timeupdate", this.#ended.signal);
    }
  }
}
