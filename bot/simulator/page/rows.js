// The rows of a conversation: each is one message, or the messages of one album.

import { senderId } from "./names.js";
import { serviceWords } from "./service.js";

const RUN_SECONDS = 600;

/** Whether a message continues the album that a row holds. */
export function continuesAlbum(row, message) {
  const album = row?.messages[0].media_group_id;
  return album !== undefined && album === message.media_group_id;
}

/** Messages in their order as rows [{messages}]. */
export function rowsOf(messages) {
  const rows = [];
  for (const message of messages) {
    if (continuesAlbum(rows.at(-1), message)) rows.at(-1).messages.push(message);
    else rows.push({ messages: [message] });
  }
  return rows;
}

/**
 * Whether two neighbouring rows stand together as one person's. A keyboard ends its run: what follows would
 * look like a part of it.
 */
export function isSameRun({ messages: [one] }, { messages: [other] }) {
  if (one.reply_markup || serviceWords(one) || serviceWords(other)) return false;
  return senderId(one) === senderId(other) && other.date - one.date < RUN_SECONDS;
}
