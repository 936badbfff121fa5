// Inline mode: what the bot offers while a reader types @bot and a query, to be chosen and sent in their name.

import { askInline, sendInlineResult } from "./api.js";
import { element } from "./dom.js";
import { avatar } from "./names.js";

const PAUSE_MS = 250;

/** The query in a text that begins with the bot's @name, or null. */
export function inlineQueryIn(text, bot) {
  if (!bot?.username) return null;
  const found = /^@(\w+)\s(.*)$/s.exec(text);
  return found?.[1].toLowerCase() === bot.username.toLowerCase() ? found[2].trim() : null;
}

/** Asks the bot for one composer, a moment after the last key. Tells "answer" (detail: the server's Answer). */
export class InlineQueries extends EventTarget {
  #telegram;
  #attempt;
  #asked = null;
  #current = null;
  #soon = 0;

  constructor(telegram, attempt) {
    super();
    this.#telegram = telegram;
    this.#attempt = attempt;
    telegram.addEventListener("inline_answer", ({ detail }) => this.#answered(detail));
  }

  /** Asks for `query` in a chat as the person `userId`; null ends the asking. */
  ask(query, chat, userId) {
    const asked = query === null ? null : JSON.stringify([query, chat.id, userId]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#current = null;
    clearTimeout(this.#soon);
    if (asked) this.#soon = setTimeout(() => this.#send(asked, query, chat, userId), PAUSE_MS);
  }

  /** Sends one of the results into a chat. */
  choose(answer, result, chatId) {
    return this.#attempt(() => sendInlineResult(answer.inline_query_id, result.id, chatId));
  }

  async #send(asked, query, chat, userId) {
    const kind = chat.type === "private" ? "sender" : chat.type;
    await this.#attempt(async () => {
      const { inline_query_id: id, answer } = await askInline({ user_id: userId, query, chat_type: kind });
      if (asked !== this.#asked) return;
      this.#current = id;
      const early = answer ?? this.#telegram.inlineAnswer(id);
      if (early) this.#answered(early);
    });
  }

  #answered(answer) {
    if (answer.inline_query_id !== this.#current) return;
    this.#current = null;
    this.dispatchEvent(new CustomEvent("answer", { detail: answer }));
  }
}

/** How a result looks in the list to choose from. */
export function resultNodes(result) {
  const title = result.title ?? result.caption ?? result.type;
  const words = element("span", { class: "result-words" }, element("strong", {}, title));
  if (result.description) words.append(element("span", {}, result.description));
  return [avatar(title.length, title), words];
}
