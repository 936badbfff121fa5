// The demonstration's buttons at the top, and the dialog for a new reader.

import { addReader, runAction } from "./api.js";
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

/** Makes the button and the dialog for a new reader work; `opened` is called with the new chat's id. */
export function startReaderDialog(attempt, opened) {
  const dialog = place("reader");
  const form = place("reader-form");
  place("add-reader").append(icon("plus"), "New reader");
  place("add-reader").addEventListener("click", () => {
    form.reset();
    dialog.showModal();
  });
  place("reader-cancel").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", () =>
    attempt(async () => {
      const filled = [...new FormData(form)].filter(([, value]) => value !== "");
      const { id } = await addReader(Object.fromEntries(filled));
      opened(String(id));
    }),
  );
}
