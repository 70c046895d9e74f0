// The list of clips: one card each, the oldest ones fetched on request.

import * as api from "./api.js";
import { ClipCard } from "./card.js";
import { $, announce, arrange, setText, showText } from "./dom.js";
import { plural } from "./format.js";

export class ClipList {
  #list = $("#clips");
  #more = $("#more");
  #cards = new Map();
  #actions;
  #library = null;

  /** `actions`: `play(clip)`, `remove(clip)`, `older(page)`; `nameOf(clip)` names its camera. */
  constructor(actions, nameOf) {
    this.#actions = actions;
    this.nameOf = nameOf;
    this.#more.addEventListener("click", () => this.#loadMore());
  }

  update(library) {
    this.#library = library;
    const ids = new Set(library.clips.map((clip) => clip.id));
    for (const id of this.#cards.keys()) if (!ids.has(id)) this.#cards.delete(id);
    const elements = library.clips.map((clip) => {
      const card = this.#cards.get(clip.id) ?? new ClipCard(this.#actions);
      this.#cards.set(clip.id, card);
      card.update(clip, this.nameOf(clip));
      return card.element;
    });
    arrange(this.#list, elements);
    $("#empty").hidden = !library.loaded || library.clips.length > 0;
    this.#more.hidden = !library.next;
    setText($("#count"), count(library));
  }

  /** Where the focus goes when the clip is deleted from under it: its neighbour, or the heading. */
  neighbour(id) {
    const card = this.#cards.get(id)?.element;
    const next = card?.nextElementSibling ?? card?.previousElementSibling;
    return next ? $(".delete", next) : $("#clips-title");
  }

  async #loadMore() {
    if (this.#more.getAttribute("aria-disabled") === "true") return;
    this.#more.setAttribute("aria-disabled", "true");
    showText($("#more-error"), null);
    const before = this.#list.children.length;
    try {
      this.#actions.older(await api.clips(this.#library.next));
      announce(`${plural(this.#list.children.length - before, "more clip", "more clips")} shown.`);
      // The button stays where it was pressed, or goes: then on to the first of the new ones.
      if (this.#more.hidden) $(".thumb:enabled, .delete", this.#list.children[before] ?? this.#list)?.focus();
    } catch (error) {
      if (!(error instanceof api.APIError)) throw error;
      showText($("#more-error"), error.message);
    } finally {
      this.#more.setAttribute("aria-disabled", "false");
    }
  }
}

function count({ clips, total, loaded }) {
  if (!loaded || clips.length === 0) return "";
  if (total !== null && total > clips.length) return `${clips.length.toLocaleString()} of ${total.toLocaleString()}`;
  return clips.length.toLocaleString();
}
