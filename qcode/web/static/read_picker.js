// The dialog in which a code is found by typing a few letters of its key, name or alias.

import { plural } from "./base.js";
import { ask, h, newId, swatch } from "./read_dom.js";

/** Let the person choose codes; returns what to code with, or undefined. `find(typed)` asks for the ranking. */
export function pickCodes(room, find, { title = "Code this passage", quote = "" } = {}) {
  return ask(title, (close) => new Picker(room, find, close, quote).elements, { kind: "picker" });
}

class Picker {
  constructor(room, find, close, quote) {
    Object.assign(this, { room, find, close });
    this.chosen = new Set();
    this.picks = [];
    this.active = 0;
    this.before = Promise.resolve();
    const [list, label] = [newId("codes"), newId("typed")];
    this.input = h("input", {
      id: label, type: "text", role: "combobox", autofocus: true, autocomplete: "off", spellcheck: "false",
      "aria-controls": list, "aria-expanded": "true", "aria-autocomplete": "list",
      oninput: () => this.look(), onkeydown: (event) => this.key(event),
    });
    this.list = h("ul", { id: list, role: "listbox", class: "codes", "aria-label": "Codes", "aria-multiselectable": "true" });
    this.side = h("div", { class: "side", role: "region", tabindex: "0", "aria-label": "What the code means" });
    this.count = h("p", { class: "muted small", role: "status" });
    this.elements = [
      quote && h("p", { class: "quote clip", dir: "auto" }, quote),
      h("p", { class: "field" }, h("label", { for: label }, "Letters of the key, a name or an alias, in any language"), this.input),
      h("div", { class: "picker-in" }, this.list, this.side),
      h(
        "footer", { class: "row apart" }, this.count,
        h("span", { class: "row" },
          h("span", { class: "muted small" }, h("kbd", { class: "named" }, "Tab"), " adds one more"),
          h("button", { type: "button", class: "primary", onclick: () => this.afterLooking((pick) => this.done(pick)) }, "Code ", h("kbd", { class: "named" }, "Enter"))),
      ),
    ].filter(Boolean);
    this.look();
  }

  /** Ask for the codes that fit what is typed; of several answers the last asked for is shown. */
  look() {
    const typed = this.input.value;
    this.typed = typed;
    this.found = this.find(typed).catch(() => []);
    this.found.then((picks) => {
      if (typed !== this.typed) return;
      this.picks = picks;
      this.shown = typed;
      this.active = 0;
      this.show();
    });
  }

  show() {
    const options = this.picks.map((pick, n) => this.option(this.room.byPick.get(pick), n)).filter(Boolean);
    this.list.replaceChildren(...options);
    this.tell();
  }

  option(code, n) {
    if (!code) return null;
    const above = code.parent ? h("span", { class: "muted small" }, ` ${code.parent}`) : null;
    const quick = this.typed ? 0 : this.room.quick.indexOf(this.picks[n]) + 1;
    const words = h("span", { class: "code-words" }, quick ? h("kbd", { class: "named" }, `${quick}`) : null, quick ? " " : null, h("span", { class: "key" }, code.key), " ", h("bdi", {}, this.room.nameOf(code)), above);
    const tick = h("span", { class: "tick", "aria-hidden": "true", onclick: (event) => { event.stopPropagation(); this.active = n; this.toggle(this.picks[n]); this.input.focus(); } });
    return h(
      "li",
      { role: "option", id: newId("code"), onclick: () => this.done(this.picks[n]), onpointermove: () => this.move(n) },
      tick, swatch(code.color), words,
    );
  }

  /** Bring the list, its marks and the definition beside it to what is chosen. */
  tell() {
    [...this.list.children].forEach((item, n) => {
      item.classList.toggle("active", n === this.active);
      item.classList.toggle("ticked", this.chosen.has(this.picks[n]));
      item.setAttribute("aria-selected", String(n === this.active || this.chosen.has(this.picks[n])));
    });
    const at = this.list.children[this.active];
    if (at) this.input.setAttribute("aria-activedescendant", at.id);
    else this.input.removeAttribute("aria-activedescendant");
    at?.scrollIntoView({ block: "nearest" });
    const code = this.room.byPick.get(this.picks[this.active]);
    this.side.replaceChildren(...(code ? definition(code) : [h("p", { class: "muted" }, "No code fits these letters.")]));
    const several = [...this.chosen].map((pick) => this.room.byPick.get(pick)?.key).join(", ");
    this.count.textContent = several ? `Chosen: ${several}` : plural(this.picks.length, "code");
  }

  move(n) {
    if (n === this.active || !this.picks.length) return;
    this.active = Math.max(0, Math.min(n, this.picks.length - 1));
    this.tell();
  }

  toggle(pick) {
    if (pick === undefined) return;
    if (!this.chosen.delete(pick)) this.chosen.add(pick);
    this.tell();
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.isComposing || (event.key === "Tab" && event.shiftKey)) return;
    if (event.key in steps) this.move(this.active + steps[event.key]);
    else if (event.key === "Tab") {
      this.afterLooking((pick) => this.toggle(pick));
      if (this.input.value) {
        this.input.value = "";
        this.look();
      }
    } else if (event.key === "Enter") {
      this.input.readOnly = true;
      this.afterLooking((pick) => this.done(pick));
    } else if (!this.input.value && this.room.quick[Number(event.key) - 1]) {
      this.done(this.room.quick[Number(event.key) - 1]);
    } else return;
    event.preventDefault();
  }

  /** Act on the code that the letters typed by now lead to, however late the answer comes and whatever is typed next. */
  afterLooking(act) {
    const [found, n] = [this.found, this.shown === this.typed ? this.active : 0];
    this.before = this.before.then(async () => act((await found)[n]));
  }

  done(pick) {
    const picks = this.chosen.size ? [...this.chosen] : [pick].filter((one) => one !== undefined);
    if (picks.length) this.close(picks);
    else this.input.readOnly = false;
  }
}

/** The entry of a code: what it means, when to use it and when not. */
export function definition(code) {
  const names = Object.entries(code.names).map(([language, name]) => h("li", {}, `${language}: `, h("bdi", {}, name)));
  const part = (head, words) => (words ? [h("h4", {}, head), h("p", { class: "said", dir: "auto" }, words)] : []);
  return [
    h("h3", {}, swatch(code.color), " ", h("span", { class: "key" }, code.key), " ", h("bdi", {}, code.name)),
    code.codable ? null : h("p", { class: "muted" }, "Only a heading: passages get one of its codes."),
    names.length ? h("ul", { class: "plain small muted" }, ...names) : null,
    code.brief ? h("p", { class: "said" }, code.brief) : null,
    ...part("Definition", code.definition),
    ...part("When to use it", code.when),
    ...part("When not", code.when_not),
    code.examples.length ? h("h4", {}, "Examples") : null,
    ...code.examples.map((words) => h("blockquote", { class: "quote", dir: "auto" }, words)),
  ].filter((one) => one !== null);
}
