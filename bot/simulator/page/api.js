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

/** A reader writes {text, user_id, message_thread_id, reply_to_message_id} into a chat; only text must be there. */
export const sendText = (chatId, said) => request("POST", `/sim/chats/${chatId}/messages`, said);

/** A reader presses an inline button: {message_id, data, user_id}; gives {callback_query_id}. */
export const pressButton = (chatId, pressed) => request("POST", `/sim/chats/${chatId}/callbacks`, pressed);

/** The reader of this private chat blocks the bot. */
export const blockBot = (chatId) => request("POST", `/sim/chats/${chatId}/block`);

/** The reader of this private chat lets the bot in again. */
export const unblockBot = (chatId) => request("POST", `/sim/chats/${chatId}/unblock`);

/** One of the demonstration's actions; gives {text}, what happened. */
export const runAction = (name) => request("POST", `/sim/actions/${encodeURIComponent(name)}`);

/** A new chat: {type, first_name or title, username, language_code, is_forum}. */
export const addChat = (chat) => request("POST", "/sim/chats", chat);

/** What somebody is in a group or channel: {user_id, status}. */
export const setMember = (chatId, member) => request("POST", `/sim/chats/${chatId}/members`, member);

/** A group becomes a supergroup; gives the new chat. */
export const migrate = (chatId) => request("POST", `/sim/chats/${chatId}/migrate`, {});

/** A reader's account is deleted. */
export const deactivate = (userId) => request("POST", `/sim/users/${userId}/deactivate`, {});

/** Asks the bot inline: {user_id, query, chat_type}; gives {inline_query_id, answer}. */
export const askInline = (query) => request("POST", "/sim/inline", query);

/** Sends one result of an inline query into a chat. */
export const sendInlineResult = (queryId, resultId, chatId) =>
  request("POST", `/sim/inline/${queryId}/results`, { result_id: resultId, chat_id: Number(chatId) });

/** Changes any part of the rates; gives all of them. */
export const setLimits = (limits) => request("PUT", "/sim/limits", limits);

/** Adds a fault {kind, ...options}; gives it with its id. */
export const addFault = (fault) => request("POST", "/sim/faults", fault);

/** Ends one fault, or all of them. */
export const endFault = (id) => request("DELETE", id === null ? "/sim/faults" : `/sim/faults/${id}`);

/** Sets BotFather's switches of the first bot: any of {inline, privacy, can_join_groups}. */
export const setBot = (switches) => request("POST", "/sim/bot", switches);

/** Sets the clock: {offset_seconds} or {at} (an ISO time); gives {offset_seconds, now}. */
export const setClock = (time) => request("POST", "/sim/clock", time);
