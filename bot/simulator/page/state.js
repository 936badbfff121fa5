// What this page knows of the local Telegram: read whole from /sim/state, then kept in step event by event.
// It draws nothing; views listen to it.

import { setAhead } from "./dates.js";
import { isByReader } from "./names.js";

const CALLS_KEPT = 500;
const ANSWERS_KEPT = 20;

/**
 * The page's copy of the server's state. Chats are found by their id as text. It tells of changes with events
 * of the server's own names (message, edit, delete, call, chat, commands, callback_answer, bot, inline_answer,
 * limits, faults, clock), each with the server's data as its detail, and with two more: "loaded" (everything
 * may be new) and "unread" (detail {chat_id}).
 */
export class Telegram extends EventTarget {
  bot = null;
  commands = [];
  actions = [];
  chats = new Map();
  calls = [];
  limits = null;
  faults = [];
  clock = { offset_seconds: 0 };
  #messages = new Map();
  #unread = new Map();
  #reading = new Set();
  #inlineAnswers = new Map();

  /** The messages of a chat, oldest first. */
  messagesOf(chatId) {
    return [...(this.#messages.get(String(chatId))?.values() ?? [])];
  }

  message(chatId, messageId) {
    return this.#messages.get(String(chatId))?.get(messageId);
  }

  lastMessage(chatId) {
    return this.messagesOf(chatId).at(-1);
  }

  unread(chatId) {
    return this.#unread.get(String(chatId)) ?? 0;
  }

  /** How many messages wait unread in all chats. */
  get unreadInAll() {
    return [...this.#unread.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Says which chats are before the reader's eyes; what they hold is read. */
  setReading(chatIds) {
    this.#reading = new Set(chatIds.map(String));
    for (const chatId of this.#reading) {
      if (this.#unread.delete(chatId)) this.#tell("unread", { chat_id: chatId });
    }
  }

  /** Takes over what /sim/state answered. What came while the page was not connected counts as unread. */
  load(state) {
    const before = this.#messages;
    this.bot = state.bot;
    this.commands = state.commands;
    this.actions = state.actions;
    this.calls = state.calls.slice(-CALLS_KEPT);
    this.limits = state.limits ?? null;
    this.faults = state.faults ?? [];
    this.#setClock(state.clock ?? { offset_seconds: 0 });
    this.chats = new Map(state.chats.map((chat) => [String(chat.id), chat]));
    this.#messages = new Map();
    for (const [chatId, messages] of Object.entries(state.messages)) {
      const sorted = [...messages].sort((one, other) => one.message_id - other.message_id);
      this.#messages.set(chatId, new Map(sorted.map((message) => [message.message_id, message])));
      const known = before.get(chatId);
      const missed = known ? sorted.filter((message) => !known.has(message.message_id)) : [];
      missed.forEach((message) => this.#count(chatId, message));
    }
    this.#tell("loaded", {});
  }

  /** Takes over one event of the stream. Applying an event twice changes nothing. */
  apply(kind, data) {
    switch (kind) {
      case "message":
        if (!this.#keep(data)) return;
        this.#count(String(data.chat_id), data.message);
        break;
      case "edit":
        this.#messages.get(String(data.chat_id))?.set(data.message.message_id, data.message);
        break;
      case "delete":
        this.#messages.get(String(data.chat_id))?.delete(data.message_id);
        break;
      case "call":
        if (this.calls.some((call) => call.id === data.id)) return;
        this.calls.push(data);
        this.calls.splice(0, this.calls.length - CALLS_KEPT);
        break;
      case "chat":
        this.chats.set(String(data.chat.id), data.chat);
        break;
      case "commands":
        this.commands = data.commands;
        break;
      case "bot":
        if (!this.bot || this.bot.id === data.bot.id) this.bot = data.bot;
        break;
      case "limits":
        this.limits = data;
        break;
      case "faults":
        this.faults = data.faults;
        break;
      case "clock":
        this.#setClock(data);
        break;
      case "inline_answer":
        this.#inlineAnswers.set(data.inline_query_id, data);
        if (this.#inlineAnswers.size > ANSWERS_KEPT)
          this.#inlineAnswers.delete(this.#inlineAnswers.keys().next().value);
        break;
    }
    this.#tell(kind, data);
  }

  /** The private chat with this id, or null. */
  privateChat(chatId) {
    const chat = this.chats.get(String(chatId));
    return chat?.type === "private" ? chat : null;
  }

  /** The chat with this @username (without the @, in any case), or null. */
  chatNamed(username) {
    const wanted = username.toLowerCase();
    return [...this.chats.values()].find((chat) => chat.username?.toLowerCase() === wanted) ?? null;
  }

  /** The bot's answer to an inline query, if it has come; it can overtake the response that tells the id. */
  inlineAnswer(queryId) {
    return this.#inlineAnswers.get(queryId) ?? null;
  }

  /** The messages pinned in a chat, newest first. */
  pinnedIn(chat) {
    return (chat.pinned ?? []).map((id) => this.message(chat.id, id)).filter(Boolean);
  }

  #setClock(clock) {
    this.clock = clock;
    setAhead(clock.offset_seconds);
  }

  #keep({ chat_id: chatId, message }) {
    const key = String(chatId);
    if (!this.chats.has(key)) this.chats.set(key, message.chat);
    if (!this.#messages.has(key)) this.#messages.set(key, new Map());
    const messages = this.#messages.get(key);
    const isNew = !messages.has(message.message_id);
    messages.set(message.message_id, message);
    return isNew;
  }

  #count(chatId, message) {
    if (isByReader(message) || this.#reading.has(chatId)) return;
    this.#unread.set(chatId, this.unread(chatId) + 1);
    this.#tell("unread", { chat_id: chatId });
  }

  #tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}
