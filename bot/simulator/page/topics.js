// The topics of a group: a row of tabs above its messages, by which one of them is read at a time.

import { element } from "./dom.js";

/** The topic of all that stands in none, as the page calls it. */
export const GENERAL = 0;

/** Whether a message stands in a topic; null means all topics together. */
export function isInThread(message, thread) {
  if (thread === null) return true;
  return threadOf(message) === thread;
}

function threadOf(message) {
  return message.is_topic_message ? message.message_thread_id : GENERAL;
}

/** Draws the topics of a group into `place` and calls `choose(thread)` when one is pressed. */
export function drawTopics(place, chat, thread, choose) {
  const topics = chat?.is_forum ? (chat.topics ?? []) : [];
  place.hidden = !topics.length;
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.thread : null;
  const all = [
    { message_thread_id: null, name: "All topics" },
    { message_thread_id: GENERAL, name: "General" },
    ...topics,
  ];
  const tabs = all.map((topic) => tab(topic, thread, choose));
  place.replaceChildren(...(topics.length ? tabs : []));
  if (focused !== null) tabs.find((one) => one.dataset.thread === focused)?.focus();
}

function tab({ message_thread_id: id, name, is_closed: closed }, thread, choose) {
  const attributes = {
    type: "button",
    class: "topic",
    "data-thread": id ?? "",
    "aria-pressed": id === thread ? "true" : "false",
  };
  return element("button", { ...attributes, onclick: () => choose(id) }, name, closed ? " (closed)" : null);
}
