// Paints what an exchange with other programs has to tell: counts, the list of what stays behind, remarks.
import { make, plural } from "./base.js";

const thingsOf = (n, thing) => (n === 1 ? thing : thing.replace(/^\w+/, "$&s"));

/** Return a list of numbers with their things; what is 0 is left out. */
export function counts(pairs) {
  const told = pairs.filter(([n]) => n).map(([n, thing]) => make("li", {}, make("b", {}, n.toLocaleString("en")), ` ${thingsOf(n, thing)}`));
  return told.length ? make("ul", { class: "counts" }, ...told) : null;
}

/** Return the ledger as a table under `heading`, or nothing where nothing was lost. */
export function ledger(lost, heading, level = "h3") {
  if (lost.length === 0) return null;
  const head = make("tr", {}, ...["What", "How many", "Where", "Why"].map((name, n) => make("th", { scope: "col", class: n === 1 ? "num" : null }, name)));
  const rows = lost.map((one) => make("tr", {},
    make("th", { scope: "row" }, one.what), make("td", { class: "num" }, one.n.toLocaleString("en")), make("td", {}, make("bdi", {}, one.where)), make("td", {}, one.why)));
  const table = make("table", { class: "ledger", "aria-label": heading }, make("thead", {}, head), make("tbody", {}, ...rows));
  return make("div", {}, make(level, {}, heading), make("div", { class: "box", tabindex: "0", role: "region", "aria-label": heading }, table));
}

/** Return remarks as a list; what is more than a few is folded. */
export function remarks(words) {
  if (words.length === 0) return null;
  const list = make("ul", { class: "remarks" }, ...words.map((one) => make("li", {}, one)));
  return words.length < 5 ? list : make("details", {}, make("summary", {}, plural(words.length, "remark")), list);
}
