// Dark or light: the reader's own choice if there is one, else the system's. Loaded before the first paint.

const STORED = "local-telegram-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

function current() {
  return localStorage.getItem(STORED) ?? (system.matches ? "dark" : "light");
}

function show() {
  document.documentElement.dataset.theme = current();
  dispatchEvent(new Event("themechange"));
}

/** The theme that the page is drawn in: "dark" or "light". */
export function theme() {
  return document.documentElement.dataset.theme;
}

/**
 * Goes to the other theme. A choice that agrees with the system's is forgotten: the page follows the system
 * again.
 */
export function toggleTheme() {
  const next = current() === "dark" ? "light" : "dark";
  if (next === (system.matches ? "dark" : "light")) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, next);
  show();
}

system.addEventListener("change", show);
addEventListener("storage", show);
show();
