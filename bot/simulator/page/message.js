// One message as a list item: its bubble with sender, reply, text, preview and time, and the keyboard below
// it.

import { clock, fullTime } from "./dates.js";
import { element, unseen } from "./dom.js";
import { textNodes } from "./entities.js";
import { icon } from "./icons.js";
import { keyboard } from "./keyboard.js";
import { isOutgoing, oneLine, senderName } from "./names.js";
import { preview } from "./preview.js";

/**
 * Draws a message of a chat. Whether it begins or ends a run of one sender is marked later, by its
 * neighbours.
 */
export function messageItem(message, chat) {
  const outgoing = isOutgoing(message);
  const side = outgoing ? "outgoing" : "incoming";
  const keys = keyboard(message);
  const bubble = element("div", { class: "bubble" }, ...content(message, chat, outgoing));
  const inner = element("article", { class: `message ${side}${keys ? " with-keys" : ""}` }, bubble, keys);
  return element("li", { class: `row ${side}`, "data-message-id": message.message_id }, inner);
}

function content(message, chat, outgoing) {
  const box = preview(message);
  const above = message.link_preview_options?.show_above_text;
  return [
    sender(message, chat, outgoing),
    reply(message),
    above ? box : null,
    body(message, chat),
    above ? null : box,
    facts(message, outgoing),
  ];
}

function sender(message, chat, outgoing) {
  if (outgoing) return unseen("You: ");
  const name = senderName(message);
  if (chat.type === "private") return unseen(`${name}: `);
  return element("div", { class: "sender" }, name);
}

function reply(message) {
  const original = message.reply_to_message;
  if (!original) return null;
  return element(
    "button",
    { type: "button", class: "reply", "data-reply-to": original.message_id },
    unseen("In answer to "),
    element("strong", {}, senderName(original)),
    element("span", {}, oneLine(original)),
  );
}

function body(message, chat) {
  const text = message.text ?? message.caption;
  if (text === undefined) return element("div", { class: "text unknown" }, "A message without text.");
  const entities = message.entities ?? message.caption_entities;
  return element(
    "div",
    { class: "text", dir: "auto" },
    textNodes(text, entities, { commands: chat.type !== "channel" }),
  );
}

function facts(message, outgoing) {
  const date = new Date(message.date * 1000).toISOString();
  return element(
    "span",
    { class: "facts" },
    message.disable_notification ? element("span", {}, icon("quiet"), unseen("Sent silently.")) : null,
    message.edit_date ? element("span", { title: `Edited ${fullTime(message.edit_date)}` }, "edited ") : null,
    element("time", { datetime: date, title: fullTime(message.date) }, clock(message.date)),
    outgoing ? icon("sent") : null,
  );
}
