// Shows changes of a codebook: what happened, why, what it means for the codings, and the words that differ.
import { make, plural } from "./base.js";
import { clock } from "./parts.js";

const FIELDS = { when: "use it when", when_not: "do not use it when", codable: "takes codings" };

/** Paint changes under the names of their kinds into `place`; `level` is that of their headings. */
export function paintChanges(place, changes, { none = "", level = "h2" } = {}) {
  const parts = [];
  let kind = null;
  for (const one of changes) {
    if (one.kind !== kind) parts.push(make(level, { class: "kind" }, one.kind));
    kind = one.kind;
    parts.push(changeOf(one));
  }
  place.replaceChildren(...(parts.length ? parts : none ? [make("p", { class: "muted" }, none)] : []));
}

function changeOf(one) {
  return make("article", { class: one.happens.startsWith("wait") ? "works" : "" },
    make("p", { class: "what" }, make("bdi", {}, one.what)),
    one.why ? make("p", {}, make("bdi", {}, one.why)) : null,
    one.fate ? make("p", { class: "muted" }, one.fate) : null,
    ...one.texts.map(textOf));
}

function textOf(text) {
  const row = (name, pieces, mark) => make("tr", {}, make("th", { scope: "row" }, name),
    make("td", {}, ...(pieces.length ? pieces.map(([words, differs]) => (differs ? make(mark, {}, words) : words)) : ["(nothing)"])));
  return make("table", {}, make("caption", {}, FIELDS[text.field] ?? text.field),
    make("tbody", {}, row("before", text.before, "del"), row("after", text.after, "ins")));
}

/** Paint the versions of a codebook, newest first. */
export function paintLog(place, versions) {
  place.replaceChildren(...versions.map((one) => {
    const facts = [plural(one.codes, "code"), `${plural(one.codings, "coding")} made under it`];
    if (one.queued) facts.push(`${plural(one.queued, "coding")} put before the coders, ${one.waiting} not decided`);
    const article = make("article", { class: "version" },
      make("h2", {}, one.version, one.follows.length ? make("span", { class: "muted" }, ` follows ${one.follows.join(" and ")}`) : ""),
      make("p", { class: "muted small" }, `${clock(one.at)}, `, make("bdi", {}, one.coder), ` · ${facts.join("; ")}`),
      one.note ? make("p", {}, one.note) : null);
    if (one.changes.length) {
      const inside = make("div", { class: "changes" });
      paintChanges(inside, one.changes, { level: "h3" });
      article.append(make("details", {}, make("summary", {}, plural(one.changes.length, "change")), inside));
    }
    return article;
  }));
}
