// A text and its entities as nodes. Offsets count UTF-16 units, which is what JavaScript's strings count too.

import { element } from "./dom.js";
import { icon } from "./icons.js";
import { link } from "./links.js";

const PLAIN_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

/** A text with its entities as a list of nodes. `commands`: whether a /command can be pressed. */
export function textNodes(text, entities = [], { commands = false } = {}) {
  return between(text, 0, text.length, [...entities].sort(byNesting), { commands });
}

// The outer before the inner. A spoiler is outside of what has the same place: the link in it is hidden too.
function byNesting(one, other) {
  const spoilersFirst = Number(other.type === "spoiler") - Number(one.type === "spoiler");
  return one.offset - other.offset || other.length - one.length || spoilersFirst;
}

function between(text, start, end, entities, options) {
  const nodes = [];
  let at = start;
  let rest = entities;
  let afterBlock = false;
  // A block stands on lines of its own: the break that ends its last line is not drawn a second time.
  const say = (upTo) => {
    const piece = text.slice(at, upTo);
    nodes.push(afterBlock ? piece.replace(/^\n/, "") : piece);
    afterBlock = false;
  };
  while (rest.length) {
    const [entity, ...others] = rest;
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || stop <= entity.offset) {
      rest = others;
      continue;
    }
    if (entity.offset > at) say(entity.offset);
    const inside = others.filter((other) => other.offset < stop);
    const piece = text.slice(entity.offset, stop);
    nodes.push(wrap(entity, piece, between(text, entity.offset, stop, inside, options), options));
    at = stop;
    afterBlock = BLOCKS.has(entity.type);
    rest = others.filter((other) => other.offset >= stop);
  }
  if (at < end) say(end);
  return nodes;
}

function wrap(entity, piece, children, options) {
  const tag = PLAIN_TAGS[entity.type];
  if (tag) return element(tag, {}, children);
  switch (entity.type) {
    case "text_link":
      return link(entity.url, { title: entity.url }, children);
    case "url":
      return link(piece, {}, children);
    case "email":
      return link(`mailto:${piece}`, {}, children);
    case "phone_number":
      return link(`tel:${piece.replace(/[^+\d]/g, "")}`, {}, children);
    case "mention":
      return link(`https://t.me/${piece.slice(1)}`, {}, children);
    case "bot_command":
      return command(piece, children, options);
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return element("span", { class: "tag" }, children);
    case "spoiler":
      return spoiler(children);
    case "pre":
      return pre(entity, children);
    case "blockquote":
      return element("blockquote", { class: "quote" }, element("div", { class: "quote-text" }, children));
    case "expandable_blockquote":
      return expandable(children);
    default:
      return element("span", {}, children);
  }
}

function command(piece, children, { commands }) {
  if (!commands) return element("span", { class: "tag" }, children);
  return element("button", { type: "button", class: "command", "data-command": piece }, children);
}

function pre(entity, children) {
  const label = entity.language ? element("span", { class: "pre-language" }, entity.language) : null;
  return element("pre", { tabindex: "0" }, label, element("code", {}, children));
}

function spoiler(children) {
  const cover = { role: "button", tabindex: "0", "aria-label": "Hidden text: press to show it" };
  const press = (event) => {
    const isOtherKey = event.type === "keydown" && event.key !== "Enter" && event.key !== " ";
    if (isOtherKey || made.classList.contains("shown")) return;
    event.preventDefault();
    event.stopPropagation();
    made.closest(".text").querySelectorAll(".spoiler").forEach(uncover);
  };
  const uncover = (spoilt) => {
    spoilt.classList.add("shown");
    spoilt.firstChild.inert = false;
    Object.keys(cover).forEach((name) => spoilt.removeAttribute(name));
  };
  const hidden = element("span", { class: "spoiler-text", inert: true }, children);
  const made = element("span", { class: "spoiler", ...cover, onclick: press, onkeydown: press }, hidden);
  return made;
}

// Whether three lines are enough depends on the width at hand, so it is asked again whenever that changes.
const clipping = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const quote = target.parentElement;
    if (quote?.classList.contains("collapsed")) {
      quote.classList.toggle("clipped", target.scrollHeight > target.clientHeight + 2);
    }
  }
});

function expandable(children) {
  const text = element("div", { class: "quote-text" }, children);
  const toggle = element(
    "button",
    { type: "button", class: "quote-toggle", "aria-expanded": "false" },
    icon("down"),
  );
  const quote = element("blockquote", { class: "quote expandable collapsed" }, text, toggle);
  const turn = () => {
    const collapsed = quote.classList.toggle("collapsed");
    toggle.setAttribute("aria-expanded", String(!collapsed));
    toggle.setAttribute("aria-label", collapsed ? "Show the whole quotation" : "Show less of the quotation");
  };
  toggle.setAttribute("aria-label", "Show the whole quotation");
  quote.addEventListener("click", (event) => {
    if (event.target.closest("a, .spoiler, .command") || String(getSelection())) return;
    if (quote.classList.contains("clipped")) turn();
  });
  clipping.observe(text);
  return quote;
}
