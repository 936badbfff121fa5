// A button with a short list of things to do.

import { element } from "./dom.js";
import { icon } from "./icons.js";

/** A button called `label` that opens a list of `items` [{label, sign, run}]; Escape and a press elsewhere close it. */
export function menuButton(label, items) {
  const list = element("div", { class: "menu", popover: "auto" });
  const attributes = { type: "button", class: "round", "data-testid": "more", "aria-label": label };
  const button = element("button", attributes, icon("more"));
  button.popoverTargetElement = list;
  const entries = items.map(({ label: words, sign, run }) => {
    const press = () => {
      list.hidePopover();
      run();
    };
    return element("button", { type: "button", onclick: press }, icon(sign), words);
  });
  list.append(...entries);
  list.addEventListener("beforetoggle", ({ newState }) => newState === "open" && placeUnder(list, button));
  list.addEventListener("toggle", ({ newState }) => newState === "open" && entries[0].focus());
  list.addEventListener("keydown", (event) => move(event, entries));
  return element("span", { class: "menu-holder" }, button, list);
}

function placeUnder(list, button) {
  const { bottom, right } = button.getBoundingClientRect();
  list.style.top = `${bottom + 4}px`;
  list.style.right = `${innerWidth - right}px`;
}

function move(event, entries) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const at = entries.indexOf(document.activeElement) + step;
  entries[(at + entries.length) % entries.length].focus();
}
