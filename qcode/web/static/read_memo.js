// Memos: on which thing a key writes one, and the dialog, which lets no typed word go without asking.

import { ask, h, newId } from "./read_dom.js";
import { memoList } from "./read_panels.js";
import { keyText } from "./read_room.js";

/**
 * The mark that an act means: that of the bar with the focus, else the one with exactly the words selected, else of
 * those here the one coded last; undefined where none of them `fits`.
 */
export function meant(acts, fits) {
  const focused = acts.markOf(document.activeElement?.dataset?.mark);
  if (focused) return fits(focused) ? focused : undefined;
  const { start, end } = acts.selection;
  const here = acts.room.marksAt(acts.selection).filter(fits);
  const exact = here.filter((one) => one.start === start && one.end === end);
  return acts.room.latest(exact.length ? exact : here);
}

/** Something a memo can be about: one coding. */
export function about(mark) {
  return { about: "coding", target: mark.id, name: `the coding ${mark.code} (${mark.coder})`, short: keyText(mark) };
}

/** Write a memo on what is here. */
export function memoHere(acts) {
  const first = meant(acts, (one) => one.mine && !one.draft) ?? meant(acts, (one) => !one.draft);
  const marks = acts.room.marksAt(acts.selection).filter((one) => !one.draft && one !== first);
  const all = first ? [first, ...marks] : marks;
  const codes = [...new Map(all.map((one) => [one.code, acts.room.codeOf(one)])).values()].filter(Boolean);
  return memoOn(acts, [
    ...all.map(about),
    { about: "transcript", target: "", name: "this transcript" },
    ...codes.map((code) => ({ about: "code", target: code.pick, name: `the code ${code.key}` })),
    { about: "study", target: "", name: "the whole study" },
  ]);
}

/** Write a memo on one of some things; what the study refuses is in the dialog again. */
export async function memoOn(acts, abouts) {
  const known = async (one) => {
    const path = one.about === "coding" ? [`coding/${one.target}`] : ["memos", { about: one.about, target: one.target }];
    return (await acts.link.ask(...path).catch(() => ({ memos: [] }))).memos;
  };
  const memo = await writeMemo(abouts, known, acts);
  if (!memo) return;
  acts.written = "";
  const { text, target } = memo;
  const answer = await acts.act("memo", { text, about: memo.about, target }, null, `Wrote a memo on ${memo.short ?? memo.name}.`);
  if (answer === null) await memoOn(acts, abouts);
}

/** Ask for a memo; `kept.written` is what was typed and not sent. Returns {text, about, target, name}. */
function writeMemo(abouts, known, kept) {
  const area = h("textarea", { id: newId("memo"), rows: "6", autofocus: true, dir: "auto", oninput: () => { kept.written = area.value; } });
  area.value = kept.written;
  const sure = h("div", { class: "notice wrong row apart", role: "alert", hidden: true });
  const guard = () => {
    if (!area.value.trim()) return true;
    if (sure.hidden) {
      sure.hidden = false;
      sure.querySelector("button").focus();
    } else back();
    return false;
  };
  const back = () => {
    sure.hidden = true;
    area.focus();
  };
  return ask("Memo", (close) => {
    sure.append(h("span", {}, "This note is not saved. Throw it away?"), h("span", { class: "row" },
      h("button", { type: "button", onclick: back }, "Write on"),
      h("button", { type: "button", class: "danger", onclick: () => { kept.written = ""; close(); } }, "Throw away")));
    return [form(abouts, known, area, sure, close)];
  }, { guard });
}

function form(abouts, known, area, sure, close) {
  const id = newId("about");
  const choice = h("select", { id }, ...abouts.map((one, n) => h("option", { value: String(n) }, one.name)));
  const there = h("div", { class: "there" });
  const tell = async () => there.replaceChildren(...memoList(await known(abouts[Number(choice.value)])));
  const send = (event) => {
    event.preventDefault();
    if (area.value.trim()) close({ text: area.value, ...abouts[Number(choice.value)] });
    else area.focus();
  };
  const keys = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event);
  };
  choice.addEventListener("change", tell);
  tell();
  return h("form", { onsubmit: send, onkeydown: keys, class: "stack" },
    h("p", { class: "field" }, h("label", { for: id }, "About"), choice),
    there,
    h("p", { class: "field" }, h("label", { for: area.id }, "Your note"), area),
    sure,
    h("p", { class: "row end" }, h("button", { type: "submit", class: "primary" }, "Write the memo ", h("kbd", { class: "named" }, "Ctrl+Enter"))));
}
