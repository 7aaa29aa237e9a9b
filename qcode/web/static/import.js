// Imports interviews that are dropped or chosen: one request for each file, so that one never stops the others.
// Files of a kind of which several may be one talk go in one request.
import { call, make, plural } from "./base.js";
import { hereSaid, takenName } from "./import_words.js";
import { takeProjects } from "./project.js";

const MOST = 64 * 1024 * 1024;
const at = (id) => document.getElementById(id);
const endings = (said) => new Set(said.split(",").filter(Boolean));
const endingOf = (name) => /\.[^.]*$/.exec(name.toLowerCase())?.[0] ?? "";
const metInFolder = new WeakSet();
let busy = false;

/** Let the page take files; `done` is called when all of them are in. */
export function setUpImport(done) {
  at("import-form").addEventListener("submit", (event) => event.preventDefault());
  at("files").addEventListener("change", () => take([...at("files").files], done));
  let depth = 0;
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  const over = (is) => {
    depth = is ? depth : 0;
    at("drop-veil").hidden = !is;
    at("drop").classList.toggle("over", is);
  };
  addEventListener("dragenter", (event) => { if (holdsFiles(event)) { depth += 1; over(true); } });
  addEventListener("dragleave", (event) => { if (holdsFiles(event) && --depth <= 0) over(false); });
  addEventListener("dragover", (event) => { if (holdsFiles(event)) event.preventDefault(); });
  addEventListener("drop", async (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    over(false);
    take(await dropped(event.dataTransfer), done);
  });
}

/** Return the files that were dropped, with those in folders; of a folder only what may be an interview. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const files = [...transfer.files];
  if (!entries.some((one) => one.isDirectory)) return files;
  const found = await Promise.all(entries.map((entry) => projectIn(entry) ?? filesIn(entry, true, endings(at("files").dataset.transcripts))));
  return found.flat();
}

/** Return the project that a folder of QualCoder is, under the name of the folder; nothing for all else. */
function projectIn(entry) {
  if (!entry.isDirectory || endingOf(entry.name) !== ".qda") return undefined;
  const inside = new Promise((good, bad) => entry.getFile("data.qda", {}, good, bad)).then((one) => new Promise((good, bad) => one.file(good, bad)));
  return inside.then((file) => [new File([file], entry.name)], () => []);
}

async function filesIn(entry, asked, known) {
  if (entry.isFile) {
    const ours = asked || (known.has(endingOf(entry.name)) && !/^(\.|~\$)/.test(entry.name));
    if (!ours) return [];
    const file = await new Promise((good, bad) => entry.file(good, bad));
    if (!asked) metInFolder.add(file);
    return [file];
  }
  const reader = entry.createReader();
  const inside = [];
  for (;;) {
    const some = await new Promise((good, bad) => reader.readEntries(good, bad));
    if (some.length === 0) break;
    inside.push(...some);
  }
  return (await Promise.all(inside.map((one) => filesIn(one, false, known)))).flat();
}

async function take(all, done) {
  if (busy || all.length === 0) return;
  const known = endings(at("files").dataset.projects);
  const isProject = (file) => known.has(endingOf(file.name)) && !metInFolder.has(file);
  const projects = all.filter(isProject);
  const files = all.filter((file) => !isProject(file));
  if (files.length) projects.push(...await takeTranscripts(files, done));
  at("files").value = "";
  if (projects.length) takeProjects(projects, done);
}

/** Import interviews; returns those that are projects after all. */
async function takeTranscripts(files, done) {
  const projects = [];
  busy = true;
  at("import").open = true;
  at("import-result").replaceChildren();
  const counts = { imported: 0, skipped: 0, refused: 0 };
  const said = applied();
  try {
    let n = 0;
    for (const batch of batches(files)) {
      at("import-state").textContent = `Importing ${n + 1} of ${files.length}: ${batch[0].name}`;
      n += batch.length;
      const told = await send(batch);
      projects.push(...(told.projects ?? []).map((place) => batch[place]));
      for (const kind of Object.keys(counts)) for (const one of told[kind]) {
        counts[kind] += 1;
        at("import-result")[kind === "refused" ? "prepend" : "append"](line(kind, one, said));
      }
      at("import-result").append(...(told.remarks ?? []).map((words) => make("li", {}, hereSaid(words))));
    }
  } finally {
    busy = false;
  }
  at("import-state").textContent = `${counts.imported} imported, ${counts.skipped} skipped, ${counts.refused} refused.${afterwards(said, counts)}`;
  await done();
  return projects;
}

