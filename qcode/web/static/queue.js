// The queue: one coding that waits after the other, decided by a key or a click.
import { call, live, make, plural, toast } from "./base.js";
import { isMeant } from "./letters.js";
import { sure } from "./parts.js";
import { clearAll, narrowed, paintAll, setUpAll } from "./queue_all.js";
import { paintAnew, setUpAnew } from "./queue_anew.js";

const at = (id) => document.getElementById(id);
const HAPPENED = { split: "was split in", redefine: "was narrowed in", edit: "is only a heading since", revise: "has lost its words in" };
const FEW = 12;
let told = { items: [], codes: {} };
let items = [];
let n = 0;
let picked = [];
let offered = [];
let numbered = [];
let busy = false;
let newest = 0;
const around = new Map();

async function refresh({ own = false } = {}) {
  const before = items[n]?.id;
  const [of, filters] = [at("of").value === "everyone" ? "everyone" : "me", narrowed()];
  const mine = (newest += 1); // of several answers on their way the last one asked for is shown
  const answer = await (filters === null ? call(`/api/queue?of=${of}`) : call("/api/queue", { of, ...filters }));
  if (mine !== newest) return;
  told = answer;
  paintChoices();
  const there = items.findIndex((one) => one.id === before);
  n = there >= 0 ? there : Math.min(n, Math.max(0, items.length - 1));
  if (there < 0) picked = [];
  if (there < 0 && before && !own) toast("The coding that stood here was decided elsewhere.");
  await paint(there >= 0);
}

function paintChoices() {
  const kept = at("only").value;
  const codes = [...new Set(told.items.map((one) => one.code))];
  at("only").replaceChildren(make("option", { value: "" }, "all"), ...codes.map((one) => make("option", { value: one, selected: one === kept }, `${one} (${told.items.filter((item) => item.code === one).length})`)));
  items = told.items.filter((one) => at("only").value === "" || one.code === at("only").value);
  at("undo").disabled = !told.can_undo;
  at("redo").disabled = !told.can_redo;
  at("earlier").hidden = !told.earlier;
  at("state").textContent = items.length ? `${plural(items.length, "coding")} ${items.length === 1 ? "waits" : "wait"} for a decision since the codebook or a text was changed` : "";
}

async function paint(same) {
  paintAll(items, told.codes);
  at("nothing").hidden = items.length > 0;
  if (items.length === 0) {
    at("work").hidden = true;
    const others = told.everyone - told.mine;
    at("nothing-said").textContent = narrowed() !== null ? "No coding that waits fits these filters." : others > 0 && at("of").value === "me"
      ? `Nothing of yours waits for a decision. ${plural(others, "coding")} of other coders ${others === 1 ? "does" : "do"}.`
      : "Nothing waits for a decision.";
    return;
  }
  const one = items[n];
  const known = same && at("passage").dataset.id === one.id;
  const { before, after } = known ? {} : await context(one.id);
  if (items[n]?.id !== one.id) return;
  at("work").hidden = false;
  paintDecision(one);
  if (known) return;
  at("find").value = "";
  paintPassage(one, before, after);
  paintCandidates(one);
  if (items[n + 1]) context(items[n + 1].id);
}

/** Return what stands around a passage; a text never changes, so it is asked for once. */
function context(id) {
  if (!around.has(id)) around.set(id, call(`/api/queue/${id}`, undefined, { quiet: true }).catch(() => { around.delete(id); return { before: "", after: "" }; }));
  return around.get(id);
}

function paintPassage(one, before, after) {
  at("passage").dataset.id = one.id;
  at("where").href = one.link;
  at("where").textContent = one.transcript;
  at("who-spoke").textContent = [one.turn === null ? "" : `turn ${one.turn}`, one.speaker ?? "", `coded by ${one.coder}`].filter(Boolean).join(" · ");
  const mark = make("mark", {}, one.quote);
  at("passage").replaceChildren(make("span", { class: "around" }, before), mark, make("span", { class: "around" }, after));
  at("passage").scrollTop = Math.max(0, mark.offsetTop - at("passage").clientHeight / 3);
  at("memo").hidden = one.memo === "";
  at("memo").textContent = one.memo;
  at("place").textContent = `${n + 1} of ${items.length}`;
}

function paintDecision(one) {
  at("place").textContent = `${n + 1} of ${items.length}`;
  at("happened").textContent = `${one.code} ${HAPPENED[one.change] ?? "was changed in"} ${one.under}`;
  at("why-changed").textContent = one.change === "revise" ? "" : one.why;
  const to = one.candidates.length > 1 ? "go to one code or several" : one.candidates.length ? "go to the other code" : "";
  const anew = one.change === "revise" ? "be placed anew on words of the corrected text" : "";
  const may = [one.kept ? "be kept" : "", to, anew, "be withdrawn"].filter(Boolean);
  at("about").textContent = `It may ${may.length > 1 ? `${may.slice(0, -1).join(", ")} or ${may.at(-1)}` : may[0]}.`;
  paintAnew(one);
  at("keep").hidden = !one.kept;
  at("keep").replaceChildren(`Keep on ${one.code} `, make("kbd", {}, "k"));
  at("several-row").hidden = one.candidates.length < 2;
  at("narrow").hidden = one.candidates.length <= FEW;
  at("previous").disabled = n === 0;
  at("next").disabled = n >= items.length - 1;
}

function paintCandidates(one) {
  const wanted = at("find").value.trim().toLocaleLowerCase();
  const few = one.candidates.length <= 9;
  const order = few ? one.candidates : [...one.suggested, ...one.candidates.filter((key) => !one.suggested.includes(key))];
  numbered = few ? one.candidates : one.suggested.slice(0, 9);
  offered = order.filter((key) => `${key}\n${told.codes[key]?.name ?? ""}`.toLocaleLowerCase().includes(wanted));
  at("candidates").replaceChildren(...offered.map((key) => make("li", {}, candidateOf(one, key))));
  at("apply").hidden = picked.length === 0;
}

