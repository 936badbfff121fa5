// The bar on top of a conversation for what is pinned in it: the newest first, each press shows the next one.

import { element, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { oneLine } from "./names.js";

/** Draws a chat's pinned messages into `place`; `show(messageId)` brings one into view. */
export class PinnedBar {
  #place;
  #show;
  #messages = [];
  #at = 0;

  constructor(place, show) {
    this.#place = place;
    this.#show = show;
  }

  /** Shows these messages' bar, newest first; hidden if there are none. */
  draw(messages) {
    const same = messages.map(idOf).join() === this.#messages.map(idOf).join();
    this.#messages = messages;
    if (!same) this.#at = 0;
    this.#place.hidden = !messages.length;
    if (!messages.length) {
      this.#place.replaceChildren();
      return;
    }
    const held = this.#place.contains(document.activeElement);
    const button = this.#button();
    this.#place.replaceChildren(button);
    if (held) button.focus({ preventScroll: true });
  }

  #button() {
    const message = this.#messages[this.#at];
    const count = this.#messages.length;
    const title = count > 1 ? `Pinned message ${this.#at + 1} of ${count}` : "Pinned message";
    const words = element("span", { class: "pinned-words" }, element("strong", {}, title), unseen(": "));
    words.append(element("span", {}, oneLine(message)));
    const press = () => {
      this.#show(message.message_id);
      this.#at = (this.#at + 1) % count;
      this.draw(this.#messages);
    };
    const attributes = { type: "button", class: "pinned", "data-testid": "pinned", onclick: press };
    return element("button", attributes, icon("pin"), words);
  }
}

const idOf = (message) => message.message_id;
