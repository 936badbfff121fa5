// The inline keyboard under a message: addresses are links, all else are buttons that say what they do by
// data attributes.

import { element } from "./dom.js";
import { icon } from "./icons.js";
import { link } from "./links.js";

const STYLES = new Set(["danger", "success", "primary"]);

/**
 * The keyboard of a message, or null. Presses on its buttons are heard by whoever holds it (see
 * conversation.js).
 */
export function keyboard(message) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  const drawn = rows.map((row) => element("div", { class: "keys" }, row.map(key)));
  return element("div", { class: "keyboard", role: "group", "aria-label": "Buttons of this message" }, drawn);
}

function key(button) {
  const style = STYLES.has(button.style) ? ` ${button.style}` : "";
  const attributes = { class: `key${style}`, title: button.text };
  const label = element("span", { class: "key-label" }, button.text);
  if (button.url !== undefined)
    return link(button.url, { ...attributes, title: button.url }, label, icon("out"));
  if (button.callback_data !== undefined) {
    const waiting = element("span", { class: "key-waiting", "aria-hidden": "true" });
    return element(
      "button",
      { ...attributes, type: "button", "data-callback": button.callback_data },
      label,
      waiting,
    );
  }
  if (button.copy_text) {
    return element(
      "button",
      { ...attributes, type: "button", "data-copy": button.copy_text.text },
      label,
      icon("copy"),
    );
  }
  const inline = button.switch_inline_query_current_chat;
  if (inline !== undefined) {
    return element(
      "button",
      { ...attributes, type: "button", "data-inline-query": inline },
      label,
      icon("inline"),
    );
  }
  return element("button", { ...attributes, type: "button", disabled: true }, label);
}
