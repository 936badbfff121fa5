// The local Telegram's clock on the page: what it shows, and the buttons that set it to another hour.

import { setClock } from "./api.js";
import { now } from "./dates.js";
import { element } from "./dom.js";
import { icon } from "./icons.js";

const HOUR = 3600;
const DAY = 24 * HOUR;
const HOURS = ["06:00", "12:00", "18:00"];
const shown = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** The panel's part for the time; `attempt` runs a request. */
export class TimePanel {
  #telegram;
  #attempt;
  #clock = element("p", { class: "clock", "data-testid": "clock" });
  #real = element(
    "button",
    { type: "button", class: "small", "data-testid": "clock-real" },
    "Back to the real time",
  );

  constructor(telegram, attempt) {
    this.#telegram = telegram;
    this.#attempt = attempt;
    this.#real.addEventListener("click", () => this.#set({ offset_seconds: 0 }));
    const field = element("input", {
      type: "time",
      required: true,
      value: "06:00",
      "aria-label": "The next time it is",
    });
    const form = element(
      "form",
      { class: "jump" },
      field,
      element("button", { class: "small" }, "Jump there"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#jump(field.value);
    });
    this.root = element(
      "section",
      { class: "part" },
      element("h3", {}, "Time"),
      this.#clock,
      element("div", { class: "quick" }, this.#steps(), this.#real),
      form,
    );
    for (const kind of ["loaded", "clock"]) telegram.addEventListener(kind, () => this.#draw());
    setInterval(() => this.#draw(), 1000);
  }

  #steps() {
    const hours = HOURS.map((hour) => [`To ${hour}`, () => this.#jump(hour)]);
    const steps = [
      ["+1 hour", () => this.#ahead(HOUR)],
      ["+1 day", () => this.#ahead(DAY)],
    ];
    return [...hours, ...steps].map(([label, run]) =>
      element("button", { type: "button", class: "small", onclick: run }, label),
    );
  }

  #draw() {
    const isSet = Math.abs(this.#telegram.clock.offset_seconds) >= 1;
    this.#clock.replaceChildren(icon("clock"), shown.format(new Date(now() * 1000)));
    this.#clock.classList.toggle("set", isSet);
    this.#real.hidden = !isSet;
  }

  // The next time, from the one shown, at which a clock shows this hour; in the browser's time zone.
  #jump(hour) {
    const [hours, minutes] = hour.split(":").map(Number);
    const at = new Date(now() * 1000);
    at.setHours(hours, minutes, 0, 0);
    if (at.getTime() / 1000 <= now()) at.setDate(at.getDate() + 1);
    return this.#set({ at: at.toISOString() });
  }

  #ahead(seconds) {
    return this.#set({ offset_seconds: this.#telegram.clock.offset_seconds + seconds });
  }

  #set(time) {
    return this.#attempt(() => setClock(time));
  }
}
