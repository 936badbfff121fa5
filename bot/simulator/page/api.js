// The control API of the local Telegram, one function for each request that the page makes.

/** The server refused, or was not reached; the message is for people. */
export class Refused extends Error {}

async function request(method, path, body) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    throw new Refused("The local Telegram does not answer. Is it still running?", { cause });
  }
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  const content = isJson ? await answer.json() : {};
  if (!answer.ok)
    throw new Refused(content.error ?? `The local Telegram answered ${answer.status} to ${path}.`);
  return content;
}

/** Everything that the server knows: see state.js for its form. */
export const readState = () => request("GET", "/sim/state");

/** A reader writes into a chat. */
export const sendText = (chatId, text) => request("POST", `/sim/chats/${chatId}/messages`, { text });

/** A reader presses an inline button; gives {callback_query_id}. */
export const pressButton = (chatId, messageId, data) =>
  request("POST", `/sim/chats/${chatId}/callbacks`, { message_id: messageId, data });

/** The reader of this private chat blocks the bot. */
export const blockBot = (chatId) => request("POST", `/sim/chats/${chatId}/block`);

/** The reader of this private chat lets the bot in again. */
export const unblockBot = (chatId) => request("POST", `/sim/chats/${chatId}/unblock`);

/** One of the demonstration's actions; gives {text}, what happened. */
export const runAction = (name) => request("POST", `/sim/actions/${encodeURIComponent(name)}`);

/** A new private chat; reader is {first_name, username, language_code}. */
export const addReader = (reader) => request("POST", "/sim/chats", { type: "private", ...reader });
