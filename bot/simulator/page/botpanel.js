// What the bot's owner settles with BotFather: switches that Telegram keeps outside of the Bot API.

import { setBot } from "./api.js";
import { element } from "./dom.js";

// The switch of /sim/bot, the field of the bot's User object that shows it, and whether that says the opposite.
const SWITCHES = [
  ["inline", "supports_inline_queries", false, "Inline mode"],
  ["privacy", "can_read_all_group_messages", true, "Privacy mode in groups"],
  ["can_join_groups", "can_join_groups", false, "May be added to groups"],
];

/** The panel's part for the bot; `attempt` runs a request. */
export class BotPanel {
  root = element("section", { class: "part" });
  #telegram;
  #attempt;

  constructor(telegram, attempt) {
    this.#telegram = telegram;
    this.#attempt = attempt;
    for (const kind of ["loaded", "bot"]) telegram.addEventListener(kind, () => this.#draw());
  }

  #draw() {
    const { bot } = this.#telegram;
    const held = this.root.contains(document.activeElement) ? document.activeElement.name : null;
    this.root.hidden = !bot;
    if (!bot) return;
    const lines = SWITCHES.map((one) => this.#line(bot, one));
    this.root.replaceChildren(element("h3", {}, `BotFather: @${bot.username}`), ...lines);
    if (held) this.root.querySelector(`[name="${held}"]`)?.focus();
  }

  #line(bot, [name, shown, isOpposite, words]) {
    const change = ({ target }) => this.#attempt(() => setBot({ [name]: target.checked }));
    const box = element("input", { type: "checkbox", name, role: "switch", class: "switch", onchange: change });
    box.checked = bot[shown] !== isOpposite;
    return element("label", { class: "line" }, element("span", {}, words), box);
  }
}
