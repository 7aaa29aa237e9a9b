// The matrix: asks, shows heat map, table, strongest pairs and network, opens the passages behind a cell, keeps files.

import { call, download, live, make, plural } from "./base.js";
import { busy, copy, filters } from "./choosing.js";
import { heatmap, legend, places } from "./heatmap.js";
import { drawer } from "./drawer.js";

const by = (id) => document.getElementById(id);
const form = by("question");
const chosen = await filters(by("filters"));
const counting = busy(by("ask"), by("state"));
const read = drawer();
let [asked, answer, view, pictures] = [null, null, "heat", []];
const only = { used: true, told: false }; // which codes the heat map leaves out
let newest = 0; // of several questions on their way the last one is shown

for (const key of Object.keys(chosen.choices.attributes)) by("by").append(make("option", {}, key));
by("by").parentElement.hidden = by("by").options.length < 2;
const needsDistance = () => ["near", "follows"].includes(by("unit").value);
by("unit").addEventListener("change", () => { by("distance-field").hidden = !needsDistance(); });

function question() {
  const fields = new FormData(form);
  return {
    ...chosen.read(),
    unit: fields.get("unit"),
    distance: needsDistance() ? fields.get("distance") : "",
    count: fields.get("count"),
    measure: fields.get("measure"),
    min_cases: Number.parseInt(fields.get("min_cases") || "0", 10),
    by: fields.get("by") ?? "",
    per_coder: fields.has("per_coder"),
    rollup: fields.has("rollup"),
    test: fields.has("test") ? "permutation" : "",
  };
}

async function ask(wanted) {
  const mine = (newest += 1);
  const found = await counting("Counting…", () => call("/api/matrix", wanted));
  if (mine !== newest) return;
  by("answer").hidden = found === null; // an old answer below a new question would deceive
  if (found === null) return;
  [asked, answer] = [wanted, found];
  by("stale").hidden = true;
  by("command").textContent = found.command;
  show();
  by("state").textContent = said(found);
}

function said(found) {
  if (found.groups.length === 0) return "There are no groups.";
  return found.groups.map((one) => `${one.value === null && found.by === null ? "" : `${one.value ?? "not known"}: `}${one.nothing || plural(one.pairs, "pair")}`).join("; ");
}

