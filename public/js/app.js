// Wires the page: news comes in, the library changes, every part draws what concerns it.

import * as api from "./api.js";
import { Cameras, summary } from "./cameras.js";
import { clipTitle } from "./card.js";
import { ClipList } from "./clips.js";
import { Confirmation } from "./confirm.js";
import { $, announce, setText } from "./dom.js";
import { moment } from "./format.js";
import { KeyDialog } from "./key.js";
import * as Library from "./library.js";
import { LivePicture } from "./live.js";
import { News } from "./news.js";
import { Pending } from "./pending.js";
import { Player } from "./player.js";
import { Search } from "./search.js";
import { Trigger } from "./trigger.js";

let library = Library.emptyLibrary;
let healthy = true;

const nameOf = (clip) => cameras.name(clip.camera);
const search = new Search(() => draw());
const news = new News(() => Library.allClips(library, search.found));
const key = new KeyDialog();
const live = new LivePicture();
const cameras = new Cameras(() => drawCameras());
const confirmation = new Confirmation();
const player = new Player(nameOf, remove);
const play = (clip) => player.open(clip);
const pending = new Pending(nameOf, play);
const list = new ClipList({ play, remove, edit, older }, nameOf);
const trigger = new Trigger(cameras, began);

function setLibrary(changed) {
  library = changed;
  draw();
}

/** Changes what is known of a clip, wherever it is shown. */
function change(how) {
  search.change(how);
  setLibrary(how(library));
}

function draw() {
  pending.update(library.clips);
  search.update(cameras.all, library.clips.length > 0);
  list.update(search.found ?? library, search.found !== null);
  player.update(Library.allClips(library, search.found));
}

function older(page) {
  if (search.found) search.change((found) => Library.withOlderPage(found, page));
  else library = Library.withOlderPage(library, page);
  draw();
}

function drawCameras() {
  live.show(cameras.chosen);
  trigger.update();
}

function began(clips) {
  setLibrary(Library.withNewClips(library, clips));
  announce(`Kept. ${clips.map((clip) => nameOf(clip)).join(", ")}: the clip will be ready when its last seconds are recorded.`);
  news.refresh();
}

async function edit(clip, changes) {
  const edited = await api.editClip(clip.id, changes);
  change((clips) => Library.withClip(clips, edited));
  refresh();
}

/** Answers on their way are older than what was just done; and whether a clip belongs to a search, the server says. */
function refresh() {
  news.refresh();
  search.refresh();
}

async function remove(clip) {
  const neighbour = list.neighbour(clip.id);
  const question = `“${clipTitle(clip, nameOf(clip))}”, ${moment(clip.timestamp)}, will be gone for good.`;
  let deleted = false;
  await confirmation.ask(question, async () => {
    try {
      await api.deleteClip(clip.id);
    } catch (error) {
      // Someone else was faster: that is what was wanted.
      if (error.status !== 404) throw error;
    }
    deleted = true;
  });
  if (!deleted) return;
  change((clips) => Library.withoutClip(clips, clip.id));
  neighbour.focus();
  announce("Deleted.");
  refresh();
}

function showServer(state, text) {
  $("#server").dataset.state = state;
  setText($("#server .text"), text);
}

function showTrouble(error) {
  const banner = $("#banner");
  banner.dataset.kind = error.unreachable ? "unreachable" : "refused";
  setText($(".text", banner), error.unreachable
    ? "The server can’t be reached. This page keeps trying, and carries on by itself."
    : error.message);
  $("button", banner).hidden = error.status !== 401;
  banner.hidden = false;
  showServer("trouble", error.unreachable ? "Not connected" : "Trouble");
}

news.addEventListener("health", ({ detail: health }) => {
  // Warnings: settings that were refused while it runs.
  const warnings = health.warnings ?? [];
  healthy = !["degraded", "unhealthy", "error", "down", "stopping"].includes(health.status) && warnings.length === 0;
  cameras.bufferDuration = health.bufferDuration;
  $("#server").title = [health.version && `Hindsight ${health.version}`, ...warnings].filter(Boolean).join("\n");
});
news.addEventListener("cameras", ({ detail }) => {
  cameras.update(detail);
  drawCameras();
  const { well, text } = summary(detail);
  showServer(well && healthy ? "well" : "warning", text);
  // Names of cameras appear in the clips too.
  draw();
});
news.addEventListener("page", ({ detail }) => {
  setLibrary(Library.withFirstPage(library, detail));
  search.refresh();
});
news.addEventListener("clip", ({ detail }) => {
  change((clips) => Library.withClip(clips, detail));
  search.refresh();
});
news.addEventListener("gone", ({ detail }) => {
  change((clips) => Library.withoutClip(clips, detail));
  search.refresh();
});
news.addEventListener("trouble", ({ detail }) => showTrouble(detail));
news.addEventListener("well", () => { $("#banner").hidden = true; });

api.onKeyNeeded(() => key.ask());
$("#banner button").addEventListener("click", () => {
  key.allow();
  news.refresh();
});

news.start();
