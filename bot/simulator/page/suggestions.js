// The list above the box to type in, from which one thing is chosen: by a press, or with arrow keys and Enter
// while the focus stays in the box.

import { element } from "./dom.js";

/**
 * A listbox for a text box. `offer(items)` shows items [{nodes, pick, insert}]: `pick()` is what choosing one
 * does; `insert`, if given, is what Tab writes into the box (by `write`). Nothing is offered: it is hidden.
 */
export class Suggestions {
  items = [];
  #chosen = -1;
  #box;
  #write;
  #changed;

  constructor(id, box, { write, changed }) {
    this.#box = box;
    this.#write = write;
    this.#changed = changed;
    this.list = element("ul", {
      id,
      class: "suggestions",
      role: "listbox",
      "aria-label": "Suggestions",
      hidden: true,
    });
    box.setAttribute("aria-controls", id);
    // A press must not take the focus out of the box: that would close the list before the press counts.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => this.#pressed(target.closest("[role=option]")));
  }

  get isOpen() {
    return !this.list.hidden;
  }

  offer(items, label = "Suggestions") {
    this.items = items;
    this.list.setAttribute("aria-label", label);
    this.list.replaceChildren(...items.map((item, at) => this.#option(item, at)));
    this.list.hidden = !items.length;
    this.choose(-1);
    this.#changed();
  }

  choose(at) {
    const options = [...this.list.children];
    this.#chosen = options.length ? Math.max(-1, Math.min(at, options.length - 1)) : -1;
    options.forEach((one, index) => one.setAttribute("aria-selected", String(index === this.#chosen)));
    const chosen = options[this.#chosen];
    if (!chosen) return this.#box.removeAttribute("aria-activedescendant");
    this.#box.setAttribute("aria-activedescendant", chosen.id);
    return chosen.scrollIntoView({ block: "nearest" });
  }

  /** Takes a key pressed in the box, if it means the list; gives whether it did. */
  take(event) {
    if (!this.isOpen || event.shiftKey) return false;
    const last = this.items.length - 1;
    const moves = {
      ArrowDown: () => this.choose(this.#chosen >= last ? 0 : this.#chosen + 1),
      ArrowUp: () => this.choose(this.#chosen <= 0 ? last : this.#chosen - 1),
      Escape: () => this.offer([]),
    };
    const insert = this.items[Math.max(0, this.#chosen)].insert;
    if (insert !== undefined) moves.Tab = () => this.#write(insert);
    if (this.#chosen >= 0) moves.Enter = () => this.items[this.#chosen].pick();
    if (!moves[event.key]) return false;
    event.preventDefault();
    event.stopPropagation();
    moves[event.key]();
    return true;
  }

  #pressed(option) {
    if (option) this.items[Number(option.dataset.at)].pick();
  }

  #option({ nodes }, at) {
    const attributes = {
      role: "option",
      id: `${this.list.id}-${at}`,
      "aria-selected": "false",
      "data-at": at,
    };
    return element("li", attributes, nodes);
  }
}
