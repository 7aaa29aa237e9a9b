// The entry of a code as a form: only what was changed is sent, with what it was, so that nobody's words are lost.
import { make, plural } from "./base.js";
import { area, choice, field, line, linesOf, sentenceOf, tick } from "./draft_parts.js";

const at = (id) => document.getElementById(id);
const DEFINING = ["definition", "when", "when_not"];
const ORIGINS = [["", "not said"], ["theory", "theory"], ["data", "the interviews"], ["structure", "the structure of the interview"]];

/** The effects of another definition, each with what becomes of `n` codings. */
export function effects(n) {
  const codings = n === 0 ? "no coding" : plural(n, "coding");
  const [stand, wait] = n <= 1 ? ["stands", "waits"] : ["stand", "wait"];
  return [
    ["clarify", "Clearer", `The same in other words: ${n ? `the ${codings} ${stand}` : "nothing happens to codings"}; tell the coders.`],
    ["widen", "Wider", `More belongs here now: ${n ? `the ${codings} ${stand}` : "nothing happens to codings"}; look for passages that were left out.`],
    ["narrow", "Narrower", `Less belongs here now: ${n ? `${codings} ${wait} in the queue` : "no coding waits"}, to be kept, moved or withdrawn${n ? "; until then left out of every count" : ""}.`],
  ];
}

export class Entry {
  /** `save(body)` sends what was changed; `acts` are the buttons: [words, act, danger]. */
  constructor({ save, acts, back }) {
    Object.assign(this, { save, acts, back, code: null, more: false });
  }

  /** Show a code, with nothing changed. */
  show(code) {
    this.code = code;
    at("no-code").hidden = code !== null;
    at("entry-in").hidden = code === null;
    if (code === null) return at("entry-in").replaceChildren();
    const form = make("form", { id: "entry-form", class: "stack", novalidate: true, autocomplete: "off" }, ...this._fields(code));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    form.addEventListener("input", () => this._changed());
    at("entry-in").replaceChildren(this._head(code), form);
    this.loaded = JSON.stringify(this.read());
    return this._changed();
  }

  /** Tell whether something was typed that is not saved. */
  get dirty() {
    return this.code !== null && JSON.stringify(this.read()) !== this.loaded;
  }

  /** Tell that the code is another one by now, while somebody types. */
  warn(sentence) {
    this.notice.hidden = sentence === "";
    this.notice.textContent = sentence;
  }

  /** Save what was changed; tell whether it is saved. */
  async send() {
    const { fields, was } = this._difference();
    if (!Object.keys(fields).length || this.busy) return false;
    this.busy = true;
    this._wrong("");
    try {
      await this.save({ code: this.code.key, fields, was, effect: this._effect(), why: this.why.input.value.trim() });
      return true;
    } catch (error) {
      this._wrong(sentenceOf(error.message));
      return false;
    } finally {
      this.busy = false;
    }
  }

  _head(code) {
    const facts = [code.codable ? plural(code.codings, "coding") : `only a heading${code.codings ? `, ${plural(code.codings, "coding")}` : ""}`];
    if (code.state === "new") facts.push("new in this draft");
    if (code.was && code.was !== code.key) facts.push(`was ${code.was}`);
    const back = make("button", { type: "button", class: "plain to-codes" }, "← Codes");
    back.addEventListener("click", this.back);
    const acts = this.acts.map(([words, act, danger]) => {
      const button = make("button", { type: "button", class: danger ? "danger" : "" }, words);
      button.addEventListener("click", () => act(this.code));
      return button;
    });
    const name = code.name || code.key;
    return make("div", {}, back, make("h2", {}, make("bdi", {}, name)),
      make("p", { class: "muted" }, make("bdi", { class: "key" }, code.key), ` · ${facts.join(" · ")}`),
      make("div", { class: "row code-acts", role: "group", "aria-label": "What may happen to this code" }, ...acts));
  }

  _fields(code) {
    const parts = {
      key: line("Key", code.key, { hint: "Another key leaves the old one as an alias." }), name: line("Name", code.name),
      brief: line("In brief", code.brief), definition: area("Definition", code.definition, { rows: 4 }),
      when: area("Use it when", code.when), when_not: area("Do not use it when", code.when_not),
    };
    this.inputs = Object.fromEntries(Object.entries(parts).map(([name, one]) => [name, one.input]));
    this.notice = make("p", { class: "notice", role: "status", hidden: true });
    this.wrong = make("p", { class: "notice wrong said", role: "alert", hidden: true });
    this.why = line("Why (stands in the history of the codebook)");
    this.saves = make("button", { type: "submit", class: "primary" }, "Save in the draft");
    this.resets = make("button", { type: "button" }, "As it was");
    this.resets.addEventListener("click", () => { this.show(this.code); at("entry-form").querySelector("input").focus(); });
    const two = make("div", { class: "two" }, parts.key, parts.name);
    return [this.notice, two, parts.brief, parts.definition, parts.when, parts.when_not, this._effects(code), this.why,
      this._examples(code), this._more(code), this.wrong, make("div", { class: "row end saving" }, this.resets, this.saves)];
  }

