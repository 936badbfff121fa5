// The line above the conversation: who is talked to, as whom, and for a reader the button that blocks the
// bot.

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
  drawTools(chat?.type === "private" ? [blockButton(chat, act)] : []);
}

// The button is another one once it was pressed: the focus goes on to it.
function drawTools(buttons) {
  const tools = place("chat-tools");
  const held = tools.contains(document.activeElement);
  tools.replaceChildren(...buttons);
  if (held) buttons[0]?.focus();
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
  const verb = chat.blocked ? "Unblock" : "Block";
  const attributes = {
    type: "button",
    class: "small",
    "data-testid": verb.toLowerCase(),
    "aria-label": `${verb} the bot`,
    onclick: () => (chat.blocked ? act.unblock(String(chat.id)) : act.block(String(chat.id))),
  };
  const label = element("span", {}, verb, element("span", { class: "wide-only" }, " the bot"));
  return element("button", attributes, icon(chat.blocked ? "reader" : "block"), label);
}
