// The stream of events from the server: kept open, and after every gap the whole state is read again.

import { Refused, readState } from "./api.js";

const KINDS = [
  "message",
  "edit",
  "delete",
  "call",
  "chat",
  "commands",
  "bot",
  "callback_answer",
  "inline_answer",
  "limits",
  "faults",
  "clock",
];
const RETRY_MS = 1000;

/**
 * Keeps a Telegram (state.js) in step with the server; tells "change" whenever `state` ("open" or "closed")
 * changes.
 */
export class Connection extends EventTarget {
  state = "closed";
  #telegram;
  #source = null;
  #waiting = [];

  constructor(telegram) {
    super();
    this.#telegram = telegram;
  }

  open() {
    const source = new EventSource("/sim/events");
    this.#source = source;
    source.addEventListener("open", () => this.#catchUp(source));
    source.addEventListener("error", () => this.#retry(source));
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => this.#take(kind, JSON.parse(event.data)));
    }
  }

  // Events that come while the state is being read may be older than it or newer: they wait, and since
  // applying one twice changes nothing, all of them are applied after it.
  async #catchUp(source) {
    this.#waiting ??= [];
    try {
      const state = await readState();
      if (source !== this.#source) return;
      this.#telegram.load(state);
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal;
      this.#retry(source);
      return;
    }
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    waiting.forEach(([kind, data]) => this.#telegram.apply(kind, data));
    this.#become("open");
  }

  #take(kind, data) {
    if (this.#waiting) this.#waiting.push([kind, data]);
    else this.#telegram.apply(kind, data);
  }

  #retry(source) {
    source.close();
    if (source !== this.#source) return;
    this.#source = null;
    this.#waiting = [];
    this.#become("closed");
    setTimeout(() => this.open(), RETRY_MS);
  }

  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }
}
