// Building elements: the only way in which data reaches the page, always as text or as an attribute, never as
// markup.

/**
 * An element with attributes and children (nodes or text; null and false are left out). A function as an
 * attribute ("onclick") is a listener; true is an attribute without a value; null and false are none.
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.replace(/^on/, ""), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Text that only a screen reader says. */
export function unseen(text) {
  return element("span", { class: "unseen" }, text);
}

/** The element of index.html with this id. */
export function place(id) {
  return document.getElementById(id);
}