function show() {
  for (const button of document.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
  by("keep-what").textContent = view === "network" ? "Keep the network as" : "Keep the matrix as";
  document.querySelector('[data-kind="json"]').hidden = view === "network";
  for (const one of pictures.splice(0)) URL.revokeObjectURL(one);
  by("shown").replaceChildren(...answer.groups.map((one) => group(one)));
  if (view === "network") draw();
}

function group(one) {
  const box = make("section", { class: "group" });
  if (answer.by !== null) box.append(make("h3", {}, one.value === null ? `${answer.by} not known` : `${answer.by}: ${one.value}`));
  box.append(make("p", {}, one.counted), ...one.notes.map((note) => make("p", { class: "notice" }, note)));
  if (Object.keys(one.document.pending_left_out ?? {}).length > 0) box.append(make("p", {}, make("a", { href: "/queue" }, "Go to the queue")));
  box.append(make("p", { class: "muted small" }, `${one.document.codebook} ${one.document.version} · ${plural(one.document.transcripts, "transcript")}${one.document.units === null ? "" : ` · ${plural(one.document.units, one.document.unit)}`} · coders: ${one.document.coders.join(", ") || "none"}`));
  if (one.nothing) return box;
  box.append(...[pooled(one), tooMany(one)].filter(Boolean));
  const open = (i, j) => read.open(asked, answer.by === null ? null : one.value, one.document.codes[i], one.document.codes[j], one.names[i], one.names[j]);
  if (view === "heat") box.append(...heat(one, open));
  else if (view === "table") box.append(heatmap(one, answer.scale, { heat: false, open }));
  else if (view === "pairs") box.append(pairs(one, open));
  else box.append(make("div", { class: "network" }, make("p", { class: "muted" }, "Drawing…")));
  return box;
}

/** Say that several coders are counted together, which lets disagreement look like two codes that meet. */
function pooled(one) {
  if (!one.pooled) return null;
  const { coders, pairs: lost } = one.pooled;
  const much = lost === null ? "" : lost === 0 ? " Here every pair is brought together by one coder alone, too." : ` ${plural(lost, "pair")} of ${one.pairs.toLocaleString("en")} ${lost === 1 ? "holds" : "hold"} only across coders.`;
  const button = make("button", { type: "button" }, "Count each coder by itself");
  button.addEventListener("click", () => {
    form.elements.per_coder.checked = true;
    ask({ ...asked, per_coder: true });
  });
  return make("div", { class: `row apart pooled${lost === 0 ? "" : " notice"}` },
    make("span", {}, `${coders} coders are counted together: where they gave the same words different codes, these look as if they occurred together.`, lost ? make("strong", {}, much) : much), button);
}

function tooMany(one) {
  if (one.document.hidden.length === 0 || one.pairs > 0) return null;
  return make("p", { class: "notice too-many" }, `No pair is left to show: ${asked.min_cases.toLocaleString("en")} is too many for ${plural(answer.cases, "case")}. Write a smaller number under “More options and filters”, or leave it empty.`);
}

/** Return the heat map with its scale, and what leaves codes out of it. */
function heat(one, open) {
  const all = one.document.codes.length;
  const without = places(one, { used: true, told: false });
  const quiet = places(one, { used: false, told: true });
  const shown = places(one, only);
  const tick = (name, words) => {
    const box = make("input", { type: "checkbox", checked: only[name], "data-only": name });
    box.addEventListener("change", () => { only[name] = box.checked; show(); document.querySelector(`[data-only=${name}]`)?.focus(); });
    return make("label", { class: "check" }, box, words);
  };
  const ticks = make("div", { class: "row small" },
    without.length < all ? tick("used", "only codes with codings") : null,
    quiet.length < all ? tick("told", "without codes whose cells are all withheld") : null,
    shown.length < all ? make("span", { class: "muted" }, `${plural(all - shown.length, "code")} left out`) : null);
  if (shown.length === 0) return [ticks, make("p", { class: "muted" }, "No code is left to show.")];
  return [ticks, heatmap(one, answer.scale, { heat: true, open, shown }), legend(one, answer.scale)];
}

function pairs(one, open) {
  if (one.top.length === 0) return make("p", {}, one.alt);
  const { codes } = one.document;
  const beyond = [["expected", "Expected"], ["p_values", "p"], ["q_values", "q"]].filter(([key]) => key in one.document);
  const rows = one.top.map(([i, j, value, cases]) => {
    const button = make("button", { type: "button", class: "small", "aria-label": `Read where ${codes[i]} and ${codes[j]} meet` }, "Read");
    button.addEventListener("click", () => open(i, j));
    const number = (n) => (n === null ? "–" : Number.isInteger(n) ? n.toLocaleString("en") : n > 0 && n < 0.001 ? "<0.001" : n.toFixed(3).replace("-", "−"));
    const name = (k) => make("td", {}, make("span", { class: "key" }, codes[k]), one.names[k] !== codes[k] ? make("span", { class: "name" }, ` ${one.names[k]}`) : null);
    return make("tr", {}, name(i), name(j), make("td", { class: "num" }, number(value)),
      ...beyond.map(([key]) => make("td", { class: "num" }, number(one.document[key][i][j]))), make("td", { class: "num" }, String(cases)), make("td", {}, button));
  });
  const heads = ["Code", one.symmetric ? "with" : "then", one.measure, ...beyond.map(([, head]) => head), "Cases"].map((words, n) => make("th", { scope: "col", class: n > 1 ? "num" : null }, words));
  const caption = one.pairs > one.top.length ? `The ${one.top.length} strongest of ${plural(one.pairs, "pair")}` : `All pairs`;
  return make("div", { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" }, make("table", {}, make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...heads, make("td"))), make("tbody", {}, ...rows)));
}

async function draw() {
  const mine = answer;
  const found = await counting("Drawing…", () => call("/api/matrix/network", asked));
  if (found === null || view !== "network" || mine !== answer) return;
  document.querySelectorAll("#shown .group").forEach((box, n) => {
    const drawn = found.groups[n];
    const place = box.querySelector(".network");
    if (!place) return;
    place.replaceChildren();
    if (drawn.svg) {
      const source = URL.createObjectURL(new Blob([drawn.svg], { type: "image/svg+xml" }));
      pictures.push(source);
      const scroll = make("div", { class: "picture", role: "region", "aria-label": "The network", tabindex: "0" }, make("img", { src: source, alt: drawn.alt }));
      place.append(scroll);
    }
    place.append(...drawn.notes.map((note) => make("p", { class: "muted small" }, note)));
  });
}

form.addEventListener("submit", (event) => { event.preventDefault(); ask(question()); });
by("again").addEventListener("click", () => ask(asked));
by("copy-command").addEventListener("click", (event) => copy(event.currentTarget, by("command").textContent));
for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => { view = button.dataset.view; show(); });
for (const button of document.querySelectorAll("[data-kind]")) {
  button.addEventListener("click", async () => {
    const what = view === "network" ? "network" : "matrix";
    await counting("Writing the file…", () => download("/api/matrix/export", { ...asked, kind: button.dataset.kind, what }, `${what}.${button.dataset.kind}`));
  });
}
live(() => { if (asked !== null) by("stale").hidden = false; });
by("ask").disabled = false;
if (chosen.choices.codebooks.length === 1) await ask(question());
document.documentElement.dataset.ready = "matrix";
