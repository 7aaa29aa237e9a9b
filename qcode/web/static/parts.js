// What the rooms of a study share: a time in words, facts that can be edited, a question before something is removed.
import { make, toast } from "./base.js";

/** Return a moment as `2026-11-22 08:17`, by the clock of this machine. */
export function clock(at) {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return at;
  const two = (n) => String(n).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** Return a moment as an element, with the exact time behind it. */
export function moment(at) {
  const words = clock(at);
  return make("time", { datetime: at, title: at }, words);
}

/** Say what an act had to tell besides its result. */
export function remark(told) {
  for (const one of told.remarks ?? []) toast(one);
}

/** Fill a list with facts (KEY and value) that can be changed; returns { changed(), fill(pairs) }. */
export function factsEditor(list, add) {
  let before = new Map();

  function line(key, value, fresh) {
    const name = fresh ? make("input", { "aria-label": "Name of the fact", placeholder: "role", maxlength: 200, autocomplete: "off", "data-part": "key" }) : make("bdi", {}, key);
    const words = make("input", { value, "aria-label": fresh ? "Value of the fact" : `Value of ${key}`, maxlength: 2000, autocomplete: "off", "data-part": "value" });
    const forget = make("button", { type: "button", class: "small", "aria-label": fresh ? "Take this line away" : `Forget ${key}` }, fresh ? "×" : "Forget");
    const item = make("li", {}, name, words, forget);
    if (!fresh) item.dataset.key = key;
    forget.addEventListener("click", () => {
      if (fresh) { item.remove(); add.focus(); return; }
      words.value = "";
      item.classList.add("gone");
      words.focus();
    });
    words.addEventListener("input", () => item.classList.toggle("gone", !fresh && words.value.trim() === ""));
    return item;
  }

  add.addEventListener("click", () => {
    const item = line("", "", true);
    list.append(item);
    item.querySelector("input").focus();
  });
  return {
    fill(pairs) {
      before = new Map(pairs);
      list.replaceChildren(...pairs.map(([key, value]) => line(key, value, false)));
    },
    changed() {
      const found = { keys: [], values: [] };
      for (const item of list.children) {
        const key = item.dataset.key ?? item.querySelector('[data-part="key"]').value.trim();
        const value = item.querySelector('[data-part="value"]').value.trim();
        if (item.dataset.key !== undefined && value === before.get(key)) continue;
        if (item.dataset.key === undefined && key === "" && value === "") continue;
        found.keys.push(key);
        found.values.push(value);
      }
      return found;
    },
  };
}

/** Ask before something goes; resolves to true when a person says so. The dialog is the page's own `#sure-dialog`. */
export function sure(heading, words, act) {
  const dialog = document.getElementById("sure-dialog");
  document.getElementById("sure-heading").textContent = heading;
  document.getElementById("sure-words").textContent = words;
  document.getElementById("sure-do").textContent = act;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((tell) => dialog.addEventListener("close", () => tell(dialog.returnValue === "do"), { once: true }));
}

/** Let buttons with `data-list` and `data-kind` keep a list as a file. */
export function keepers(download, more = () => ({})) {
  for (const button of document.querySelectorAll("[data-list]")) {
    const { list, kind } = button.dataset;
    button.addEventListener("click", () => download("/api/lists", { what: list, kind, ...more() }, `${list}.${kind}`).catch(() => {}));
  }
}
