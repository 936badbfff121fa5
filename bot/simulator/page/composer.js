// The foot of the conversation: the box to type in with the bot's commands, or what stands there instead of
// it.

import { commandsFor } from "./commands.js";
import { element, place } from "./dom.js";
import { icon } from "./icons.js";
import { announce } from "./notices.js";

const BOX = {
  id: "composer",
  "data-testid": "composer",
  rows: "1",
  maxlength: "4096",
  placeholder: "Message",
  dir: "auto",
  autocomplete: "off",
  enterkeyhint: "send",
  "aria-label": "Message",
  "aria-autocomplete": "list",
  "aria-controls": "suggestions",
};
const SUGGESTIONS = {
  id: "suggestions",
  class: "suggestions",
  role: "listbox",
  "aria-label": "Commands",
  hidden: true,
};
const MENU = {
  type: "button",
  class: "round",
  "data-testid": "menu",
  "aria-label": "Commands",
  "aria-expanded": "false",
  "aria-controls": "suggestions",
};
const SEND = { type: "submit", class: "round send", "data-testid": "send", "aria-label": "Send" };

/**
 * Draws the foot for the open chat. `act` has send(text), which gives whether it was sent, and
 * restart(chatId).
 */
export class Composer {
  #telegram;
  #act;
  #chat = null;
  #drafts = new Map();
  #offered = [];
  #chosen = -1;
  #foot = place("foot");
  #box = element("textarea", BOX);
  #suggestions = element("ul", SUGGESTIONS);
  #menu = element("button", MENU, icon("slash"));
  #send = element("button", SEND, icon("send"));
  #form = element("form", { class: "composer" }, this.#suggestions, this.#menu, this.#box, this.#send);

  constructor(telegram, act) {
    this.#telegram = telegram;
    this.#act = act;
    this.#form.addEventListener("submit", (event) => this.#submitted(event));
    this.#box.addEventListener("input", () => this.#typed());
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#box.addEventListener("blur", () => this.#offer([]));
    this.#menu.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#menu.addEventListener("click", () => this.#toggleMenu());
    this.#suggestions.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#suggestions.addEventListener("click", (event) => this.#picked(event));
  }

  /** Shows the foot for a chat (null: none). What was typed stays with its chat. */
  draw(chat) {
    if (chat?.id !== this.#chat?.id) this.#changeDraft(chat);
    this.#chat = chat;
    this.#menu.hidden = !chat || !this.#commands().length;
    this.#replaceFoot(this.#footFor(chat));
    this.#grow();
  }

  focus() {
    if (this.#form.isConnected) this.#box.focus();
  }

  /** Puts a text into the box, to be sent or changed by the reader. */
  insert(text) {
    this.#box.value = text;
    this.#typed();
    this.focus();
  }

  #footFor(chat) {
    if (!chat) return null;
    if (chat.type === "channel") return element("p", { class: "bar" }, icon("channel"), "Channel");
    if (!chat.blocked) return this.#form;
    const again = element(
      "button",
      { type: "button", class: "restart", "data-testid": "restart" },
      "Restart the bot",
    );
    again.addEventListener("click", () => this.#act.restart(String(chat.id)));
    return element("div", { class: "bar" }, again);
  }

  #replaceFoot(foot) {
    if (foot && this.#foot.firstChild === foot) return;
    const held = this.#foot.contains(document.activeElement);
    this.#foot.replaceChildren(...(foot ? [foot] : []));
    if (held) foot?.querySelector("textarea, .restart")?.focus();
  }

  #changeDraft(chat) {
    if (this.#chat) this.#drafts.set(this.#chat.id, this.#box.value);
    this.#box.value = this.#drafts.get(chat?.id) ?? "";
    this.#offer([]);
  }

  #commands() {
    return commandsFor(this.#chat, this.#telegram.commands);
  }

  async #submitted(event) {
    event.preventDefault();
    await this.#sendText(this.#box.value);
  }

  // The box is empty at once; a text that was refused comes back, unless something else stands there by then.
  async #sendText(text) {
    if (!text.trim()) return;
    this.#box.value = "";
    this.#typed();
    const sent = await this.#act.send(text.trim());
    if (!sent && !this.#box.value) this.insert(text);
  }

  #typed() {
    this.#grow();
    const start = /^\/(\w*)$/.exec(this.#box.value);
    if (!start) return this.#offer([]);
    return this.#offer(this.#commands().filter(({ command }) => command.startsWith(start[1].toLowerCase())));
  }

  #grow() {
    this.#box.style.height = "auto";
    if (this.#box.scrollHeight) this.#box.style.height = `${this.#box.scrollHeight}px`;
    this.#send.classList.toggle("ready", Boolean(this.#box.value.trim()));
  }

  #toggleMenu() {
    this.#box.focus();
    if (this.#offered.length) return this.#offer([]);
    this.#offer(this.#commands());
    return this.#choose(0);
  }

  #offer(commands) {
    const isNews = commands.length && commands.length !== this.#offered.length;
    this.#offered = commands;
    this.#suggestions.replaceChildren(...commands.map(option));
    this.#suggestions.hidden = !commands.length;
    this.#menu.setAttribute("aria-expanded", String(Boolean(commands.length)));
    this.#choose(-1);
    if (isNews) announce(`${commands.length} commands. Arrow keys choose, Enter sends.`);
  }

  #choose(at) {
    const options = [...this.#suggestions.children];
    this.#chosen = options.length ? Math.max(-1, Math.min(at, options.length - 1)) : -1;
    options.forEach((one, index) => one.setAttribute("aria-selected", String(index === this.#chosen)));
    const chosen = options[this.#chosen];
    if (!chosen) return this.#box.removeAttribute("aria-activedescendant");
    this.#box.setAttribute("aria-activedescendant", chosen.id);
    return chosen.scrollIntoView({ block: "nearest" });
  }

  #picked(event) {
    const command = event.target.closest("[data-command]")?.dataset.command;
    if (command) this.#sendText(`/${command}`);
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#sendText(this.#chosen >= 0 ? `/${this.#offered[this.#chosen].command}` : this.#box.value);
    } else if (this.#offered.length) this.#keyInMenu(event);
  }

  #keyInMenu(event) {
    const last = this.#offered.length - 1;
    const moves = {
      ArrowDown: () => this.#choose(this.#chosen >= last ? 0 : this.#chosen + 1),
      ArrowUp: () => this.#choose(this.#chosen <= 0 ? last : this.#chosen - 1),
      Escape: () => this.#offer([]),
      Tab: () => this.insert(`/${this.#offered[Math.max(0, this.#chosen)].command} `),
    };
    if (!moves[event.key] || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    moves[event.key]();
  }
}

function option({ command, description }, index) {
  const attributes = {
    role: "option",
    id: `suggestion-${index}`,
    "aria-selected": "false",
    "data-command": command,
  };
  return element("li", attributes, element("strong", {}, `/${command}`), element("span", {}, description));
}
