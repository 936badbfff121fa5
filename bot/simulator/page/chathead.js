// The line above a conversation: who is talked to, as whom, and what can be done with the whole of it.

import { element } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { avatar, chatName } from "./names.js";

const languages = new Intl.DisplayNames(["en"], { type: "language" });

function languageName(code) {
  return code ? ` · ${languages.of(code)}` : "";
}

/**
 * Draws the head of a pane for a chat, or an empty one. `act` has block(chatId), unblock(chatId),
 * save(chatId, form), close(chatId), choose(chatId, userId), deactivate(userId), member(chatId, status) and
 * migrate(chatId); `isAlone` says whether no other pane is open.
 */
export function drawChatHead(part, { telegram, chat, viewers, act, isAlone }) {
  const [name, about] = words(telegram, chat);
  const pictured = chat?.type === "private" ? telegram.bot : chat;
  part("title").textContent = name;
  part("about").textContent = about;
  part("avatar").replaceChildren(...(chat ? [avatar(pictured?.id ?? 0, name)] : []));
  drawTools(part("tools"), chat ? tools({ telegram, chat, viewers, act, isAlone }) : []);
}

// A button that was pressed may be another one now: the focus goes on to what stands in its place. What is
// open stays, so that nobody loses a list while choosing from it.
function drawTools(place, drawn) {
  const held = [...place.children].findIndex((one) => one.contains(document.activeElement));
  if (place.querySelector(":popover-open, select:focus")) return;
  place.replaceChildren(...drawn);
  if (held < 0) return;
  const next = drawn[held] ?? drawn[0];
  (next?.querySelector("button") ?? next)?.focus();
}

function tools({ telegram, chat, viewers, act, isAlone }) {
  const chatId = String(chat.id);
  const close = {
    type: "button",
    class: "round close-pane",
    "data-testid": "close-pane",
    "aria-label": `Close the conversation with ${chatName(chat)}`,
    onclick: () => act.close(chatId),
  };
  return [
    chat.type === "private" ? blockButton(chat, act) : null,
    chat.type.endsWith("group") ? viewerChoice(chat, viewers, act) : null,
    menuButton("More", [
      { label: "Export as a page (HTML)", sign: "save", run: () => act.save(chatId, "html") },
      { label: "Export as data (JSON)", sign: "save", run: () => act.save(chatId, "json") },
      ...fates(telegram, chat, act),
    ]),
    isAlone ? null : element("button", close, icon("close")),
  ].filter(Boolean);
}

// What can become of a chat, so that the bot is refused in it.
function fates(telegram, chat, act) {
  const chatId = String(chat.id);
  if (chat.type === "private") {
    const run = () => act.deactivate(chatId);
    return chat.deactivated ? [] : [{ label: "Delete this reader's account", sign: "away", run }];
  }
  const bot = isOut(telegram, chat)
    ? { label: "Let the bot in again", sign: "plus", run: () => act.member(chatId, "administrator") }
    : { label: "Remove the bot", sign: "away", run: () => act.member(chatId, "kicked") };
  if (chat.type !== "group" || chat.migrated_to) return [bot];
  return [bot, { label: "Make it a supergroup", sign: "people", run: () => act.migrate(chatId) }];
}

function isOut(telegram, chat) {
  return ["left", "kicked"].includes(chat.members?.[telegram.bot?.id]);
}

function words(telegram, chat) {
  if (!chat) return ["", ""];
  if (chat.type === "private") {
    const language = languageName(chat.language_code);
    return [telegram.bot?.first_name ?? "No bot yet", `you are ${chatName(chat)}${language}`];
  }
  const without = isOut(telegram, chat) ? " · without the bot" : "";
  const kind = `${chat.is_forum ? "group with topics" : chat.type}${without}`;
  return [chatName(chat), chat.username ? `${kind} · @${chat.username}` : kind];
}

function viewerChoice(chat, viewers, act) {
  const chosen = viewers.of(chat);
  const options = viewers.readers.map((reader) =>
    element("option", { value: reader.id, selected: reader.id === chosen }, chatName(reader)),
  );
  if (!options.length) return null;
  const change = ({ target }) => act.choose(String(chat.id), Number(target.value));
  const attributes = { class: "viewer", "data-testid": "viewer", "aria-label": "Who you are here" };
  return element("select", { ...attributes, onchange: change }, options);
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
  const label = element("span", {}, verb, element("span", { class: "roomy-only" }, " the bot"));
  return element("button", attributes, icon(chat.blocked ? "reader" : "block"), label);
}
