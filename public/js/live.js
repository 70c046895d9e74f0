// The live picture of one camera: plays its playlist, says why when there is none, and tries again by itself.

import * as api from "./api.js";
import { isRecording } from "./cameras.js";
import { serverNow } from "./clock.js";
import { $, setText } from "./dom.js";
import { playsHLS, release } from "./hls.js";
import { LookbackPlayer } from "./lookback.js";
import { LowLatencyPlayer, playsParts } from "./lowlatency.js";
import { Silence, withoutSound } from "./sound.js";
import { TimeSlider } from "./timeslider.js";

const WATCH_EVERY = 3000;
const PATIENCE = 12_000;
/** Seconds behind where the picture began; further than this, the visitor has paused or looked back. */
const BEHIND = 10;
/** After so many failures the browser shall try by itself, where it can. */
const PART_FAILURES = 2;
/** By then the server knows whether there is sound. */
const SILENT_FOR = 15_000;

const wall = () => performance.now() / 1000;

/** What stands in place of the picture while a camera isn't recorded. */
function absence(camera) {
  switch (camera.status) {
    case "starting": return ["The camera is starting…", camera.reason];
    case "stalled": return ["The camera has gone quiet", camera.reason ?? "It is connected, but sends nothing. Waiting for it…"];
    case "disabled": return ["This camera is switched off", camera.reason];
    default: return ["The camera can't be reached", camera.reason ?? "Trying again…"];
  }
}

export class LivePicture {
  #root = $("#live");
  #video = $("video", this.#root);
  #goLive = $("#go-live");
  #camera = null;
  #attached = false;
  /** Feeds the picture; null while the browser plays the playlist by itself. */
  #player = null;
  #slider = new TimeSlider((seconds) => this.#look(seconds));
  #failures = 0;
  /** The media type that promised sound which did not come, and when that was found; null when none has. */
  #silent = null;
  #silentSince = 0;
  /** The media type by which the picture is fed. */
  #mediaType = null;
  #retry = null;
  #lastTime = -1;
  /** Wall time less media time, in seconds, when the picture began: how far it lags shows against this. */
  #lead = null;
  #movedAt = 0;

