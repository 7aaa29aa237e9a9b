// Which codings of the queue are shown, by filters, and one decision on all of them at once.
import { plural } from "./base.js";
import { Chooser, filters } from "./choosing.js";
import { sure } from "./parts.js";

const at = (id) => document.getElementById(id);
const to = new Chooser("Codes", "none chosen yet", []);
let [chosen, shown, offered] = [null, [], ""];

/** Let the page narrow its list and decide on all of it; `narrow` is called for another list, `act` for a decision. */
export function setUpAll(act, narrow) {
  at("all-to").append(to.element);
  at("filters").addEventListener("toggle", async () => {
    if (chosen !== null) return;
    chosen = { read: () => ({}) };
    chosen = await filters(at("filters-in"), "filter-book", { now: true });
    at("filters-in").addEventListener("change", narrow);
  });
  at("all").addEventListener("change", tell);
  at("all-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const [ids, decision] = [shown.map((one) => one.id), decided()];
    if (decision === null) return;
    const words = `${plural(ids.length, "coding")} of ${plural(new Set(shown.map((one) => one.transcript)).size, "transcript")}: ${decision.words}. You can take it back in one step.`;
    if (await sure("Decide on all that are shown?", words, "Decide on all")) act(decision, ids);
  });
}

/** Return the filters that are set, or null. */
export function narrowed() {
  const asked = chosen?.read() ?? {};
  return Object.values(asked).some((one) => (Array.isArray(one) ? one.length : one)) ? asked : null;
}

/** Offer what may be decided on all that are shown: what each of them may. */
export function paintAll(items, codes) {
  shown = items;
  at("all").hidden = items.length < 2;
  at("all-name").textContent = `Decide on all ${items.length.toLocaleString("en")} at once`;
  const common = (items[0]?.candidates ?? []).filter((key) => items.every((one) => one.candidates.includes(key)));
  if (common.join("\n") !== offered) {
    offered = common.join("\n");
    to.offer(common.map((key) => ({ value: key, words: codes[key] && codes[key].name !== key ? `${key} · ${codes[key].name}` : key })));
  }
  may("keep", items.every((one) => one.kept));
  may("to", common.length > 0);
  tell();
}

function may(what, is) {
  const box = at(`all-${what}-choice`);
  box.disabled = !is;
  if (!is) box.checked = false;
}

function tell() {
  const what = at("all-form").elements.what.value;
  at("all-to").hidden = what !== "to";
  at("all-do").disabled = decided() === null;
  const less = ["keep", "to"].some((one) => at(`all-${one}-choice`).disabled);
  at("all-less").hidden = !less;
}

/** Return the decision that is chosen as the workbench takes it, with its words; null where it is not whole. */
function decided() {
  const [what, why, keys] = [at("all-form").elements.what.value, at("all-why").value, to.values()];
  if (what === "keep") return { keep: true, why, words: "each is kept on its code" };
  if (what === "withdraw") return { withdraw: true, why, words: "each is withdrawn" };
  return what === "to" && keys.length ? { to: keys, why, words: `each goes to ${keys.join(" and ")}` } : null;
}

/** Empty the form after a decision. */
export function clearAll() {
  at("all-form").reset();
  for (const box of to.boxes()) box.checked = false;
  to.tell();
  tell();
}
