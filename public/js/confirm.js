// Asks before something is gone for good.

import { APIError } from "./api.js";
import { $, closeOnBackdrop, setText, showText } from "./dom.js";

export class Confirmation {
  #dialog = $("#confirm");
  #act = null;

  constructor() {
    const [confirm, error] = [$(".confirm", this.#dialog), $(".error", this.#dialog)];
    closeOnBackdrop(this.#dialog);
    $(".cancel", this.#dialog).addEventListener("click", () => this.#dialog.close());
    confirm.addEventListener("click", async () => {
      if (!this.#act) return;
      const act = this.#act;
      this.#act = null;
      try {
        await act();
        this.#dialog.close();
      } catch (problem) {
        if (!(problem instanceof APIError)) throw problem;
        showText(error, problem.message);
        this.#act = act;
      }
    });
  }

  /** Shows the question; `act` runs on yes, and what it throws is shown in the dialog. Resolves when it is closed. */
  ask(text, act) {
    this.#act = act;
    setText($("#confirm-text"), text);
    showText($(".error", this.#dialog), null);
    this.#dialog.showModal();
    return new Promise((resolve) => this.#dialog.addEventListener("close", resolve, { once: true }));
  }
}
