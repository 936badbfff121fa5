// The right of the page: every call between the bot and the local Telegram, newest first, each opening to its
// JSON.

import { clockWithSeconds, duration } from "./dates.js";
import { element, place, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { jsonNodes } from "./json.js";
import { chatName } from "./names.js";

const SHOWN = 200;
const BUSY = "busy";
const ALL = "all";

/** Draws the calls that a Telegram (state.js) knows. */
export class Wire {
  #telegram;
  #cleared = 0;
  #paused = null;
  #items = new Map();
  #isDue = false;
  #list = place("calls");
  #filter = place("wire-filter");
  #pause = place("wire-pause");
  #clear = place("wire-clear");

  constructor(telegram) {
    this.#telegram = telegram;
    telegram.addEventListener("loaded", () => this.#loaded());
    telegram.addEventListener("call", () => this.#due());
    this.#filter.addEventListener("change", () => this.#draw());
    this.#pause.addEventListener("click", () => this.#togglePause());
    this.#clear.addEventListener("click", () => this.#empty());
    this.#clear.append(icon("clear"), "Clear");
    this.#filter.append(option(BUSY, "All but idle polls"), option(ALL, "All calls"));
    this.#draw();
  }

  // A local Telegram that was started anew counts from one again.
  #loaded() {
    if (this.#newest() < Math.max(this.#cleared, ...this.#items.keys())) {
      this.#cleared = 0;
      this.#paused = null;
      this.#items.clear();
      this.#list.replaceChildren();
    }
    this.#due();
  }

  #due() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw() {
    this.#offerMethods();
    const calls = this.#calls().slice(-SHOWN).reverse();
    const kept = new Map(
      calls.map((call) => [call.id, this.#items.get(call.id) ?? callItem(call, this.#telegram)]),
    );
    for (const [id, item] of this.#items) if (!kept.has(id)) item.remove();
    // Items already in place are not moved, so that an open one keeps its scroll position and its focus.
    let next = this.#list.firstChild;
    for (const item of kept.values()) {
      if (item === next) next = next.nextSibling;
      else this.#list.insertBefore(item, next);
    }
    this.#items = kept;
    place("wire-empty").hidden = calls.length > 0;
    this.#drawPause();
  }

  #calls() {
    const wanted = this.#filter.value;
    return this.#since(this.#cleared).filter((call) => {
      if (this.#paused !== null && call.id > this.#paused) return false;
      return wanted === ALL || (wanted === BUSY ? !isIdlePoll(call) : call.method === wanted);
    });
  }

  // By number, since the clock can be set back.
  #since(id) {
    return this.#telegram.calls.filter((call) => call.id > id);
  }

  #newest() {
    return Math.max(0, ...this.#telegram.calls.map((call) => call.id));
  }

  #offerMethods() {
    const known = new Set([...this.#filter.options].map(({ value }) => value));
    const methods = new Set(this.#telegram.calls.map(({ method }) => method));
    const news = [...methods].filter((method) => !known.has(method)).sort();
    this.#filter.append(...news.map((method) => option(method, method)));
  }

  #togglePause() {
    this.#paused = this.#paused === null ? this.#newest() : null;
    this.#draw();
  }

  #drawPause() {
    const paused = this.#paused !== null;
    const held = paused ? this.#since(this.#paused).filter((call) => !isIdlePoll(call)).length : 0;
    this.#pause.setAttribute("aria-pressed", String(paused));
    const resume = held ? `Resume (${held})` : "Resume";
    this.#pause.replaceChildren(icon(paused ? "play" : "pause"), paused ? resume : "Pause");
  }

  #empty() {
    this.#cleared = this.#newest();
    this.#draw();
  }
}

const option = (value, text) => element("option", { value }, text);

function isIdlePoll(call) {
  return (
    call.method === "getUpdates" && Array.isArray(call.response?.result) && call.response.result.length === 0
  );
}

function statusClass(status) {
  if (status >= 200 && status < 300) return "fine";
  return status >= 500 ? "broken" : "refused";
}

// Whom a call is about, or what a poll brought: enough to follow a conversation without opening it.
function about(call, telegram) {
  const updates = call.method === "getUpdates" ? call.response?.result : null;
  if (Array.isArray(updates)) return updates.map((update) => kindOfUpdate(update)).join(", ");
  const chatId = call.request?.chat_id;
  if (chatId === undefined) return "";
  const chat = telegram.chats.get(String(chatId));
  return chat ? chatName(chat) : String(chatId);
}

function kindOfUpdate(update) {
  return Object.keys(update).find((name) => name !== "update_id") ?? "nothing";
}

function callItem(call, telegram) {
  const line = element(
    "summary",
    {},
    element("time", {}, clockWithSeconds(call.at)),
    element("span", { class: "method" }, call.method),
    element("span", { class: "about" }, about(call, telegram)),
    element("span", { class: `status ${statusClass(call.status)}` }, unseen("status "), String(call.status)),
    element("span", { class: "took" }, duration(call.ms)),
  );
  const details = element(
    "details",
    { "data-testid": "call", "data-method": call.method, "data-status": call.status },
    line,
  );
  details.addEventListener(
    "toggle",
    () => details.childElementCount === 1 && details.append(...bodies(call)),
  );
  return element("li", { class: "call" }, details);
}

// Drawn only when a call is opened: most never are.
function bodies(call) {
  return [
    ["Request", call.request],
    ["Response", call.response],
  ].map(([title, value]) =>
    element(
      "section",
      {},
      element("h3", {}, title),
      element("pre", { tabindex: "0", "aria-label": title }, jsonNodes(value)),
    ),
  );
}
