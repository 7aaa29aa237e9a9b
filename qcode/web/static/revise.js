// A corrected text of a transcript: what it would do to the codings is shown first, then it is taken.
import { call, live, make, plural } from "./base.js";
import { hereSaid } from "./import_words.js";
import { remarks } from "./ledger.js";
import { moment } from "./parts.js";

const MOST = 64 * 1024 * 1024;
const at = (id) => document.getElementById(id);
const id = at("transcript").dataset.id;
let asking = 0;

function clear() {
  asking += 1;
  at("revise-told").replaceChildren();
  at("revise-acts").hidden = true;
  say("");
}

function say(words, wrong = false) {
  at("revise-state").classList.toggle("wrong", wrong);
  at("revise-state").textContent = words;
}

/** Send the file; returns what was told, an Error, or null where something else was asked since. */
async function send(more) {
  const mine = ++asking;
  const form = new FormData(at("revise-form"));
  for (const [name, value] of Object.entries(more)) form.append(name, value);
  const told = form.get("file").size > MOST ? new Error("it is larger than 64 MB") : await call(`/api/transcripts/${id}/revise`, form, { quiet: true }).catch((error) => error);
  return mine === asking ? told : null;
}

async function look() {
  clear();
  say("Looking at it; nothing is changed yet …");
  const told = await send({ look: "yes" });
  if (told === null) return;
  if (told instanceof Error) return refuse(told);
  at("revise-acts").hidden = !told.changed;
  say(told.changed ? `${Math.round(told.share * 100)} % of the words of now are in it. Nothing is changed yet.` : "It says what the text of now says; there is nothing to take.");
  if (told.changed) paint(told, true);
}

async function take() {
  at("revise-acts").hidden = true;
  say("Taking it …");
  const told = await send({});
  if (told === null) return;
  if (told instanceof Error) return refuse(told);
  at("revise-form").reset();
  say(told.changed ? "It is the text of the transcript now." : "It says what the text says already; nothing was changed.");
  paint(told, false);
  await refresh();
  at("revise-heading").focus();
}

function refuse(error) {
  say(`It was refused, and nothing is changed: ${hereSaid(error.message)}`, true);
  if (error.message.includes("--")) at("revise-more").open = true;
}

function paint(told, would) {
  const wait = told.counts.unplaceable === 1 ? "coding whose words are gone: it waits in the queue" : "codings whose words are gone: they wait in the queue";
  const line = (n, words) => (n ? make("li", {}, make("b", {}, n.toLocaleString("en")), ` ${words}`) : null);
  const s = (n) => (n === 1 ? "coding" : "codings");
  const c = told.counts;
  at("revise-told").replaceChildren(...[
    make("ul", { class: "counts" }, ...[line(c.same, `${s(c.same)} as before`), line(c.moved, `${s(c.moved)} moved, same words`), line(c.adjusted, `${s(c.adjusted)} adjusted, other words`), line(c.unplaceable, wait)].filter(Boolean)),
    words("unplaceable", "Words that are gone", told), words("adjusted", "Words that are others now", told), words("elsewhere", "Passages that stand elsewhere in the talk", told),
    marks(told.marks),
    told.rejections ? make("p", {}, `${plural(told.rejections, "suggestion")} that ${told.rejections === 1 ? "was" : "were"} rejected may come again.`) : null,
    remarks([...told.warnings, ...told.remarks].map(hereSaid)),
    !would && c.unplaceable ? make("p", {}, make("a", { class: "button", href: "/queue" }, "To the queue")) : null,
  ].filter(Boolean));
}

function words(kind, heading, told) {
  const found = told.codings[kind];
  const more = told.not_shown[kind];
  if (found.length === 0 && !more) return null;
  const line = (one) => make("li", { class: kind }, make("bdi", { class: "key" }, one.code), " ", make("span", { class: "muted" }, "by ", make("bdi", {}, one.coder)),
    kind === "adjusted"
      ? make("span", { class: "quote" }, make("del", {}, one.before), " → ", make("ins", {}, one.after))
      : make("span", { class: "quote" }, one.before));
  return make("div", {}, make("h3", {}, heading),
    found.length ? make("ul", { class: "words", tabindex: "0", "aria-label": heading }, ...found.map(line)) : null,
    more ? make("p", { class: "small muted" }, `And ${plural(more, "coding")} not shown here: of other coders, or more than can be listed.`) : null);
}

function marks(found) {
  const told = [[found.adjusted, "with other words"], [found.unplaceable, "gone"]].filter(([n]) => n).map(([n, what]) => `${n.toLocaleString("en")} ${what}`);
  return told.length ? make("p", {}, `Passages marked in vivo: ${told.join(", ")}.`) : null;
}

async function refresh() {
  const told = await call(`/api/transcripts/${id}/revisions`, undefined, { quiet: true }).catch(() => null);
  if (told === null) return;
  at("revisions").replaceChildren(...told.revisions.map((one, n) => make("li", {},
    make("a", { href: `/transcripts/${id}/revisions/${one.revision}` }, `Text ${one.revision}`), n === 0 ? " (the one of now), " : ", ", moment(one.created_at),
    make("span", { class: "muted" }, ` · ${plural(one.characters, "character")}, ${plural(one.turns, "turn")}, ${plural(one.codings, "coding")}`))));
}

at("revise-form").addEventListener("submit", (event) => { event.preventDefault(); look(); });
at("revise-form").addEventListener("input", clear);
at("revise-do").addEventListener("click", take);
at("revise-leave").addEventListener("click", () => { at("revise-form").reset(); clear(); at("revise-file").focus(); });
await refresh();
live(refresh);
at("revise-look").disabled = false;
