// What a press anywhere on the page does. Each request's refusal is shown as a notice.

import { Refused, blockBot, deactivate, migrate, sendText, setMember, unblockBot } from "./api.js";
import { saveChat } from "./export.js";
import { look } from "./lightbox.js";
import { toast } from "./notices.js";
import { GENERAL } from "./topics.js";

/** Runs a request; gives whether it was done. */
export async function attempt(request) {
  try {
    await request();
    return true;
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    toast(refusal.message, { isError: true });
    return false;
  }
}

/** The acts of the people whom this page plays. `presses` and `viewers` are the page's own. */
export function actsOf({ telegram, presses, viewers }) {
  const actor = (chatId) => {
    const chat = telegram.chats.get(String(chatId));
    return chat?.type === "private" ? undefined : (viewers.of(chat) ?? undefined);
  };
  const send = (chatId, text, thread = null, replyTo = undefined) => {
    const place = thread === null || thread === GENERAL ? {} : { message_thread_id: thread };
    const said = { text, user_id: actor(chatId), reply_to_message_id: replyTo, ...place };
    return attempt(() => sendText(chatId, said));
  };
  return {
    attempt,
    send,
    press: (chatId, messageId, data) => attempt(() => presses.press(chatId, messageId, data, actor(chatId))),
    block: (chatId) => attempt(() => blockBot(chatId)),
    unblock: (chatId) => attempt(() => unblockBot(chatId)),
    restart: (chatId) => attempt(() => unblockBot(chatId)).then((done) => done && send(chatId, "/start")),
    choose: (chatId, userId) => viewers.choose(chatId, userId),
    member: (chatId, status) => attempt(() => setMember(chatId, { user_id: "bot", status })),
    migrate: (chatId) => attempt(() => migrate(chatId)),
    deactivate: (userId) => attempt(() => deactivate(userId)),
    save: (chatId, form) => attempt(() => saveChat(telegram, viewers, chatId, form)),
    look,
    copy: async (text) => {
      await navigator.clipboard.writeText(text);
      toast("Copied.");
    },
  };
}