/** Return what was said of the files, in words: it holds for each of them. */
function applied() {
  const names = { case: "case", language: "language", encoding: "encoding", speakers: "speakers", columns: "columns", attributes: "facts" };
  const fields = new FormData(at("import-form"));
  const told = Object.entries(names).map(([id, name]) => [name, fields.get(id).trim().replaceAll(/\s*\n\s*/g, ", ")]);
  return told.filter(([, words]) => words !== "").map(([name, words]) => `${name} ${words}`).join("; ");
}

/** Empty what was said of these files, lest it is taken for the next ones; where one was refused it stays to be mended. */
function afterwards(said, counts) {
  if (said === "") return "";
  if (counts.refused > 0) {
    at("say-more").open = true;
    return " What you said of them still stands under “Say more”.";
  }
  for (const field of at("say-more").querySelectorAll("input, textarea")) field.value = "";
  return " What you said of them is cleared, so that it is not taken for the next ones.";
}

/** Return the files as they are sent: alone, or all of a kind of which several may be one talk. */
function batches(files) {
  const together = endings(at("files").dataset.together);
  const beside = new Map();
  for (const file of files) {
    const key = together.has(endingOf(file.name)) ? endingOf(file.name) : file;
    beside.set(key, [...(beside.get(key) ?? []), file]);
  }
  return [...beside.values()];
}

async function send(files) {
  if (files.reduce((sum, file) => sum + file.size, 0) > MOST) {
    return files.length > 1 ? inTurn(files) : refused(files, "it is larger than 64 MB");
  }
  const form = new FormData(at("import-form"));
  for (const file of files) form.append("files", file, file.name);
  if (files.every((file) => metInFolder.has(file))) form.append("in_folder", "yes");
  try {
    return await call("/api/import", form, { quiet: true });
  } catch (error) {
    return refused(files, error.message);
  }
}

/** Send files one by one that are too large for one request. */
async function inTurn(files) {
  const all = { imported: [], skipped: [], refused: [], remarks: [], projects: [] };
  for (const [place, file] of files.entries()) {
    const told = await send([file]);
    for (const kind of ["imported", "skipped", "refused", "remarks"]) all[kind].push(...(told[kind] ?? []));
    if (told.projects?.length) all.projects.push(place);
  }
  return all;
}

function refused(files, why) {
  return { imported: [], skipped: [], refused: files.map((file) => ({ file: file.name, why })) };
}

function line(kind, one, said) {
  if (kind !== "imported") return make("li", { class: kind }, `${kind} `, make("bdi", {}, one.file), `: ${hereSaid(one.why)}`);
  const facts = [one.format, one.encoding, one.language ? `language ${one.language}` : "language unknown",
    plural(one.characters, "character"), plural(one.turns, "turn")].filter(Boolean).join(", ");
  const speakers = one.speakers.length ? one.speakers.join(", ") : "none named";
  const name = make("a", { href: `/read/${one.id}` }, make("bdi", {}, one.transcript));
  const item = make("li", { class: kind }, "imported ", name, ` (${facts}; speakers: `, make("bdi", {}, speakers), ")", said ? make("span", {}, "; as you said: ", make("bdi", {}, said)) : null);
  const taken = takenName(one.transcript);
  if (taken) item.append(make("p", { class: "notice wrong" }, "There is a transcript ", make("bdi", {}, taken), " already, with other words. This file came in as ", make("bdi", {}, one.transcript), ", as a second interview. If it is a corrected copy, remove it again (", make("a", { href: `/transcripts/${one.id}` }, "details of this one"), ") and give the file to Corrected text on the page of ", make("bdi", {}, taken), "."));
  if (one.warnings.length) item.append(make("ul", {}, ...one.warnings.map((w) => make("li", {}, hereSaid(w.where ? `${w.where}: ${w.what}` : w.what)))));
  return item;
}
