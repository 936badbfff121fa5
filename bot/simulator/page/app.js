// Puts the parts of the page together: what is known, what is seen, and where a press leads.

import { actsOf, attempt } from "./actions.js";
import { sendText } from "./api.js";
import { ChatList } from "./chats.js";
import { Connection } from "./connection.js";
import { drawActions, startChatDialog } from "./demo.js";
import { place } from "./dom.js";
import { startDrawers } from "./drawer.js";
import { FaultsPanel } from "./faults.js";
import { icon } from "./icons.js";
import { startLightbox } from "./lightbox.js";
import { followLinks, readAddress } from "./links.js";
import { alertDialog, announce, toast } from "./notices.js";
import { chatName, isByReader, oneLine } from "./names.js";
import { Panes } from "./panes.js";
import { Presses } from "./presses.js";
import { goTo, onRoute, openChats } from "./route.js";
import { Telegram } from "./state.js";
import { theme, toggleTheme } from "./theme.js";
import { Viewers } from "./viewers.js";
import { Wire } from "./wire.js";

const onePane = matchMedia("(max-width: 720px)");
const telegram = new Telegram();
const presses = new Presses(telegram);
const viewers = new Viewers(telegram);
const connection = new Connection(telegram);
let lastReader = null;

const act = {
  ...actsOf({ telegram, presses, viewers }),
  open: (chatId) => panes.open(chatId),
  close: (chatId) => panes.close(chatId),
  leave,
  insert: (chatId, text) => panes.of(chatId)?.insert(text),
  reply: (chatId, messageId) => panes.of(chatId)?.replyTo(telegram.message(chatId, messageId)),
  start: (payload) => follow({ kind: "start", payload }),
  begin: (chatId) => {
    act.send(chatId, "/start");
    beginTyping();
  },
};
const panes = new Panes({ telegram, presses, viewers, act, drafts: new Map() });
const chatList = new ChatList(telegram, panes);
new Wire(telegram);
new FaultsPanel(telegram, attempt);

function follow(where) {
  if (where.kind === "chat") {
    panes.open(where.chatId);
    if (where.messageId !== null && !panes.of(where.chatId)?.show(where.messageId))
      toast("That message is not here.");
    return;
  }
  const reader = telegram.privateChat(panes.activeId) ?? telegram.privateChat(lastReader) ?? firstReader();
  if (!reader) {
    toast("There is no reader yet who could talk to the bot.", { isError: true });
    return;
  }
  panes.open(String(reader.id));
  if (where.payload) attempt(() => sendText(reader.id, { text: `/start ${where.payload}` }));
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

// Where one pane is seen at a time, the way back leads to the list.
function leave(chatId) {
  goTo([]);
  document.querySelector(`[data-testid="chat-${CSS.escape(chatId)}"]`)?.focus();
}

// Beside what is open, the chat in which something happened last; alone again, the active one stays.
function toggleSplit() {
  const opened = openChats();
  if (opened.length > 1) {
    goTo([panes.activeId ?? opened[0]]);
    return;
  }
  const newest = (chat) => telegram.lastMessage(chat.id)?.date ?? 0;
  const others = [...telegram.chats.values()].filter((chat) => !opened.includes(String(chat.id)));
  const [next] = others.sort((one, other) => newest(other) - newest(one));
  if (next) panes.open(String(next.id), { beside: opened.length > 0 });
  else toast("There is no other chat yet.");
}

// What is seen.

function drawRoute() {
  panes.sync();
  document.documentElement.dataset.pane = panes.chatIds.length ? "conversation" : "chats";
  document.documentElement.toggleAttribute("data-beside", panes.chatIds.length > 1);
  place("split").setAttribute("aria-pressed", String(panes.chatIds.length > 1));
  drawActive();
  drawTitle();
}

function drawActive() {
  if (telegram.privateChat(panes.activeId)) lastReader = panes.activeId;
  chatList.draw();
  markRead();
}

function markRead() {
  const seen = onePane.matches ? [panes.activeId].filter(Boolean) : panes.chatIds;
  telegram.setReading(document.hidden ? [] : seen);
}

// Not where the focus would bring up a keyboard that covers half of the page.
function beginTyping() {
  if (matchMedia("(hover: hover)").matches) panes.focusComposer();
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
  const isKnown = openChats().some((chatId) => telegram.chats.has(chatId));
  if (!isKnown && !onePane.matches && firstReader()) goTo([String(firstReader().id)], { replace: true });
  drawActions(telegram, attempt);
  drawRoute();
}

// What is listened to.

telegram.addEventListener("loaded", loaded);
// A chat that was asked for can be there later than the page that asked for it.
telegram.addEventListener("chat", () =>
  openChats().length === panes.chatIds.length ? panes.draw() : drawRoute(),
);
for (const kind of ["bot", "commands", "delete", "edit"]) telegram.addEventListener(kind, () => panes.draw());
telegram.addEventListener("unread", drawTitle);
telegram.addEventListener("clock", drawRoute);
telegram.addEventListener("message", ({ detail: { chat_id: chatId, message } }) => {
  if (panes.of(chatId)) panes.draw();
  else if (!isByReader(message))
    announce(`New in ${chatName(telegram.chats.get(String(chatId)))}: ${oneLine(message)}`);
});
presses.addEventListener("answer", ({ detail }) => {
  if (detail.url) followAddress(detail.url);
  if (!detail.text) return;
  if (detail.show_alert) alertDialog(telegram.bot?.first_name ?? "Bot", detail.text);
  else toast(detail.text);
});
panes.addEventListener("change", drawActive);
viewers.addEventListener("change", () => panes.draw());
connection.addEventListener("change", drawConnection);
document.addEventListener("visibilitychange", markRead);
onePane.addEventListener("change", markRead);
addEventListener("themechange", drawTheme);
onRoute(() => {
  drawRoute();
  beginTyping();
});

followLinks(telegram, follow);
startChatDialog(attempt, (chatId) => panes.open(chatId));
startDrawers();
startLightbox();
place("theme").addEventListener("click", toggleTheme);
place("split").append(icon("split"));
place("split").addEventListener("click", toggleSplit);
drawTheme();
connection.open();
