// The draft: the codes, the entry of the one that is chosen, and always what the draft would do if it were published.
import { call, live, make, plural, toast } from "./base.js";
import { paintChanges } from "./changes.js";
import { actsOn } from "./draft_acts.js";
import { discard, editText, publish, summary, tell, tellPublished } from "./draft_ends.js";
import { Entry } from "./draft_entry.js";
import { formIsDirty, setUpForm } from "./draft_parts.js";
import { Tree } from "./draft_tree.js";

const at = (id) => document.getElementById(id);
const EVERY = 4000;
let books = [];
let book = null;
let draft = null;
let everyone = false;
let asking = 0;

const path = () => `/api/draft/${book}`;
const query = () => (everyone ? "?marks=everyone" : "");
const codeOf = (key) => draft.codes.find((one) => one.key === key) ?? draft.codes.find((one) => one.key.toLowerCase() === String(key).toLowerCase()) ?? null;

const tree = new Tree(async (key) => {
  if (!(await mayLeave())) return false;
  entry.show(codeOf(key));
  document.body.classList.add("on-entry");
  if (oneAtATime()) {
    at("entry").scrollIntoView({ block: "start" });
    at("entry").querySelector(".to-codes").focus({ preventScroll: true });
  }
  return true;
});
const acts = actsOn({ codes: () => draft.codes, former: () => draft.former, act });
const entry = new Entry({
  save: async (body) => {
    await act("entry", body, { chosen: body.fields.key ?? body.code, anew: true });
    toast("Saved in the draft.");
  },
  acts: [["Add below …", (code) => open(() => acts.add(codeOf(code.key)))], ["Move …", guarded("move")], ["Split …", guarded("split")], ["Merge …", guarded("merge")], ["Retire …", guarded("retire"), true]],
  back: () => {
    document.body.classList.remove("on-entry");
    tree.focus();
  },
});

/** Tell whether the window is so narrow that either the codes or the entry are seen. */
function oneAtATime() {
  return getComputedStyle(at("codes")).display === "none";
}

/** Do something after what was typed is saved or thrown away. */
async function open(what) {
  if (await mayLeave()) await what();
}

function guarded(name) {
  return (code) => open(() => acts[name](codeOf(code.key)));
}

/** Do one act; afterwards the code `chosen` is open. */
async function act(name, body, { chosen, anew = false } = {}) {
  asking += 1;
  const told = await call(`${path()}/${name}${query()}`, body, { quiet: true });
  at("done").hidden = true;
  take(told.draft, { chosen, anew: anew || !entry.dirty });
  for (const one of told.remarks) toast(one);
  return told;
}

/** Take the draft as it is now; an entry in which somebody types is not touched unless it is to be shown `anew`. */
function take(told, { chosen = tree.chosen, anew = false } = {}) {
  draft = told;
  const code = chosen === null || chosen === undefined ? null : codeOf(chosen);
  const typing = entry.dirty && !anew;
  if (typing) warnOf(codeOf(entry.code.key));
  else if (anew || toldOf(code) !== toldOf(entry.code)) entry.show(code);
  if (!typing && code === null) document.body.classList.remove("on-entry");
  tree.show(draft.codes, typing ? entry.code.key : code?.key ?? null);
  paint();
}

/** Return what the entry shows of a code: its depth and the colour that it takes from others may change freely. */
function toldOf(code) {
  return JSON.stringify(code && { ...code, depth: 0, parent: "", shown_color: "" });
}

function warnOf(now) {
  const by = draft.coder ? ` by ${draft.coder}` : "";
  if (now === null) return entry.warn(`${entry.code.key} is not in the draft any more; it was taken out or got another key${by}. What you typed is still here: copy it.`);
  return entry.warn(toldOf(now) === toldOf(entry.code) ? "" : `This code was changed${by} while you typed. What you typed is still here; only the fields that you changed are saved, and only if nobody else changed the same ones.`);
}

function paint() {
  at("heading").textContent = `Draft of ${draft.codebook}@${draft.version}`;
  const last = draft.open && draft.coder ? `; changed last by ${draft.coder}, ${when(draft.at)}` : "";
  at("facts").textContent = `It follows ${draft.codebook}@${draft.follows}${last}`;
  const late = draft.late !== "";
  at("late").hidden = !late;
  if (late) at("late-said").textContent = `${draft.late[0].toUpperCase()}${draft.late.slice(1)}.`;
  at("late-file").href = `/codebook/draft/${book}/yaml`;
  at("undo").disabled = !draft.can_undo;
  at("discard").disabled = !draft.open;
  at("publish").disabled = !draft.open || late;
  at("revive").disabled = draft.former.length === 0 || late;
  for (const id of ["add", "merge", "as-text"]) at(id).disabled = late;
  if (at("sum").textContent !== summary(draft)) at("sum").textContent = summary(draft);
  at("sum-short").textContent = summary(draft);
  paintChanges(at("planned"), draft.changes, { level: "h3" });
  paintMarks();
}

