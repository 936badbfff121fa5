// Which chat is open: it stands in the page's address (?chat=ID), so that reload, back and a second tab just
// work.

/** The id of the open chat as text, or null. */
export function openChat() {
  return new URLSearchParams(location.search).get("chat");
}

/** The address at which a chat is open. */
export const addressOf = (chatId) => `/?chat=${chatId}`;

/** Opens a chat, or none (null); everyone who listens with onRoute is told. */
export function goTo(chatId, { replace = false } = {}) {
  const address = chatId === null ? "/" : addressOf(chatId);
  if (address === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  dispatchEvent(new Event("routechange"));
}

/** Calls back whenever another chat is opened, by the page or by the browser's buttons. */
export function onRoute(listener) {
  addEventListener("routechange", listener);
  addEventListener("popstate", listener);
}
