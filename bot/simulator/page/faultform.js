// The form for a fault of any kind, and a fault in words.

import { addFault } from "./api.js";
import { element } from "./dom.js";
import { chatName } from "./names.js";

const KINDS = {
  too_many_requests: "429 Too Many Requests",
  forbidden: "403 Forbidden",
  refusal: "Another refusal",
  server_error: "5xx server error",
  reset: "Connection reset",
  silence: "No answer ever",
  delay: "Delay",
};
const REASONS = {
  blocked: "blocked by the reader",
  deactivated: "the reader's account is deleted",
  not_started: "the reader never started the bot",
  kicked_from_group: "kicked from the group",
  kicked_from_supergroup: "kicked from the supergroup",
  kicked_from_channel: "kicked from the channel",
  not_in_group: "no member of the group",
  not_in_supergroup: "no member of the supergroup",
  not_in_channel: "no member of the channel",
  group_deleted: "the group was deleted",
};
const DISTRIBUTIONS = {
  constant: ["seconds"],
  uniform: ["low", "high"],
  exponential: ["mean"],
  lognormal: ["median", "sigma"],
};
const STARTS = { seconds: 2, low: 0.1, high: 1, mean: 0.5, median: 0.4, sigma: 0.8 };
const ACCEPTED = "The call is carried out first";

/** A fault of the control API as a list of words: its kind, then what narrows it. */
export function faultWords(fault, telegram) {
  const methods = Array.isArray(fault.methods)
    ? fault.methods.join(", ")
    : { all: "every method" }[fault.methods];
  const chat =
    fault.chat_id === undefined || fault.chat_id === null ? null : telegram.chats.get(String(fault.chat_id));
  return [
    KINDS[fault.kind] ?? fault.kind,
    fault.reason ? REASONS[fault.reason] : null,
    fault.status ? String(fault.status) : null,
    fault.code ? `${fault.code} ${fault.description}` : null,
    fault.seconds ? `${fault.seconds} s` : null,
    fault.distribution ? distributionWords(fault.distribution) : null,
    fault.accepted ? "after it was carried out" : null,
    methods,
    chat ? chatName(chat) : (fault.chat_id ?? null),
    (fault.probability ?? 1) < 1 ? `${Math.round(fault.probability * 100)} % of the calls` : null,
    fault.count ? `${fault.fired} of ${fault.count} done` : `happened ${fault.fired} times`,
  ].filter(Boolean);
}

function distributionWords({ name, ...numbers }) {
  return `${name} ${Object.entries(numbers)
    .map(([key, value]) => `${key} ${value}`)
    .join(", ")}`;
}

/** The form that adds a fault; `attempt` runs a request. */
export function faultForm(telegram, attempt) {
  const form = element("form", { class: "part fault-form", "data-testid": "fault-form" });
  const own = element("div", { class: "fields" });
  const kind = select("kind", "Kind", KINDS);
  const chat = select("chat_id", "Chat", { "": "Every chat" });
  const drawOwn = () => own.replaceChildren(...ownFields(form));
  const drawChats = () => {
    const chosen = chat.input.value;
    const named = [...telegram.chats.values()].map((one) =>
      element("option", { value: one.id }, chatName(one)),
    );
    chat.input.replaceChildren(element("option", { value: "" }, "Every chat"), ...named);
    chat.input.value = chosen;
  };
  form.append(
    element("h3", {}, "A fault of your own"),
    element("div", { class: "fields" }, kind.label),
    own,
    element(
      "div",
      { class: "fields" },
      select("methods", "Calls", { sends: "That send", all: "All", one: "One method" }).label,
      chat.label,
      number("probability", "How likely (0 to 1)", { value: 1, min: 0, max: 1, step: "any" }),
      number("count", "How often (empty: for ever)", { min: 1, step: 1, required: false }),
    ),
    element("button", { class: "action", "data-testid": "add-fault" }, "Set this fault"),
  );
  form.addEventListener(
    "change",
    ({ target }) => ["kind", "name", "methods"].includes(target.name) && drawOwn(),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => addFault(asked(form)));
  });
  for (const event of ["loaded", "chat"]) telegram.addEventListener(event, drawChats);
  drawOwn();
  return form;
}

// The fields that a kind alone has. Before the form is filled there is no method to ask about.
function ownFields(form) {
  const { kind, methods, name } = Object.fromEntries(new FormData(form));
  const byKind = {
    too_many_requests: () => [
      number("seconds", "retry_after, seconds", { value: 5, min: 1, step: 1 }),
      check("lasting", "For all that time"),
    ],
    forbidden: () => [select("reason", "Because", REASONS).label],
    refusal: () => [
      number("code", "Code", { value: 400, min: 400, max: 499 }),
      text("description", "Description", "Bad Request: chat not found"),
    ],
    server_error: () => [
      select("status", "Status", { 500: "500", 502: "502", 503: "503", 504: "504" }, "502").label,
      check("page", "HTML instead of JSON"),
      check("accepted", ACCEPTED),
    ],
    reset: () => [check("accepted", ACCEPTED)],
    silence: () => [check("accepted", ACCEPTED)],
    delay: () => delayFields(name ?? "lognormal"),
  };
  const extra = methods === "one" ? [text("method", "Method", "sendMessage")] : [];
  return [...byKind[kind ?? "too_many_requests"](), ...extra];
}

function delayFields(name) {
  const names = Object.fromEntries(Object.keys(DISTRIBUTIONS).map((one) => [one, one]));
  const numbers = DISTRIBUTIONS[name].map((one) =>
    number(one, one, { value: STARTS[one], min: 0, step: "any" }),
  );
  return [
    select("name", "Distribution", names, name).label,
    ...numbers,
    number("seed", "Seed", { value: 0, step: 1 }),
    check("accepted", ACCEPTED),
  ];
}

function asked(form) {
  const filled = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  const { methods, method, name, chat_id: chatId, ...options } = filled;
  const fault = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, typed(key, value)]));
  fault.methods = methods === "one" ? [method] : methods;
  if (chatId !== undefined) fault.chat_id = Number(chatId);
  if (name === undefined) return fault;
  fault.distribution = { name };
  for (const one of DISTRIBUTIONS[name]) {
    fault.distribution[one] = fault[one];
    delete fault[one];
  }
  return fault;
}

function typed(key, value) {
  if (["lasting", "page", "accepted"].includes(key)) return value === "on";
  return ["kind", "reason", "description"].includes(key) ? value : Number(value);
}

function select(name, label, options, chosen = null) {
  const drawn = Object.entries(options).map(([value, words]) =>
    element("option", { value, selected: value === chosen }, words),
  );
  const input = element("select", { name }, drawn);
  return { input, label: element("label", {}, label, input) };
}

const number = (name, label, { required = true, ...attributes }) =>
  element("label", {}, label, element("input", { type: "number", name, required, ...attributes }));

const text = (name, label, value) =>
  element("label", { class: "whole" }, label, element("input", { name, value, required: true }));

const check = (name, label) =>
  element(
    "label",
    { class: "line whole" },
    element("input", { type: "checkbox", name }),
    element("span", {}, label),
  );
