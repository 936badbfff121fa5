// JSON for people: indented and coloured, as nodes.

import { element } from "./dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const COLOURED_UP_TO = 20_000;

/** A value as indented JSON; a very long one stays without colours, since each colour is a node. */
export function jsonNodes(value) {
  const text = JSON.stringify(value, null, 2) ?? "nothing";
  if (text.length > COLOURED_UP_TO) return [text];
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    nodes.push(text.slice(at, match.index), ...token(match));
    at = match.index + match[0].length;
  }
  return [...nodes, text.slice(at)];
}

function token([whole, string, colon]) {
  if (string === undefined) return [element("span", { class: "json-plain" }, whole)];
  if (colon === undefined) return [element("span", { class: "json-string" }, string)];
  return [element("span", { class: "json-key" }, string), colon];
}
