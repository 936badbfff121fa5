// The panes side by side: as many as the page's address names, one of them the active one.

import { place } from "./dom.js";
import { Pane } from "./pane.js";
import { goTo, openChats } from "./route.js";

/** The panes of the page. Tells "change" when other chats are open or another pane is active. */
export class Panes extends EventTarget {
  #world;
  #panes = [];
  #active = null;

  constructor(world) {
    super();
    this.#world = world;
  }

  get chatIds() {
    return this.#panes.map(({ chatId }) => chatId).filter((chatId) => chatId !== null);
  }

  get activeId() {
    return this.#active?.chatId ?? null;
  }

  /** The pane in which a chat is open, or undefined. */
  of(chatId) {
    return this.#panes.find((pane) => pane.chatId === String(chatId));
  }

  /** Opens a chat in the active pane, in a further one beside the others, or goes to where it is open. */
  open(chatId, { beside = false } = {}) {
    const opened = openChats();
    if (!opened.includes(chatId)) {
      const at = Math.max(0, opened.indexOf(this.activeId));
      if (beside) goTo([...opened, chatId]);
      else goTo(opened.length ? opened.with(at, chatId) : [chatId]);
    }
    this.#activate(this.of(chatId));
  }

  /** Closes the pane of a chat. */
  close(chatId) {
    goTo(openChats().filter((one) => one !== chatId));
  }

  /** Shows the chats that the address names. A pane keeps its chat, wherever it stands then. */
  sync() {
    const { chats } = this.#world.telegram;
    const wanted = openChats().filter((chatId) => chats.has(chatId));
    const kept = wanted.map((chatId) => this.of(chatId));
    const free = this.#panes.filter((pane) => !kept.includes(pane));
    const isAlone = wanted.length < 2;
    this.#panes = (wanted.length ? kept : [undefined]).map((pane) => pane ?? free.shift() ?? this.#made());
    place("panes").replaceChildren(...this.#panes.map(({ root }) => root));
    this.#panes.forEach((pane, at) => pane.open(wanted[at] ?? null, { isAlone }));
    this.#activate(this.#panes.includes(this.#active) ? this.#active : this.#panes.at(-1));
  }

  /** Draws everything but the messages anew. */
  draw() {
    const isAlone = this.#panes.length < 2;
    this.#panes.forEach((pane) => pane.draw({ isAlone }));
  }

  focusComposer() {
    this.#active?.focusComposer();
  }

  #made() {
    const pane = new Pane(this.#world);
    for (const kind of ["focusin", "pointerdown"]) {
      pane.root.addEventListener(kind, () => pane !== this.#active && this.#activate(pane));
    }
    return pane;
  }

  #activate(pane) {
    this.#active = pane ?? this.#active;
    this.#panes.forEach((one) => one.root.classList.toggle("active", one === this.#active));
    this.dispatchEvent(new Event("change"));
  }
}
