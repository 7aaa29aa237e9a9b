// Two coders side by side on one transcript: agreement by code, the text with what each coded in its margins.

import { call, live, make, plural } from "./base.js";
import { bringUp, busy, swatch } from "./choosing.js";

const by = (id) => document.getElementById(id);
const choices = await call("/api/choices");
const comparing = busy(by("ask"), by("state"));
const WORDS = { both: "both coded this with the same code", first: "only the left coder", second: "only the right coder", differs: "both coded this, with different codes" };
const SIGNS = { both: "●", first: "◐", second: "◑", differs: "◒" };
let [asked, found, only] = [null, null, ""];

by("transcript").replaceChildren(...choices.transcripts.map((one) => make("option", { value: one.id }, one.name)));
by("codebook").replaceChildren(...choices.codebooks.flatMap((book) => [
  make("option", { value: book.codebook }, `${book.codebook}, newest`),
  ...book.versions.map((one) => make("option", { value: `${book.codebook}@${one.version}` }, `as of ${book.codebook} ${one.version}`))]));
by("codebook").parentElement.hidden = by("codebook").options.length < 2;

async function coders() {
  if (!by("transcript").value) {
    by("state").textContent = "There are no transcripts yet.";
    return;
  }
  const there = (await call(`/api/compare/${by("transcript").value}`)).coders;
  const counted = new Map(there.map((one) => [one.name, one.codings]));
  const names = [...counted.keys(), ...choices.coders.filter((name) => !counted.has(name))];
  for (const [id, n] of [["first", 0], ["second", 1]]) {
    by(id).replaceChildren(...names.map((name) => make("option", { value: name }, `${name} (${plural(counted.get(name) ?? 0, "coding")})`)));
    if (names[n]) by(id).value = names[n];
  }
  by("state").textContent = counted.size < 2 ? "Fewer than two coders have coded this transcript." : "";
}

async function ask(wanted) {
  const value = await comparing("Comparing…", () => call("/api/compare", wanted));
  if (value === null) return;
  if (asked === null || asked.transcript !== wanted.transcript) only = "";
  [asked, found] = [wanted, value];
  if (!found.codes.some((one) => one.key === only)) only = "";
  by("stale").hidden = true;
  by("answer").hidden = false;
  by("answer-heading").textContent = `${found.transcript}: ${found.first} and ${found.second}`;
  show();
  bringUp(by("answer-heading"));
  by("state").textContent = `${plural(found.codes.length, "code")} in use here`;
}

function show() {
  by("agreement").replaceChildren(agreement());
  by("legend").replaceChildren(...Object.entries(WORDS).filter(([kind]) => only === "" || kind !== "differs").map(([kind, words]) =>
    make("span", { class: "row small" }, make("span", { "aria-hidden": "true" }, SIGNS[kind]), make("mark", { class: kind }, words))));
  by("text").replaceChildren(...(found.turns.length ? found.turns : [{ n: 1, speaker: null, start: 0, end: found.text.length }]).map(turn));
}

function agreement() {
  const heads = ["Code", `both ${SIGNS.both}`, `only ${found.first} ${SIGNS.first}`, `only ${found.second} ${SIGNS.second}`, "Shared", ""];
  const rows = found.codes.map((one) => {
    const pressed = only === one.key;
    const button = make("button", { type: "button", class: "plain code", "aria-pressed": String(pressed), title: pressed ? "Show all codes" : "Show only this code" },
      one.color ? swatch(one.color) : null, make("span", { class: "key" }, one.key), one.name === one.key ? null : make("span", { class: "name" }, ` ${one.name}`));
    button.addEventListener("click", () => { only = pressed ? "" : one.key; show(); [...by("agreement").querySelectorAll(".code")].find((b) => b.textContent === button.textContent)?.focus(); });
    const cell = (spans, n) => make("td", { class: "num" }, n === 0 ? "–" : `${plural(n, "character")}, ${plural(spans.length / 2, "place")}`);
    const go = make("button", { type: "button", class: "small", "aria-label": `Go to the first place of ${one.key}` }, "Go");
    go.addEventListener("click", () => reach(Math.min(...[one.both, one.first_only, one.second_only].flatMap((spans) => spans.slice(0, 1)))));
    return make("tr", {}, make("th", { scope: "row" }, button), cell(one.both, one.both_characters), cell(one.first_only, one.first_only_characters),
      cell(one.second_only, one.second_only_characters), make("td", { class: "num" }, one.share === null ? "–" : share(one.share)), make("td", {}, go));
  });
  return make("table", { class: "agreement" }, make("caption", { class: "hidden-word" }, "Agreement by code"),
    make("thead", {}, make("tr", {}, ...heads.map((words, n) => (words ? make("th", { scope: "col", class: n ? "num" : null }, words) : make("td"))))), make("tbody", {}, ...rows));
}

