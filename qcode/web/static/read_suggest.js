// Suggestions, one by one: a passage, the code, why; a person accepts or rejects, nothing is applied by itself.

import { ask, h, swatch } from "./read_dom.js";

/** Go through suggestions; `at(one)` shows a passage, `accept(one)` and `reject(one)` do it and return whether it was done. */
export function goThrough(room, suggestions, { at, accept, reject, undo }) {
  let left = [...suggestions];
  let n = 0;
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
    if (await act(one)) left = left.filter((other) => other !== one);
    n = Math.min(n, Math.max(0, left.length - 1));
    busy = false;
    show();
  };
  const acts = { a: decide(accept), d: decide(reject), ArrowDown: step(1), ArrowUp: step(-1), z: undo };
  const button = (key, words, kind) => h("button", { type: "button", class: kind, onclick: () => acts[key]() }, words, " ", h("kbd", {}, SHOWN[key] ?? key));
  queueMicrotask(show);
  return ask("Suggestions", () => [
    body,
    h("footer", { class: "row end" }, button("ArrowUp", "Before", "plain"), button("ArrowDown", "Next", "plain"),
      button("d", "Reject", ""), button("a", "Accept", "primary")),
  ], { kind: "low", keys: acts });
}

const SHOWN = { ArrowUp: "↑", ArrowDown: "↓" };

function card(room, one, n, count) {
  const code = room.byPlace.get(`${one.codebook}/${one.code}`);
  return [
    h("p", { class: "muted small" }, `${n + 1} of ${count}`, one.turn ? ` · turn ${one.turn}` : "", one.speaker ? " · " : "", h("bdi", {}, one.speaker ?? "")),
    h("blockquote", { class: "quote", dir: "auto" }, ...marked(one)),
    h("p", { class: "row" }, swatch(code?.color), h("span", { class: "key" }, one.code), h("bdi", {}, code?.name ?? "")),
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
