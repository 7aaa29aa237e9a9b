// Places a coding anew whose words are gone from its corrected transcript: words are searched for, and one place chosen.
import { call, make, plural } from "./base.js";

const at = (id) => document.getElementById(id);
let [shown, asking, place] = ["", 0, () => {}];

/** Let the page place codings; `act` is called with what is asked of the workbench. */
export function setUpAnew(act) {
  place = act;
  at("anew").addEventListener("submit", (event) => { event.preventDefault(); search(); });
  at("anew-words").addEventListener("keydown", (event) => { if (event.key === "Escape") at("anew-words").blur(); });
}

/** Offer to place `item` anew where its words are gone. */
export function paintAnew(item) {
  const is = item.change === "revise";
  at("anew").hidden = !is;
  if (is) at("anew-there").href = item.place;
  if (shown === item.id) return;
  shown = item.id;
  asking += 1;
  at("anew-words").value = "";
  at("anew-state").textContent = "";
  at("places").replaceChildren();
}

async function search() {
  const [mine, id, words] = [++asking, shown, at("anew-words").value];
  const told = await call("/api/queue/find", { id, words }, { quiet: true }).catch((error) => error);
  if (mine !== asking) return;
  const places = told instanceof Error ? [] : told.places;
  at("anew-state").textContent = told instanceof Error ? told.message : foundIn(told);
  at("places").replaceChildren(...places.map((one) => make("li", {}, button(id, one))));
  at("places").querySelector("button")?.focus();
}

function foundIn(told) {
  if (told.places.length === 0) return "These words do not stand in the corrected text.";
  return `Found in ${plural(told.places.length + told.more, "place")}${told.more ? `, of which ${told.places.length} are shown` : ""}.`;
}

function button(id, one) {
  const where = [one.turn === null ? "" : `turn ${one.turn}`, one.speaker ?? ""].filter(Boolean).join(", ");
  const choose = make("button", { type: "button" }, where ? make("span", { class: "muted" }, where) : null,
    one.before, make("mark", {}, one.quote), one.after);
  choose.addEventListener("click", () => place({ id, start: one.start, end: one.end, quote: one.quote }));
  return choose;
}