function share(part) {
  const bar = make("span", { class: "share", "aria-hidden": "true" });
  bar.style.setProperty("--share", part);
  return make("span", { class: "row shared" }, bar, `${Math.round(part * 100)} %`);
}

function shown(codings) {
  return only === "" ? codings : codings.filter((one) => one.code === only);
}

function turn(one) {
  const [left, right] = [shown(found.first_codings), shown(found.second_codings)].map((list) => list.filter((c) => c.start < one.end && c.end > one.start));
  const head = make("p", { class: "muted small turn-head" }, make("bdi", {}, one.speaker ?? ""), make("span", {}, ` turn ${one.n}`));
  const text = make("p", { class: "quote turn-text", lang: found.language }, ...runs(one.start, one.end, left, right));
  return make("section", { class: "turn-row", "aria-label": `Turn ${one.n}` }, margin(left, right, "first", one), make("div", { class: "turn-body" }, head, text), margin(right, left, "second", one));
}

/** Return the text of a turn in pieces: plain, or marked with how the coders agree there. */
function runs(start, end, left, right) {
  const edges = [...new Set([start, end, ...[...left, ...right].flatMap((c) => [c.start, c.end]).filter((at) => at > start && at < end)])].sort((a, b) => a - b);
  return edges.slice(0, -1).map((at, n) => {
    const words = found.text.slice(at, edges[n + 1]);
    const [ours, theirs] = [left, right].map((list) => new Set(list.filter((c) => c.start <= at && c.end > at).map((c) => c.code)));
    if (ours.size + theirs.size === 0) return words;
    const same = [...ours].filter((code) => theirs.has(code)).length;
    const kind = theirs.size === 0 ? "first" : ours.size === 0 ? "second" : same > 0 && same === ours.size && same === theirs.size ? "both" : "differs";
    const said = [ours.size ? `${found.first}: ${[...ours].join(", ")}` : "", theirs.size ? `${found.second}: ${[...theirs].join(", ")}` : ""].filter(Boolean).join("; ");
    return make("mark", { class: kind, title: said, "data-at": at, tabindex: "-1" }, words);
  });
}

function margin(codings, others, side, one) {
  const who = side === "first" ? found.first : found.second;
  const chips = codings.map((coding) => {
    const met = others.some((o) => o.code === coding.code && o.start < coding.end && o.end > coding.start);
    const said = met ? `${who} coded ${coding.code}; the other coder shares at least a part of it` : `only ${who} coded ${coding.code} here`;
    const color = found.codes.find((code) => code.key === coding.code)?.color;
    const begins = coding.start >= one.start;
    const chip = make("button", { type: "button", class: `chip ${met ? "both" : side}`, "aria-label": said, title: coding.memo ? `${said}. Memo: ${coding.memo}` : said },
      make("span", { "aria-hidden": "true" }, met ? SIGNS.both : SIGNS[side]), make("span", { class: "key" }, `${begins ? "" : "…"}${coding.code}`));
    if (color) chip.style.setProperty("--code", color);
    chip.addEventListener("click", () => reach(Math.max(coding.start, one.start)));
    const way = make("a", { href: coding.link, class: "small", "aria-label": `Open ${coding.code} in the transcript` }, "open");
    return make("li", {}, chip, " ", way);
  });
  return make("ul", { class: `margin ${side}`, "aria-label": `Coded by ${who}` , hidden: chips.length === 0 }, ...chips);
}

function reach(at) {
  const marks = [...by("text").querySelectorAll("mark[data-at]")];
  const mark = marks.find((one) => Number(one.dataset.at) === at) ?? marks.find((one) => Number(one.dataset.at) >= at);
  if (!mark) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  mark.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  mark.focus({ preventScroll: true });
}

by("question").addEventListener("submit", (event) => {
  event.preventDefault();
  ask({ transcript: by("transcript").value, first: by("first").value, second: by("second").value, codebook: by("codebook").value });
});
by("transcript").addEventListener("change", coders);
by("again").addEventListener("click", () => ask(asked));
live(() => { if (asked !== null) by("stale").hidden = false; });
await coders();
by("ask").disabled = by("transcript").value === "";
document.documentElement.dataset.ready = "compare";
