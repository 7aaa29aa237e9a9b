// The bottom of the reading room: what is selected, the codings there, the quick codes, and what was done last.

import { h, swatch } from "./read_dom.js";
import { keyText, spoken } from "./read_room.js";

const LONGEST = 400;
const element = (id) => document.getElementById(id);

export class Desk {
  /** `open(id)` shows a mark, `quick(n)` codes with the n-th quick code. */
  constructor(room, { open, quick }) {
    Object.assign(this, { room, open, quick });
    const tell = () => document.documentElement.style.setProperty("--desk", `${element("desk").offsetHeight}px`);
    new ResizeObserver(tell).observe(element("desk"));
    tell();
  }

  /** Show the selection; `aloud` says it to a screen reader as well. */
  select(selection, { aloud = false } = {}) {
    const words = this.room.text.slice(selection.start, selection.end);
    element("quote").textContent = words.length > LONGEST ? `${words.slice(0, LONGEST - 60)} … ${words.slice(-50)}` : words;
    const turn = this.room.turnAt(selection.start);
    const who = turn?.speaker ? `${turn.speaker}, ` : "";
    element("where").textContent = turn ? `${who}turn ${turn.n} · ${words.length.toLocaleString("en")} characters` : "";
    const marks = this.room.marksAt(selection);
    this.here(marks);
    clearTimeout(this.saying);
    if (aloud) this.saying = setTimeout(() => this.say(words, marks), 250);
  }

  say(words, marks) {
    const codes = marks.length ? `. Coded ${marks.map(spoken).join("; ")}` : "";
    element("aloud").textContent = `${words.slice(0, LONGEST)}${codes}`;
  }

  here(marks) {
    const shown = marks.slice(0, 8).map((mark) => {
      const button = h("button", { type: "button", class: "chip here-mark", "aria-label": `Show ${spoken(mark)}`, onclick: () => this.open(mark.id) },
        swatch(this.room.colorOf(mark)), h("span", { class: "key" }, keyText(mark)));
      return button;
    });
    const more = marks.length > 8 ? [h("span", { class: "muted small" }, `and ${marks.length - 8} more (k)`)] : [];
    element("here").replaceChildren(...shown, ...more);
  }

  /** Show quick codes and what can be taken back. */
  state() {
    const { room } = this;
    const codes = room.quick.map((pick) => room.byPick.get(pick)).filter(Boolean);
    element("quick").replaceChildren(...codes.map((code, n) => h(
      "button",
      { type: "button", class: "quick-code", title: `${code.key}: ${room.nameOf(code)}`, onclick: () => this.quick(n) },
      h("kbd", {}, String(n + 1)), swatch(code.color), h("span", { class: "key" }, code.key),
    )));
    for (const [act, can] of [["undo", room.canUndo], ["redo", room.canRedo], ["repeat", room.recent.length > 0]]) {
      for (const button of document.querySelectorAll(`.tools [data-act=${act}], .desk-acts [data-act=${act}]`)) button.disabled = !can;
    }
    if (!room.canUndo) element("take-back").hidden = true;
    document.querySelector(".tools [data-act=others]").hidden = !room.others.length && !room.shown.length;
    this.progress();
  }

  progress() {
    const { room } = this;
    const share = room.text.length ? Math.round((100 * Math.min(room.read, room.text.length)) / room.text.length) : 0;
    const mine = [...room.codings.values()].filter((one) => one.mine).length;
    const others = room.shown.length ? ` · also shown: ${room.shown.join(", ")}` : "";
    element("how-far").textContent = `${share} % read · ${mine.toLocaleString("en")} ${mine === 1 ? "coding" : "codings"} of yours${others}`;
  }

  /** Say what was done; `back` offers to take it back, `link` ({href, words}) to go where it was. */
  said(sentence, { back = false, link = null } = {}) {
    const away = element("said-link");
    away.hidden = !link;
    away.textContent = link?.words ?? "";
    if (link) away.href = link.href;
    else away.removeAttribute("href");
    const place = element("said");
    place.textContent = "";
    place.textContent = sentence;
    element("take-back").hidden = !back;
  }
}
