// The left of the page: readers, groups and channels, each with its last line, its time and what waits
// unread.

import { briefTime } from "./dates.js";
import { element, place, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, chatName, isByReader, oneLine, senderName } from "./names.js";
import { addressOf } from "./route.js";
import { serviceWords } from "./service.js";

const SECTIONS = [
  { title: "Readers", types: ["private"] },
  { title: "Groups", types: ["group", "supergroup"] },
  { title: "Channels", types: ["channel"] },
];
const TOLD_BY = ["loaded", "message", "edit", "delete", "chat", "unread"];

/**
 * Keeps the list of chats in step, at most once in a frame. `panes` says which are open, and opens one that is
 * pressed.
 */
export class ChatList {
  #telegram;
  #panes;
  #entries = new Map();
  #isDue = false;
  #sections = new Map();

  constructor(telegram, panes) {
    this.#telegram = telegram;
    this.#panes = panes;
    for (const section of SECTIONS) this.#sections.set(section, this.#section(section));
    TOLD_BY.forEach((kind) => telegram.addEventListener(kind, () => this.#due()));
  }

  /** Marks the open chats. */
  draw() {
    for (const [section, { box, list }] of this.#sections) {
      const chats = [...this.#telegram.chats.values()].filter((chat) => section.types.includes(chat.type));
      box.hidden = !chats.length;
      this.#fill(
        list,
        chats.sort((one, other) => this.#newest(other) - this.#newest(one)),
      );
    }
  }

  #due() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.draw();
    });
  }

  #section({ title }) {
    const list = element("ul", { "aria-label": title });
    const box = element("section", {}, element("h2", {}, title), list);
    place("chats-scroll").append(box);
    return { box, list };
  }

  #newest(chat) {
    return this.#telegram.lastMessage(chat.id)?.date ?? 0;
  }

  // Entries move only if their order changed, and take the focus along.
  #fill(list, chats) {
    const entries = chats.map((chat) => this.#entry(chat));
    const isInOrder = entries.every((entry, at) => list.children[at] === entry);
    if (isInOrder && entries.length === list.children.length) return;
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    list.replaceChildren(...entries);
    focused?.focus();
  }

  #entry(chat) {
    const key = String(chat.id);
    if (!this.#entries.has(key)) this.#entries.set(key, this.#newEntry(key));
    const item = this.#entries.get(key);
    const [anchor, beside] = item.children;
    const isOpen = this.#panes.chatIds.includes(key);
    if (key === this.#panes.activeId) anchor.setAttribute("aria-current", "true");
    else anchor.removeAttribute("aria-current");
    item.classList.toggle("open", isOpen);
    const picture = avatar(chat.id, chatName(chat));
    picture.title = chatName(chat);
    anchor.replaceChildren(picture, this.#words(chat));
    beside.hidden = isOpen;
    beside.setAttribute("aria-label", `Open ${chatName(chat)} beside`);
    return item;
  }

  #newEntry(key) {
    const open = (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      this.#panes.open(key);
    };
    const beside = {
      type: "button",
      class: "round beside",
      "data-testid": `beside-${key}`,
      onclick: () => this.#panes.open(key, { beside: true }),
    };
    return element(
      "li",
      {},
      element("a", { href: addressOf([key]), "data-testid": `chat-${key}`, onclick: open }),
      element("button", beside, icon("split")),
    );
  }

  #words(chat) {
    const last = this.#telegram.lastMessage(chat.id);
    const waiting = this.#telegram.unread(chat.id);
    const time = last ? element("time", {}, briefTime(last.date)) : null;
    const badge = waiting ? element("span", { class: "badge" }, String(waiting), unseen(" unread")) : null;
    return element(
      "span",
      { class: "chat-words" },
      element("span", { class: "chat-line" }, name(chat), time),
      element("span", { class: "chat-line" }, lastLine(chat, last), badge),
    );
  }
}

function name(chat) {
  const words = element("span", {}, chatName(chat));
  if (chat.blocked) return element("strong", {}, icon("block"), unseen("Has blocked the bot: "), words);
  return element("strong", {}, words);
}

function lastLine(chat, last) {
  if (!last) return element("span", { class: "chat-last" }, "No messages yet");
  return element("span", { class: "chat-last" }, whoseLine(chat, last), oneLine(last).slice(0, 120));
}

function whoseLine(chat, last) {
  if (chat.type.endsWith("group")) return serviceWords(last) ? "" : `${senderName(last)}: `;
  return isByReader(last) ? "You: " : "";
}
