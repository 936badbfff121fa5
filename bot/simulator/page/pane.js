// One conversation of the page: its head, what is pinned, its topics, the messages and the composer.

import { drawChatHead } from "./chathead.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { element, place } from "./dom.js";
import { emptyWords } from "./empty.js";
import { icon } from "./icons.js";
import { chatName } from "./names.js";
import { PinnedBar } from "./pinned.js";
import { drawTopics } from "./topics.js";

/**
 * A pane that shows one chat at a time. `world` holds what all panes share: telegram, presses, viewers, act
 * and drafts. `act` does what a press asks for (see app.js).
 */
export class Pane {
  chatId = null;
  #world;
  #thread = null;
  #conversation;
  #composer;
  #pinned;

  constructor(world) {
    this.#world = world;
    this.root = place("pane").content.firstElementChild.cloneNode(true);
    const { telegram, presses, viewers, act } = world;
    this.#conversation = new Conversation(this.part, telegram, presses, viewers, act);
    this.#composer = new Composer(this.part("foot"), world);
    this.#pinned = new PinnedBar(this.part("pinned"), (messageId) => this.show(messageId));
    this.part("back").append(icon("back"));
    this.part("back").addEventListener("click", (event) => {
      event.preventDefault();
      act.leave(this.chatId);
    });
  }

  part = (name) => this.root.querySelector(`[data-part="${name}"]`);

  get chat() {
    return this.#world.telegram.chats.get(this.chatId) ?? null;
  }

  /** Opens a chat (null: none) and draws everything anew. */
  open(chatId, { isAlone }) {
    if (chatId !== this.chatId) this.#thread = null;
    this.chatId = chatId;
    this.draw({ isAlone });
    this.#conversation.open(this.chat ? chatId : null, this.#thread);
    this.#drawEmpty();
  }

  /** Draws everything but the messages, which keep themselves in step. */
  draw({ isAlone }) {
    const { telegram, viewers, act } = this.#world;
    const chat = this.chat;
    const label = chat ? `Conversation: ${chatName(chat)}` : "Conversation";
    this.root.setAttribute("aria-label", label);
    this.part("scroller").setAttribute("aria-label", chat ? `Messages: ${chatName(chat)}` : "Messages");
    drawChatHead(this.part, { telegram, chat, viewers, act, isAlone });
    drawTopics(this.part("topics"), chat, this.#thread, (thread) => this.#chooseTopic(thread, isAlone));
    this.#pinned.draw(chat ? telegram.pinnedIn(chat) : []);
    this.#composer.draw(chat, this.#thread);
    this.#drawEmpty();
  }

  /** Brings a message into view, out of whichever topic; gives whether it is there. */
  show(messageId) {
    if (this.#conversation.show(messageId)) return true;
    if (this.#thread === null) return false;
    this.#chooseTopic(null);
    return this.#conversation.show(messageId);
  }

  insert(text) {
    this.#composer.insert(text);
  }

  /** Has the reader's next text reply to a message. */
  replyTo(message) {
    this.#composer.replyTo(message);
    this.#composer.focus();
  }

  focusComposer() {
    this.#composer.focus();
  }

  #chooseTopic(thread, isAlone) {
    this.#thread = thread;
    this.open(this.chatId, { isAlone });
  }

  #drawEmpty() {
    const { isEmpty } = this.#conversation;
    const words = isEmpty ? [element("div", { class: "card" }, emptyWords(this.chat, this.#world))] : [];
    this.part("empty").hidden = !isEmpty;
    this.part("empty").replaceChildren(...words);
  }
}
