// The dialogs of the reading room: a coding, several codings, definitions, other coders, all keys.

import { cap, letAlt, withAlt } from "./letters.js";
import { ask, h, swatch } from "./read_dom.js";
import { definition } from "./read_picker.js";
import { keyText } from "./read_room.js";

/** Show one mark with all there is to tell; returns "withdraw", "memo" or "definition", or undefined. */
export function showMark(room, mark, more) {
  const code = room.codeOf(mark);
  return ask(keyText(mark), (close) => [
    h("p", { class: "row" }, swatch(code?.color), h("bdi", {}, mark.name ?? code?.name ?? ""), status(mark)),
    h("blockquote", { class: "quote clip", dir: "auto", tabindex: "0" }, room.text.slice(mark.start, mark.end)),
    h("dl", { class: "facts-list" },
      ...fact("Coder", mark.mine ? `${mark.coder} (you)` : mark.coder),
      ...fact("When", moment(more.created_at)),
      ...fact("Version", mark.version ? `${mark.codebook}@${mark.version}` : ""),
      ...fact("Id", mark.id.slice(0, 8))),
    ...(more.trail.length ? [h("h3", {}, "What became of it"), h("ul", {}, ...more.trail.map((step) => h("li", {}, step)))] : []),
    ...memoList(more.memos),
    code ? h("details", {}, h("summary", {}, "What the code means"), ...definition(code))
         : h("p", { class: "muted" }, mark.draft ? "The code stands in the draft of the codebook; with its next version this mark becomes a coding." : "The newest version of the codebook has this code no more."),
    h("footer", { class: "row end" },
      mark.status === "pending" ? h("a", { class: "button", href: "/queue" }, "Decide in the queue") : null,
      mark.draft ? null : h("button", { type: "button", onclick: () => close("memo") }, "Memo ", h("kbd", {}, "m")),
      mark.mine ? h("button", { type: "button", class: "danger", onclick: () => close("withdraw") }, mark.draft ? "Take the mark away " : "Withdraw ", h("kbd", {}, "x")) : null),
  ], { keys: { m: (close) => !mark.draft && close("memo"), x: (close) => mark.mine && close("withdraw") } });
}

function status(mark) {
  const words = { pending: "waits for a decision", frozen: "frozen: its code is retired", draft: "in vivo, in the draft", lost: "its code has left the draft" };
  return words[mark.status] ? h("span", { class: "chip" }, words[mark.status]) : null;
}

function fact(name, words) {
  return words ? [h("dt", {}, name), h("dd", {}, h("bdi", {}, words))] : [];
}

function moment(iso) {
  if (!iso) return "";
  const when = new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(when.getTime()) ? iso : when.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}

/** The memos that are there, to be read. */
export function memoList(memos) {
  if (!memos.length) return [];
  const one = (memo) => h("li", {}, h("p", { class: "said", dir: "auto" }, memo.text), h("p", { class: "muted small" }, h("bdi", {}, memo.coder), ` · ${moment(memo.created_at)}`));
  return [h("h3", {}, "Memos"), h("ul", { class: "plain memos" }, ...memos.map(one))];
}

/** Let the person choose one of several marks; returns its id, or undefined. */
export function chooseMark(room, marks, title) {
  return ask(title, (close) => [
    h("ul", { class: "plain choices" }, ...marks.map((mark, n) => h("li", {},
      h("button", { type: "button", class: "choice", autofocus: n === 0, onclick: () => close(mark.id) },
        swatch(room.colorOf(mark)), h("span", { class: "key" }, keyText(mark)),
        h("span", { class: "quote clip one", dir: "auto" }, room.text.slice(mark.start, mark.end)),
        mark.memo ? h("span", { class: "muted small clip one" }, `✎ ${mark.memo}`) : null,
        h("span", { class: "muted small" }, mark.coder, " · ", mark.id.slice(0, 8)))))),
  ], { keys: walk("button.choice") });
}

/** Up and down go from one choice to the next. */
function walk(choices) {
  const step = (by) => () => {
    const all = [...document.querySelectorAll(`dialog[open] ${choices}`)];
    all[(all.indexOf(document.activeElement) + by + all.length) % all.length]?.focus();
  };
  return { ArrowDown: step(1), ArrowUp: step(-1) };
}

/** Show what codes mean. */
export function showDefinitions(codes) {
  return ask("Definition", () => codes.map((code) => h("section", { class: "entry" }, ...definition(code))));
}

/** Let the person choose whose codings are shown; returns the names, or undefined. */
export function chooseCoders(names, shown) {
  return ask("Whose codings are shown?", (close) => {
    const box = (name) => {
      const input = h("input", { type: "checkbox", value: name, checked: shown.includes(name) });
      return h("li", {}, h("label", { class: "row" }, input, h("bdi", {}, name)));
    };
    const send = (event) => {
      event.preventDefault();
      close([...event.target.querySelectorAll("input:checked")].map((one) => one.value));
    };
    return [h("form", { onsubmit: send },
      h("p", { class: "muted" }, names.length ? "You code blind until you ask for others." : "Nobody else has coded this transcript."),
      h("ul", { class: "plain" }, ...names.map(box)),
      h("p", { class: "row end" }, h("button", { type: "submit", class: "primary" }, "Show these")))];
  });
}

/** Show all keys. */
export function showKeys(keys) {
  const groups = [...new Set(keys.map((key) => key.group))];
  const row = (key) => h("tr", {}, h("td", {}, ...key.shown.flatMap((name, n) => [n ? " " : "", h("kbd", { class: cap(name) }, name)])), h("td", {}, key.help));
  return ask("All keys", () => [
    h("p", { class: "muted" }, "They are the same in the terminal. Letters go by their place on the keyboard, also with a Cyrillic layout."),
    h("p", {}, h("label", { class: "switch" },
      h("input", { type: "checkbox", checked: withAlt(), onchange: (event) => letAlt(event.target.checked) }),
      "Letters, digits and signs act only together with Alt (this browser keeps it in mind)")),
    h("div", { class: "keys" }, ...groups.map((group) => h("section", {},
      h("h3", {}, group),
      h("table", { "aria-label": group }, h("tbody", {}, ...keys.filter((key) => key.group === group).map(row)))))),
  ], { kind: "wide" });
}
