// What an address does on this page: opens a chat, sends /start, or leaves for a new tab. Nothing else gets a
// link.

import { element } from "./dom.js";

const OUTSIDE = new Set(["http:", "https:", "mailto:", "tel:"]);
const TELEGRAM_HOSTS = new Set(["t.me", "www.t.me", "telegram.me"]);
const PAYLOAD = /^[A-Za-z0-9_-]{0,64}$/;

function parse(address) {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  return URL.canParse(whole) ? new URL(whole) : null;
}

/**
 * Reads an address against what the page knows. Gives one of {kind: "start", payload}, {kind: "chat", chatId,
 * messageId} (messageId may be null) and {kind: "outside", href}; null for an address that must not be
 * followed (javascript:, tg:).
 */
export function readAddress(address, telegram) {
  const url = parse(address);
  if (!url || !OUTSIDE.has(url.protocol)) return null;
  const outside = { kind: "outside", href: url.href };
  if (!TELEGRAM_HOSTS.has(url.hostname)) return outside;
  const [username, messageId] = url.pathname.split("/").filter(Boolean);
  if (!username) return outside;
  if (username.toLowerCase() === telegram.bot?.username?.toLowerCase()) {
    const payload = url.searchParams.get("start") ?? "";
    return PAYLOAD.test(payload) ? { kind: "start", payload } : outside;
  }
  const chat = telegram.chatNamed(username);
  if (!chat) return outside;
  return {
    kind: "chat",
    chatId: String(chat.id),
    messageId: /^\d+$/.test(messageId ?? "") ? Number(messageId) : null,
  };
}

/**
 * An <a> for an address, or a <span> if it must not be followed. Where it leads is decided when it is
 * pressed.
 */
export function link(address, attributes = {}, ...children) {
  const url = parse(address);
  if (!url || !OUTSIDE.has(url.protocol))
    return element("span", { ...attributes, title: address }, ...children);
  const outside = { href: url.href, target: "_blank", rel: "noopener noreferrer", "data-followed": true };
  return element("a", { ...outside, ...attributes }, ...children);
}

/**
 * Presses on links made above go to `follow(where)` when they stay on the page; all others are the browser's.
 */
export function followLinks(telegram, follow) {
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("a[data-followed]");
    if (!pressed || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const where = readAddress(pressed.href, telegram);
    if (where?.kind === "outside") return;
    event.preventDefault();
    if (where) follow(where);
  });
}
