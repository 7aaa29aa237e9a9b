// The acts on the codes of a draft, each with a small form: add, move, split, merge, retire, bring back.
import { make, plural } from "./base.js";
import { area, choice, codeOptions, line, openForm, tick, titleOf } from "./draft_parts.js";

const HOW = { merge: "merged", split: "split", retire: "retired" };
const WHY = "Why (stands in the history of the codebook)";

/** Return the acts; `codes()` are those of the draft, `former()` the ones that ended, `act(name, body)` does one. */
export function actsOn({ codes, former, act }) {
  const rest = (code) => codes().filter((one) => one.key !== code.key);
  return {
    add: (code) => add(codes(), code, act),
    move: (code) => move(code, rest(code), act),
    split: (code) => split(code, codes(), act),
    merge: (code) => merge(code, codes(), act),
    retire: (code) => retire(code, act),
    revive: () => revive(former(), codes(), act),
  };
}

function value(box) {
  return box.input.value.trim();
}

/** Show a list of codes only where the place asks for one. */
function placed(place, beside) {
  const paint = () => { beside.hidden = place.input.value === "top"; };
  place.input.addEventListener("change", paint);
  paint();
}

function add(codes, code, act) {
  const [key, name] = [line("Key", "", { required: true }), line("Name")];
  const place = choice("Where it stands", [["under", "below a code, as the last"], ["after", "behind a code"], ["top", "at the top, as the last"]], code ? "under" : "top");
  const beside = choice("Which code", codeOptions(codes), code?.key);
  const definition = area("Definition (the rest of the entry comes afterwards)");
  const heading = tick("Only a heading, which takes no codings");
  placed(place, beside);
  openForm({ title: "Add a code", submit: "Add it", fields: [key, name, place, beside, definition, heading],
    send: () => act("add", { key: value(key), name: value(name), definition: value(definition), heading: heading.input.checked,
      ...(value(place) === "top" ? {} : { [value(place)]: beside.input.value }) }, { chosen: value(key) }) });
}

function move(code, codes, act) {
  const place = choice("Where to", [["under", "below a code, as the last"], ["before", "before a code"], ["after", "behind a code"], ["top", "to the top, as the last"]], "under");
  const beside = choice("Which code", codeOptions(codes), code.parent ?? undefined);
  placed(place, beside);
  openForm({ title: `Move ${titleOf(code)}`, submit: "Move it", fields: [said("What stands below it goes with it. Its codings stand."), place, beside],
    send: () => act("move", { code: code.key, where: value(place), beside: beside.input.value }) });
}

function split(code, codes, act) {
  const known = make("datalist", { id: "split-known" }, ...codes.filter((one) => one.codable && one.key !== code.key).map((one) => make("option", { value: one.key }, one.name)));
  const rows = make("div", { class: "rows" });
  const more = () => {
    const n = rows.children.length + 1;
    const [key, name] = [line(`Key ${n}`, "", { list: "split-known" }), line(`Name ${n}`)];
    rows.append(make("div", { class: "two" }, key, name));
    return key;
  };
  more();
  more();
  const another = make("button", { type: "button" }, "One more");
  another.addEventListener("click", () => more().input.focus());
  const keep = tick(`${code.key} itself goes on taking codings`);
  const why = line(WHY);
  const waits = code.codings ? `${plural(code.codings, "coding")} ${code.codings === 1 ? "waits" : "wait"} in the queue, each to be given to one or more of them${code.codings === 1 ? "" : "; until then they are left out of every count"}.` : "It has no codings that would wait.";
  openForm({ title: `Split ${titleOf(code)}`, submit: "Split it", fields: [said(`New codes stand below it; codes that are there may be named, too. ${waits}`), rows, known, another, keep, why],
    send: () => {
      const pairs = [...rows.children].map((row) => [...row.querySelectorAll("input")].map((one) => one.value.trim()));
      return act("split", { code: code.key, keys: pairs.map(([key]) => key), names: pairs.map(([, name]) => name), keep: keep.input.checked, why: value(why) });
    } });
}

function merge(code, codes, act) {
  const find = make("input", { type: "search", autocomplete: "off", "aria-label": "Narrow the list", placeholder: "narrow the list" });
  const boxes = codes.map((one) => {
    const box = tick(titleOf(one), one.key === code?.key);
    box.input.value = one.key;
    box.classList.add("pick");
    box.style.setProperty("--depth", one.depth);
    return box;
  });
  const list = make("div", { class: "pick-list", tabindex: 0, role: "group", "aria-label": "Codes that become one" }, ...boxes);
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLocaleLowerCase();
    for (const box of boxes) box.hidden = !box.input.checked && !box.textContent.toLocaleLowerCase().includes(wanted);
  });
  const known = make("datalist", { id: "merge-known" }, ...codes.map((one) => make("option", { value: one.key }, one.name)));
  const into = line("Merge them into (key)", code?.key ?? "", { list: "merge-known", hint: "One of them, another code, or the key of a new one." });
  const [name, why] = [line("Another name for it (may stay empty)"), line(WHY)];
  const told = said("Their codings move to the one that is left; where a coder gave several of them to the same words, one coding stays. Keys of the others become aliases.");
  openForm({ title: "Merge codes", submit: "Merge them", fields: [told, find, list, into, known, name, why],
    send: () => act("merge", { codes: boxes.filter((box) => box.input.checked).map((box) => box.input.value), into: value(into), name: value(name), why: value(why) }, { chosen: value(into) }) });
  const picked = boxes.find((box) => box.input.checked);
  if (picked) list.scrollTop = picked.offsetTop - list.offsetTop;
}

function retire(code, act) {
  const why = line(WHY);
  const happens = code.was === "" ? "It is new in this draft and is just taken out." : code.codings
    ? `${plural(code.codings, "coding")} ${code.codings === 1 ? "is" : "are"} frozen: kept, and counted under earlier versions only. It can be brought back later.`
    : "It has no codings. It can be brought back later.";
  openForm({ title: `Retire ${titleOf(code)}`, submit: "Retire it", danger: true, fields: [said(`${happens} Codes below it move up to its place.`), why],
    send: () => act("retire", { code: code.key, why: value(why) }, { chosen: code.parent }) });
}

function revive(former, codes, act) {
  const which = choice("Which code", former.map((one) => [one.id || one.key, `${titleOf(one)} (${ended(one)})`]));
  const under = choice("Where it stands", [["", "where it stood, or at the top"], ...codeOptions(codes).map(([key, words]) => [key, `below ${words.trim()}`])]);
  const why = line(WHY);
  openForm({ title: "Bring a code back", submit: "Bring it back", fields: [said("It comes back as it was, and its frozen codings count again."), which, under, why],
    send: () => act("revive", { code: which.input.value, under: under.input.value, why: value(why) }, { chosen: former.find((one) => (one.id || one.key) === which.input.value)?.key }) });
}

function ended(one) {
  const into = one.into.length ? ` into ${one.into.join(" and ")}` : "";
  return `${HOW[one.how] ?? "ended"}${into} in ${one.version || "this draft"}`;
}

function said(words) {
  return make("p", { class: "muted" }, words);
}
