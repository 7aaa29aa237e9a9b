// The history: acts newest first, older ones on demand, and the check that proves that the study is whole.
import { call, download, live, make, plural } from "./base.js";
import { keepers, moment } from "./parts.js";

const at = (id) => document.getElementById(id);
let next = null;

async function show(before = null) {
  const told = await call(`/api/history${before === null ? "" : `?before=${before}`}`);
  next = told.next;
  const rows = told.acts.map(row);
  if (before === null) at("acts").replaceChildren(...rows);
  else at("acts").append(...rows);
  at("counts").textContent = plural(told.total, "act");
  at("older").hidden = next === null;
  at("fresh").hidden = true;
  return rows;
}

function row(one) {
  return make("tr", {},
    make("td", { class: "num" }, one.n.toLocaleString("en")), make("td", {}, moment(one.at)), make("td", {}, make("bdi", {}, one.coder)),
    make("td", {}, one.words, one.words === one.act ? null : make("span", { class: "key small muted act-name" }, one.act)),
    make("td", { class: "wide" }, make("bdi", {}, one.on), one.link ? make("a", { href: one.link, class: "small" }, " show the passage") : null), make("td", {}, one.version ?? ""));
}

at("older").addEventListener("click", async () => {
  const [first] = await show(next);
  first?.setAttribute("tabindex", "-1");
  first?.focus();
});
at("fresh").addEventListener("click", () => show());
at("check").addEventListener("click", async () => {
  at("check").disabled = true;
  at("check-sheet").hidden = false;
  at("check-said").textContent = "Checking every text, quote and act …";
  at("findings").replaceChildren();
  const told = await call("/api/check", {}, { quiet: true }).catch((error) => error);
  at("check").disabled = false;
  const wrong = told instanceof Error || told.findings.length > 0;
  at("check-said").className = wrong ? "notice wrong" : "notice";
  if (told instanceof Error) at("check-said").textContent = told.message;
  else at("check-said").textContent = wrong ? `${plural(told.findings.length, "finding")}; go back to a copy if you have one.` : "The study is whole: everything is as qcode wrote it.";
  at("findings").replaceChildren(...(told.findings ?? []).map((one) => make("li", {}, make("bdi", {}, `${one.where}: ${one.what}`))));
  at("check-heading").focus();
});
keepers(download);
await show();
live(() => { at("fresh").hidden = false; });
document.documentElement.dataset.ready = "history";
