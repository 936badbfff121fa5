// Which of the bot's commands a chat offers, by Telegram's own order of scopes and languages.

const SCOPES = {
  private: ["chat", "all_private_chats", "default"],
  group: ["chat", "all_group_chats", "default"],
  supergroup: ["chat", "all_group_chats", "default"],
};

function isFor(entry, scope, chat) {
  if (entry.scope.type !== scope) return false;
  return scope !== "chat" || String(entry.scope.chat_id) === String(chat.id);
}

/**
 * The commands of `entries` ([{language_code, scope, commands}]) for a chat: the narrowest scope that has
 * any, in the reader's language if the bot speaks it. A channel has none.
 */
export function commandsFor(chat, entries) {
  const language = (chat.language_code ?? "").split("-")[0];
  for (const scope of SCOPES[chat.type] ?? []) {
    for (const code of [language, ""]) {
      const entry = entries.find((one) => one.language_code === code && isFor(one, scope, chat));
      if (entry?.commands.length) return entry.commands;
    }
  }
  return [];
}
