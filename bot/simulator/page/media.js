// What a message brings besides its text: pictures, one or an album of them, and files to download.

import { element, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { link } from "./links.js";

const KINDS = {
  animation: "GIF",
  photo: "Photo",
  video: "Video",
  video_note: "Video message",
  voice: "Voice message",
  audio: "Audio",
  sticker: "Sticker",
  document: "Document",
  location: "Location",
  contact: "Contact",
  poll: "Poll",
  dice: "Dice",
};
const PICTURED = ["photo", "animation", "video"];
// How many of six columns each picture of an album takes, by the number of pictures.
const SPANS = {
  2: [3, 3],
  3: [6, 3, 3],
  4: [3, 3, 3, 3],
  5: [3, 3, 2, 2, 2],
  6: [2, 2, 2, 2, 2, 2],
  7: [3, 3, 3, 3, 2, 2, 2],
  8: [3, 3, 2, 2, 2, 2, 2, 2],
  9: [2, 2, 2, 2, 2, 2, 2, 2, 2],
  10: [3, 3, 3, 3, 2, 2, 2, 2, 2, 2],
};

/** The word for what a message brings ("Photo"), or null if it is words alone. */
export function mediaWord(message) {
  const kind = kindOf(message);
  if (kind === "document") return message.document.file_name ?? KINDS.document;
  return kind ? KINDS[kind] : null;
}

/** Whether a message brings something that is seen rather than listed. */
export const isPictured = (message) => PICTURED.includes(kindOf(message));

/** Where this page can read what a message brings, or null: an address outside is never fetched. */
export function mediaAddress({ media_url: address }) {
  return address?.startsWith("/") ? address : null;
}

/** What the messages of an album, or a single one, bring, as one element; null if they are words alone. */
export function media(messages) {
  const pictures = messages.filter(isPictured);
  if (pictures.length) return mosaic(pictures);
  const files = messages.filter(kindOf).map(file);
  return files.length ? element("div", { class: "files" }, files) : null;
}

// An animation carries a document as well, so the order of KINDS decides.
function kindOf(message) {
  return Object.keys(KINDS).find((kind) => message[kind] !== undefined) ?? null;
}

function mosaic(messages) {
  const pictures = messages.map(picture);
  if (pictures.length === 1) return element("div", { class: "pictures" }, pictures);
  const spans = SPANS[pictures.length] ?? pictures.map(() => 2);
  pictures.forEach((one, at) => one.classList.add(`span-${spans[at]}`));
  const label = { role: "group", "aria-label": `Album of ${pictures.length}` };
  return element("div", { class: "pictures album", ...label }, pictures);
}

function picture(message) {
  const shown = message.photo ? photo(message) : film(message);
  if (!message.has_media_spoiler) return shown;
  shown.inert = true;
  const uncover = (event) => {
    const cover = event.currentTarget.parentElement;
    shown.inert = false;
    cover.classList.add("shown");
    event.currentTarget.remove();
    shown.focus();
  };
  const label = { class: "uncover", "aria-label": "Hidden picture: press to show it" };
  const button = element("button", { type: "button", onclick: uncover, ...label }, icon("hidden"));
  return element("div", { class: "covered" }, shown, button);
}

function photo(message) {
  const { width, height } = message.photo.at(-1);
  const address = mediaAddress(message);
  if (!address) return outside(message);
  const image = element("img", { src: address, alt: "", width, height, decoding: "async" });
  image.addEventListener("error", () => image.replaceWith(missing("This picture cannot be shown.")));
  const name = message.caption ? `Photo: ${message.caption.slice(0, 120)}` : "Photo";
  const attributes = {
    type: "button",
    class: "picture",
    "data-photo": message.message_id,
    "aria-label": name,
  };
  return element("button", attributes, image);
}

function film(message) {
  const kind = kindOf(message);
  const clip = message[kind];
  const address = mediaAddress(message);
  if (!address) return outside(message);
  const attributes = { class: "picture", src: address, width: clip.width, height: clip.height };
  const moving = kind === "animation" ? { loop: true, muted: true } : {};
  const label = clip.file_name ? `${KINDS[kind]}: ${clip.file_name}` : KINDS[kind];
  return element("video", {
    ...attributes,
    ...moving,
    controls: true,
    preload: "metadata",
    "aria-label": label,
  });
}

function outside(message) {
  const address = message.media_url;
  const word = mediaWord(message);
  if (!address) return missing(word);
  const { hostname } = new URL(address);
  return link(
    address,
    { class: "missing", "aria-label": `${word} at ${hostname}` },
    icon("picture"),
    hostname,
  );
}

const missing = (words) => element("span", { class: "missing" }, icon("picture"), words);

function file(message) {
  const kind = kindOf(message);
  const sent = message[kind];
  if (sent.file_id === undefined) return element("p", { class: "unknown" }, KINDS[kind]);
  const name = sent.file_name ?? sent.title ?? KINDS[kind];
  const address = mediaAddress(message);
  return element(
    address ? "a" : "span",
    { class: "file", href: address, download: address ? name : null },
    element("span", { class: "file-sign", "aria-hidden": "true" }, ending(name) || icon("file")),
    element(
      "span",
      { class: "file-words" },
      element("strong", {}, unseen(`${KINDS[kind]}: `), name),
      element("span", {}, [sizeWords(sent.file_size), sent.mime_type].filter(Boolean).join(" · ")),
    ),
  );
}

function ending(name) {
  const found = /\.([A-Za-z0-9]{1,4})$/.exec(name);
  return found ? found[1].toUpperCase() : "";
}

function sizeWords(bytes) {
  if (bytes === undefined) return null;
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
