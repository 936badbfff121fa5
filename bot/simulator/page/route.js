// Which chats are open: they stand in the page's address (?chat=ID&beside=ID,ID), so that reload, back and a
// second tab just work.

/** The ids of the open chats as texts, from left to right. */
export function openChats() {
  const query = new URLSearchParams(location.search);
  const beside = query.get("beside")?.split(",") ?? [];
  return [...new Set([query.get("chat"), ...beside])].filter(Boolean);
}

/** The address at which these chats are open. */
export function addressOf(chatIds) {
  const [first, ...beside] = chatIds;
  if (first === undefined) return "/";
  return beside.length ? `/?chat=${first}&beside=${beside.join(",")}` : `/?chat=${first}`;
}

/** Opens these chats and no others; everyone who listens with onRoute is told. */
export function goTo(chatIds, { replace = false } = {}) {
  const address = addressOf(chatIds);
  if (address === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  dispatchEvent(new Event("routechange"));
}

/** Calls back whenever other chats are opened, by the page or by the browser's buttons. */
export function onRoute(listener) {
  addEventListener("routechange", listener);
  addEventListener("popstate", listener);
}
