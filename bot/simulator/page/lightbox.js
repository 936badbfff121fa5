// A picture over the whole page, with its caption, and the chat's other pictures one press away.

import { place } from "./dom.js";
import { icon } from "./icons.js";
import { mediaAddress } from "./media.js";

const dialog = place("look");
let photos = [];
let at = 0;

/** Shows the photo of a message among the photos of `messages`. */
export function look(messages, messageId) {
  photos = messages.filter((message) => message.photo && mediaAddress(message));
  at = photos.findIndex((message) => message.message_id === messageId);
  draw();
  dialog.showModal();
}

function draw() {
  const message = photos[at];
  place("look-image").src = mediaAddress(message);
  place("look-image").alt = message.caption ? "" : "Photo without a caption";
  place("look-words").textContent = message.caption ?? "";
  place("look-before").disabled = at === 0;
  place("look-after").disabled = at === photos.length - 1;
}

function go(step) {
  if (!photos[at + step]) return;
  at += step;
  draw();
}

/** Makes the buttons and keys of the picture's dialog work. */
export function startLightbox() {
  place("look-close").append(icon("close"));
  place("look-before").append(icon("before"));
  place("look-after").append(icon("after"));
  place("look-before").addEventListener("click", () => go(-1));
  place("look-after").addEventListener("click", () => go(1));
  dialog.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowLeft") go(-1);
    if (key === "ArrowRight") go(1);
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}
