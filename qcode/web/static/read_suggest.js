// Suggestions, one by one: a passage, the code, why; a person accepts or rejects, nothing is applied by itself.

import { cap } from "./letters.js";
import { ask, h, swatch } from "./read_dom.js";

/** Go through suggestions, from the first behind `from`; `at(one)` shows a passage, `accept(one)` and `reject(one)` do it and return whether it was done. */
export function goThrough(room, suggestions, { from = 0, at, accept, reject, undo }) {
  let open = [...suggestions];
  let left = open;
  let n = Math.max(0, left.findIndex((one) => one.end > from));
  let busy = false;
  const body = h("div", { class: "stack", "aria-live": "polite" });
  const show = () => {
    const one = left[n];
    body.replaceChildren(...(one ? card(room, one, n, left.length) : [h("p", {}, "Nothing more is suggested here.")]));
    if (one) at(one);
  };
  const step = (by) => () => {
    if (left.length) n = (n + by + left.length) % left.length;
    show();
  };
  const decide = (act) => async () => {
    if (busy || !left[n]) return;
    busy = true;
    const one = left[n];
    if (await act(one)) {
      open = open.filter((other) => other !== one);
      left = left.filter((other) => other !== one);
    }
    n = Math.min(n, Math.max(0, left.length - 1));
    busy = false;
    show();
  };
  const acts = { a: decide(accept), d: decide(reject), ArrowDown: step(1), ArrowUp: step(-1), z: undo };
  const button = (key, words, kind) => h("button", { type: "button", class: kind, onclick: () => acts[key]() }, words, " ", h("kbd", { class: cap(SHOWN[key] ?? key) }, SHOWN[key] ?? key));
  const choice = ofCode(suggestions, (code) => {
    const here = left[n]?.end ?? from + 1;
    left = open.filter((one) => !code || one.code === code);
    n = Math.max(0, left.findIndex((one) => one.end >= here));
    show();
  });
  queueMicrotask(show);
  return ask("Suggestions", () => [
    body,
    h("footer", { class: "row end" }, choice, button("ArrowUp", "Before", "plain"), button("ArrowDown", "Next", "plain"),
      button("d", "Reject", ""), button("a", "Accept", "primary")),
  ], { kind: "low", keys: acts });
}

/** A choice of the codes that are suggested, if there are several. */
function ofCode(suggestions, choose) {
  const codes = [...new Set(suggestions.map((one) => one.code))].sort();
  if (codes.length < 2) return null;
  return h("select", { class: "of-code", "aria-label": "Code", onchange: (event) => choose(event.target.value) },
    h("option", { value: "" }, "All codes"), ...codes.map((code) => h("option", { value: code }, code)));
}

const SHOWN = { ArrowUp: "↑", ArrowDown: "↓" };

function card(room, one, n, count) {
  const code = room.byPlace.get(`${one.codebook}/${one.code}`);
  return [
    h("p", { class: "muted small" }, `${n + 1} of ${count}`, one.turn ? ` · turn ${one.turn}` : "", one.speaker ? " · " : "", h("bdi", {}, one.speaker ?? "")),
    h("blockquote", { class: "quote", dir: "auto" }, ...marked(one)),
    h("p", { class: "row" }, swatch(code?.color), h("span", { class: "key" }, one.code), h("bdi", {}, code ? room.nameOf(code) : "")),
    h("p", { class: "muted" }, one.why),
    code?.definition || code?.brief ? h("p", { class: "small", dir: "auto" }, code.brief || code.definition) : null,
  ].filter(Boolean);
}

/** The quote with the words found in it marked. */
function marked({ quote, words }) {
  const parts = [];
  let rest = quote;
  for (const word of words) {
    const at = rest.indexOf(word);
    if (at < 0) continue;
    parts.push(rest.slice(0, at), h("mark", {}, word));
    rest = rest.slice(at + word.length);
  }
  return [...parts, rest];
}
