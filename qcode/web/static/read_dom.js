// Small helpers to make elements and dialogs; words from outside only ever become text, never markup.

import { unkept } from "./base.js";
import { isMeant } from "./letters.js";
import { nameOf } from "./read_keys.js";

let numbers = 0;

/** Make an element: `h("button", {class: "quiet", onclick: act}, "Undo")`. Strings become text. */
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries({ ...unkept(name), ...properties })) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Return an id that no other element of the page has. */
export function newId(stem) {
  numbers += 1;
  return `${stem}-${numbers}`;
}

/** A small square of a code's colour; the key always stands beside it. */
export function swatch(color) {
  const square = h("span", { class: "swatch", "aria-hidden": "true" });
  if (color) square.style.setProperty("--code", color);
  return square;
}

/**
 * Show a dialog and return a promise of what it is closed with (undefined: closed without a choice).
 * `fill(close)` returns the children; `keys` are [event.key, act] pairs that hold inside it. `guard()` tells whether
 * it may be closed without a choice; it is asked each time.
 */
export function ask(title, fill, { kind = "", keys = {}, guard = null } = {}) {
  const heading = newId("dialog");
  const back = document.activeElement;
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: `dialog room-dialog ${kind}`, "aria-labelledby": heading });
    let answer;
    const close = (value) => {
      answer = value;
      dialog.close();
    };
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (back?.isConnected) back.focus({ preventScroll: true });
      resolve(answer);
    });
    const leave = () => (guard === null || guard()) && close();
    dialog.addEventListener("cancel", (event) => {
      if (guard !== null && !guard()) event.preventDefault();
    });
    dialog.addEventListener("keydown", (event) => {
      if (guard !== null && event.key === "Escape" && !event.isComposing) {
        event.preventDefault();
        leave();
        return;
      }
      const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
      const act = keys[event.key] ?? keys[nameOf(event)];
      if (!act || typing || event.ctrlKey || event.metaKey || !isMeant(event)) return;
      event.preventDefault();
      act(close);
    });
    dialog.append(
      h(
        "header",
        { class: "row apart" },
        h("h2", { id: heading, tabindex: "-1" }, title),
        h("button", { type: "button", class: "plain", "aria-label": "Close", onclick: leave }, "×"),
      ),
      ...fill(close),
    );
    document.body.append(dialog);
    dialog.showModal();
    (dialog.querySelector("[autofocus]") ?? dialog.querySelector("h2")).focus();
  });
}

/** Ask for one line of text; undefined where the dialog was closed. */
export function askLine(title, label, { value = "", hint = "", go = "Go" } = {}) {
  return ask(title, (close) => {
    const id = newId("line");
    const input = h("input", { id, type: "text", autofocus: true, autocomplete: "off", spellcheck: "false" });
    input.value = value;
    const send = (event) => {
      event.preventDefault();
      close(input.value);
    };
    return [
      h(
        "form",
        { onsubmit: send },
        h("p", { class: "field" }, h("label", { for: id }, label), input),
        hint && h("p", { class: "muted" }, hint),
        h("p", { class: "row end" }, h("button", { type: "submit", class: "primary" }, go)),
      ),
    ];
  });
}
