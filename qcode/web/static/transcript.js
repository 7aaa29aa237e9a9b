// One transcript: its facts, its name and case, and its removal, which has to be confirmed with its name.
import { call, live, make, plural, toast } from "./base.js";
import { factsEditor, moment, remark } from "./parts.js";

const at = (id) => document.getElementById(id);
const id = at("transcript").dataset.id;
const editor = factsEditor(at("attributes"), at("add-fact"));
let [one, hidden, gone] = [null, false, false];

async function refresh() {
  const found = await call(`/api/transcripts/${id}${hidden ? "?hidden=yes" : ""}`, undefined, { quiet: one !== null }).catch((error) => error);
  if (found instanceof Error) {
    if (found.status === 404 && !gone) over("This transcript is not in the study any more.", { notice: "", remarks: [] });
    return;
  }
  const same = one !== null && JSON.stringify([one.attributes, one.case]) === JSON.stringify([found.attributes, found.case]);
  const touched = one !== null && editor.changed().keys.length > 0;
  one = found;
  at("name").firstElementChild.textContent = one.name;
  at("facts").textContent = [plural(one.characters, "character"), plural(one.turns, "turn"), plural(one.codings, "coding")].join(" · ");
  paintAbout();
  paintSpeakers();
  paintCase(touched || same);
}

function paintAbout() {
  const source = one.source;
  const rows = [
    ["Language", one.language ?? "unknown"],
    ["Characters", one.characters.toLocaleString("en")],
    ["Turns", one.turns.toLocaleString("en")],
    ["Codings", one.codings.toLocaleString("en") + (one.marks ? ` and ${plural(one.marks, "passage")} marked in vivo` : "")],
    ["Memos on the transcript", one.memos.toLocaleString("en")],
    ["Memos on its codings", one.coding_memos.toLocaleString("en")],
    ["Imported", moment(source.imported_at)],
    ["Read as", [source.format, source.encoding].filter(Boolean).join(", ")],
    ["Speaker labels", source.labels.toLocaleString("en")],
    ["SHA-256 of the text", make("span", { class: "key" }, one.sha256)],
    ["SHA-256 of the file", make("span", { class: "key" }, source.sha256)],
  ];
  at("about").replaceChildren(...rows.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

function paintSpeakers() {
  at("no-speakers").hidden = one.speakers.length > 0;
  at("speakers").hidden = one.speakers.length === 0;
  at("speaker-rows").replaceChildren(...one.speakers.map((speaker) => make("tr", {},
    make("th", { scope: "row" }, make("bdi", {}, speaker.name)), make("td", {}, make("bdi", {}, speaker.aliases.join(", "))), make("td", { class: "num" }, speaker.labels.toLocaleString("en")))));
}

function paintCase(keep) {
  at("case-said").replaceChildren(...(one.case ? ["It is about ", make("bdi", {}, one.case.name), ". ", make("a", { href: "/cases" }, "All cases")] : ["It is under no case yet; the first fact makes one of its name."]));
  if (!keep) editor.fill(one.attributes);
  at("case-names").replaceChildren(...one.cases.map((name) => make("option", { value: name })));
  at("not-shown").textContent = one.not_shown.length ? `Not shown, because they could harm a participant: ${one.not_shown.join(", ")}.` : "";
  at("show-hidden").hidden = one.not_shown.length === 0 && !hidden;
  at("show-hidden").textContent = hidden ? "Hide them again" : "Show hidden facts";
}

/** Forget what was typed and shown of the facts, so that they are painted as they are now. */
function startAnew() {
  editor.fill([]);
  one = { ...one, attributes: null };
}

at("show-hidden").addEventListener("click", () => {
  if (editor.changed().keys.length) return toast("Save the facts first, or reload the page.", { wrong: true });
  hidden = !hidden;
  refresh();
});
at("save-facts").addEventListener("click", async () => {
  const changed = editor.changed();
  if (changed.keys.length === 0) return toast("No fact was changed.");
  const told = await call(`/api/transcripts/${id}/attributes`, changed).catch(() => null);
  if (told === null) return;
  startAnew();
  toast(`Written for the case ${told.case}.`);
  remark(told);
  await refresh();
});
at("case-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const told = await call(`/api/transcripts/${id}/case`, { case: at("case").value }).catch(() => null);
  if (told === null) return;
  at("case").value = "";
  startAnew();
  toast(`It is under the case ${told.case} now.`);
  remark(told);
  await refresh();
});
at("rename-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const told = await call(`/api/transcripts/${id}/rename`, { name: at("new-name").value }).catch(() => null);
  if (told === null) return;
  at("new-name").value = at("new-name").defaultValue = told.name;
  toast(`It is called ${told.name} now.`);
  remark(told);
  await refresh();
});

addEventListener("beforeunload", (event) => {
  if (gone || one === null) return;
  const typed = editor.changed().keys.length > 0 || at("case").value.trim() !== "" || at("new-name").value !== at("new-name").defaultValue;
  if (typed) event.preventDefault();
});

const typedRight = () => at("typed").value.trim().normalize("NFC") === one.name.trim().normalize("NFC");
at("remove").addEventListener("click", async () => {
  await refresh();
  if (gone) return;
  const parts = [plural(one.codings, "coding"), ...(one.marks ? [plural(one.marks, "passage") + " marked in vivo"] : []), ...(one.memos + one.coding_memos ? [plural(one.memos + one.coding_memos, "memo")] : [])];
  at("remove-said").textContent = `Every word of it goes, and with it ${parts.join(", ")}, of all coders. This cannot be taken back.`;
  at("to-type").textContent = one.name;
  at("typed").value = "";
  at("remove-do").disabled = true;
  at("remove-dialog").showModal();
  at("typed").focus();
});
at("typed").addEventListener("input", () => { at("remove-do").disabled = !typedRight(); });
at("remove-cancel").addEventListener("click", () => at("remove-dialog").close());
at("remove-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!typedRight()) return;
  at("remove-do").disabled = true;
  const body = { name: at("typed").value, codings: one.codings, marks: one.marks };
  gone = true;
  const told = await call(`/api/transcripts/${id}/remove`, body).catch(() => null);
  at("remove-dialog").close();
  if (told === null) { gone = false; return refresh(); }
  over(`${told.removed} is removed, and with it ${plural(told.codings, "coding")}.`, told);
});

function over(words, told) {
  gone = true;
  at("transcript").hidden = true;
  at("removed").hidden = false;
  at("removed-said").textContent = words;
  at("removed-notice").hidden = told.notice === "";
  at("removed-notice").textContent = told.notice;
  at("removed-remarks").replaceChildren(...told.remarks.map((words) => make("li", {}, words)));
  document.title = "Removed · qcode";
  at("removed-heading").focus();
}

await refresh();
live(() => (gone ? null : refresh()));
for (const form of ["case-form", "rename-form"]) at(form).querySelector("button").disabled = false;
document.documentElement.dataset.ready = "transcript";
