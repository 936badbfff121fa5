// Whether the wire panel is seen: a column of its own where there is room, else a drawer over the page.

import { place } from "./dom.js";
import { icon } from "./icons.js";

const STORED = "local-telegram-wire";
const narrow = matchMedia("(max-width: 1099px)");
const BEHIND = ["top", "chats", "conversation"];

const panel = place("wire");
const toggle = place("wire-toggle");
const shade = place("shade");
let opener = null;

function isOpen() {
  return document.documentElement.dataset.wire === "open";
}

// As a drawer it is over everything else, which then can be neither reached nor read.
function show(open) {
  const isDrawer = open && narrow.matches;
  document.documentElement.dataset.wire = open ? "open" : "closed";
  panel.inert = !open;
  shade.hidden = !isDrawer;
  BEHIND.forEach((id) => (place(id).inert = isDrawer));
  toggle.setAttribute("aria-expanded", String(open));
}

function turn(open) {
  if (open) opener = document.activeElement;
  show(open);
  if (!narrow.matches) localStorage.setItem(STORED, open ? "open" : "closed");
  else if (open) panel.focus();
  else opener?.focus();
}

/** Makes the panel's buttons work. It begins open where there is room, unless it was closed before. */
export function startDrawer() {
  toggle.append(icon("wire"));
  place("wire-close").append(icon("close"));
  toggle.addEventListener("click", () => turn(!isOpen()));
  place("wire-close").addEventListener("click", () => turn(false));
  shade.addEventListener("click", () => turn(false));
  panel.addEventListener("keydown", (event) => event.key === "Escape" && narrow.matches && turn(false));
  const settle = () => show(!narrow.matches && localStorage.getItem(STORED) !== "closed");
  narrow.addEventListener("change", settle);
  settle();
}
