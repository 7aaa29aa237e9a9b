// The memos: all that were written, narrowed by typing; writing one, and removing one's own.
import { call, download, live, make, plural, toast } from "./base.js";
import { keepers, moment, remark, sure } from "./parts.js";

const at = (id) => document.getElementById(id);
let told = null;

async function refresh() {
  const found = await call(`/api/memos${at("others").checked ? "?of=everyone" : ""}`, undefined, { quiet: told !== null });
  if (JSON.stringify(found) === JSON.stringify(told)) return; // whoever stands on a button keeps standing there
  told = found;
  paintTargets();
  paint();
}

function paintTargets() {
  const about = at("about").value;
  const kept = at("target").value;
  at("target-field").hidden = about === "study";
  at("target").replaceChildren(...(told.on[about] ?? []).map((one) => make("option", { value: one.id }, one.name)));
  if ([...at("target").options].some((one) => one.value === kept)) at("target").value = kept;
}

/** Whoever codes blind does not read what others thought, unless it is asked for. */
function paint() {
  at("others-row").hidden = told.others === 0;
  at("others-words").textContent = `Show what others wrote, too (${plural(told.others, "memo")}). After that you do not code blind any more.`;
  const wanted = at("filter").value.trim().toLocaleLowerCase();
  const chosen = told.memos.filter((one) => (at("kind").value === "" || one.about === at("kind").value)
    && [one.text, one.on, one.coder, one.about].join("\n").toLocaleLowerCase().includes(wanted));
  at("counts").textContent = plural(told.memos.length, "memo");
  at("none").hidden = chosen.length > 0;
  at("none").textContent = told.memos.length ? "No memo fits." : "There is no memo of yours yet.";
  at("memos").replaceChildren(...chosen.map(card));
}

function card(one) {
  const remove = make("button", { type: "button", class: "small danger", "aria-label": `Remove the memo ${short(one.text)}` }, "Remove …");
  remove.addEventListener("click", () => takeOut(one));
  return make("li", {},
    make("p", { class: "words" }, one.text),
    make("div", { class: "row apart small muted" }, make("span", {}, "on ", ...subject(one), " · ", make("bdi", {}, one.coder), " · ", moment(one.at)), one.mine ? remove : null));
}

function subject(one) {
  if (one.about === "study") return ["the study"];
  if (one.about === "coding") return [make("a", { href: `/codings/${one.target}` }, `a coding (${one.target.slice(0, 8)})`)];
  const name = make("bdi", {}, one.on || "(not in the study any more)");
  if (one.about === "transcript" && one.on) return ["the transcript ", make("a", { href: `/transcripts/${one.target}` }, name)];
  return [`the ${one.about} `, name];
}

function short(text) {
  const line = text.replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

async function takeOut(one) {
  if (!(await sure("Remove this memo?", short(one.text), "Remove the memo"))) return;
  const done = await call(`/api/memos/${one.id}/remove`, {}).catch(() => null);
  if (done !== null) toast("The memo is removed.");
  await refresh();
}

at("write-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = { about: at("about").value, target: at("target").value, text: at("text").value };
  const done = await call("/api/memos/add", body).catch(() => null);
  if (done === null) return;
  at("text").value = "";
  toast("The memo is kept.");
  remark(done);
  await refresh();
});
at("about").addEventListener("change", paintTargets);
at("filter").addEventListener("input", paint);
at("kind").addEventListener("change", paint);
at("others").addEventListener("change", refresh);
addEventListener("beforeunload", (event) => { if (at("text").value.trim()) event.preventDefault(); });
keepers(download);
await refresh();
live(() => refresh());
document.documentElement.dataset.ready = "memos";
