// The dialog that asks for the API key, wherever one is configured.

import { APIError, openSession } from "./api.js";
import { $, showText } from "./dom.js";

export class KeyDialog {
  #dialog = $("#key");
  #waiting = null;
  #declined = false;

  constructor() {
    const [form, field, error] = ["form", "#key-field", ".error"].map((selector) => $(selector, this.#dialog));
    $(".cancel", this.#dialog).addEventListener("click", () => this.#dialog.close());
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        await openSession(field.value);
        this.#settle((waiting) => waiting.resolve());
        this.#dialog.close();
      } catch (problem) {
        showText(error, problem.message);
        field.select();
      }
    });
    this.#dialog.addEventListener("close", () => {
      field.value = "";
      showText(error, null);
      // Still unsettled: the visitor said no. Polling must not bring the dialog straight back.
      if (this.#waiting) this.#declined = true;
      this.#settle((waiting) => waiting.reject(new APIError(401, "This server shows its cameras only to those who have a key.")));
    });
  }

  /** Resolves once a key was accepted. Several requests refused at once share one question. */
  ask() {
    if (this.#declined) return Promise.reject(new APIError(401, "This server shows its cameras only to those who have a key."));
    if (!this.#waiting) {
      this.#waiting = Promise.withResolvers?.() ?? withResolvers();
      this.#dialog.showModal();
    }
    return this.#waiting.promise;
  }

  /** The visitor changed their mind. */
  allow() {
    this.#declined = false;
  }

  #settle(how) {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) how(waiting);
  }
}

// Safari before 17.4 has no Promise.withResolvers.
function withResolvers() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
