// What stands in a conversation in which nothing has been said yet.

import { element } from "./dom.js";
import { chatName } from "./names.js";

/** The words, and for a reader the button to begin, as nodes. */
export function emptyWords(chat, { telegram, act }) {
  if (!chat) return [element("p", {}, telegram.chats.size ? "Choose a chat." : "No chats yet.")];
  if (!telegram.bot) {
    return [
      element("strong", {}, "Waiting for a bot"),
      element("p", {}, "Point one at this local Telegram instead of api.telegram.org:"),
      element("code", {}, location.origin),
    ];
  }
  if (chat.type !== "private") return [element("p", {}, "No messages here yet.")];
  const start = element("button", { type: "button", class: "start", "data-testid": "start" }, "START");
  start.addEventListener("click", () => act.begin(String(chat.id)));
  return [
    element("strong", {}, telegram.bot.first_name),
    element("p", {}, `${chatName(chat)} has not talked to this bot yet.`),
    chat.blocked ? null : start,
  ];
}
