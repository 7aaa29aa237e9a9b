// What is done with a draft as a whole: publish it after a look at the plan, throw it away, edit it as YAML.
import { call, make, plural } from "./base.js";
import { paintChanges } from "./changes.js";
import { area, line, openForm, sentenceOf } from "./draft_parts.js";

const at = (id) => document.getElementById(id);

/** Show what a draft would do and publish it; `path` is that of the draft, `done(told)` is called afterwards. */
export async function publish(draft, path, done) {
  const looked = await call(`${path}/publish`, { look: true });
  const [note, version] = [line("Note: why this version was made"), line("Its number", "", { placeholder: looked.version, maxlength: 100, hint: `Without one it is ${looked.version}.` })];
  const plan = make("div", { class: "changes plan", tabindex: 0, role: "region", "aria-label": "The plan" });
  paintChanges(plan, looked.changes, { level: "h3", none: "Nothing differs but the title or the language of the codebook." });
  const marks = draft.marks.length + draft.marks_unseen;
  const also = marks ? ` Passages marked in vivo: ${marks}, which become codings where their code is in the draft.` : "";
  const told = make("p", {}, `${summary(draft)}${also} A published version is kept for good.`);
  const remarks = looked.problems.length ? make("details", {}, make("summary", {}, plural(looked.problems.length, "remark")), make("ul", {}, ...looked.problems.map((one) => make("li", {}, one)))) : "";
  openForm({ title: `Publish ${looked.codebook}`, submit: "Publish it", wide: true, fields: [told, note, version, plan, remarks],
    send: async () => done(await call(`${path}/publish`, { note: note.input.value, version: version.input.value, stamp: looked.stamp }, { quiet: true })) });
}

/** Return what a draft would do in one or two sentences. */
export function summary(draft) {
  if (!draft.changes.length) return draft.open ? "Only the title or the language of the codebook differs." : `The draft changes nothing yet; it follows ${draft.follows}.`;
  const waits = draft.waits === 0 ? "no coding would wait for a decision" : `${plural(draft.waits, "coding")} would wait for a decision`;
  return `${plural(draft.changes.length, "change")}; ${waits}.`;
}

/** Tell what came of publishing. */
export function tellPublished(told) {
  const waits = told.queued
    ? [`${plural(told.queued, "coding")} ${told.queued === 1 ? "waits" : "wait"} for a decision: `, make("a", { href: "/queue" }, "go to the queue"), "."]
    : ["No coding waits because of it."];
  const moved = told.moved ? ` ${plural(told.moved, "coding")} moved to another code.` : "";
  tell([`${told.codebook}@${told.version} is the newest version now. `, ...waits, moved], told.remarks);
}

/** Say something that stays on the page, with the remarks that came with it. */
export function tell(words, remarks) {
  const remarked = remarks.map((one) => make("p", {}, `${sentenceOf(one[0].toUpperCase() + one.slice(1))}.`));
  const close = make("button", { type: "button", class: "plain", "aria-label": "Close this message" }, "×");
  close.addEventListener("click", () => { at("done").hidden = true; });
  at("done").replaceChildren(make("div", {}, make("p", {}, ...words), ...remarked), close);
  at("done").hidden = false;
  at("done").focus();
}

/** Throw the draft away after a question. */
export function discard(draft, path, done) {
  const marks = draft.marks.length + draft.marks_unseen;
  const words = [`The ${plural(draft.changes.length, "change")} of this draft are lost for good; the codebook and the codings stay as they are.`.replace("1 change of this draft are", "1 change of this draft is")];
  if (marks) words.push(`${marks === 1 ? "1 passage" : `${marks} passages`} marked in vivo ${marks === 1 ? "stays, without a code" : "stay, without a code"}.`);
  openForm({ title: "Throw the draft away?", submit: "Throw it away", danger: true, fields: [make("p", {}, words.join(" "))],
    send: async () => done(await call(`${path}/discard`, { stamp: draft.stamp }, { quiet: true })) });
}

/** Let a person edit the draft as YAML; what is refused stays in the box, with the reasons. */
export async function editText(path, act) {
  const { text } = await call(`${path}/text`);
  const box = area("The draft as YAML", text, { rows: 22, class: "yaml", spellcheck: "false", wrap: "off" });
  const hint = make("p", { class: "muted" }, "A key that goes and another definition have to be declared below the line “changes:”. It is checked when you save it.");
  openForm({ title: "Edit the draft as YAML", submit: "Check and save", wide: true, fields: [hint, box],
    send: () => act("text", { text: box.input.value, was: text }) });
  box.input.setSelectionRange(0, 0);
  box.input.scrollTop = 0;
}
