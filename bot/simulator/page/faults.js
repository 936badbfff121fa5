// The panel that makes Telegram difficult: its rates, its faults, and another hour of the day.

import { addFault, endFault, setLimits } from "./api.js";
import { BotPanel } from "./botpanel.js";
import { element, place } from "./dom.js";
import { faultForm, faultWords } from "./faultform.js";
import { icon } from "./icons.js";
import { TimePanel } from "./time.js";

const RATES = [
  ["overall", "Over all chats"],
  ["chat", "In one chat"],
  ["group", "In one group"],
  ["paid", "Paid broadcast"],
];
// One press each, for what is wanted most.
const SLOW = { name: "lognormal", median: 0.4, sigma: 0.8 };
const NEXT = [
  ["403 blocked", { kind: "forbidden", reason: "blocked", count: 1 }],
  ["429 for 3 seconds", { kind: "too_many_requests", seconds: 3, count: 1 }],
  ["502", { kind: "server_error", status: 502, count: 1 }],
  ["Reset before", { kind: "reset", count: 1 }],
  ["Reset after", { kind: "reset", accepted: true, count: 1 }],
  ["No answer", { kind: "silence", count: 1 }],
];
const EVERY = [
  ["429 for 10 seconds", { kind: "too_many_requests", seconds: 10, lasting: true, count: 1, methods: "all" }],
  ["Slow answers", { kind: "delay", distribution: SLOW, methods: "all" }],
  ["One in five is a 500", { kind: "server_error", status: 500, probability: 0.2, methods: "all" }],
];

/** Draws the panel and keeps it in step with a Telegram (state.js); `attempt` runs a request. */
export class FaultsPanel {
  #telegram;
  #attempt;
  #limits = element("section", { class: "part" });
  #faults = element("div", { class: "set-faults" });

  constructor(telegram, attempt) {
    this.#telegram = telegram;
    this.#attempt = attempt;
    const time = new TimePanel(telegram, attempt);
    const faults = element(
      "section",
      { class: "part" },
      element("h3", {}, "Faults"),
      this.#faults,
      this.#quick(),
    );
    const bot = new BotPanel(telegram, attempt);
    place("faults-body").append(time.root, faults, this.#limits, faultForm(telegram, attempt), bot.root);
    for (const kind of ["loaded", "limits"]) telegram.addEventListener(kind, () => this.#drawLimits());
    for (const kind of ["loaded", "faults"]) telegram.addEventListener(kind, () => this.#drawFaults());
  }

  #drawLimits() {
    const { limits } = this.#telegram;
    if (!limits) return;
    const held = this.#limits.contains(document.activeElement) ? document.activeElement.name : null;
    const change = ({ target }) => this.#attempt(() => setLimits({ enabled: target.checked }));
    const toggle = {
      type: "checkbox",
      name: "enabled",
      role: "switch",
      class: "switch",
      "data-testid": "limits-enabled",
      onchange: change,
    };
    const box = element("input", toggle);
    box.checked = limits.enabled;
    this.#limits.replaceChildren(
      element("h3", {}, "Telegram's rates"),
      element("label", { class: "line" }, element("span", {}, "Refuse with 429 what comes too fast"), box),
      element(
        "table",
        { class: "rates" },
        rateHead(),
        element(
          "tbody",
          {},
          RATES.map((rate) => this.#rate(rate)),
        ),
      ),
    );
    if (held) this.#limits.querySelector(`[name="${held}"]`)?.focus();
  }

  #rate([name, words]) {
    const rate = this.#telegram.limits[name];
    const field = (part, label, step) => {
      const change = ({ target }) =>
        target.reportValidity() &&
        this.#attempt(() => setLimits({ [name]: { [part]: Number(target.value) } }));
      const attributes = {
        type: "number",
        min: step,
        step,
        required: true,
        "aria-label": `${words}: ${label}`,
      };
      return element(
        "td",
        {},
        element("input", { ...attributes, name: `${name}-${part}`, value: rate[part], onchange: change }),
      );
    };
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, words),
      field("count", "messages", 1),
      field("period", "seconds", "any"),
      field("burst", "at once", 1),
    );
  }

  #quick() {
    const parts = [this.#buttons("The next message", NEXT), this.#buttons("Every call", EVERY)];
    return element("div", { "data-testid": "quick-faults" }, ...parts);
  }

  #buttons(title, faults) {
    const buttons = faults.map(([label, fault]) => {
      const run = () => this.#attempt(() => addFault(fault));
      return element("button", { type: "button", class: "small", onclick: run }, label);
    });
    const group = { class: "quick", role: "group", "aria-label": title };
    return [element("h4", {}, title), element("div", group, buttons)];
  }

  #drawFaults() {
    const { faults } = this.#telegram;
    const held = this.#faults.contains(document.activeElement);
    const items = faults.map((fault) => this.#fault(fault));
    const all = {
      type: "button",
      class: "small",
      "data-testid": "clear-faults",
      onclick: () => this.#end(null),
    };
    this.#faults.replaceChildren(
      element("p", {}, faults.length ? `Set now: ${faults.length}` : "None is set: every call is answered."),
      element(
        "ul",
        { class: "fault-list", "data-testid": "fault-list", "aria-label": "Faults that are set" },
        items,
      ),
      ...(faults.length > 1 ? [element("button", all, icon("clear"), "End all faults")] : []),
    );
    if (held) (this.#faults.querySelector("button") ?? place("faults-body")).focus();
  }

  #fault(fault) {
    const words = faultWords(fault, this.#telegram);
    const end = {
      type: "button",
      class: "round",
      "aria-label": `End this fault: ${words.join(", ")}`,
      onclick: () => this.#end(fault.id),
    };
    const [name, ...options] = words;
    const text = element("span", {}, element("strong", {}, name), element("small", {}, options.join(" · ")));
    return element("li", {}, text, element("button", end, icon("close")));
  }

  #end(id) {
    return this.#attempt(() => endFault(id));
  }
}

function rateHead() {
  const cells = ["", "Messages", "Seconds", "At once"].map((words) =>
    words ? element("th", { scope: "col" }, words) : element("td", {}),
  );
  return element("thead", {}, element("tr", {}, cells));
}
