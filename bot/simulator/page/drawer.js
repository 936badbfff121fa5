// The panels at the right: one at a time, a column of its own where there is room, else a drawer over the
// page.

import { place } from "./dom.js";
import { icon } from "./icons.js";

const STORED = "local-telegram-panel";
const NONE = "none";
const FIRST = "wire";
const PANELS = ["wire", "faults"];
const BEHIND = ["top", "main"];
const narrow = matchMedia("(max-width: 1099px)");
const shade = place("shade");
let opener = null;

const openPanel = () => document.documentElement.dataset.panel;

// As a drawer it is over everything else, which then can be neither reached nor read.
function show(name) {
  const isDrawer = name !== NONE && narrow.matches;
  document.documentElement.dataset.panel = name;
  for (const panel of PANELS) {
    place(panel).inert = panel !== name;
    place(`${panel}-toggle`).setAttribute("aria-expanded", String(panel === name));
  }
  shade.hidden = !isDrawer;
  BEHIND.forEach((id) => (place(id).inert = isDrawer));
}

function turn(name) {
  if (name !== NONE) opener = document.activeElement;
  show(name);
  if (!narrow.matches) localStorage.setItem(STORED, name);
  else if (name === NONE) opener?.focus();
  else place(name).focus();
}

function settle() {
  const stored = localStorage.getItem(STORED) ?? FIRST;
  const known = PANELS.includes(stored) ? stored : NONE;
  show(narrow.matches ? NONE : known);
}

/** Makes the panels' buttons work. The calls are shown first, where there is room, unless they were closed. */
export function startDrawers() {
  for (const name of PANELS) {
    place(`${name}-toggle`).append(icon(name));
    place(`${name}-close`).append(icon("close"));
    place(`${name}-toggle`).addEventListener("click", () => turn(openPanel() === name ? NONE : name));
    place(`${name}-close`).addEventListener("click", () => turn(NONE));
    place(name).addEventListener("keydown", ({ key }) => key === "Escape" && narrow.matches && turn(NONE));
  }
  shade.addEventListener("click", () => turn(NONE));
  narrow.addEventListener("change", settle);
  settle();
}
