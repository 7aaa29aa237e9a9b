// The quotes: asks with filters and words, shows them by code with their sources, copies them, keeps them as a file.

import { call, download, live, make, plural } from "./base.js";
import { bringUp, busy, copy, filters, swatch, whereabouts } from "./choosing.js";

const by = (id) => document.getElementById(id);
const form = by("question");
const chosen = await filters(by("filters"));
const reading = busy(by("ask"), by("state"));
let [asked, next, codes, last] = [null, null, {}, null];

const question = () => ({ ...chosen.read(), words: by("words").value });

/** Files hold what is shown: where the filters were changed since, they wait until it is shown. */
function tellChanged() {
  const changed = asked !== null && JSON.stringify(question()) !== JSON.stringify(asked);
  by("changed").hidden = !changed;
  for (const button of document.querySelectorAll("[data-kind]")) button.disabled = changed;
}

async function ask(wanted) {
  const found = await reading("Looking for the quotes…", () => call("/api/quotes", { ...wanted, offset: 0 }));
  if (found === null) return;
  [asked, last] = [wanted, null];
  by("stale").hidden = true;
  by("answer").hidden = false;
  by("list").replaceChildren();
  by("command").textContent = found.command;
  by("left-out").textContent = found.left_out;
  by("left-out").hidden = found.left_out === "";
  add(found);
  tellChanged();
  bringUp(by("answer-heading"));
  by("state").textContent = found.total === 0 ? "No coding fits." : `${plural(found.total, "passage")} with ${plural(found.codings, "coding")} in ${plural(found.transcripts, "transcript")}`;
}

function add(found) {
  ({ next, codes } = found);
  for (const one of found.quotes) {
    if (one.code !== last) by("list").append(heading(one.code));
    last = one.code;
    by("list").append(quote(one));
  }
  by("more").hidden = next === null;
}

function heading(code) {
  const { name, color, passages } = codes[code];
  return make("h3", { class: "code-heading" }, color ? swatch(color) : null, make("span", { class: "key" }, code),
    name === code ? null : ` ${name}`, make("span", { class: "muted small" }, ` ${plural(passages, "passage")}`));
}

function quote(one) {
  const button = make("button", { type: "button", class: "small" }, "Copy with its source");
  button.addEventListener("click", () => copy(button, `${one.text}\n— ${one.source}`));
  const by_whom = `coded ${one.code} by ${one.coders} · ${one.codebook} · coding ${one.ids.map((id) => id.slice(0, 8)).join(", ")}`;
  return make("article", { class: "sheet passage" },
    make("blockquote", { class: "quote", lang: one.language }, make("p", {}, one.text)),
    one.memo ? make("p", { class: "memo" }, `Memo: ${one.memo}`) : null,
    make("p", { class: "muted small" }, make("bdi", {}, whereabouts(one)), make("br"), make("bdi", {}, by_whom),
      one.pending ? make("strong", {}, " · waits for a decision") : null),
    make("div", { class: "row" }, make("a", { href: one.link }, "Open in the transcript"), button));
}

async function more() {
  const found = await reading("Reading on…", () => call("/api/quotes", { ...asked, offset: next }));
  if (found === null) return;
  const count = by("list").children.length;
  add(found);
  by("list").children[count]?.querySelector("a")?.focus({ preventScroll: true });
}

form.addEventListener("submit", (event) => { event.preventDefault(); ask(question()); });
for (const kind of ["input", "change", "click"]) form.addEventListener(kind, tellChanged);
by("again").addEventListener("click", () => ask(asked));
by("more").addEventListener("click", more);
by("copy-command").addEventListener("click", (event) => copy(event.currentTarget, by("command").textContent));
for (const button of document.querySelectorAll("[data-kind]")) {
  button.addEventListener("click", () => reading("Writing the file…", () => download("/api/quotes/export", { ...asked, kind: button.dataset.kind }, `quotes.${button.dataset.kind}`)));
}
live(() => { if (asked !== null) by("stale").hidden = false; });
by("ask").disabled = false;
document.documentElement.dataset.ready = "quotes";
