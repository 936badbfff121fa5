// The foot of a pane: the box to type in, with the bot's commands and inline results above it, or what stands
// there instead of it.

import { commandsFor } from "./commands.js";
import { element, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { InlineQueries, inlineQueryIn, resultNodes } from "./inline.js";
import { chatName, oneLine, senderName } from "./names.js";
import { announce } from "./notices.js";
import { replyKeyboard, replyKeysIn } from "./replykeys.js";
import { Suggestions } from "./suggestions.js";

const BOX = {
  "data-testid": "composer",
  rows: "1",
  maxlength: "4096",
  placeholder: "Message",
  dir: "auto",
  autocomplete: "off",
  enterkeyhint: "send",
  "aria-autocomplete": "list",
};
const MENU = {
  type: "button",
  class: "round",
  "data-testid": "menu",
  "aria-label": "Commands",
  "aria-expanded": "false",
};
const SEND = { type: "submit", class: "round send", "data-testid": "send", "aria-label": "Send" };
let made = 0;

/**
 * Draws the foot for a pane's chat. Of the world it uses telegram, viewers, drafts (a Map of texts by chat,
 * shared by all panes) and act with attempt(request), send(chatId, text, thread, replyTo), which gives whether
 * it was sent, restart(chatId), start(payload) and open(chatId).
 */
export class Composer {
  #world;
  #chat = null;
  #thread = null;
  #foot;
  #box = element("textarea", BOX);
  #suggestions;
  #inline;
  #menu = element("button", MENU, icon("slash"));
  #send = element("button", SEND, icon("send"));
  #replied = null;
  #replyBar = element("div", { class: "replying", "data-testid": "replying", hidden: true });
  #keys = element("div", { class: "reply-holder", hidden: true });
  #keysOf = null;
  #forcedBy = null;
  #form;

  constructor(foot, world) {
    made += 1;
    this.#foot = foot;
    this.#world = world;
    this.#inline = new InlineQueries(world.telegram, world.act.attempt);
    this.#suggestions = new Suggestions(`suggestions-${made}`, this.#box, {
      write: (text) => this.insert(text),
      changed: () => this.#menu.setAttribute("aria-expanded", String(this.#suggestions.isOpen)),
    });
    this.#menu.setAttribute("aria-controls", `suggestions-${made}`);
    const { list } = this.#suggestions;
    const parts = [list, this.#replyBar, this.#menu, this.#box, this.#send, this.#keys];
    this.#form = element("form", { class: "composer" }, parts);
    this.#listen();
  }

  #listen() {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#sendText(this.#box.value);
    });
    this.#box.addEventListener("input", () => this.#typed());
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#box.addEventListener("blur", () => this.#suggestions.offer([]));
    this.#menu.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#menu.addEventListener("click", () => this.#toggleMenu());
    this.#inline.addEventListener("answer", ({ detail }) => this.#offerResults(detail));
  }

  /** Shows the foot for a chat (null: none) and a topic in it. What was typed stays with its chat. */
  draw(chat, thread) {
    if (chat?.id !== this.#chat?.id) this.#changeDraft(chat);
    this.#chat = chat;
    this.#thread = thread;
    const whom = chat ? chatName(chat) : "";
    this.#box.setAttribute(
      "aria-label",
      chat?.type === "private" ? `Message from ${whom}` : `Message to ${whom}`,
    );
    this.#menu.hidden = !chat || !this.#commands().length;
    this.#drawKeys();
    this.#replaceFoot(this.#footFor(chat));
    this.#grow();
  }

  /** Has what is sent next reply to a message; null: to none. */
  replyTo(message) {
    this.#replied = message ?? null;
    this.#replyBar.hidden = !message;
    if (!message) return this.#replyBar.replaceChildren();
    const cancel = { type: "button", class: "round", "aria-label": "Do not reply to this message" };
    const stop = () => {
      this.replyTo(null);
      this.focus();
    };
    const words = element("p", {}, unseen("Reply to "), element("strong", {}, senderName(message)));
    words.append(element("span", {}, oneLine(message)));
    return this.#replyBar.replaceChildren(
      icon("reply"),
      words,
      element("button", { ...cancel, onclick: stop }, icon("close")),
    );
  }

  focus() {
    if (this.#form.isConnected) this.#box.focus();
  }

  /** Puts a text into the box, to be sent or changed by the reader. */
  insert(text) {
    this.#box.value = text;
    this.focus();
    this.#typed();
  }

  #footFor(chat) {
    if (!chat) return null;
    if (chat.type === "channel") return element("p", { class: "bar" }, icon("channel"), "Channel");
    if (chat.deactivated) return element("p", { class: "bar" }, "This account is deleted.");
    if (chat.deleted) return element("p", { class: "bar" }, "This group is deleted.");
    if (chat.migrated_to)
      return this.#link("Go to the supergroup", "moved", () =>
        this.#world.act.open(String(chat.migrated_to)),
      );
    if (!chat.blocked) return this.#form;
    return this.#link("Restart the bot", "restart", () => this.#world.act.restart(String(chat.id)));
  }

  #link(words, testId, press) {
    const button = { type: "button", class: "restart", "data-testid": testId, onclick: press };
    return element("div", { class: "bar" }, element("button", button, words));
  }

  #replaceFoot(foot) {
    if (foot && this.#foot.firstChild === foot) return;
    const held = this.#foot.contains(document.activeElement);
    this.#foot.replaceChildren(...(foot ? [foot] : []));
    if (held) foot?.querySelector("textarea, .restart")?.focus();
  }

  #changeDraft(chat) {
    const { drafts } = this.#world;
    if (this.#chat) drafts.set(this.#chat.id, this.#box.value);
    this.#box.value = drafts.get(chat?.id) ?? "";
    this.#suggestions.offer([]);
    this.replyTo(null);
  }

  // A bot can ask for a reply, and bring a keyboard that stays until it takes it away.
  #drawKeys() {
    const messages = this.#chat ? this.#world.telegram.messagesOf(this.#chat.id) : [];
    const found = replyKeysIn(messages, this.#world.viewers.of(this.#chat));
    const key = found ? `${this.#chat.id} ${found.message.message_id}` : null;
    if (key !== this.#keysOf) {
      this.#keysOf = key;
      const isGroup = this.#chat?.type.endsWith("group");
      // In a group the words go as a reply, so that a bot that sees only what concerns it receives them.
      const write = (text) => this.#sendText(text, isGroup ? found.message : this.#replied);
      this.#keys.hidden = !found;
      this.#keys.replaceChildren(...(found ? [replyKeyboard(found.rows, write)] : []));
      this.#box.placeholder = found?.placeholder ?? BOX.placeholder;
    }
    const last = messages.at(-1);
    if (last?.reply_keyboard?.force_reply && this.#forcedBy !== last) {
      this.#forcedBy = last;
      this.replyTo(last);
    }
  }

  #commands() {
    return commandsFor(this.#chat, this.#world.telegram.commands);
  }

  // The box is empty at once; a text that was refused comes back, unless something else stands there by then.
  async #sendText(text, replied = this.#replied) {
    if (!text.trim()) return;
    this.#box.value = "";
    this.replyTo(null);
    this.#typed();
    const chatId = String(this.#chat.id);
    const sent = await this.#world.act.send(chatId, text.trim(), this.#thread, replied?.message_id);
    if (sent || this.#box.value) return;
    this.replyTo(replied);
    this.insert(text);
  }

  #typed() {
    this.#grow();
    const text = this.#box.value;
    const query = inlineQueryIn(text, this.#world.telegram.bot);
    this.#inline.ask(query, this.#chat, this.#world.viewers.of(this.#chat));
    if (query !== null) return;
    const start = /^\/(\w*)$/.exec(text);
    this.#offerCommands(start ? start[1].toLowerCase() : null);
  }

  #grow() {
    this.#box.style.height = "auto";
    if (this.#box.scrollHeight) this.#box.style.height = `${this.#box.scrollHeight}px`;
    this.#send.classList.toggle("ready", Boolean(this.#box.value.trim()));
  }

  #toggleMenu() {
    this.#box.focus();
    if (this.#suggestions.isOpen) {
      this.#suggestions.offer([]);
      return;
    }
    this.#offerCommands("");
    this.#suggestions.choose(0);
  }

  #offerCommands(start) {
    const fitting = start === null ? [] : this.#commands().filter(({ command }) => command.startsWith(start));
    const isNews = fitting.length && fitting.length !== this.#suggestions.items.length;
    this.#suggestions.offer(
      fitting.map(({ command, description }) => ({
        nodes: [element("strong", {}, `/${command}`), element("span", {}, description)],
        pick: () => this.#sendText(`/${command}`),
        insert: `/${command} `,
      })),
      "Commands",
    );
    if (isNews) announce(`${fitting.length} commands. Arrow keys choose, Enter sends.`);
  }

  #offerResults(answer) {
    const results = answer.results.map((result) => ({
      nodes: resultNodes(result),
      pick: () => this.#chooseResult(answer, result),
    }));
    if (answer.button?.start_parameter) results.unshift(this.#switchButton(answer.button));
    if (!results.length) results.push({ nodes: [element("span", {}, "No results.")], pick: () => {} });
    this.#suggestions.offer(results, "Inline results");
    announce(`${answer.results.length} results. Arrow keys choose, Enter sends.`);
  }

  #switchButton({ text, start_parameter: payload }) {
    const pick = () => {
      this.insert("");
      this.#world.act.start(payload);
    };
    return { nodes: [element("strong", { class: "to-bot" }, text)], pick };
  }

  async #chooseResult(answer, result) {
    const typed = this.#box.value;
    this.insert("");
    const sent = await this.#inline.choose(answer, result, this.#chat.id);
    if (!sent) this.insert(typed);
  }

  #key(event) {
    if (event.isComposing || this.#suggestions.take(event)) return;
    if (event.key === "Escape") this.replyTo(null);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#sendText(this.#box.value);
  }
}
