// Reports and lists as files, and a table of codings taken in.
import { call, download, make, plural } from "./base.js";
import { busy, filters } from "./choosing.js";
import { keepers, remark } from "./parts.js";

const at = (id) => document.getElementById(id);
const kinds = JSON.parse(at("report").dataset.kinds);
const NAMES = { full: "report", history: "codebook-history" };
const chosen = await filters(at("filters"));
const making = busy(at("make"), at("state"));

const AMONG = ["transcripts", "cases", "where"]; // filters that choose among transcripts

for (const one of chosen.choices.transcripts) at("transcript").append(make("option", { value: one.name, "data-id": one.id }, one.name));
for (const key of Object.keys(chosen.choices.attributes)) at("by").append(make("option", {}, key));
const needsDistance = () => ["near", "follows"].includes(at("unit").value);

function paint() {
  const what = at("what").value;
  const kept = at("kind").value;
  at("kind").replaceChildren(...kinds[what].map((kind) => make("option", {}, kind)));
  if (kinds[what].includes(kept)) at("kind").value = kept;
  for (const part of document.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(what);
  at("distance-field").hidden ||= !needsDistance();
  at("by-field").hidden ||= at("by").options.length < 2;
  at("filters").classList.toggle("only-version", ["codebook", "history"].includes(what));
  at("filters").hidden = what === "methods";
  for (const one of AMONG) chosen.choosers[one].element.classList.toggle("not-asked", what === "transcript");
}

/** Begin with the report on the transcript that the address names, as its own page leads here. */
function begin() {
  const option = at("transcript").querySelector(`[data-id="${CSS.escape(new URLSearchParams(location.search).get("transcript") ?? "")}"]`);
  if (option === null) return;
  option.selected = true;
  at("what").value = "transcript";
}

const number = (id) => Number.parseInt(at(id).value || "0", 10);

function asked() {
  const what = at("what").value;
  const counts = ["full", "matrix", "network"].includes(what);
  return {
    ...chosen.read(),
    what,
    kind: at("kind").value,
    words: what === "quotes" ? at("words").value : "",
    withdrawn: what === "codings" && at("withdrawn").checked,
    ...(counts ? { unit: at("unit").value, distance: needsDistance() ? at("distance").value : "", min_cases: number("min-cases"), per_coder: at("per-coder").checked, rollup: at("rollup").checked, by: what === "full" ? "" : at("by").value } : {}),
    ...(what === "transcript" ? { transcript: at("transcript").value, ...Object.fromEntries(AMONG.map((one) => [one, []])) } : {}),
    ...(what === "full" ? { quotes_per_code: number("quotes-per-code") } : {}),
    ...(what === "network" ? { top: number("top") } : {}),
  };
}

at("report").addEventListener("submit", async (event) => {
  event.preventDefault();
  const wanted = asked();
  const name = `${NAMES[wanted.what] ?? wanted.what}.${wanted.kind}`;
  await making("Writing the file…", () => download(wanted.what === "codings" ? "/api/lists" : "/api/reports", wanted, name));
  if (at("state").textContent === "") at("state").textContent = `${name} is made.`;
});
for (const id of ["what", "unit"]) at(id).addEventListener("change", paint);

at("take-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const done = await call("/api/codings/import", new FormData(at("take-form")), { quiet: true }).catch((error) => error);
  at("take-said").classList.toggle("wrong", done instanceof Error);
  at("take-said").textContent = done instanceof Error ? `Nothing was taken.\n${done.message}` : said(done);
  if (done instanceof Error) return;
  at("take-form").reset();
  remark(done);
});

function said(done) {
  const parts = [`Added ${plural(done.added, "coding")}.`];
  if (done.known) parts.push(`${plural(done.known, "coding")} ${done.known === 1 ? "was" : "were"} in the study already.`);
  if (done.left_out) parts.push(`${plural(done.left_out, "coding")} marked as withdrawn ${done.left_out === 1 ? "was" : "were"} left out.`);
  return parts.join(" ");
}

keepers(download);
begin();
paint();
document.documentElement.dataset.ready = "reports";
