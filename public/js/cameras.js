// The cameras: the strip to choose one from, and what is known of the one chosen.

import { $, arrange, setText, showText, stamp } from "./dom.js";
import { moment, pictureFacts, sentence, span } from "./format.js";

const words = { starting: "Starting", live: "Live", lagging: "Lagging", stalled: "Stalled", down: "Down", disabled: "Off" };
const remembered = "hindsight.camera";

export const cameraName = (camera) => camera.name || camera.id;

/** Footage comes, be it late. */
export const isRecording = (camera) => camera.status === "live" || camera.status === "lagging";

/** How a camera stands, in a word or two: "Live", "12 s behind". */
export function standing(camera) {
  if (camera.status === "lagging" && camera.lag > 0) return `${span(camera.lag)} behind`;
  return words[camera.status] ?? camera.status;
}

/** Since when it isn't live, and why it is late; what keeps it from being recorded stands in the picture's place. */
export function remark(camera) {
  if (camera.status === "live") return "";
  const reason = camera.status === "lagging" && camera.reason && sentence(camera.reason);
  return [reason, camera.since && `Since ${moment(camera.since)}.`].filter(Boolean).join(" ");
}

/** "Recording", "1 of 3 recording": for the header. */
export function summary(cameras) {
  const wanted = cameras.filter((camera) => camera.status !== "disabled");
  const recording = wanted.filter(isRecording).length;
  if (wanted.length === 0) return { well: false, text: "No camera" };
  if (wanted.length === 1) return { well: recording === 1, text: recording === 1 ? "Recording" : "Not recording" };
  return { well: recording === wanted.length, text: `${recording} of ${wanted.length} recording` };
}

export class Cameras {
  #strip = $("#cameras");
  #panel = $("#camera");
  #tabs = new Map();
  #cameras = [];
  #chosen = recall();
  #bufferDuration = 60;
  #onChoice;

  constructor(onChoice) {
    this.#onChoice = onChoice;
    this.#strip.addEventListener("change", (event) => {
      this.#chosen = event.target.value;
      recall(this.#chosen);
      this.#render();
      this.#onChoice();
    });
  }

  get all() { return this.#cameras; }
  get chosen() { return this.#cameras.find((camera) => camera.id === this.#chosen) ?? this.#cameras[0] ?? null; }

  name(id) {
    const camera = this.#cameras.find((known) => known.id === id);
    return camera ? cameraName(camera) : (id ?? "Camera");
  }

  update(cameras) {
    this.#cameras = cameras;
    this.#render();
  }

  set bufferDuration(seconds) {
    if (seconds > 0) this.#bufferDuration = seconds;
  }

  #render() {
    this.#strip.hidden = this.#cameras.length < 2;
    const ids = new Set(this.#cameras.map((camera) => camera.id));
    for (const id of this.#tabs.keys()) if (!ids.has(id)) this.#tabs.delete(id);
    arrange(this.#strip, [$("legend", this.#strip), ...this.#cameras.map((camera) => this.#tab(camera))]);
    this.#describe(this.chosen);
  }

  #tab(camera) {
    const tab = this.#tabs.get(camera.id) ?? stamp("camera-template");
    this.#tabs.set(camera.id, tab);
    tab.dataset.id = camera.id;
    tab.dataset.status = camera.status;
    const radio = $("input", tab);
    radio.value = camera.id;
    radio.checked = camera === this.chosen;
    setText($(".name", tab), cameraName(camera));
    setText($(".state", tab), `, ${standing(camera).toLowerCase()}`);
    return tab;
  }

  #describe(camera) {
    this.#panel.hidden = !camera;
    if (!camera) return;
    this.#panel.dataset.id = camera.id;
    this.#panel.dataset.status = camera.status;
    setText($(".name", this.#panel), cameraName(camera));
    setText($(".status .text", this.#panel), standing(camera));
    setText($(".facts", this.#panel), pictureFacts(camera));
    showText($(".remarks", this.#panel), remark(camera));
    this.#advise(camera.warnings ?? []);
    const held = camera.ring?.duration ?? 0;
    const ring = $(".ring", this.#panel);
    ring.hidden = !camera.ring;
    $(".bar span", ring).style.width = `${Math.min(100, (100 * held) / this.#bufferDuration).toFixed(1)}%`;
    ring.dataset.held = held;
    setText($(".text", ring), held > 0 ? `the last ${span(held)} on disk` : "nothing on disk yet");
  }

  /** What of the camera's stream hurts clips: one line, the sentences on demand. */
  #advise(warnings) {
    const advice = $(".advice", this.#panel);
    advice.hidden = warnings.length === 0;
    const count = warnings.length === 1 ? "one thing" : `${warnings.length} things`;
    setText($("summary", advice), `This camera could do better: ${count} to set`);
    const list = $("ul", advice);
    arrange(list, warnings.map((_, index) => list.children[index] ?? document.createElement("li")));
    warnings.forEach((warning, index) => setText(list.children[index], warning));
  }
}

/** Which camera was watched last time; a browser without storage merely forgets. */
function recall(id) {
  try {
    if (id !== undefined) localStorage.setItem(remembered, id);
    return localStorage.getItem(remembered);
  } catch {
    return null;
  }
}