function candidateOf(one, key) {
  const rules = told.codes[key] ?? { name: key, definition: "" };
  const found = one.found[key];
  const button = make("button", { type: "button", class: found ? "suggested" : "", title: [rules.when && `Use it when: ${rules.when}`, rules.when_not && `Not when: ${rules.when_not}`].filter(Boolean).join("\n") },
    numbered.includes(key) ? make("kbd", {}, String(numbered.indexOf(key) + 1)) : make("span"), swatch(rules.color), make("span", {}, make("span", { class: "key" }, key), make("bdi", {}, rules.name === key ? "" : rules.name)),
    found ? make("span", { class: "found" }, `its terms stand here: ${found.join(", ")}`) : null,
    one.candidates.length <= FEW && rules.definition ? make("span", { class: "definition" }, rules.definition) : null);
  if (at("several").checked) button.setAttribute("aria-pressed", String(picked.includes(key)));
  button.addEventListener("click", () => take(key));
  return button;
}

function swatch(color) {
  const box = make("span", { class: "swatch", "aria-hidden": "true" });
  if (color) box.style.setProperty("--code", color);
  return box;
}

function take(key) {
  if (!at("several").checked) return decide({ to: [key] }, `${items[n].code} → ${key}`);
  const pressed = document.activeElement?.closest("li");
  const place = [...at("candidates").children].indexOf(pressed);
  picked = picked.includes(key) ? picked.filter((one) => one !== key) : [...picked, key];
  paintCandidates(items[n]);
  at("candidates").children[place]?.firstElementChild.focus();
}

async function decide(decision, said, ids = [items[n]?.id]) {
  if (busy || items.length === 0) return;
  busy = true;
  try {
    if ("quote" in decision) await call("/api/queue/place", { why: at("reason").value, ...decision });
    else await call("/api/queue/decide", { ids, why: at("reason").value, ...decision });
    at("reason").value = "";
    at("several").checked = false;
    picked = [];
    clearAll();
    toast(said, { act: { name: "Undo", do: () => step("undo") } });
    await refresh({ own: true });
  } finally {
    busy = false;
  }
}

async function step(which, more = {}) {
  const done = await call(`/api/queue/${which}`, more);
  toast(done.said);
  await refresh({ own: true });
}

function move(by) {
  if (!items[n + by]) return;
  n += by;
  picked = [];
  at("several").checked = false;
  paint(false);
}

const KEYS = {
  ArrowDown: () => move(1), ArrowUp: () => move(-1), z: () => told.can_undo && step("undo"), y: () => told.can_redo && step("redo"),
  a: () => !at("keep").hidden && at("keep").click(), w: () => at("reason").focus(), p: () => !at("anew").hidden && at("anew-words").focus(), c: () => !at("narrow").hidden && at("find").focus(),
  o: () => { at("of").value = at("of").value === "me" ? "everyone" : "me"; refresh({ own: true }); },
  k: () => !at("keep").hidden && at("keep").click(), x: () => at("withdraw").click(), Enter: () => picked.length && at("apply").click(),
};

function keyOf(event) {
  if (/^[a-z0-9]$/.test(event.key) || event.key.length > 1) return event.key;
  const place = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(event.code);
  return (place?.[1] ?? place?.[2] ?? event.key).toLowerCase();
}

for (const id of ["reason", "find"]) at(id).addEventListener("keydown", (event) => { if (event.key === "Escape") at(id).blur(); });
addEventListener("keydown", (event) => {
  const inField = event.target.closest("input:not([type=checkbox]), select, textarea, dialog, details");
  if (event.ctrlKey || event.metaKey || !isMeant(event) || inField || at("work").hidden && !"zyo".includes(keyOf(event))) return;
  if (event.key === "Enter" && event.target.closest("button, a")) return;
  const key = keyOf(event);
  if (/^[1-9]$/.test(key) && numbered[key - 1]) take(numbered[key - 1]);
  else if (KEYS[key]) KEYS[key]();
  else return;
  event.preventDefault();
});
at("of").addEventListener("change", () => refresh({ own: true }));
at("only").addEventListener("change", () => { paintChoices(); n = 0; paint(false); });
at("find").addEventListener("keydown", (event) => { if (event.key === "Enter" && offered.length) { event.preventDefault(); take(offered[0]); } });
at("find").addEventListener("input", () => paintCandidates(items[n]));
at("several").addEventListener("change", () => { picked = []; paintCandidates(items[n]); });
at("apply").addEventListener("click", () => decide({ to: picked }, `${items[n].code} → ${picked.join(", ")}`));
at("keep").addEventListener("click", () => decide({ keep: true }, `${items[n].code} was kept`));
at("withdraw").addEventListener("click", () => decide({ withdraw: true }, `${items[n].code} was withdrawn`));
setUpAll(({ words, ...decision }, ids) => decide(decision, `${plural(ids.length, "coding")}: ${words}`, ids), () => refresh({ own: true }));
setUpAnew((where) => decide(where, `${items[n].code} was placed anew`));
at("undo").addEventListener("click", () => step("undo"));
at("redo").addEventListener("click", () => step("redo"));
at("earlier").addEventListener("click", async () => {
  const words = "Your last decision of an earlier day or window is taken back, and its codings wait again.";
  if (await sure("Take back an earlier decision?", words, "Take it back")) step("undo", { earlier: true });
});
at("previous").addEventListener("click", () => move(-1));
at("next").addEventListener("click", () => move(1));
await refresh();
live(() => busy || refresh());
