// The passages behind a cell, in a drawer at the side: each with its words, its place, its codings and a way there.

import { call, make, plural } from "./base.js";
import { whereabouts } from "./choosing.js";

const by = (id) => document.getElementById(id);

/** Return the drawer; `open(question, group, first, second, names...)` fills and shows it. */
export function drawer() {
  const box = by("drawer");
  let current = null;
  by("drawer-close").addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  by("drawer-more").addEventListener("click", () => more(current.next));

  async function more(offset) {
    const mine = current;
    by("drawer-state").textContent = offset === 0 ? "Looking for the passages…" : "Reading on…";
    by("drawer-more").hidden = true;
    try {
      const found = await call("/api/matrix/passages", { ...mine.question, group: mine.group, first: mine.first, second: mine.second, offset });
      if (mine !== current) return;
      current.next = found.next;
      by("drawer-list").append(...found.passages.map((one) => passage(one, mine.first === mine.second)));
      by("drawer-state").textContent = found.total === 0 ? "There are no passages." : plural(found.total, "passage");
      by("drawer-more").hidden = found.next === null;
    } catch (error) {
      if (mine === current) by("drawer-state").textContent = error.message;
    }
  }

  return {
    open(question, group, first, second, firstName, secondName) {
      current = { question, group, first, second, next: null };
      const named = (key, name) => (name && name !== key ? `${key} · ${name}` : key);
      by("drawer-heading").textContent = first === second ? named(first, firstName) : `${named(first, firstName)} with ${named(second, secondName)}`;
      by("drawer-list").replaceChildren();
      box.showModal();
      box.scrollTop = 0;
      more(0);
    },
  };
}

function passage(one, alone) {
  const quote = make("blockquote", { class: "quote", lang: one.language }, make("p", {}, one.cut ? `${one.quote}…` : one.quote));
  const codings = [...one.first, ...(alone ? [] : one.second)];
  const list = make("ul", { class: "codings small" }, ...codings.map((coding) => make("li", {},
    make("span", { class: "key" }, coding.code), " by ", make("bdi", {}, coding.coder),
    coding.quote ? make("q", { lang: one.language }, coding.quote) : null,
    coding.memo ? make("span", { class: "memo" }, ` Memo: ${coding.memo}`) : null)));
  const way = make("a", { href: one.link }, "Open in the transcript");
  return make("article", { class: "passage" }, quote, make("p", { class: "muted small" }, make("bdi", {}, whereabouts(one))), list, way);
}
