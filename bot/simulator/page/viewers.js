// Through whose eyes each chat is seen: a private chat's own reader, elsewhere the reader who was chosen.

/**
 * Who acts in each chat. Tells "change" (detail: the chat's id as text) when somebody else was chosen for a
 * group.
 */
export class Viewers extends EventTarget {
  #telegram;
  #chosen = new Map();

  constructor(telegram) {
    super();
    this.#telegram = telegram;
  }

  /** The id of the person who sees and acts in a chat, or null if there is nobody. */
  of(chat) {
    if (!chat) return null;
    if (chat.type === "private") return chat.id;
    return this.#chosen.get(String(chat.id)) ?? this.readers[0]?.id ?? null;
  }

  choose(chatId, userId) {
    this.#chosen.set(String(chatId), userId);
    this.dispatchEvent(new CustomEvent("change", { detail: String(chatId) }));
  }

  /** Everybody who could act in a group: the readers, as their private chats. */
  get readers() {
    return [...this.#telegram.chats.values()].filter(({ type }) => type === "private");
  }
}
