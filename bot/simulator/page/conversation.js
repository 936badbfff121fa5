// The middle of a pane: the open chat's messages, drawn, kept in step, and scrolled as a reader would want
// them.

import { dayName, dayOf } from "./dates.js";
import { element, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { isInThread } from "./topics.js";
import { messageItem } from "./message.js";
import { isOutgoing, oneLine, senderName } from "./names.js";
import { announce } from "./notices.js";
import { continuesAlbum, isSameRun, rowsOf } from "./rows.js";

const AT_ONCE = 100;
const NEAR_END_PX = 60;
const MOVING_MS = 1500;
const LEAVING_MS = 300;
const ANSWER_MS = 5000;

/**
 * Draws the messages of one chat, or of one topic in it, at a time. `part` finds the pane's elements by name.
 * `act` does what a press asks for: it has press(chatId, messageId, data), send(chatId, text, thread),
 * reply(chatId, messageId), insert(chatId, text), copy(text) and look(messages, messageId).
 */
export class Conversation {
  #telegram;
  #presses;
  #viewers;
  #act;
  #chatId = null;
  #thread = null;
  #rows = [];
  #drawn = AT_ONCE;
  #atEnd = true;
  #below = 0;
  #size = "";
  #stillSoon = 0;
  #pressedAt = -ANSWER_MS;
  #list;
  #scroller;
  #down;
  #earlier;

  constructor(part, telegram, presses, viewers, act) {
    this.#list = part("messages");
    this.#scroller = part("scroller");
    this.#down = part("down");
    this.#earlier = part("earlier");
    this.#telegram = telegram;
    this.#presses = presses;
    this.#viewers = viewers;
    this.#act = act;
    const hear = (kind, heard) =>
      telegram.addEventListener(
        kind,
        ({ detail }) => String(detail.chat_id) === this.#chatId && heard(detail),
      );
    hear("message", ({ message }) => isInThread(message, this.#thread) && this.#arrived(message));
    hear("edit", ({ message }) => this.#edited(message));
    hear("delete", ({ message_id: messageId }) => this.#deleted(messageId));
    presses.addEventListener("change", () => this.#markWaiting());
    viewers.addEventListener(
      "change",
      ({ detail }) => detail === this.#chatId && this.open(detail, this.#thread),
    );
    this.#list.addEventListener("click", (event) => this.#pressed(event));
    this.#earlier.addEventListener("click", () => this.#showEarlier());
    this.#down.addEventListener("click", () => this.#toEnd());
    this.#scroller.addEventListener("scroll", () => this.#moved());
    // Pictures have their height when they have come: a reader at the end stays there.
    this.#list.addEventListener("load", () => this.#atEnd && this.#toEnd(), true);
    for (const kind of ["wheel", "touchmove", "keydown"]) {
      this.#scroller.addEventListener(kind, () => this.#moving(), { passive: true });
    }
    new ResizeObserver(() => this.#atEnd && this.#toEnd()).observe(this.#scroller);
  }

  /**
   * Shows a chat from its end (null: none), or one topic of it; what is open is drawn anew and stays where it
   * was.
   */
  open(chatId, thread = null) {
    const isSame = chatId === this.#chatId && thread === this.#thread;
    const stays = isSame && !this.#atEnd;
    const top = this.#scroller.scrollTop;
    if (!isSame) this.#drawn = AT_ONCE;
    this.#chatId = chatId;
    this.#thread = thread;
    this.#redraw();
    if (stays) this.#scroller.scrollTop = top;
    else this.#toEnd();
  }

  /** Whether nothing is to be seen. */
  get isEmpty() {
    return !this.#messages().length;
  }

  /** Brings a message of the open chat into view and marks it for a moment; gives whether it is there. */
  show(messageId) {
    const item = this.#rowWith(messageId)?.item;
    if (!item) return false;
    item.scrollIntoView({ block: "center" });
    item.classList.remove("shown-now");
    requestAnimationFrame(() => item.classList.add("shown-now"));
    return true;
  }

  get #chat() {
    return this.#telegram.chats.get(this.#chatId);
  }

  get #viewer() {
    return this.#viewers.of(this.#chat);
  }

  #messages() {
    if (!this.#chat) return [];
    return this.#telegram.messagesOf(this.#chatId).filter((message) => isInThread(message, this.#thread));
  }

  #rowWith(messageId) {
    return this.#rows.find(({ messages }) => messages.some((one) => one.message_id === messageId));
  }

  #redraw() {
    const messages = this.#messages();
    const shown = messages.slice(-this.#drawn);
    this.#earlier.hidden = shown.length === messages.length;
    this.#rows = rowsOf(shown);
    this.#rows.forEach((row) => (row.item = this.#draw(row)));
    this.#list.replaceChildren(...this.#rows.map(({ item }) => item));
    this.#arrange();
    this.#markWaiting();
  }

  #draw({ messages }) {
    return messageItem(messages, this.#chat, this.#viewer);
  }

  #arrived(message) {
    const last = this.#rows.at(-1);
    if (continuesAlbum(last, message)) this.#replace(last, [...last.messages, message]);
    else this.#append(message);
    const { item } = this.#rows.at(-1);
    const outgoing = isOutgoing(message, this.#viewer);
    const isAnswer = !outgoing && this.#isAnswer();
    if (outgoing || this.#atEnd || isAnswer) this.#follow(item);
    else this.#countBelow(this.#below + 1);
    if (!outgoing) announce(`${senderName(message)}: ${oneLine(message)}`);
  }

  // What the bot sends first after a press is what was asked for, wherever the pressed button stands.
  #isAnswer() {
    const isAnswer = performance.now() - this.#pressedAt < ANSWER_MS;
    this.#pressedAt = -ANSWER_MS;
    return isAnswer;
  }

  #append(message) {
    const row = { messages: [message] };
    row.item = this.#draw(row);
    row.item.classList.add("arriving");
    this.#rows.push(row);
    this.#list.append(row.item);
    this.#arrange();
  }

  #edited(message) {
    const row = this.#rowWith(message.message_id);
    if (!row) return;
    const followed = this.#atEnd;
    this.#replace(
      row,
      row.messages.map((one) => (one.message_id === message.message_id ? message : one)),
    );
    if (followed) this.#follow(row.item);
    announce(`Edited. ${senderName(message)}: ${oneLine(message)}`);
  }

  #replace(row, messages) {
    const old = row.item;
    const focused = old.contains(document.activeElement) ? keysOf(old).indexOf(document.activeElement) : -1;
    row.messages = messages;
    row.item = this.#draw(row);
    old.replaceWith(row.item);
    this.#arrange();
    this.#markWaiting();
    if (focused >= 0) this.#focusKey(row.item, focused);
  }

  // Whoever pressed a button with the keyboard goes on where they were, as far as the edited message has that
  // place.
  #focusKey(item, at) {
    const keys = keysOf(item);
    (keys[at] ?? keys.at(-1) ?? this.#scroller).focus({ preventScroll: true });
  }

  #deleted(messageId) {
    const row = this.#rowWith(messageId);
    if (!row) return;
    if (row.item.contains(document.activeElement)) this.#scroller.focus({ preventScroll: true });
    const left = row.messages.filter((one) => one.message_id !== messageId);
    if (left.length) {
      this.#replace(row, left);
      return;
    }
    this.#rows = this.#rows.filter((one) => one !== row);
    vanish(row.item);
    this.#arrange();
  }

  // Days and runs depend on neighbours, so they are set anew over all that is drawn.
  #arrange() {
    this.#list.querySelectorAll(".day").forEach((day) => day.remove());
    let before = null;
    for (const row of this.#rows) {
      const { date } = row.messages[0];
      const newDay = !before || dayOf(before.messages[0].date) !== dayOf(date);
      if (newDay) row.item.before(element("li", { class: "day" }, element("span", {}, dayName(date))));
      const sameRun = !newDay && isSameRun(before, row);
      row.item.classList.toggle("first", !sameRun);
      before?.item.classList.toggle("last", !sameRun);
      before = row;
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
    if (!button?.isConnected) return;
    const { callback, command, copy, inlineQuery, reply, replyTo, photo } = button.dataset;
    const messageId = Number(button.closest("[data-message-id]").dataset.messageId);
    if (callback !== undefined) {
      this.#pressedAt = performance.now();
      this.#act.press(this.#chatId, messageId, callback);
    } else if (reply !== undefined) this.#act.reply(this.#chatId, messageId);
    else if (command !== undefined) this.#act.send(this.#chatId, command, this.#thread);
    else if (copy !== undefined) this.#act.copy(copy);
    else if (inlineQuery !== undefined)
      this.#act.insert(this.#chatId, `@${this.#telegram.bot?.username ?? "bot"} ${inlineQuery}`);
    else if (replyTo !== undefined) this.show(Number(replyTo));
    else if (photo !== undefined) this.#act.look(this.#messages(), Number(photo));
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

  // The news of a scroll can come after the place has another size, and then says nothing of the reader.
  #moved() {
    if (this.#atEnd && this.#size !== this.#sizeNow()) this.#toEnd();
    else this.#scrolled();
  }

  #sizeNow() {
    return `${this.#scroller.scrollHeight} ${this.#scroller.clientHeight}`;
  }

  #scrolled() {
    this.#size = this.#sizeNow();
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

function keysOf(item) {
  return [...item.querySelectorAll(".key")];
}

// A deleted message fades while its place closes; at once for whoever wants no motion.
function vanish(item) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    item.remove();
    return;
  }
  item.inert = true;
  item.removeAttribute("data-message-id");
  item.style.height = `${item.offsetHeight}px`;
  requestAnimationFrame(() => item.classList.add("leaving"));
  setTimeout(() => item.remove(), LEAVING_MS);
}
