// The home of a study: the list of transcripts, kept up to date, and what an empty study needs.
import { call, live, make, plural, toast } from "./base.js";
import { setUpImport } from "./import.js";

const at = (id) => document.getElementById(id);
const languages = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });
const painted = new Map();
let home = null;

async function refresh() {
  home = await call("/api/home", undefined, { quiet: home !== null });
  at("title").textContent = home.title;
  at("counts").textContent = told(home.counts);
  paintContinue();
  paintNoCodebook();
  paintRows();
  return home;
}

function told(counts) {
  const parts = [plural(counts.transcripts, "transcript"), plural(counts.cases, "case"), `${plural(counts.codings, "coding")} of all coders`];
  if (counts.memos) parts.push(plural(counts.memos, "memo"));
  if (counts.pending) parts.push(`${plural(counts.pending, "coding")} waiting for a decision`);
  return parts.join(" · ");
}

function paintContinue() {
  const last = home.transcripts.find((one) => one.id === home.last);
  at("continue").hidden = !last;
  if (!last) return;
  at("continue").href = `/read/${last.id}`;
  at("continue").replaceChildren("Go on with ", make("bdi", {}, last.name));
}

function paintNoCodebook() {
  at("no-codebook").hidden = home.codebooks.length > 0;
  at("starter").replaceChildren(...home.starters.map((name) => make("option", { value: name }, name)));
}

function paintRows() {
  const wanted = at("filter").value.trim().toLocaleLowerCase();
  const chosen = home.transcripts.filter((one) => wordsOf(one).includes(wanted)).sort(ORDERS[at("order").value]);
  const focused = document.activeElement?.closest?.("tr")?.dataset.id;
  at("rows").replaceChildren(...chosen.map(rowOf));
  if (focused) at("rows").querySelector(`tr[data-id="${CSS.escape(focused)}"] a`)?.focus();
  at("transcripts").hidden = chosen.length === 0;
  at("none").hidden = chosen.length > 0;
  at("none").textContent = home.transcripts.length ? "No transcript fits these words." : "There is no transcript yet: import some.";
  if (home.transcripts.length === 0) at("import").open = true;
}

const ORDERS = {
  name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  unread: (a, b) => part(a) - part(b) || ORDERS.name(a, b),
  pending: (a, b) => b.pending - a.pending || ORDERS.name(a, b),
  recent: (a, b) => (b.opened_at > a.opened_at) - (b.opened_at < a.opened_at) || ORDERS.name(a, b),
};

function part(one) {
  return one.characters ? Math.min(1, one.read / one.characters) : 0;
}

function wordsOf(one) {
  return [one.name, one.case ?? "", one.language ?? "", languageOf(one)].join("\n").toLocaleLowerCase();
}

function languageOf(one) {
  try {
    return one.language ? languages.of(one.language) : "";
  } catch {
    return one.language;
  }
}

function rowOf(one) {
  const key = JSON.stringify(one);
  const known = painted.get(one.id);
  if (known?.key === key) return known.row;
  const percent = Math.floor(part(one) * 100);
  const bar = make("progress", { max: 100, value: percent, "aria-label": `read of ${one.name}` });
  const row = make("tr", {},
    make("th", { scope: "row" }, make("a", { href: `/read/${one.id}` }, make("bdi", {}, one.name))),
    make("td", {}, make("bdi", {}, one.case ?? "")),
    make("td", {}, languageOf(one)),
    make("td", { class: "num", "data-of": "characters" }, one.characters.toLocaleString("en")),
    make("td", { class: "read-td" }, make("div", { class: "read-cell" }, bar, make("span", { class: "num" }, `${percent} %`))),
    make("td", { class: "num", "data-of": "your codings" }, one.codings.toLocaleString("en")),
    make("td", { class: "num", "data-of": "waiting" }, one.pending ? make("a", { href: "/queue" }, one.pending.toLocaleString("en")) : "0"),
    make("td", { class: "small" }, make("a", { href: `/transcripts/${one.id}`, "aria-label": `Details of ${one.name}` }, "details")),
  );
  row.dataset.id = one.id;
  painted.set(one.id, { key, row });
  return row;
}

at("filter").addEventListener("input", paintRows);
at("order").addEventListener("change", paintRows);
at("take-starter").addEventListener("click", async () => {
  const done = await call("/api/codebook/starter", { name: at("starter").value });
  toast(`${done.codebook}@${done.version} is in the study: ${plural(done.codes, "code")}.`);
  await refresh();
  at("title").focus();
});
setUpImport(refresh);
await refresh();
live(refresh);
