// The cases: facts and transcripts of each, adding, editing and removing one, and a table of cases taken in.
import { call, download, live, make, plural, toast } from "./base.js";
import { factsEditor, keepers, remark, sure } from "./parts.js";

const at = (id) => document.getElementById(id);
const editor = factsEditor(at("facts"), at("add-fact"));
let [told, hidden, edited] = [null, false, null];

async function refresh() {
  const found = await call(`/api/cases${hidden ? "?hidden=yes" : ""}`, undefined, { quiet: told !== null });
  if (JSON.stringify(found) === JSON.stringify(told)) return; // whoever stands on a button keeps standing there
  told = found;
  at("counts").textContent = plural(told.cases.length, "case");
  at("not-shown-row").hidden = told.not_shown.length === 0 && !hidden;
  at("not-shown").textContent = told.not_shown.length ? `Not shown, because they could harm a participant: ${told.not_shown.join(", ")}.` : "Every fact is shown.";
  at("show-hidden").textContent = hidden ? "Hide them again" : "Show hidden facts";
  paint();
}

function paint() {
  const wanted = at("filter").value.trim().toLocaleLowerCase();
  const chosen = told.cases.filter((one) => wordsOf(one).includes(wanted));
  at("none").hidden = chosen.length > 0;
  at("none").textContent = told.cases.length ? "No case fits these words." : "There is no case yet: add one, or import a table.";
  at("cases").replaceChildren(...chosen.map(card));
}

function wordsOf(one) {
  return [one.name, ...one.attributes.map(([key, value]) => `${key}=${value} ${key}: ${value}`), ...one.transcripts.map((t) => t.name)].join("\n").toLocaleLowerCase();
}

function card(one) {
  const facts = one.attributes.map(([key, value]) => make("li", { class: "chip" }, make("b", {}, key), make("bdi", {}, value)));
  const links = one.transcripts.flatMap((t, n) => [n ? ", " : "", make("a", { href: `/transcripts/${t.id}` }, make("bdi", {}, t.name))]);
  const edit = make("button", { type: "button", class: "small", "aria-label": `Edit the case ${one.name}` }, "Edit …");
  edit.addEventListener("click", () => open(one));
  const remove = make("button", { type: "button", class: "small danger", "aria-label": `Remove the case ${one.name}` }, "Remove …");
  remove.addEventListener("click", () => takeOut(one));
  return make("li", {}, make("h3", {}, make("bdi", {}, one.name)),
    facts.length ? make("ul", { class: "chips" }, ...facts) : make("p", { class: "muted small" }, "No facts."),
    make("p", { class: "small" }, links.length ? "Transcripts: " : "No transcript is about it.", ...links, one.memos ? ` · ${plural(one.memos, "memo")}` : null),
    make("div", { class: "row" }, edit, remove));
}

function open(one) {
  edited = one;
  at("case-heading").textContent = one ? `The case ${one.name}` : "A new case";
  at("name-field").hidden = one !== null;
  at("case-name").value = "";
  at("case-wrong").hidden = true;
  editor.fill(one ? one.attributes : []);
  const others = told.transcripts.filter((t) => one === null || t.case !== one.name);
  at("transcript").replaceChildren(make("option", { value: "" }, "none"), ...others.map((t) => make("option", { value: t.id }, t.case ? `${t.name} (now under ${t.case})` : t.name)));
  at("case-dialog").showModal();
}

at("case-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = { ...editor.changed(), transcripts: at("transcript").value ? [at("transcript").value] : [] };
  const path = edited ? `/api/cases/${edited.id}/set` : "/api/cases/add";
  const done = await call(path, edited ? body : { ...body, name: at("case-name").value }, { quiet: true }).catch((error) => error);
  at("case-wrong").hidden = !(done instanceof Error);
  if (done instanceof Error) { at("case-wrong").textContent = done.message; return; }
  at("case-dialog").close();
  toast(`Written for the case ${done.case}.`);
  remark(done);
  await refresh();
});

async function takeOut(one) {
  const memos = one.memos ? ` and ${plural(one.memos, "memo")}` : "";
  const words = `Its facts${memos} go with it. ${plural(one.transcripts.length, "transcript")} stay in the study, without a case. There is no undo.`;
  if (!(await sure(`Remove the case ${one.name}?`, words, "Remove the case"))) return;
  const done = await call(`/api/cases/${one.id}/remove`, {}).catch(() => null);
  if (done === null) return refresh();
  toast(`${done.removed} is removed; ${plural(done.transcripts, "transcript")} without a case now.`);
  remark(done);
  await refresh();
}

at("import-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const done = await call("/api/cases/import", new FormData(at("import-form")), { quiet: true }).catch((error) => error);
  at("import-said").classList.toggle("wrong", done instanceof Error);
  at("import-said").textContent = done instanceof Error ? `Nothing was taken. ${done.message}` : `Took ${plural(done.cases, "case")}.`;
  if (done instanceof Error) return;
  at("import-form").reset();
  remark(done);
  await refresh();
});
at("filter").addEventListener("input", paint);
at("new").addEventListener("click", () => open(null));
at("case-cancel").addEventListener("click", () => at("case-dialog").close());
at("show-hidden").addEventListener("click", () => { hidden = !hidden; refresh(); });
keepers(download, () => ({ hidden }));
await refresh();
live(() => refresh());
document.documentElement.dataset.ready = "cases";
