// One message, or one album of them, as a list item: its bubble with sender, reply, pictures, text, preview
// and time, and the keyboard below it.

import { clock, fullTime } from "./dates.js";
import { element, unseen } from "./dom.js";
import { textNodes } from "./entities.js";
import { icon } from "./icons.js";
import { keyboard } from "./keyboard.js";
import { isPictured, media } from "./media.js";
import { avatar, chatName, colourOf, isOutgoing, oneLine, senderId, senderName } from "./names.js";
import { preview } from "./preview.js";
import { serviceWords } from "./service.js";

/**
 * Draws a message of a chat, or the messages of one album, as the person with the id `viewer` sees them.
 * Whether it begins or ends a run of one sender is marked later, by its neighbours.
 */
export function messageItem(messages, chat, viewer) {
  const [message] = messages;
  const number = { "data-message-id": message.message_id };
  const words = serviceWords(message);
  if (words) return element("li", { class: "row service", ...number }, element("span", {}, words));
  const side = isOutgoing(message, viewer) ? "outgoing" : "incoming";
  const keys = keyboard(message);
  const bubble = element("div", { class: bubbleClass(messages) }, ...content(messages, chat, side));
  const answer = chat.type === "channel" ? null : replyButton(message);
  const attributes = { class: `message ${side}${keys ? " with-keys" : ""}` };
  const inner = element("article", attributes, element("div", { class: "said" }, bubble, answer), keys);
  const pictured = chat.type.endsWith("group") && side === "incoming";
  const face = pictured ? avatar(senderId(message), senderName(message)) : null;
  return element("li", { class: `row ${side}${pictured ? " faced" : ""}`, ...number }, face, inner);
}

function replyButton(message) {
  const label = `Reply to ${senderName(message)}: ${oneLine(message).slice(0, 60)}`;
  const attributes = { type: "button", class: "answer", "data-reply": true, "aria-label": label };
  return element("button", { ...attributes, title: "Reply" }, icon("reply"));
}

function bubbleClass(messages) {
  if (!messages.some(isPictured)) return "bubble";
  return wordsOf(messages) ? "bubble pictured" : "bubble pictured wordless";
}

// An album's words are the caption of the one message that has any.
function wordsOf(messages) {
  const told = messages.filter((one) => one.text !== undefined || one.caption !== undefined);
  return told.length === 1 || messages.length === 1 ? told[0] : undefined;
}

function content(messages, chat, side) {
  const [message] = messages;
  const box = preview(message);
  const above = message.link_preview_options?.show_above_text;
  const brought = media(messages);
  const said = body(wordsOf(messages), chat, brought);
  const ending = facts(messages, chat, side);
  const head = [sender(message, chat, side), forwarded(message), reply(message)];
  if (!messages.some(isPictured)) {
    return [...head, above ? box : null, brought, said, above ? null : box, ending];
  }
  if (!said) return [...head, brought, ending];
  const words = element("div", { class: "words" }, said, ending);
  return message.show_caption_above_media ? [...head, words, brought] : [...head, brought, words];
}

function sender(message, chat, side) {
  const via = message.via_bot ? element("span", { class: "via" }, ` via @${message.via_bot.username}`) : null;
  if (side === "outgoing")
    return via ? element("div", { class: "sender" }, unseen("You"), via) : unseen("You: ");
  const name = senderName(message);
  if (chat.type === "private") return unseen(`${name}: `);
  const colour = `sender name-${colourOf(senderId(message))}`;
  return element("div", { class: chat.type === "channel" ? "sender" : colour }, name, via);
}

function forwarded({ forward_origin: origin }) {
  if (!origin) return null;
  const from = origin.chat ?? origin.sender_chat ?? origin.sender_user;
  const name = from ? chatName(from) : (origin.sender_user_name ?? "somebody");
  return element("div", { class: "forwarded" }, "Forwarded from ", element("strong", {}, name));
}

function reply(message) {
  const original = message.reply_to_message;
  if (!original || original.forum_topic_created) return null;
  return element(
    "button",
    { type: "button", class: "reply", "data-reply-to": original.message_id },
    unseen("In answer to "),
    element("strong", {}, senderName(original)),
    element("span", {}, message.quote ? `“${message.quote.text}”` : oneLine(original)),
  );
}

function body(message, chat, brought) {
  const text = message?.text ?? message?.caption;
  if (text === undefined)
    return brought ? null : element("div", { class: "text unknown" }, "A message of a kind not shown here.");
  const entities = message.entities ?? message.caption_entities;
  return element(
    "div",
    { class: "text", dir: "auto" },
    textNodes(text, entities, { commands: chat.type !== "channel" }),
  );
}

function facts(messages, chat, side) {
  const [message] = messages;
  const date = new Date(message.date * 1000).toISOString();
  const edited = Math.max(0, ...messages.map((one) => one.edit_date ?? 0));
  const signed = chat.type === "channel" ? message.author_signature : null;
  return element(
    "span",
    { class: "facts" },
    message.disable_notification
      ? element("span", { title: "Sent silently" }, icon("quiet"), unseen("Sent silently."))
      : null,
    signed ? element("span", {}, `${signed},`) : null,
    edited ? element("span", { title: `Edited ${fullTime(edited)}` }, "edited ") : null,
    element("time", { datetime: date, title: fullTime(message.date) }, clock(message.date)),
    side === "outgoing" ? icon("sent") : null,
  );
}
