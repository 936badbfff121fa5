// What chats and senders are called, and the round picture with initials that stands for them.

import { element } from "./dom.js";
import { icon } from "./icons.js";
import { mediaWord } from "./media.js";
import { fullName } from "./people.js";
import { serviceWords } from "./service.js";

const COLOURS = 7;

/** A chat's name: its title, or its person's. */
export function chatName(chat) {
  return chat.title ?? (fullName(chat) || `Chat ${chat.id}`);
}

/** Who wrote a message: the channel or group in whose name it stands, else the person or bot. */
export function senderName(message) {
  if (message.sender_chat) return chatName(message.sender_chat);
  return message.from ? chatName(message.from) : chatName(message.chat);
}

/** The id of who wrote a message, as senderName names them. */
export function senderId(message) {
  return (message.sender_chat ?? message.from ?? message.chat).id;
}

/** Whether a message was written by a person rather than by a bot or a channel. */
export function isByReader(message) {
  return Boolean(message.from) && !message.from.is_bot && !message.sender_chat;
}

/** Whether the person with this id wrote a message. */
export function isOutgoing(message, viewerId) {
  return isByReader(message) && message.from.id === viewerId;
}

/** A message in one line, for the chat list and the announcer: what it brings and what it says. */
export function oneLine(message) {
  const said =
    serviceWords(message) ?? [mediaWord(message), message.text ?? message.caption].filter(Boolean).join(", ");
  return (said || "Message").replace(/\s+/g, " ").trim();
}

function initials(name) {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map((word) => [...word].find((letter) => /[\p{L}\p{N}]/u.test(letter)).toUpperCase()).join("");
}

/** Which of the seven colours stands for a person or chat. */
export function colourOf(id) {
  return [...String(id)].reduce((sum, digit) => sum + (Number(digit) || 0), 0) % COLOURS;
}

/** The round picture of a chat or bot: initials on a colour that stays with its id. */
export function avatar(id, name) {
  return element(
    "span",
    { class: `avatar colour-${colourOf(id)}`, "aria-hidden": "true" },
    initials(name) || icon("reader"),
  );
}
