// Pressed callback buttons that wait for the bot's answer: at most ten seconds, as long as a reader would
// wait.

import { pressButton } from "./api.js";

const PATIENCE_MS = 10_000;

/**
 * Presses of this page. Tells "change" whenever a button begins or ceases to wait, and "answer" (detail: the
 * server's callback_answer) for answers to this page's own presses, even late ones.
 */
export class Presses extends EventTarget {
  #waiting = new Map();
  #mine = new Map();
  #early = new Map();

  constructor(telegram) {
    super();
    telegram.addEventListener("callback_answer", ({ detail }) => this.#answered(detail));
  }

  isWaiting(chatId, messageId, data) {
    return this.#waiting.has(keyOf(chatId, messageId, data));
  }

  /**
   * Presses a button as the person `userId`, unless it is already waiting; a refusal by the server is thrown.
   */
  async press(chatId, messageId, data, userId) {
    const key = keyOf(chatId, messageId, data);
    if (this.#waiting.has(key)) return;
    this.#waiting.set(
      key,
      setTimeout(() => this.#settle(key), PATIENCE_MS),
    );
    this.#tell("change");
    try {
      const pressed = { message_id: messageId, data, user_id: userId };
      const { callback_query_id: query } = await pressButton(chatId, pressed);
      this.#mine.set(query, key);
      if (this.#early.has(query)) this.#answered(this.#early.get(query));
    } catch (refusal) {
      this.#settle(key);
      throw refusal;
    }
  }

  // The answer can overtake the response that tells the query's id: it is kept until that is known.
  #answered(answer) {
    const query = answer.callback_query_id;
    const key = this.#mine.get(query);
    if (key === undefined) {
      if (this.#waiting.size) this.#early.set(query, answer);
      return;
    }
    this.#mine.delete(query);
    this.#settle(key);
    this.#tell("answer", answer);
  }

  #settle(key) {
    clearTimeout(this.#waiting.get(key));
    if (!this.#waiting.delete(key)) return;
    if (!this.#waiting.size) this.#early.clear();
    this.#tell("change");
  }

  #tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}

const keyOf = (chatId, messageId, data) => JSON.stringify([String(chatId), messageId, data]);