  constructor() {
    this.#video.addEventListener("loadeddata", () => this.#state("playing"));
    this.#video.addEventListener("playing", () => { this.#lead ??= wall() - this.#video.currentTime; });
    this.#video.addEventListener("error", () => this.#broke());
    this.#video.addEventListener("timeupdate", () => {
      this.#offerLive();
      this.#tell();
    });
    this.#video.addEventListener("pause", () => this.#offerLive());
    this.#goLive.addEventListener("click", () => this.toLive());
    document.addEventListener("visibilitychange", () => {
      // Nobody looks at a hidden page, unless the picture floats outside of it.
      if (!document.hidden) this.#follow();
      else if (document.pictureInPictureElement !== this.#video) this.#detach();
    });
    setInterval(() => this.#watch(), WATCH_EVERY);
  }

  /** Shows this camera as it is now; called with every news of it. */
  show(camera) {
    if (camera?.id !== this.#camera?.id) {
      this.#detach();
      this.#failures = 0;
    }
    this.#camera = camera;
    if (camera?.media_type !== this.#silent || performance.now() - this.#silentSince > SILENT_FOR) this.#silent = null;
    // Sound has come back: only a new beginning takes it in.
    if (this.#player instanceof LowLatencyPlayer && camera?.media_type && this.#promised !== this.#mediaType) this.#detach();
    this.#root.dataset.camera = camera?.id ?? "";
    this.#slider.reach = playsParts(camera) && isRecording(camera) ? camera.ring?.duration ?? 0 : 0;
    this.#follow();
  }

  /** Starting afresh is the one way to the live edge that works everywhere: Chromium gives no seekable range. */
  toLive() {
    this.#restart();
    this.#video.focus();
  }

  /** Shows what was so many seconds ago, and plays on from there. */
  #look(seconds) {
    this.#restart(seconds > 0 ? serverNow() - seconds * 1000 : null);
  }

  /** Begins afresh: live, or at a moment, in milliseconds since 1970. */
  #restart(moment = null) {
    this.#detach();
    this.#follow(moment);
  }

  #follow(moment = null) {
    const camera = this.#camera;
    if (document.hidden) return;
    if (!camera) return this.#state("waiting", "No camera is configured", "Set CAMERA_SOURCE, RTSP_URL or HTTP_URL and start Hindsight again.");
    if (!isRecording(camera)) {
      this.#detach();
      return this.#state("absent", ...absence(camera));
    }
    if (!playsHLS() && !playsParts(camera)) {
      return this.#state("unsupported", "This browser can't show the live picture",
        "It plays neither the camera's codec part by part nor HLS by itself. Recording, the trigger and the clips work here all the same.");
    }
    if (!this.#attached && !this.#retry) this.#attach(moment);
  }

  #attach(moment) {
    this.#attached = true;
    this.#lastTime = -1;
    this.#lead = null;
    this.#movedAt = performance.now();
    this.#state("waiting", "Waiting for the picture…", "");
    const address = api.livePlaylist(this.#camera.id);
    const ended = (error, next) => {
      if (error instanceof Silence) this.#playSilently(moment);
      else if (error) this.#broke();
      else this.#restart(next);
    };
    const inParts = playsParts(this.#camera) && (this.#failures < PART_FAILURES || !playsHLS());
    this.#mediaType = this.#promised;
    this.#video.dataset.source = moment !== null ? "past" : inParts ? "parts" : "playlist";
    if (moment !== null) {
      this.#player = new LookbackPlayer(this.#video, address, this.#mediaType, moment, ended);
      return;
    }
    this.#slider.show(0);
    if (inParts) {
      this.#player = new LowLatencyPlayer(this.#video, address, this.#mediaType, ended);
      return;
    }
    this.#video.src = address;
    // A browser that forbids autoplay leaves the first frame and its own play button.
    this.#video.play().catch(() => {});
  }

  /** What the camera's pictures can be fed as. */
  get #promised() {
    const told = this.#camera.media_type;
    return told && told === this.#silent ? withoutSound(told) : told;
  }

  /** Begins afresh without the sound that does not come. */
  #playSilently(moment) {
    this.#silent = this.#camera.media_type;
    this.#silentSince = performance.now();
    this.#restart(moment === null ? null : this.#player.moment ?? moment);
  }

  #detach() {
    clearTimeout(this.#retry);
    this.#retry = null;
    this.#goLive.hidden = true;
    if (!this.#attached) return;
    this.#attached = false;
    this.#player?.stop();
    this.#player = null;
    this.#video.playbackRate = 1;
    release(this.#video);
  }

  #broke() {
    if (!this.#attached) return;
    this.#detach();
    this.#failures += 1;
    const wait = Math.min(1000 * 2 ** (this.#failures - 1), 10_000);
    this.#state("broken", "The picture broke off", "Trying again…");
    this.#retry = setTimeout(() => { this.#retry = null; this.#follow(); }, wait);
  }

  /** A player can wait for ever without an error: if nothing moves for long, begin afresh. */
  #watch() {
    if (!this.#attached || this.#video.paused || document.hidden) { this.#movedAt = performance.now(); return; }
    if (this.#video.currentTime !== this.#lastTime) {
      this.#lastTime = this.#video.currentTime;
      this.#movedAt = performance.now();
      if (this.#video.readyState >= 2 && this.#lastTime > 0) this.#failures = 0;
    } else if (performance.now() - this.#movedAt > PATIENCE) {
      this.#broke();
    }
  }

  #offerLive() {
    const behind = this.#lead === null ? 0 : wall() - this.#video.currentTime - this.#lead;
    const isPast = this.#player instanceof LookbackPlayer;
    this.#goLive.hidden = !this.#attached || !(isPast || behind > BEHIND || (this.#video.paused && this.#lead !== null));
  }

  /** How far back the picture is. */
  #tell() {
    const moment = this.#player?.moment;
    if (moment) this.#slider.show((serverNow() - moment) / 1000);
  }

  #state(state, headline, detail) {
    this.#root.dataset.state = state;
    if (headline === undefined) return;
    setText($(".headline", this.#root), headline);
    setText($(".detail", this.#root), detail ?? "");
  }
}
