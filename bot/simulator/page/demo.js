// The demonstration's buttons at the top, and the dialog for a new chat.

import { addChat, runAction } from "./api.js";
import { element, place } from "./dom.js";
import { icon } from "./icons.js";
import { toast } from "./notices.js";

/** Draws one button for each of the server's actions. `attempt` runs a request and shows its refusal. */
export function drawActions(telegram, attempt) {
  const buttons = telegram.actions.map(({ name, label }) => {
    const run = async () => {
      button.disabled = true;
      await attempt(async () => {
        const { text } = await runAction(name);
        if (text) toast(text);
      });
      button.disabled = false;
    };
    const attributes = { type: "button", class: "action", "data-testid": `action-${name}`, onclick: run };
    const button = element("button", attributes, icon("news"), label);
    return button;
  });
  place("demo").replaceChildren(...buttons);
}

/** Makes the button and the dialog for a new chat work; `opened` is called with the new chat's id. */
export function startChatDialog(attempt, opened) {
  const dialog = place("reader");
  const form = place("reader-form");
  const settle = () => {
    const isReader = form.elements.type.value === "private";
    form.querySelectorAll("[data-for]").forEach((part) => {
      const isMeant = (part.dataset.for === "private") === isReader;
      part.hidden = !isMeant;
      part.querySelector("input").disabled = !isMeant;
    });
  };
  place("add-reader").append(icon("plus"), element("span", {}, "New reader, group or channel"));
  place("add-reader").addEventListener("click", () => {
    form.reset();
    settle();
    dialog.showModal();
  });
  form.addEventListener("change", settle);
  place("reader-cancel").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", () =>
    attempt(async () => {
      const { id } = await addChat(asked(form));
      opened(String(id));
    }),
  );
}

// A group with topics is a supergroup that has them.
function asked(form) {
  const filled = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
  return filled.type === "forum" ? { ...filled, type: "supergroup", is_forum: true } : filled;
}
