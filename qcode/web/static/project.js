// Brings projects of other programs into the study: each is looked at first, and comes in when a person says so.
import { call, make, plural } from "./base.js";
import { hereSaid } from "./import_words.js";
import { counts, ledger, remarks } from "./ledger.js";

const MOST = 64 * 1024 * 1024;
const at = (id) => document.getElementById(id);
const waiting = [];
let [file, finished, asking] = [null, () => {}, 0];

/** Show projects one after the other; `done` is called when one of them came in. */
export function takeProjects(files, done) {
  finished = done;
  waiting.push(...files);
  if (file === null) next();
}

function next() {
  file = waiting.shift() ?? null;
  asking += 1;
  at("project").hidden = file === null;
  at("project-form").reset();
  at("project-more").open = false;
  if (file === null) return;
  at("import").open = true;
  at("project-heading").replaceChildren("Project ", make("bdi", {}, file.name));
  at("project-leave").textContent = "Leave it";
  at("project-more").hidden = false;
  look();
  at("project-heading").focus();
}

async function look() {
  at("project-do").hidden = true;
  at("project-told").replaceChildren();
  say("Looking at it; nothing is changed yet …");
  const told = await send({ look: "yes" });
  if (told === null) return;
  if (told instanceof Error) return refuse(told);
  at("project-do").hidden = !told.changed;
  say(told.changed ? "This would come in. Nothing is changed yet." : "There is nothing new in it.");
  paint(told);
}

async function bring() {
  at("project-do").hidden = true;
  say("Bringing it in …");
  const told = await send({});
  if (told === null) return;
  if (told instanceof Error) return refuse(told);
  at("project-more").hidden = true;
  at("project-leave").textContent = waiting.length ? "Next project" : "Close";
  say(told.changed ? "It is in the study." : "There was nothing new in it.");
  paint(told);
  at("project-heading").focus();
  await finished();
}

/** Send the project with what was said of it; returns what the study told, or null where another is shown by now. */
async function send(more) {
  const mine = ++asking;
  const form = new FormData(at("project-form"));
  form.append("file", file, file.name);
  for (const [name, value] of Object.entries(more)) form.append(name, value);
  const told = file.size > MOST
    ? new Error(`it is larger than 64 MB; import it in the terminal: qcode import FILE`)
    : await call("/api/projects", form, { quiet: true }).catch((error) => error);
  return mine === asking ? told : null;
}

function say(words, wrong = false) {
  at("project-state").classList.toggle("wrong", wrong);
  at("project-state").textContent = words;
}

function refuse(error) {
  say(`It was refused, and nothing is changed: ${hereSaid(error.message)}`, true);
  if (/--(positions|project|codebook)\b/.test(error.message)) at("project-more").open = true;
}

function paint(told) {
  const news = counts([[told.imported.length, "transcript"], [told.codes, "code"], [told.codings, "coding"], [told.coders, "coder"],
    [told.cases, "case"], [told.values, "value of attributes"], [told.memos, "memo"]]);
  const lines = [...met(told), ...positions(told)].map((line) => make("li", {}, line));
  at("project-told").replaceChildren(...[
    make("p", { class: "muted" }, "Written by ", make("bdi", {}, told.origin || "an unknown program"), told.versions.length ? ". Codebook: " : "", make("bdi", {}, told.versions.join(", "))),
    news,
    told.imported.length ? transcripts(told) : null,
    lines.length ? make("ul", {}, ...lines) : null,
    remarks(told.remarks.map(hereSaid)),
    ledger(told.lost, told.dry_run ? "What would not come in, or not whole" : "What did not come in, or not whole", "h4"),
  ].filter(Boolean));
}

function transcripts(told) {
  const line = (one) => make("li", {}, one.id ? make("a", { href: `/read/${one.id}` }, make("bdi", {}, one.transcript)) : make("bdi", {}, one.transcript),
    ` (${[one.language || "language unknown", plural(one.characters, "character"), plural(one.turns, "turn")].join(", ")})`);
  return make("details", { open: !told.dry_run }, make("summary", {}, told.dry_run ? "Transcripts that would come in" : "Transcripts that came in"), make("ul", {}, ...told.imported.map(line)));
}

function met(told) {
  const lines = [];
  if (told.known_transcripts || told.known) lines.push(`Known already: ${plural(told.known_transcripts, "transcript")}, ${plural(told.known, "coding")}.`);
  if (told.revised.length) lines.push(`Corrected elsewhere, and corrected here with it: ${told.revised.join(", ")}.`);
  if (told.withdrawn_here) lines.push(`Withdrawn here, and left so: ${plural(told.withdrawn_here, "coding")} of the file.`);
  if (told.not_in_file) lines.push(`Not in the file, and left here: ${plural(told.not_in_file, "coding")}.`);
  return lines;
}

function positions(told) {
  if (told.positions === null) return [];
  const { rule, score, tried } = told.positions;
  const agree = told.quotes_agree === null ? "" : ` ${plural(told.quotes_agree, "quote")} of the file ${told.quotes_agree === 1 ? "stands" : "stand"} at ${told.quotes_agree === 1 ? "its" : "their"} place.`;
  return [`Positions: ${rule} (score ${score.toFixed(2)}, ${plural(tried, "rule")} tried).${agree}`];
}

at("project-form").addEventListener("submit", (event) => { event.preventDefault(); look(); });
at("project-do").addEventListener("click", bring);
at("project-leave").addEventListener("click", () => { next(); if (file === null) at("files").focus(); });
