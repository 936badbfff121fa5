// What happens in a chat besides messages: somebody joins, a message is pinned, a topic is opened.

import { fullName } from "./people.js";

const SAID = {
  new_chat_members: ({ new_chat_members: members }) => `${members.map(fullName).join(", ")} joined the group`,
  left_chat_member: ({ left_chat_member: member }) => `${fullName(member)} left the group`,
  new_chat_title: ({ new_chat_title: title }) => `The name is now “${title}”`,
  new_chat_photo: () => "The picture was changed",
  delete_chat_photo: () => "The picture was removed",
  group_chat_created: () => "The group was created",
  supergroup_chat_created: () => "The group was created",
  channel_chat_created: () => "The channel was created",
  migrate_to_chat_id: () => "This group became a supergroup",
  migrate_from_chat_id: () => "This supergroup was a group before",
  pinned_message: (message) => `${whoPinned(message)} pinned ${pinnedWords(message.pinned_message)}`,
  forum_topic_created: ({ forum_topic_created: topic }) => `The topic “${topic.name}” was opened`,
  forum_topic_edited: ({ forum_topic_edited: topic }) =>
    topic.name ? `The topic is now called “${topic.name}”` : "The topic was changed",
  forum_topic_closed: () => "The topic was closed",
  forum_topic_reopened: () => "The topic was opened again",
  general_forum_topic_hidden: () => "The general topic was hidden",
  general_forum_topic_unhidden: () => "The general topic is shown again",
  message_auto_delete_timer_changed: () => "Messages will be deleted after a time",
};

/** What a service message says in words, or null if the message is an ordinary one. */
export function serviceWords(message) {
  const kind = Object.keys(SAID).find((name) => message[name] !== undefined);
  return kind ? SAID[kind](message) : null;
}

const PINNED_WORDS = 24;

function pinnedWords({ text, caption }) {
  const words = (text ?? caption ?? "").replace(/\s+/g, " ").trim();
  if (!words) return "a message";
  const letters = [...words];
  return `“${letters.slice(0, PINNED_WORDS).join("").trim()}${letters.length > PINNED_WORDS ? "…" : ""}”`;
}

function whoPinned({ from, sender_chat: chat }) {
  return chat?.title ?? (from ? fullName(from) : "Somebody");
}
