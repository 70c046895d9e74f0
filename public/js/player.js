// Plays one clip in a dialog: its playlist where the browser can, else its MP4. A clip still recording plays as far as it has come.

import { links } from "./api.js";
import { clipFacts, clipTitle, lockReason } from "./card.js";
import { $, closeOnBackdrop, setText, showText } from "./dom.js";
import { coverageWarning, duration, moment, pictureSize } from "./format.js";
import { playlistStart, playsHLS, release } from "./hls.js";

export class Player {
  #dialog = $("#player");
  #video = $("video", this.#dialog);
  #message = $("#player-message");
  #clip = null;
  #source = null;
  #nameOf;

  constructor(nameOf, onDelete) {
    this.#nameOf = nameOf;
    closeOnBackdrop(this.#dialog);
    $(".close", this.#dialog).addEventListener("click", () => this.close());
    $(".delete", this.#dialog).addEventListener("click", () => onDelete(this.#clip));
    this.#video.addEventListener("error", () => this.#fallBack());
    this.#dialog.addEventListener("close", () => {
      this.#clip = null;
      this.#source = null;
      release(this.#video);
    });
  }

  open(clip) {
    this.#clip = clip;
    this.#describe();
    this.#play(playsHLS() ? "playlist" : "mp4");
    this.#dialog.showModal();
    // The picture is what was asked for: its keys (space, arrows) should work at once.
    this.#video.focus();
  }

  close() {
    this.#dialog.close();
  }

  /** Follows the clip shown: it may become ready, or be deleted elsewhere. */
  update(clips) {
    if (!this.#clip) return;
    const clip = clips.find((known) => known.id === this.#clip.id);
    if (!clip) return this.close();
    const becameReady = this.#clip.status !== "ready" && clip.status === "ready";
    this.#clip = clip;
    this.#describe();
    if (becameReady && this.#source === null) this.#play(playsHLS() ? "playlist" : "mp4");
  }

  #play(source) {
    this.#source = null;
    if (source === "mp4" && this.#clip.status !== "ready") {
      showText(this.#message, "This browser plays the clip once it is ready. A moment…");
      return;
    }
    this.#source = source;
    this.#video.dataset.source = source;
    showText(this.#message, null);
    const urls = links(this.#clip);
    this.#video.poster = this.#clip.status === "ready" ? urls.thumbnail : "";
    this.#video.src = source === "playlist" ? urls.playlist : urls.stream;
    this.#video.play().catch(() => {});
    if (source === "playlist") this.#begin(this.#clip.id, urls.playlist);
  }

  /** Skips the lead-in before the moment asked for, where the browser doesn't follow EXT-X-START itself (Chromium 156). */
  async #begin(id, playlist) {
    const start = await playlistStart(playlist);
    const early = () => this.#clip?.id === id && this.#source === "playlist" && this.#video.currentTime < Math.min(start, 1);
    const skip = () => { if (early()) this.#video.currentTime = start; };
    // Not before there is a picture to seek from: a seek right upon the metadata was seen to leave Chromium black.
    if (this.#video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) skip();
    else this.#video.addEventListener("loadeddata", skip, { once: true });
  }

  #fallBack() {
    if (!this.#source || !this.#clip) return;
    if (this.#source === "playlist") return this.#play("mp4");
    this.#source = null;
    release(this.#video);
    showText(this.#message, "This clip can't be played here. Download it and try another player.");
  }

  #describe() {
    const clip = this.#clip;
    const camera = this.#nameOf(clip);
    this.#dialog.dataset.id = clip.id;
    setText($("#player-title"), clipTitle(clip, camera));
    setText($("#player-when"), moment(clip.timestamp));
    const ready = clip.status === "ready";
    const length = clip.duration > 0 ? duration(clip.duration) : null;
    setText($(".facts", this.#dialog), [
      length, clipFacts(clip, camera), pictureSize(clip), !ready && `${clip.status}…`,
    ].filter(Boolean).join(" · "));
    showText($(".note", this.#dialog), clip.note);
    showText($("#player-locked"), lockReason(clip));
    $(".delete", this.#dialog).disabled = clip.locked;
    showText($(".warning", this.#dialog), ready ? coverageWarning(clip.coverage) : null);
    const download = $(".download", this.#dialog);
    download.hidden = !ready;
    download.href = links(clip).download;
  }
}