  _effects(code) {
    const choices = effects(code.codings).map(([value, name, words]) => make("label", { class: "effect" },
      make("input", { type: "radio", name: "effect", value }), make("span", {}, make("strong", {}, name), " ", make("span", {}, words))));
    this.effectBox = make("fieldset", { class: "effects", hidden: true }, make("legend", {}, "What does the other wording mean?"), ...choices);
    return this.effectBox;
  }

  _effect() {
    return this.effectBox.hidden ? "" : this.effectBox.querySelector(":checked")?.value ?? "";
  }

  _examples(code) {
    const list = make("div", { class: "rows" });
    const add = (text = "") => list.append(this._row([area("Example", text)]));
    code.examples.forEach(add);
    this.examples = () => [...list.querySelectorAll("textarea")].map((one) => one.value.trim()).filter(Boolean);
    return make("fieldset", {}, make("legend", {}, "Examples"), list, this._another("Another example", list, add));
  }

  _more(code) {
    const [names, terms] = [make("div", { class: "rows" }), make("div", { class: "rows" })];
    const lang = (value) => line("Language", value, { class: "lang", maxlength: 20, placeholder: "ru" });
    const addName = ([language, name] = ["", ""]) => names.append(this._row([lang(language), line("Name", name)]));
    const addTerms = ([language, words] = ["", []]) => terms.append(this._row([lang(language), area("Terms, one on a line", words.join("\n"), { rows: Math.min(8, Math.max(2, words.length)) })]));
    code.names.forEach(addName);
    code.terms.forEach(addTerms);
    const pairs = (place) => [...place.children].map((row) => [...row.querySelectorAll("input, textarea")].map((one) => one.value.trim())).filter((pair) => pair.some(Boolean));
    this.names = () => pairs(names);
    this.terms = () => pairs(terms).map(([language, words]) => [language, linesOf(words)]);
    this.aliases = area("Also called (aliases, one on a line)", code.aliases.join("\n"), { rows: Math.max(2, code.aliases.length) });
    this.origin = choice("Comes from", ORIGINS, code.origin);
    this.codable = tick("It takes codings (otherwise it is only a heading)", code.codable);
    const details = make("details", { class: "more" }, make("summary", {}, "Other languages, terms, aliases, colour"),
      make("fieldset", {}, make("legend", {}, "Names in other languages"), names, this._another("Another language", names, addName)),
      make("fieldset", {}, make("legend", {}, "Terms that suggest it"), terms, this._another("Terms of another language", terms, addTerms)),
      this.aliases, make("div", { class: "two" }, this._color(code), this.origin), this.codable);
    details.open = this.more;
    details.addEventListener("toggle", () => { this.more = details.open; });
    return details;
  }

  _color(code) {
    const input = make("input", { maxlength: 7, placeholder: "none of its own", pattern: "#[0-9a-fA-F]{6}" });
    const picker = make("input", { type: "color", "aria-label": "Choose a colour" });
    [input.value, picker.value] = [code.color, code.color || code.shown_color || "#808080"];
    picker.addEventListener("input", () => { input.value = picker.value; });
    input.addEventListener("input", () => { if (/^#[0-9a-f]{6}$/i.test(input.value)) picker.value = input.value; });
    this.color = input;
    const box = field("Colour (#rrggbb)", input);
    box.append(picker);
    box.classList.add("color");
    return box;
  }

  _row(fields) {
    const gone = make("button", { type: "button", class: "plain", "aria-label": "Take this out", title: "Take this out" }, "×");
    const row = make("div", { class: "row-of" }, ...fields, gone);
    gone.addEventListener("click", () => {
      const next = row.parentElement.parentElement.querySelector(":scope > button");
      row.remove();
      next.focus();
      this._changed();
    });
    return row;
  }

  _another(words, list, add) {
    const button = make("button", { type: "button", class: "small" }, words);
    button.addEventListener("click", () => { add(); list.lastElementChild.querySelector("input, textarea").focus(); this._changed(); });
    return button;
  }

  /** Return the entry as the form has it. */
  read() {
    const texts = Object.fromEntries(Object.entries(this.inputs).map(([name, input]) => [name, input.value.trim()]));
    return { ...texts, examples: this.examples(), names: this.names(), terms: this.terms(), aliases: linesOf(this.aliases.input.value), color: this.color.value.trim(), origin: this.origin.input.value, codable: this.codable.input.checked };
  }

  /** Return the fields that a person changed, and what the draft said of them. */
  _difference() {
    const [now, loaded] = [this.read(), JSON.parse(this.loaded)];
    const names = Object.keys(now).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(loaded[name]));
    const pick = (from) => Object.fromEntries(names.map((name) => [name, from[name]]));
    return { fields: pick(now), was: pick(this.code) };
  }

  _changed() {
    const { fields } = this._difference();
    const names = Object.keys(fields);
    const means = names.some((name) => DEFINING.includes(name));
    this.effectBox.hidden = !means || this.code.was === "";
    this.why.hidden = this.code.was === "" || !(means || names.includes("key"));
    this.saves.disabled = this.resets.disabled = names.length === 0;
  }

  _wrong(sentence) {
    this.wrong.hidden = sentence === "";
    this.wrong.textContent = sentence;
  }
}
