// What chats and senders are called, and the round picture with initials that stands for them.

import { element } from "./dom.js";
import { icon } from "./icons.js";

const COLOURS = 7;

/** A chat's name: its title, or its person's. */
export function chatName(chat) {
  return chat.title ?? ([chat.first_name, chat.last_name].filter(Boolean).join(" ") || `Chat ${chat.id}`);
}

/** Who wrote a message: the channel or group in whose name it stands, else the person or bot. */
export function senderName(message) {
  if (message.sender_chat) return chatName(message.sender_chat);
  return message.from ? chatName(message.from) : chatName(message.chat);
}

/** Whether a message was written on this page, by a reader, rather than by the bot or a channel. */
export function isOutgoing(message) {
  return Boolean(message.from) && !message.from.is_bot && !message.sender_chat;
}

/** A message in one line, for the chat list and the announcer. */
export function oneLine(message) {
  const text = message.text ?? message.caption ?? "Message";
  return text.replace(/\s+/g, " ").trim();
}

function initials(name) {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map((word) => [...word].find((letter) => /[\p{L}\p{N}]/u.test(letter)).toUpperCase()).join("");
}

/** The round picture of a chat or bot: initials on a colour that stays with its id. */
export function avatar(id, name) {
  const colour = [...String(id)].reduce((sum, digit) => sum + (Number(digit) || 0), 0) % COLOURS;
  return element(
    "span",
    { class: `avatar colour-${colour}`, "aria-hidden": "true" },
    initials(name) || icon("reader"),
  );
}
