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

  /** `actions`: those of a ClipCard, and `older(page)`; `nameOf(clip)` names its camera. */
  constructor(actions, nameOf) {
    this.#actions = actions;
    this.nameOf = nameOf;
    this.#more.addEventListener("click", () => this.#loadMore());
  }

  /** Shows the clips of `library`: all of the server's, or those that a search has found. */
  update(library, isSearch) {
    this.#library = library;
    const ids = new Set(library.clips.map((clip) => clip.id));
    for (const id of this.#cards.keys()) if (!ids.has(id)) this.#cards.delete(id);
    const elements = library.clips.map((clip) => {
      const card = this.#cards.get(clip.id) ?? new ClipCard(this.#actions);
      this.#cards.set(clip.id, card);
      card.update(clip, this.nameOf(clip));
      return card.element;
    });
    const left = document.activeElement?.closest("#clips > .clip");
    const refuge = left && !elements.includes(left) ? this.neighbour(left.dataset.id, elements) : null;
    arrange(this.#list, elements);
    refuge?.focus();
    const isEmpty = library.loaded && library.clips.length === 0;
    $("#empty").hidden = !isEmpty || isSearch;
    $("#nothing").hidden = !isEmpty || !isSearch;
    this.#more.hidden = !library.next;
    setText($("#count"), count(library));
  }

  /** Where the focus goes when the clip goes from under it: its neighbour among those that stay, or the heading. */
  neighbour(id, staying = [...this.#list.children]) {
    const cards = [...this.#list.children];
    const place = cards.findIndex((card) => card.dataset.id === id);
    const isHome = (card) => card.dataset.id !== id && staying.includes(card);
    const next = place < 0 ? null : cards.slice(place).find(isHome) ?? cards.slice(0, place).findLast(isHome);
    return next ? $(".delete", next) : $("#clips-title");
  }

  async #loadMore() {
    if (this.#more.getAttribute("aria-disabled") === "true") return;
    this.#more.setAttribute("aria-disabled", "true");
    showText($("#more-error"), null);
    const before = this.#list.children.length;
    try {
      let path, page;
      // The list may become another meanwhile; the page must be the one that follows it.
      do {
        path = this.#library.next;
        page = path && await api.clips(path);
      } while (path !== this.#library.next);
      if (page) this.#actions.older(page);
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
