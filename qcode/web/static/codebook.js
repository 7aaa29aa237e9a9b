// The codebook: choose a version, walk its codes, see what changed and how it came to be.
import { call, live, make, plural, toast } from "./base.js";
import { setUpBringing } from "./codebook_file.js";
import { paintChanges, paintLog } from "./changes.js";
import { clock } from "./parts.js";

const at = (id) => document.getElementById(id);
let books = [];
let shown = null;
let chosen = null;
let painted = null;

async function refresh(wanted) {
  const told = await call("/api/codebooks");
  const newest = JSON.stringify(told.codebooks.map((one) => one.versions.at(-1).id)) !== JSON.stringify(books.map((one) => one.versions.at(-1).id));
  books = told.codebooks;
  at("empty").hidden = books.length > 0;
  at("rooms").hidden = books.length === 0;
  at("version").closest(".field").hidden = books.length === 0;
  at("starter").replaceChildren(...told.starters.map((name) => make("option", { value: name }, name)));
  if (books.length === 0) return;
  const key = wanted?.codebook ?? at("book").value;
  at("book").replaceChildren(...books.map((one) => make("option", { value: one.key, selected: one.key === key }, one.key)));
  at("book-field").hidden = books.length < 2;
  paintVersions(newest ? null : at("version").value);
  await show();
}

function book() {
  return books.find((one) => one.key === at("book").value) ?? books[0];
}

function paintVersions(keep) {
  const versions = [...book().versions].reverse();
  const stays = versions.some((one) => one.id === keep) ? keep : versions[0].id;
  at("version").replaceChildren(...versions.map((one, n) =>
    make("option", { value: one.id, selected: one.id === stays }, n === 0 ? `${one.version} (newest)` : one.version)));
  at("version").value = stays;
}

async function show() {
  const id = at("version").value;
  shown = await call(`/api/codebook/${id}`);
  at("heading").textContent = shown.title || shown.codebook;
  const follows = shown.follows.length ? `, follows ${shown.follows.join(" and ")}` : "";
  at("facts").textContent = `${shown.codebook}@${shown.version}${follows}; ${clock(shown.at)}, ${shown.coder}${shown.note ? `: ${shown.note}` : ""}`;
  for (const ending of ["yaml", "csv", "xlsx", "qdc"]) at(`as-${ending}`).href = `/codebook/${id}/${ending}`;
  const older = book().versions.filter((one) => one.id !== id);
  const before = at("older").value;
  at("older").replaceChildren(...older.map((one) => make("option", { value: one.id }, one.version)));
  const last = older.find((one) => one.version === shown.follows[0]) ?? older[0];
  if (last) at("older").value = id === painted && older.some((one) => one.id === before) ? before : last.id;
  painted = id;
  at("newer").textContent = shown.version;
  at("tab-diff").hidden = older.length === 0;
  paintTree();
  paintPanel();
  await paintView();
  await paintDraft();
}

/** Lead to the draft of this codebook, and tell where somebody works on one. */
async function paintDraft() {
  const { drafts } = await call("/api/drafts", undefined, { quiet: true });
  const one = drafts.find((found) => found.codebook === book().key);
  at("change").hidden = one === undefined;
  if (one) at("change").href = `/codebook/draft?of=${one.id}`;
  at("drafted").hidden = !one?.open;
  if (one?.open) at("drafted").replaceChildren("The next version is being written: ", make("a", { href: at("change").href }, plural(one.changes, "change"), " so far"), ", the last by ", make("bdi", {}, one.coder), ".");
}

function paintTree() {
  const wanted = at("find").value.trim().toLocaleLowerCase();
  const fits = shown.codes.filter((one) => wordsOf(one).includes(wanted));
  const codable = shown.codes.filter((one) => one.codable).length;
  const all = shown.codes.reduce((sum, one) => sum + one.codings, 0);
  at("tree-facts").textContent = `${plural(codable, "code")}, ${plural(all, "coding")}${shown.waits ? ` + ${shown.waits.toLocaleString("en")} waiting for a decision${shown.waiting ? ` (${shown.waiting.toLocaleString("en")} because of this version)` : ""}` : ""}${wanted ? `; ${fits.length} fit` : ""}`;
  const had = at("tree").contains(document.activeElement);
  const current = fits.some((one) => one.key === chosen) ? chosen : fits[0]?.key;
  at("tree").replaceChildren(...fits.map((one) => itemOf(one, one.key === current, wanted !== "")));
  if (had) at("tree").querySelector('[tabindex="0"]')?.focus();
}

function wordsOf(one) {
  return [one.key, one.name, ...Object.values(one.names), ...one.aliases, ...Object.values(one.terms).flat()].join("\n").toLocaleLowerCase();
}

function itemOf(one, current, flat) {
  const item = make("li", { role: "treeitem", "aria-level": one.depth + 1, "aria-selected": String(one.key === chosen), tabindex: current ? 0 : -1 },
    swatch(one.color),
    make("span", { class: one.codable ? "" : "heading" }, make("span", { class: "key" }, one.key), make("bdi", {}, one.name === one.key ? "" : one.name)),
    make("span", { class: "count", title: counted(one) }, one.codable || one.codings || one.waits ? `${one.codings.toLocaleString("en")}${one.waits ? ` + ${one.waits.toLocaleString("en")} waiting` : ""}` : ""));
  item.style.setProperty("--depth", flat ? 0 : one.depth);
  item.dataset.key = one.key;
  return item;
}

