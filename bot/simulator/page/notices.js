// What the page says besides the messages: toasts, the bot's alerts, and words for a screen reader.

import { element, place } from "./dom.js";
import { icon } from "./icons.js";

const TOAST_MS = 5000;
const ERROR_MS = 10_000;

/**
 * A short notice that goes by itself; it stays while the pointer or the focus is on it. It takes the place of
 * the one before it, and a refusal that of the refusal before it.
 */
export function toast(text, { isError = false } = {}) {
  const close = element(
    "button",
    { type: "button", class: "round", "aria-label": "Close this notice" },
    icon("close"),
  );
  const kind = isError ? { class: "toast error", role: "alert" } : { class: "toast", role: "status" };
  const made = element("div", { ...kind, "data-testid": "toast" }, element("p", {}, text), close);
  const leave = () => {
    if (made.matches(":hover, :focus-within")) setTimeout(leave, 1000);
    else made.remove();
  };
  close.addEventListener("click", () => made.remove());
  const before = [...place("toasts").children].filter((one) => one.className === made.className);
  const held = before.some((one) => one.contains(document.activeElement));
  before.forEach((one) => one.remove());
  place("toasts").append(made);
  if (held) close.focus();
  setTimeout(leave, isError ? ERROR_MS : TOAST_MS);
}

/** The bot's answer to a press that has to be confirmed. */
export function alertDialog(from, text) {
  place("alert-from").textContent = from;
  place("alert-text").textContent = text;
  if (!place("alert").open) place("alert").showModal();
}

/** Has a screen reader say something when it has finished what it is saying. */
export function announce(text) {
  place("announcer").textContent = text.slice(0, 300);
}
