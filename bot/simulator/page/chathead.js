// The line above the conversation: who is talked to, as whom, and for a reader the button that blocks the bot.

import { element, place } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, chatName } from "./names.js";

const languages = new Intl.DisplayNames(["en"], { type: "language" });

function languageName(code) {
  return code ? ` · ${languages.of(code)}` : "";
}

/** Draws the head for a chat, or an empty one. `act` has block(chatId) and unblock(chatId). */
export function drawChatHead(telegram, chat, act) {
  const [name, about] = words(telegram, chat);
  const pictured = chat?.type === "private" ? telegram.bot : chat;
  place("chat-title").textContent = name;
  place("chat-about").textContent = about;
  place("chat-avatar").replaceChildren(...(chat ? [avatar(pictured?.id ?? 0, name)] : []));
  place("chat-tools").replaceChildren(...(chat?.type === "private" ? [blockButton(chat, act)] : []));
}

function words(telegram, chat) {
  if (!chat) return ["", ""];
  if (chat.type === "private") {
    const language = languageName(chat.language_code);
    return [telegram.bot?.first_name ?? "No bot yet", `bot · you are ${chatName(chat)}${language}`];
  }
  return [chatName(chat), chat.username ? `${chat.type} · @${chat.username}` : chat.type];
}

function blockButton(chat, act) {
  const blocked = Boolean(chat.blocked);
  const label = blocked ? ["Unblock", element("span", { class: "wide-only" }, " the bot")] : ["Block", element("span", { class: "wide-only" }, " the bot")];
  const attributes = {
    type: "button",
    class: "small",
    "data-testid": blocked ? "unblock" : "block",
    "aria-label": blocked ? "Unblock the bot" : "Block the bot",
    onclick: () => (blocked ? act.unblock(String(chat.id)) : act.block(String(chat.id))),
  };
  return element("button", attributes, icon(blocked ? "reader" : "block"), element("span", {}, label));
}
