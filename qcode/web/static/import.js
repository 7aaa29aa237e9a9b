// Imports interviews that are dropped or chosen: one request for each file, so that one never stops the others.
import { call, make, plural } from "./base.js";

const MOST = 64 * 1024 * 1024;
const KNOWN = /\.(docx|docm|txt|text|md|markdown|vtt|srt)$/i;
const at = (id) => document.getElementById(id);
let busy = false;

/** Let the page take files; `done` is called when all of them are in. */
export function setUpImport(done) {
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
  const found = await Promise.all(entries.map((entry) => filesIn(entry, true)));
  return found.flat();
}

async function filesIn(entry, asked) {
  if (entry.isFile) {
    const ours = asked || (KNOWN.test(entry.name) && !/^(\.|~\$)/.test(entry.name));
    return ours ? [await new Promise((good, bad) => entry.file(good, bad))] : [];
  }
  const reader = entry.createReader();
  const inside = [];
  for (;;) {
    const some = await new Promise((good, bad) => reader.readEntries(good, bad));
    if (some.length === 0) break;
    inside.push(...some);
  }
  return (await Promise.all(inside.map((one) => filesIn(one, false)))).flat();
}

async function take(files, done) {
  if (busy || files.length === 0) return;
  busy = true;
  at("import").open = true;
  at("import-result").replaceChildren();
  const counts = { imported: 0, skipped: 0, refused: 0 };
  try {
    for (const [n, file] of files.entries()) {
      at("import-state").textContent = `Importing ${n + 1} of ${files.length}: ${file.name}`;
      const told = await send(file);
      for (const kind of Object.keys(counts)) for (const one of told[kind]) {
        counts[kind] += 1;
        at("import-result")[kind === "refused" ? "prepend" : "append"](line(kind, one));
      }
    }
  } finally {
    busy = false;
    at("files").value = "";
  }
  at("import-state").textContent = `${counts.imported} imported, ${counts.skipped} skipped, ${counts.refused} refused.`;
  await done();
}

async function send(file) {
  if (file.size > MOST) return refused(file, "it is larger than 64 MB");
  const form = new FormData(at("import-form"));
  form.append("files", file, file.name);
  try {
    return await call("/api/import", form, { quiet: true });
  } catch (error) {
    return refused(file, error.message);
  }
}

function refused(file, why) {
  return { imported: [], skipped: [], refused: [{ file: file.name, why }] };
}

function line(kind, one) {
  if (kind !== "imported") return make("li", { class: kind }, `${kind} `, make("bdi", {}, one.file), `: ${one.why}`);
  const facts = [one.format, one.encoding, one.language ? `language ${one.language}` : "language unknown",
    plural(one.characters, "character"), plural(one.turns, "turn")].filter(Boolean).join(", ");
  const speakers = one.speakers.length ? one.speakers.join(", ") : "none named";
  const name = make("a", { href: `/read/${one.id}` }, make("bdi", {}, one.transcript));
  const item = make("li", { class: kind }, "imported ", name, ` (${facts}; speakers: `, make("bdi", {}, speakers), ")");
  if (one.warnings.length) item.append(make("ul", {}, ...one.warnings.map((w) => make("li", {}, w.where ? `${w.where}: ${w.what}` : w.what))));
  return item;
}