function when(at) {
  const then = new Date(at);
  return Number.isNaN(then.getTime()) ? at : then.toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
}

function paintMarks() {
  at("marks").hidden = draft.marks.length + draft.marks_unseen === 0;
  at("mark-list").replaceChildren(...draft.marks.map(markOf));
  at("marks-more").hidden = draft.marks_unseen === 0;
  at("marks-more").textContent = `Show ${plural(draft.marks_unseen, "mark")} of other coders, too`;
}

function markOf(one) {
  const gone = make("button", { type: "button", "aria-label": `Remove the mark ${one.key}` }, "Remove");
  gone.addEventListener("click", () => act("marks/remove", { ids: [one.id] }).then(() => at("marks-heading").scrollIntoView({ block: "nearest" }), tellWrong));
  const quote = one.quote.length > 240 ? `${one.quote.slice(0, 240)}…` : one.quote;
  return make("li", {}, make("p", {}, make("bdi", { class: "key" }, one.key), one.lost ? make("span", { class: "wrong" }, " (the draft has no such code any more)") : ""),
    make("p", { class: "quote" }, make("a", { href: one.link }, make("bdi", {}, quote))),
    make("div", { class: "row apart" }, make("span", { class: "muted small" }, make("bdi", {}, one.transcript), ", ", make("bdi", {}, one.coder)), gone));
}

function tellWrong(error) {
  toast(error.message, { wrong: true });
}

/** Ask what becomes of what was typed; tell whether the entry may be left. */
async function mayLeave() {
  if (!entry.dirty) return true;
  at("leaving-heading").textContent = `You changed ${entry.code.key}`;
  at("leaving").returnValue = "stay";
  at("leaving").showModal();
  await new Promise((done) => at("leaving").addEventListener("close", done, { once: true }));
  if (at("leaving").returnValue === "save") return entry.send();
  if (at("leaving").returnValue !== "drop") return false;
  entry.show(codeOf(entry.code.key));
  return true;
}

async function undo() {
  try {
    await act("undo", { stamp: draft.stamp });
    toast("The last change was taken back.", { act: { name: "Bring it again", do: () => act("undo", { stamp: draft.stamp }).catch(tellWrong) } });
  } catch (error) {
    tellWrong(error);
    await refresh();
  }
}

/** Ask for the draft as it is now. */
async function refresh({ chosen } = {}) {
  const mine = (asking += 1);
  const told = await call(`${path()}${query()}`, undefined, { quiet: true });
  if (mine === asking) take(told, { chosen });
}

async function start() {
  books = (await call("/api/drafts")).drafts;
  at("empty").hidden = books.length > 0;
  at("choices").hidden = books.length === 0;
  if (books.length === 0) return;
  const wanted = new URLSearchParams(location.search).get("of");
  book = books.find((one) => one.id === wanted)?.id ?? books[0].id;
  at("book").replaceChildren(...books.map((one) => make("option", { value: one.id }, one.codebook)));
  at("book").value = book;
  at("book-field").hidden = books.length < 2;
  await refresh();
  at("desk").hidden = at("sum-bar").hidden = false;
  live(() => refresh());
  setInterval(look, EVERY);
}

/** The history of the study does not tell of drafts, so the draft itself is asked whether it is another. */
async function look() {
  if (document.hidden || draft === null) return;
  const before = asking;
  const told = await call(`${path()}/stamp`, undefined, { quiet: true }).catch(() => null);
  if (told !== null && before === asking && told.stamp !== draft.stamp) await refresh().catch(() => {});
}

setUpForm();
at("book").addEventListener("change", async () => {
  if (!(await mayLeave())) { at("book").value = book; return; }
  book = at("book").value;
  entry.show(null);
  await refresh({ chosen: null });
});
at("add").addEventListener("click", () => open(() => acts.add(codeOf(tree.chosen))));
at("merge").addEventListener("click", () => open(() => acts.merge(codeOf(tree.chosen))));
at("revive").addEventListener("click", () => open(() => acts.revive()));
at("undo").addEventListener("click", () => open(undo));
at("as-text").addEventListener("click", () => open(() => editText(path(), act)));
at("discard").addEventListener("click", () => open(() => discard(draft, path(), (told) => {
  take(told.draft, { chosen: null, anew: true });
  setTimeout(() => tell([told.gone ? "The draft is thrown away." : "There was no draft."], told.remarks));
})));
at("publish").addEventListener("click", () => open(() => publish(draft, path(), (told) => {
  take(told.draft, { anew: true });
  setTimeout(() => tellPublished(told));
})));
at("marks-more").addEventListener("click", () => { everyone = true; refresh(); });
addEventListener("beforeunload", (event) => { if (entry.dirty || formIsDirty()) event.preventDefault(); });
await start();
