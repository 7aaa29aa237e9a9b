// The filters that the matrix and the quotes share: what may be chosen, and what was chosen.

import { call, make, plural } from "./base.js";

/** A folded list of boxes to tick, with a field that narrows it; `values()` are those ticked. */
export class Chooser {
  constructor(name, none, options) {
    [this.name, this.none] = [name, none];
    this.summary = make("summary");
    this.list = make("div", { class: "ticks" });
    this.narrow = make("input", { type: "search", placeholder: "narrow the list", "aria-label": `Narrow the list: ${name}`, autocomplete: "off" });
    this.narrow.addEventListener("input", () => this.filter());
    this.clear = make("button", { type: "button", class: "plain small" }, "Untick all");
    this.clear.addEventListener("click", () => { for (const box of this.boxes()) box.checked = false; this.tell(); });
    const inside = make("fieldset", {}, make("legend", { class: "hidden-word" }, name), this.narrow, this.list, this.clear);
    this.element = make("details", { class: "chooser" }, this.summary, inside);
    this.list.addEventListener("change", () => this.tell());
    this.offer(options);
  }

  offer(options) {
    const kept = new Set(this.boxes().filter((box) => box.checked).map((box) => box.value));
    this.list.replaceChildren(...options.map((one) => {
      const box = make("input", { type: "checkbox", value: one.value, checked: kept.has(one.value) });
      const line = make("label", { class: "check" }, box, one.color ? swatch(one.color) : null, make("bdi", {}, one.words ?? one.value));
      if (one.depth) line.style.setProperty("--depth", one.depth);
      return line;
    }));
    this.narrow.hidden = options.length < 9;
    this.element.hidden = options.length === 0;
    this.filter();
    this.tell();
  }

  boxes() { return [...this.list.querySelectorAll("input")]; }
  values() { return this.boxes().filter((box) => box.checked).map((box) => box.value); }

  filter() {
    const wanted = this.narrow.value.trim().toLocaleLowerCase();
    for (const line of this.list.children) line.hidden = wanted !== "" && !line.textContent.toLocaleLowerCase().includes(wanted);
  }

  tell() {
    const chosen = this.values();
    const said = chosen.length === 0 ? this.none : chosen.length < 3 ? chosen.join(", ") : `${chosen.length} chosen`;
    this.summary.replaceChildren(make("span", { class: "chooser-name" }, this.name), " ", make("bdi", {}, said));
  }

  choose(value) {
    for (const box of this.boxes()) if (box.value === value) box.checked = true;
    this.tell();
  }
}

/** Return a patch of a code's colour. */
export function swatch(color) {
  const patch = make("span", { class: "swatch", "aria-hidden": "true" });
  patch.style.setProperty("--code", color);
  return patch;
}

/**
 * Put the filters into `place`, with `id` for the choice of a version; resolves to { read(), choices, choosers }.
 * `now`: of the newest versions alone, for codings of which all wait.
 */
export async function filters(place, id = "version", { now = false } = {}) {
  const choices = await call("/api/choices");
  const version = make("select", { id });
  for (const book of choices.codebooks) {
    const many = choices.codebooks.length > 1;
    if (now && many && !version.length) version.append(make("option", { value: "" }, "any"));
    version.append(make("option", { value: many ? book.codebook : "" }, many ? `${book.codebook}, newest` : `newest (${book.newest})`));
    for (const one of now ? [] : book.versions) {
      version.append(make("option", { value: `${book.codebook}@${one.version}` }, `as of ${book.codebook} ${one.version}`));
    }
  }
  const codesOf = () => {
    const [key, number] = (version.value || choices.codebooks[0]?.codebook || "").split("@");
    const book = choices.codebooks.find((one) => one.codebook === key);
    const found = book?.versions.find((one) => one.version === (number ?? book.newest));
    return (found?.codes ?? []).map((one) => ({ value: one.key, words: one.name === one.key ? one.key : `${one.key} · ${one.name}`, depth: one.depth, color: one.color }));
  };
  const pairs = Object.entries(choices.attributes).flatMap(([key, values]) => values.map((value) => ({ value: `${key}=${value}`, words: `${key}: ${value}` })));
  const choosers = {
    codes: new Chooser("Codes", "all", codesOf()),
    coders: new Chooser("Coders", "all", choices.coders.map((value) => ({ value }))),
    transcripts: new Chooser("Transcripts", "all", choices.transcripts.map((one) => ({ value: one.name }))),
    cases: new Chooser("Cases", "all", choices.cases.map((value) => ({ value }))),
    where: new Chooser("Cases with", "any attributes", pairs),
  };
  version.addEventListener("change", () => choosers.codes.offer(codesOf()));
  const alone = make("input", { type: "checkbox" });
  const pending = make("input", { type: "checkbox" });
  place.replaceChildren(make("div", { class: "choosers" },
    choices.codebooks.length > (now ? 1 : 0) ? make("div", { class: "field" }, make("label", { for: id }, "Codebook"), version) : null,
    ...Object.values(choosers).map((one) => one.element),
    make("div", { class: "row" },
      make("label", { class: "check" }, alone, "without the codes below those chosen"),
      now ? null : make("label", { class: "check" }, pending, "only codings that wait for a decision"))));
  const read = () => ({
    ...Object.fromEntries(Object.entries(choosers).map(([name, one]) => [name, one.values()])),
    no_children: alone.checked && choosers.codes.values().length > 0,
    codebook: version.value,
    pending: pending.checked,
  });
  return { read, choices, choosers };
}

/** Return `turn 12, Ana · 00:03:12 · case P7`: where a passage stands. */
export function whereabouts(one) {
  const turn = [one.turn === null ? "" : `turn ${one.turn}`, one.speaker ?? ""].filter(Boolean).join(", ");
  const time = typeof one.time === "number" ? new Date(one.time * 1000).toISOString().slice(11, 19) : one.time;
  const whose = one.case && one.case !== one.transcript ? `case ${one.case}` : "";
  return [one.transcript, turn, time, whose].filter(Boolean).join(" · ");
}

/** Bring the head of an answer to the top of the window, and the keyboard with it. */
export function bringUp(heading) {
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

/** Copy words and say so on the button. */
export async function copy(button, words) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(words);
    button.textContent = "Copied";
  } catch {
    const area = make("textarea", { class: "hidden-word" });
    area.value = words;
    (button.closest("dialog") ?? document.body).append(area);
    area.select();
    button.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C";
    area.remove();
    button.focus();
  }
  setTimeout(() => { button.textContent = before; }, 1600);
}

/** Do something that takes a while: the button waits, `state` says what happens. Only the newest answer counts. */
export function busy(button, state) {
  let newest = 0;
  return async (doing, work) => {
    const mine = ++newest;
    button.setAttribute("aria-disabled", "true");
    state.classList.add("working");
    state.textContent = doing;
    try {
      const value = await work();
      return mine === newest ? value : null;
    } catch (error) {
      if (mine === newest) state.textContent = error.message;
      return null;
    } finally {
      if (mine === newest) {
        button.removeAttribute("aria-disabled");
        state.classList.remove("working");
        if (state.textContent === doing) state.textContent = "";
      }
    }
  };
}

export { plural };
