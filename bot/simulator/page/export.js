// A conversation as a file: a page that stands alone, or the messages as the Bot API's own objects.

import { Refused } from "./api.js";
import { dayOf, fullDay, now } from "./dates.js";
import { element } from "./dom.js";
import { messageItem } from "./message.js";
import { chatName } from "./names.js";
import { isSameRun, rowsOf } from "./rows.js";

const SHEETS = ["theme", "style", "chats", "conversation", "message", "text", "media", "keyboard"];
// What the page's own modules do for hidden and folded text, styles have to do in a file.
const STANDALONE = `
  html, body { height: auto; overflow: visible; }
  body { display: block; }
  .wallpaper { min-height: 100vh; }
  .title { padding: 20px; text-align: center; }
  .title h1 { font-weight: 650; font-size: 20px; }
  .key, .reply, .picture { cursor: default; }
  .collapsed .quote-text { max-height: none; }
  .quote-toggle { display: none !important; }
  .spoiler:is(:hover, :focus) .spoiler-text { opacity: 1 !important; }
`;

/** Downloads all messages of a chat that the page knows; `form` is "html" or "json". */
export async function saveChat(telegram, viewers, chatId, form) {
  const chat = telegram.chats.get(chatId);
  const content = form === "json" ? asJson(telegram, chat) : await asPage(telegram, chat, viewers.of(chat));
  const type = form === "json" ? "application/json" : "text/html";
  const address = URL.createObjectURL(new Blob([content], { type }));
  const day = new Date(now() * 1000).toISOString().slice(0, 10);
  const name =
    chatName(chat)
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "") || "chat";
  element("a", { href: address, download: `${name}-${day}.${form}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function asJson(telegram, chat) {
  const exported = new Date(now() * 1000).toISOString();
  const { bot } = telegram;
  return JSON.stringify(
    { exported_at: exported, chat, bot, messages: telegram.messagesOf(chat.id) },
    null,
    2,
  );
}

async function asPage(telegram, chat, viewer) {
  const styles = (await Promise.all(SHEETS.map((name) => read(`${name}.css`, "text")))).join("\n");
  const wallpaper = await asDataAddress("wallpaper.svg");
  const list = element("ol", { class: "messages" }, items(telegram, chat, viewer));
  await Promise.all([...list.querySelectorAll("img, video")].map(embed));
  settle(list);
  const title = element("title", {}, chatName(chat));
  const head = element("header", { class: "title" }, element("h1", {}, chatName(chat)));
  const main = element("main", { class: "wallpaper" }, list);
  return `<!doctype html>
<html lang="${chat.language_code === "en" ? "en" : "id"}" data-theme="${document.documentElement.dataset.theme}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${title.outerHTML}
<style>${styles.replace("wallpaper.svg", wallpaper)}${STANDALONE}</style>
<body>${head.outerHTML}${main.outerHTML}</body>
</html>
`;
}

function items(telegram, chat, viewer) {
  const rows = rowsOf(telegram.messagesOf(chat.id));
  return rows.flatMap((row, at) => {
    const item = messageItem(row.messages, chat, viewer);
    const { date } = row.messages[0];
    const isNewDay = at === 0 || dayOf(rows[at - 1].messages[0].date) !== dayOf(date);
    item.classList.toggle("first", isNewDay || !isSameRun(rows[at - 1], row));
    item.classList.toggle("last", at + 1 === rows.length || !isSameRun(row, rows[at + 1]));
    return isNewDay ? [element("li", { class: "day" }, element("span", {}, fullDay(date))), item] : [item];
  });
}

// Nothing in the file can be pressed any more; what was hidden can still be shown.
function settle(list) {
  list.querySelectorAll(".answer").forEach((button) => button.remove());
  list.querySelectorAll("button").forEach((button) => {
    const attributes = { class: button.className, title: button.title || null };
    button.replaceWith(element("span", attributes, [...button.childNodes]));
  });
  list.querySelectorAll("[inert]").forEach((one) => one.removeAttribute("inert"));
  list.querySelectorAll("a.file").forEach((one) => one.removeAttribute("href"));
}

async function embed(picture) {
  const address = picture.getAttribute("src");
  picture.setAttribute("src", await asDataAddress(address));
}

async function asDataAddress(address) {
  const blob = await read(address, "blob");
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.addEventListener("error", () => reject(new Refused(`${address} cannot be read.`)));
    reader.readAsDataURL(blob);
  });
}

async function read(address, form) {
  const answer = await fetch(address);
  if (!answer.ok)
    throw new Refused(`${address} cannot be read: the local Telegram answered ${answer.status}.`);
  return answer[form]();
}
