// The box below (or above) a message for the page that it links to. Only the address is shown: nothing is
// fetched.

import { element } from "./dom.js";
import { icon } from "./icons.js";
import { link } from "./links.js";

function firstAddress(message) {
  for (const entity of message.entities ?? []) {
    if (entity.type === "text_link") return entity.url;
    if (entity.type === "url") return message.text.slice(entity.offset, entity.offset + entity.length);
  }
  return null;
}

/** The preview of a message's link, or null if it has none or wants none. */
export function preview(message) {
  const options = message.link_preview_options ?? {};
  if (options.is_disabled) return null;
  const address = options.url ?? firstAddress(message);
  if (!address) return null;
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(whole) || !/^https?:$/.test(new URL(whole).protocol)) return null;
  const url = new URL(whole);
  const path = decodePath(url.pathname + url.search).replace(/\/$/, "");
  return link(
    whole,
    { class: "preview", "aria-label": `Link to ${url.hostname}` },
    element("strong", {}, url.hostname.replace(/^www\./, "")),
    path ? element("span", { class: "preview-path" }, path) : null,
    icon("out"),
  );
}

// A path that is no proper UTF-8 is shown as it was sent.
function decodePath(path) {
  try {
    return decodeURI(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}
