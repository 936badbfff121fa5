// Puts the parts of the page together: what is known, what is seen, and what a press does.

import { Refused, blockBot, sendText, unblockBot } from "./api.js";
import { drawChatHead } from "./chathead.js";
import { ChatList } from "./chats.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { Conversation } from "./conversation.js";
import { drawActions, startReaderDialog } from "./demo.js";
import { element, place } from "./dom.js";
import { startDrawer } from "./drawer.js";
import { icon } from "./icons.js";
import { followLinks, readAddress } from "./links.js";
import { alertDialog, announce, toast } from "./notices.js";
import { chatName, isOutgoing, oneLine } from "./names.js";
import { Presses } from "./presses.js";
import { goTo, onRoute, openChat } from "./route.js";
import { Telegram } from "./state.js";
import { theme, toggleTheme } from "./theme.js";
import { Wire } from "./wire.js";

const onePane = matchMedia("(max-width: 720px)");
const telegram = new Telegram();
const presses = new Presses(telegram);
const connection = new Connection(telegram);
let lastReader = null;

// What a press does. Each request's refusal is shown as a notice.

async function attempt(request) {
  try {
    await request();
    return true;
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    toast(refusal.message, { isError: true });
    return false;
  }
}

const act = {
  press: (chatId, messageId, data) => attempt(() => presses.press(chatId, messageId, data)),
  send: (text) => attempt(() => sendText(openChat(), text)),
  block: (chatId) => attempt(() => blockBot(chatId)),
  unblock: (chatId) => attempt(() => unblockBot(chatId)),
  restart: (chatId) =>
    attempt(async () => {
      await unblockBot(chatId);
      await sendText(chatId, "/start");
    }),
  insert: (text) => composer.insert(text),
  copy: async (text) => {
    await navigator.clipboard.writeText(text);
    toast("Copied.");
  },
};

const conversation = new Conversation(telegram, presses, act);
const composer = new Composer(telegram, act);
const chatList = new ChatList(telegram);
new Wire(telegram);

function follow(where) {
  if (where.kind === "chat") {
    goTo(where.chatId);
    if (where.messageId !== null && !conversation.show(where.messageId)) toast("That message is not here.");
    return;
  }
  const reader = telegram.privateChat(openChat()) ?? telegram.privateChat(lastReader) ?? firstReader();
  if (!reader) {
    toast("There is no reader yet who could talk to the bot.", { isError: true });
    return;
  }
  goTo(String(reader.id));
  if (where.payload) attempt(() => sendText(reader.id, `/start ${where.payload}`));
}

// A bot may answer a press with an address.
function followAddress(address) {
  const where = readAddress(address, telegram);
  if (where?.kind === "outside") open(where.href, "_blank", "noopener,noreferrer");
  else if (where) follow(where);
}

function firstReader() {
  return [...telegram.chats.values()].find(({ type }) => type === "private") ?? null;
}

// What is seen.

function drawRoute() {
  const chat = telegram.chats.get(openChat()) ?? null;
  document.documentElement.dataset.pane = chat ? "conversation" : "chats";
  if (chat?.type === "private") lastReader = String(chat.id);
  drawChat();
  conversation.open(chat ? String(chat.id) : null);
  chatList.draw();
  drawTitle();
}

function drawChat() {
  const chat = telegram.chats.get(openChat()) ?? null;
  drawChatHead(telegram, chat, act);
  composer.draw(chat);
  drawEmpty(chat);
  telegram.setReading(chat && !document.hidden ? String(chat.id) : null);
}

function drawEmpty(chat) {
  const isEmpty = chat ? !telegram.lastMessage(chat.id) : true;
  place("empty").hidden = !isEmpty;
  place("empty").replaceChildren(...(isEmpty ? [element("div", { class: "card" }, emptyWords(chat))] : []));
}

function emptyWords(chat) {
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
  start.addEventListener("click", () => {
    act.send("/start");
    beginTyping();
  });
  return [
    element("strong", {}, telegram.bot.first_name),
    element("p", {}, `${chatName(chat)} has not talked to this bot yet.`),
    chat.blocked ? null : start,
  ];
}

// Not where the focus would bring up a keyboard that covers half of the page.
function beginTyping() {
  if (matchMedia("(hover: hover)").matches) composer.focus();
}

function drawTitle() {
  const waiting = telegram.unreadInAll;
  document.title = waiting ? `(${waiting}) Local Telegram` : "Local Telegram";
}

function drawConnection() {
  place("connection").dataset.state = connection.state;
  place("connection").textContent = connection.state === "open" ? "Connected" : "Reconnecting…";
}

function drawTheme() {
  const isDark = theme() === "dark";
  place("theme").setAttribute("aria-pressed", String(isDark));
  place("theme").replaceChildren(icon(isDark ? "sun" : "moon"));
}

function loaded() {
  const isKnown = telegram.chats.has(openChat());
  if (!isKnown && !onePane.matches && firstReader()) goTo(String(firstReader().id), { replace: true });
  drawActions(telegram, attempt);
  drawRoute();
}

// What is listened to.

telegram.addEventListener("loaded", loaded);
telegram.addEventListener("chat", drawChat);
telegram.addEventListener("commands", drawChat);
telegram.addEventListener("unread", drawTitle);
telegram.addEventListener("delete", drawChat);
telegram.addEventListener("message", ({ detail: { chat_id: chatId, message } }) => {
  if (String(chatId) === openChat()) drawChat();
  else if (!isOutgoing(message))
    announce(`New in ${chatName(telegram.chats.get(String(chatId)))}: ${oneLine(message)}`);
});
// A bot's first call is what makes it known, and no event of its own tells of it.
telegram.addEventListener("call", () => telegram.bot || connection.refresh());
presses.addEventListener("answer", ({ detail }) => {
  if (detail.url) followAddress(detail.url);
  if (!detail.text) return;
  if (detail.show_alert) alertDialog(telegram.bot?.first_name ?? "Bot", detail.text);
  else toast(detail.text);
});
connection.addEventListener("change", drawConnection);
document.addEventListener("visibilitychange", drawChat);
addEventListener("themechange", drawTheme);
onRoute(() => {
  drawRoute();
  beginTyping();
});

followLinks(telegram, follow);
startReaderDialog(attempt, (chatId) => goTo(chatId));
startDrawer();
place("theme").addEventListener("click", toggleTheme);
place("back").append(icon("back"));
place("back").addEventListener("click", (event) => {
  event.preventDefault();
  const opened = openChat();
  goTo(null);
  document.querySelector(`[data-testid="chat-${CSS.escape(opened)}"]`)?.focus();
});
drawTheme();
connection.open();