/** Return `3 codings, and 13 that wait for a decision`. */
function counted(one) {
  return `${plural(one.codings, "coding")}${one.waits ? `, and ${one.waits.toLocaleString("en")} that ${one.waits === 1 ? "waits" : "wait"} for a decision` : ""}`;
}

function swatch(color) {
  const box = make("span", { class: "swatch", "aria-hidden": "true" });
  if (color) box.style.setProperty("--code", color);
  return box;
}

function choose(item, focus = true) {
  chosen = item.dataset.key;
  for (const one of at("tree").children) {
    one.setAttribute("aria-selected", String(one === item));
    one.tabIndex = one === item ? 0 : -1;
  }
  if (focus) item.focus();
  paintPanel();
}

function paintPanel() {
  const one = shown.codes.find((code) => code.key === chosen);
  at("panel").classList.toggle("open", one !== undefined);
  if (one === undefined) return at("panel").replaceChildren(make("p", { class: "muted" }, "Choose a code to see its definition."));
  const close = make("button", { type: "button", class: "plain close", "aria-label": "Close" }, "×");
  close.addEventListener("click", () => at("panel").classList.remove("open"));
  const list = make("dl");
  const add = (name, ...content) => list.append(make("dt", {}, name), ...content.map((text) => make("dd", {}, text)));
  if (one.brief) add("In brief", one.brief);
  if (one.definition) add("Definition", one.definition);
  if (one.when) add("Use it when", one.when);
  if (one.when_not) add("Do not use it when", one.when_not);
  if (one.examples.length) add("Examples", ...one.examples.map((text) => make("blockquote", {}, text)));
  if (one.aliases.length) add("Also called", one.aliases.join(", "));
  const others = Object.entries(one.names);
  if (others.length) add("In other languages", ...others.map(([language, name]) => spoken(language, name)));
  const terms = Object.entries(one.terms);
  if (terms.length) add("Terms that suggest it", ...terms.map(([language, words]) => spoken(language, words.join(", "))));
  if (one.origin) add("Comes from", { theory: "theory", data: "the interviews", structure: "the structure of the interview" }[one.origin]);
  const state = one.codable ? counted(one) : `only a heading${one.codings || one.waits ? `, ${counted(one)}` : ""}`;
  at("panel").replaceChildren(close, make("h2", {}, swatch(one.color), make("bdi", {}, one.name)), make("p", { class: "muted" }, make("span", { class: "key" }, one.key), ` · ${state}`), list);
}

function spoken(language, words) {
  return make("span", {}, make("span", { class: "muted" }, `${language}: `), make("span", { lang: language }, words));
}

const TABS = ["codes", "diff", "log"];
let tab = "codes";

async function open(name) {
  tab = name;
  for (const one of TABS) {
    at(`tab-${one}`).setAttribute("aria-selected", String(one === name));
    at(`tab-${one}`).tabIndex = one === name ? 0 : -1;
    at(`view-${one}`).hidden = one !== name;
  }
  await paintView();
}

async function paintView() {
  if (tab === "diff" && at("older").value) {
    const told = await call(`/api/codebook/${at("older").value}/to/${shown.id}`);
    paintChanges(at("changes"), told.changes, { none: "Nothing differs between these versions." });
  }
  if (tab === "log") paintLog(at("log"), (await call(`/api/codebook/${shown.id}/log`)).versions);
}

for (const one of TABS) {
  at(`tab-${one}`).addEventListener("click", () => open(one));
  at(`tab-${one}`).addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const there = TABS.filter((name) => !at(`tab-${name}`).hidden);
    const next = there[(there.indexOf(one) + step + there.length) % there.length];
    at(`tab-${next}`).focus();
    open(next);
  });
}
at("tree").addEventListener("click", (event) => {
  const item = event.target.closest('[role="treeitem"]');
  if (item) choose(item);
});
at("tree").addEventListener("keydown", (event) => {
  const items = [...at("tree").children];
  const here = items.indexOf(document.activeElement);
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1, Enter: here, " ": here }[event.key];
  if (to === undefined || !items[to]) return;
  event.preventDefault();
  choose(items[to]);
});
at("find").addEventListener("input", paintTree);
at("book").addEventListener("change", () => { chosen = null; paintVersions(null); show(); });
at("version").addEventListener("change", show);
at("older").addEventListener("change", paintView);
at("take-starter").addEventListener("click", async () => {
  const done = await call("/api/codebook/starter", { name: at("starter").value });
  toast(`${done.codebook}@${done.version} is in the study: ${plural(done.codes, "code")}.`);
  await refresh(done);
});
at("as-qdc").addEventListener("click", async () => {
  const told = await call(`/api/codebook/${at("version").value}/left-out`);
  if (told.lost.length) toast(`The file leaves out:\n${told.lost.map((one) => `${one.n.toLocaleString("en")} ${one.what}: ${one.why}`).join("\n")}`);
});
setUpBringing(refresh);
await refresh();
live(() => refresh());
