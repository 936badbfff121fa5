// The keyboard that a bot puts in place of the reader's own: buttons that write their words into the chat.

import { element } from "./dom.js";
import { isOutgoing } from "./names.js";

const ASKS_FOR_MORE = "This button asks for more than a text, which nobody can give here.";

/**
 * What the newest message that brought or took a reply keyboard means for the person `viewer`: {message,
 * rows, placeholder}; null if there is none. A keyboard for one time goes when that person has written.
 */
export function replyKeysIn(messages, viewer) {
  let hasWritten = false;
  for (const message of [...messages].reverse()) {
    hasWritten ||= isOutgoing(message, viewer);
    const brought = message.reply_keyboard;
    if (!brought) continue;
    if (!brought.keyboard || (brought.one_time_keyboard && hasWritten)) return null;
    return { message, rows: brought.keyboard, placeholder: brought.input_field_placeholder };
  }
  return null;
}

/** Draws the rows of such a keyboard; `write(text)` is what a press does. */
export function replyKeyboard(rows, write) {
  const drawn = rows.map((row) =>
    element(
      "div",
      { class: "reply-row" },
      row.map((button) => key(button, write)),
    ),
  );
  return element("div", { class: "reply-keys", role: "group", "aria-label": "Reply keyboard" }, drawn);
}

function key(button, write) {
  const asksForMore = Object.keys(button).some((name) => name.startsWith("request_") || name === "web_app");
  const attributes = {
    type: "button",
    class: "reply-key",
    disabled: asksForMore,
    title: asksForMore ? ASKS_FOR_MORE : null,
    onclick: () => write(button.text),
  };
  return element("button", attributes, button.text);
}
