// The codes of a draft as a tree: walked with the arrow keys, narrowed by typing, each with what the draft does to it.
import { make, plural } from "./base.js";

const at = (id) => document.getElementById(id);
const STATES = { new: "new", changed: "changed", moved: "moved", back: "comes back" };

export class Tree {
  /** `choose(key)` is asked before another code is chosen, and tells whether it may be. */
  constructor(choose) {
    Object.assign(this, { choose, codes: [], chosen: null });
    at("tree").addEventListener("click", (event) => {
      const item = event.target.closest('[role="treeitem"]');
      if (item) this.pick(item.dataset.key);
    });
    at("tree").addEventListener("keydown", (event) => this._walk(event));
    at("find").addEventListener("input", () => this.paint());
  }

  /** Show these codes; `chosen` is the key of the one whose entry is open. */
  show(codes, chosen) {
    Object.assign(this, { codes, chosen });
    this.paint();
  }

  async pick(key) {
    if (key !== this.chosen && !(await this.choose(key))) return this.focus();
    this.chosen = key;
    this.paint();
    return this.focus();
  }

  focus() {
    at("tree").querySelector('[tabindex="0"]')?.focus({ preventScroll: false });
  }

  paint() {
    const wanted = at("find").value.trim().toLocaleLowerCase();
    const fits = this.codes.filter((one) => wordsOf(one).includes(wanted));
    const codable = this.codes.filter((one) => one.codable).length;
    at("tree-facts").textContent = `${plural(codable, "code")}, ${plural(this.codes.reduce((sum, one) => sum + one.codings, 0), "coding")}${wanted ? `; ${fits.length} fit` : ""}`;
    const had = at("tree").contains(document.activeElement);
    const current = fits.some((one) => one.key === this.chosen) ? this.chosen : fits[0]?.key;
    at("tree").replaceChildren(...fits.map((one) => this._item(one, one.key === current, wanted !== "")));
    if (had) this.focus();
  }

  _item(one, current, flat) {
    const box = make("span", { class: "swatch", "aria-hidden": "true" });
    if (one.shown_color) box.style.setProperty("--code", one.shown_color);
    const state = STATES[one.state] ? make("span", { class: `state ${one.state}` }, STATES[one.state]) : "";
    const item = make("li", { role: "treeitem", "aria-level": one.depth + 1, "aria-selected": String(one.key === this.chosen), tabindex: current ? 0 : -1 },
      box,
      make("span", { class: one.codable ? "" : "heading" }, make("bdi", { class: "key" }, one.key), make("bdi", {}, one.name === one.key ? "" : one.name), " ", state),
      make("span", { class: "count", title: plural(one.codings, "coding") }, one.codable || one.codings ? one.codings.toLocaleString("en") : ""));
    item.style.setProperty("--depth", flat ? 0 : one.depth);
    item.dataset.key = one.key;
    return item;
  }

  _walk(event) {
    const items = [...at("tree").children];
    const here = items.indexOf(document.activeElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1, Enter: here, " ": here }[event.key];
    if (to === undefined || !items[to] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.pick(items[to].dataset.key);
  }
}

function wordsOf(one) {
  const more = [...one.names.map(([, name]) => name), ...one.aliases, ...one.terms.flatMap(([, words]) => words)];
  return [one.key, one.name, ...more].join("\n").toLocaleLowerCase();
}
