// The middle of the page: the open chat's messages, drawn, kept in step, and scrolled as a reader would want
// them.

import { dayName, dayOf } from "./dates.js";
import { element, place, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { messageItem } from "./message.js";
import { isOutgoing, oneLine, senderName } from "./names.js";
import { announce } from "./notices.js";

const AT_ONCE = 100;
const RUN_SECONDS = 600;
const NEAR_END_PX = 60;
const MOVING_MS = 1500;

/**
 * Draws the messages of one chat at a time. `act` does what a press on one asks for: it has
 * press(chatId, messageId, data), send(text), insert(text) and copy(text).
 */
export class Conversation {
  #telegram;
  #presses;
  #act;
  #chatId = null;
  #items = new Map();
  #drawn = AT_ONCE;
  #atEnd = true;
  #below = 0;
  #stillSoon = 0;
  #list = place("messages");
  #scroller = place("scroller");
  #down = place("down");
  #earlier = place("earlier");

  constructor(telegram, presses, act) {
    this.#telegram = telegram;
    this.#presses = presses;
    this.#act = act;
    telegram.addEventListener(
      "message",
      ({ detail }) => this.#isOpen(detail) && this.#arrived(detail.message),
    );
    telegram.addEventListener("edit", ({ detail }) => this.#isOpen(detail) && this.#edited(detail.message));
    telegram.addEventListener(
      "delete",
      ({ detail }) => this.#isOpen(detail) && this.#deleted(detail.message_id),
    );
    presses.addEventListener("change", () => this.#markWaiting());
    this.#list.addEventListener("click", (event) => this.#pressed(event));
    this.#earlier.addEventListener("click", () => this.#showEarlier());
    this.#down.addEventListener("click", () => this.#toEnd());
    this.#scroller.addEventListener("scroll", () => this.#scrolled());
    for (const kind of ["wheel", "touchmove", "keydown"]) {
      this.#scroller.addEventListener(kind, () => this.#moving(), { passive: true });
    }
    new ResizeObserver(() => this.#atEnd && this.#toEnd()).observe(this.#scroller);
  }

  /** Shows a chat from its end (null: none); the open one is drawn anew and stays where it was. */
  open(chatId) {
    const stays = chatId === this.#chatId && !this.#atEnd;
    const top = this.#scroller.scrollTop;
    if (chatId !== this.#chatId) this.#drawn = AT_ONCE;
    this.#chatId = chatId;
    this.#redraw();
    if (stays) this.#scroller.scrollTop = top;
    else this.#toEnd();
  }

  /** Brings a message of the open chat into view and marks it for a moment; gives whether it is there. */
  show(messageId) {
    const item = this.#items.get(messageId);
    if (!item) return false;
    item.scrollIntoView({ block: "center" });
    item.classList.remove("shown-now");
    requestAnimationFrame(() => item.classList.add("shown-now"));
    return true;
  }

  #isOpen({ chat_id: chatId }) {
    return String(chatId) === this.#chatId;
  }

  get #chat() {
    return this.#telegram.chats.get(this.#chatId);
  }

  #redraw() {
    this.#items.clear();
    this.#list.replaceChildren();
    const messages = this.#chat ? this.#telegram.messagesOf(this.#chatId) : [];
    const shown = messages.slice(-this.#drawn);
    this.#earlier.hidden = shown.length === messages.length;
    shown.forEach((message) => this.#add(message));
    this.#arrange();
    this.#markWaiting();
  }

  #add(message) {
    const item = messageItem(message, this.#chat);
    this.#items.set(message.message_id, item);
    this.#list.append(item);
    return item;
  }

  #arrived(message) {
    const item = this.#add(message);
    item.classList.add("arriving");
    this.#arrange();
    if (isOutgoing(message) || this.#atEnd) this.#follow(item);
    else this.#countBelow(this.#below + 1);
    if (!isOutgoing(message)) announce(`${senderName(message)}: ${oneLine(message)}`);
  }

  #edited(message) {
    const old = this.#items.get(message.message_id);
    if (!old) return;
    const focused = old.contains(document.activeElement) ? keysOf(old).indexOf(document.activeElement) : -1;
    const item = messageItem(message, this.#chat);
    const followed = this.#atEnd;
    old.replaceWith(item);
    this.#items.set(message.message_id, item);
    this.#arrange();
    this.#markWaiting();
    if (focused >= 0) this.#focusKey(item, focused);
    if (followed) this.#follow(item);
    announce(`Edited. ${senderName(message)}: ${oneLine(message)}`);
  }

  // Whoever pressed a button with the keyboard goes on where they were, as far as the edited message has that
  // place.
  #focusKey(item, at) {
    const keys = keysOf(item);
    (keys[at] ?? keys.at(-1) ?? this.#scroller).focus({ preventScroll: true });
  }

  #deleted(messageId) {
    const item = this.#items.get(messageId);
    if (!item) return;
    if (item.contains(document.activeElement)) this.#scroller.focus({ preventScroll: true });
    item.remove();
    this.#items.delete(messageId);
    this.#arrange();
  }

  // Days and runs depend on neighbours, so they are set anew over all that is drawn.
  #arrange() {
    this.#list.querySelectorAll(".day").forEach((day) => day.remove());
    let before = null;
    for (const [messageId, item] of this.#items) {
      const message = this.#telegram.message(this.#chatId, messageId);
      const newDay = !before || dayOf(before.message.date) !== dayOf(message.date);
      if (newDay) item.before(element("li", { class: "day" }, element("span", {}, dayName(message.date))));
      const sameRun = !newDay && isSameRun(before.message, message);
      item.classList.toggle("first", !sameRun);
      before?.item.classList.toggle("last", !sameRun);
      before = { message, item };
    }
    before?.item.classList.add("last");
  }

  #markWaiting() {
    for (const key of this.#list.querySelectorAll("[data-callback]")) {
      const messageId = Number(key.closest("[data-message-id]").dataset.messageId);
      const waits = this.#presses.isWaiting(this.#chatId, messageId, key.dataset.callback);
      key.classList.toggle("waiting", waits);
      key.ariaBusy = waits ? "true" : null;
    }
  }

  #pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const { callback, command, copy, inlineQuery, replyTo } = button.dataset;
    const messageId = Number(button.closest("[data-message-id]").dataset.messageId);
    if (callback !== undefined) this.#act.press(this.#chatId, messageId, callback);
    else if (command !== undefined) this.#act.send(command);
    else if (copy !== undefined) this.#act.copy(copy);
    else if (inlineQuery !== undefined)
      this.#act.insert(`@${this.#telegram.bot?.username ?? "bot"} ${inlineQuery}`);
    else if (replyTo !== undefined) this.show(Number(replyTo));
  }

  #showEarlier() {
    const height = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    this.#drawn += AT_ONCE;
    this.#redraw();
    this.#scroller.scrollTop = this.#scroller.scrollHeight - height;
    this.#scroller.focus({ preventScroll: true });
  }

  // A message taller than the view is shown from its first line, where reading begins.
  #follow(item) {
    const end = this.#scroller.scrollHeight - this.#scroller.clientHeight;
    this.#scroller.scrollTop = Math.min(end, item.offsetTop - 44);
    this.#scrolled();
  }

  #toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#scrolled();
  }

  #scrolled() {
    const left = this.#scroller.scrollHeight - this.#scroller.clientHeight - this.#scroller.scrollTop;
    this.#atEnd = left < NEAR_END_PX;
    this.#countBelow(this.#atEnd ? 0 : this.#below);
    this.#down.hidden = this.#atEnd;
    this.#markStuckDays();
  }

  // The days' signs stick to the top, all in one place: the list's style shows one of them, while it moves.
  #markStuckDays() {
    const covers = (day, other) => other.offsetTop < day.offsetTop + day.offsetHeight;
    const days = [...this.#list.querySelectorAll(".day")];
    days.forEach((day, at) => {
      day.classList.toggle("stuck", covers(day, day.nextElementSibling));
      day.classList.toggle("past", at + 1 < days.length && covers(day, days[at + 1]));
    });
  }

  #moving() {
    this.#scroller.classList.add("moving");
    clearTimeout(this.#stillSoon);
    this.#stillSoon = setTimeout(() => this.#scroller.classList.remove("moving"), MOVING_MS);
  }

  #countBelow(count) {
    this.#below = count;
    const badge = count ? element("span", { class: "badge" }, String(count)) : null;
    this.#down.replaceChildren(...[icon("down"), unseen("To the newest message"), badge].filter(Boolean));
  }
}

// A keyboard ends its run: what follows would look like a part of it.
function isSameRun(one, other) {
  if (one.reply_markup) return false;
  const sameSender = isOutgoing(one) === isOutgoing(other) && senderName(one) === senderName(other);
  return sameSender && other.date - one.date < RUN_SECONDS;
}

function keysOf(item) {
  return [...item.querySelectorAll(".key")];
}
