// The parts of the forms of a draft: fields, lists of codes to choose from, and the one dialog that all acts use.
import { make } from "./base.js";

const at = (id) => document.getElementById(id);
let serial = 0;

/** Return a field: a label above an input; the input is `field.input`. */
export function field(label, input, { hint = "" } = {}) {
  input.id ||= `field-${(serial += 1)}`;
  const box = make("div", { class: "field" }, make("label", { for: input.id }, label), input);
  if (hint) {
    const said = make("p", { class: "muted small hint", id: `${input.id}-hint` }, hint);
    input.setAttribute("aria-describedby", said.id);
    box.append(said);
  }
  box.input = input;
  return box;
}

/** Return a field of one line. */
export function line(label, value = "", { hint = "", ...attributes } = {}) {
  const input = make("input", { autocomplete: "off", maxlength: 2000, ...attributes });
  input.value = value;
  return field(label, input, { hint });
}

/** Return a field of several lines that grows with what is typed. */
export function area(label, value = "", { rows = 2, hint = "", ...attributes } = {}) {
  const input = make("textarea", { rows, ...attributes });
  input.value = value;
  return field(label, input, { hint });
}

/** Return a box to tick with its words behind it; the input is `box.input`. */
export function tick(words, checked = false) {
  const input = make("input", { type: "checkbox" });
  input.checked = checked;
  const box = make("label", { class: "row tick" }, input, make("span", {}, words));
  box.input = input;
  return box;
}

/** Return a field to choose one of `options`: [value, words]. */
export function choice(label, options, value, { hint = "" } = {}) {
  const input = make("select", {}, ...options.map(([given, words]) => make("option", { value: given }, words)));
  if (value !== undefined) input.value = value;
  return field(label, input, { hint });
}

/** Return the codes as options, indented as they stand. */
export function codeOptions(codes) {
  return codes.map((one) => [one.key, `${"\u2003".repeat(one.depth)}${titleOf(one)}`]);
}

/** Return `KEY  Name`, or the key alone where the name says no more. */
export function titleOf(code) {
  return code.name && code.name !== code.key ? `${code.key} · ${code.name}` : code.key;
}

/** Return the lines of a text, without the blanks around them and without empty ones. */
export function linesOf(text) {
  return text.split("\n").map((one) => one.trim()).filter(Boolean);
}

/**
 * Open the dialog: `send` is called when the person says so; what it refuses is told in the dialog, and what was typed
 * stays. Escape does not close it once something was typed.
 */
export function openForm({ title, fields, submit, danger = false, wide = false, send }) {
  at("act-heading").textContent = title;
  at("act-fields").replaceChildren(...fields);
  at("act-do").textContent = submit;
  at("act-do").className = danger ? "danger" : "primary";
  at("act").classList.toggle("wide", wide);
  wrong("");
  typed = false;
  sending = send;
  at("act").showModal();
  at("act-fields").querySelector("input, textarea, select")?.focus();
}

let typed = false;
let sending = null;
let busy = false;

/** Tell whether the dialog holds something that was typed. */
export function formIsDirty() {
  return at("act").open && typed;
}

function wrong(sentence) {
  at("act-wrong").hidden = sentence === "";
  at("act-wrong").textContent = sentence;
}

/** Make the dialog work; to be called once. */
export function setUpForm() {
  at("act-fields").addEventListener("input", () => { typed = true; });
  at("act-cancel").addEventListener("click", () => at("act").close());
  at("act").addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !typed) return;
    event.preventDefault();
    wrong("You have typed something: close this with Cancel, which throws it away.");
  });
  at("act-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    at("act-do").disabled = true;
    wrong("");
    try {
      await sending();
      typed = false;
      at("act").close();
    } catch (error) {
      wrong(sentenceOf(error.message));
    } finally {
      busy = false;
      at("act-do").disabled = false;
    }
  });
}

/** Return a sentence that begins with a capital, unless it begins with a key. */
export function sentenceOf(words) {
  return /^(the|there|what|nothing|no|a|this|two|where|you)\b/.test(words) ? `${words[0].toUpperCase()}${words.slice(1)}` : words;
}
