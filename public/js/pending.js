// Clips on their way: for each a dial that counts down the seconds still to be recorded, then "processing", then ready.

import { serverNow } from "./clock.js";
import { $, announce, arrange, setText, showText, stamp, toggleAttribute } from "./dom.js";
import { plural } from "./format.js";
import { isPending } from "./library.js";

const TICK = 250;
/** How long a finished clip stays in view here; the list below keeps it. */
const LINGER = 20_000;

/** Where a clip stands at `now` (server time, milliseconds): whole seconds left and percent done. */
export function progress(clip, now) {
  if (clip.status !== "recording") return { left: 0, percent: 100 };
  const [from, to] = [Date.parse(clip.timestamp), Date.parse(clip.requested_end)];
  const share = to > from ? (now - from) / (to - from) : 1;
  return { left: Math.max(0, Math.ceil((to - now) / 1000)), percent: 100 * Math.min(1, Math.max(0, share)) };
}

export class Pending {
  #list = $("#pending");
  #tracked = new Map();
  #timer = null;
  #nameOf;
  #onPlay;

  constructor(nameOf, onPlay) {
    this.#nameOf = nameOf;
    this.#onPlay = onPlay;
  }

  /** Follows the clips of the page: new ones on their way appear, finished ones linger, deleted ones go. */
  update(clips) {
    const known = new Map(clips.map((clip) => [clip.id, clip]));
    for (const id of this.#tracked.keys()) if (!known.has(id)) this.#tracked.delete(id);
    for (const clip of clips) {
      const entry = this.#tracked.get(clip.id);
      if (entry) this.#advance(entry, clip);
      else if (isPending(clip)) this.#tracked.set(clip.id, this.#begin(clip));
    }
    this.#tick();
  }

  #begin(clip) {
    const row = stamp("pending-template");
    row.dataset.id = clip.id;
    const entry = { row, clip, doneAt: null };
    $(".play", row).addEventListener("click", () => this.#onPlay(entry.clip));
    return entry;
  }

  #advance(entry, clip) {
    const finished = !isPending(clip) && entry.doneAt === null;
    entry.clip = clip;
    if (!finished) return;
    entry.doneAt = performance.now();
    const name = this.#nameOf(clip);
    announce(clip.status === "ready" ? `The clip of ${name} is ready.` : `The clip of ${name} failed. ${clip.error ?? ""}`);
  }

  #tick() {
    clearTimeout(this.#timer);
    const now = performance.now();
    for (const [id, { row, doneAt }] of this.#tracked) {
      // Never take away what someone is about to press.
      if (doneAt !== null && now - doneAt > LINGER && !row.matches(":hover, :focus-within")) this.#tracked.delete(id);
    }
    const entries = [...this.#tracked.values()];
    entries.forEach((entry) => this.#draw(entry));
    arrange(this.#list, entries.map((entry) => entry.row));
    if (entries.length > 0) this.#timer = setTimeout(() => this.#tick(), TICK);
  }

  #draw({ row, clip }) {
    const { left, percent } = progress(clip, serverNow());
    row.dataset.status = clip.status;
    row.dataset.left = left;
    setText($(".name", row), clip.label || this.#nameOf(clip));
    const counting = clip.status === "recording" && left > 0;
    const text = {
      recording: counting ? `Recording what happens next: ${plural(left, "second", "seconds")} to go` : "Recording the last moments…",
      processing: "Processing…",
      ready: "Ready",
      failed: clip.error ?? "Failed",
    }[clip.status];
    showText($(".text", row), text);
    $(".play", row).hidden = clip.status !== "ready";
    toggleAttribute($(".play", row), "aria-label", `Play ${clip.label || this.#nameOf(clip)}`);
    const dial = $(".dial", row);
    setText($(".left", dial), counting ? String(left) : { ready: "✓", failed: "!" }[clip.status] ?? "");
    toggleAttribute(dial, "aria-label", `Clip of ${this.#nameOf(clip)}`);
    toggleAttribute(dial, "aria-valuenow", String(Math.round(percent)));
    toggleAttribute(dial, "aria-valuetext", text);
    // While nobody knows how long it takes, a quarter of the dial goes round.
    const waiting = !counting && isPending(clip);
    dial.classList.toggle("waiting", waiting);
    toggleAttribute($(".value", dial), "stroke-dashoffset", (waiting ? 75 : 100 - percent).toFixed(1));
  }
}
