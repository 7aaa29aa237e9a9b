// The study for other programs: a project with its proof, and tables for statistics.
import { call, download, make, plural } from "./base.js";
import { busy, filters } from "./choosing.js";
import { ledger } from "./ledger.js";

const at = (id) => document.getElementById(id);
const NAME = "study.qdpx";
const chosen = await filters(at("table-filters"), "table-version");
const makingProject = busy(at("project-make"), at("project-state"));
const makingTable = busy(at("table-make"), at("table-state"));

at("project-book").append(...chosen.choices.codebooks.map((one) => make("option", {}, one.codebook)));
at("project-book-field").hidden = chosen.choices.codebooks.length < 2;

at("project").addEventListener("submit", async (event) => {
  event.preventDefault();
  at("proof").replaceChildren();
  const wanted = { for: at("program").value, codebook: at("project-book").value, with_hidden: at("with-hidden").checked };
  const told = await makingProject("Making it, and reading it back …", async () => {
    const found = await call("/api/projects/proof", wanted, { quiet: true });
    if (found.proof.holds) await keep(wanted, found);
    return found;
  });
  if (told === null) return;
  at("project-state").textContent = told.proof.holds ? `${NAME} is made, and holds all that was sent.` : "";
  paint(told, wanted);
});

const keep = (wanted, told) => download("/api/projects/file", { ...wanted, sha256: told.proof.sha256 }, NAME);

function paint(told, wanted) {
  const { proof } = told;
  const again = make("button", { type: "button", class: "small" }, proof.holds ? "Keep the project once more" : "Keep the project all the same");
  again.addEventListener("click", () => keep(wanted, told).catch(() => {}));
  const beside = make("button", { type: "button", class: "small" }, "Keep the proof");
  beside.addEventListener("click", () => save(told.beside, `${NAME}.proof.json`));
  const [sent, back] = [proof.quotes_sha256.sent, proof.quotes_sha256.back];
  at("proof").replaceChildren(...[
    proof.holds ? null : make("p", { class: "notice wrong", role: "alert" }, "The proof fails: the file does not hold the study as it is. Do not rely on it, and tell us."),
    make("h3", {}, "The proof: what was sent, and what was read back"),
    compared(proof.compared.filter((one) => one.sent || one.back)),
    make("p", { class: "small digest" }, `SHA-256 over the quotes with codes and coders: ${sent === back ? "the same before and after" : "NOT the same before and after"} `, make("span", { class: "key" }, sent)),
    make("p", { class: "small muted" }, `Positions count as ${told.rule}.`),
    told.advice ? make("p", { class: "notice" }, told.advice.replace("qcode codebook export -o codes.csv", "CSV on the page Codebook")) : null,
    ledger(proof.lost, "What stays behind"),
    make("div", { class: "row" }, again, beside),
  ].filter(Boolean));
}

function compared(rows) {
  const head = make("tr", {}, ...["", "Sent", "Read back", "Equal"].map((name, n) => (n ? make("th", { scope: "col", class: "num" }, name) : make("td"))));
  const number = (n) => make("td", { class: "num" }, n.toLocaleString("en"));
  return make("table", { "aria-label": "The proof" }, make("thead", {}, head), make("tbody", {}, ...rows.map((one) => make("tr", { class: one.sent === one.back && one.sent === one.equal ? null : "wrong" },
    make("th", { scope: "row" }, one.what), number(one.sent), number(one.back), number(one.equal)))));
}

function save(words, name) {
  const link = make("a", { href: URL.createObjectURL(new Blob([words], { type: "application/json" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

at("statistics").addEventListener("submit", async (event) => {
  event.preventDefault();
  at("table-told").replaceChildren();
  const wanted = { ...chosen.read(), table: at("table").value, kind: at("table-kind").value };
  const told = await makingTable("Writing the table …", async () => {
    const found = await call("/api/tables/ledger", wanted, { quiet: true });
    await download("/api/tables", wanted, `${wanted.table}.${wanted.kind}`);
    return found;
  });
  if (told === null) return;
  at("table-state").textContent = `${wanted.table}.${wanted.kind} is made: ${plural(told.rows, "row")}.`;
  at("table-told").replaceChildren(...[ledger(told.lost, "What this format cannot hold")].filter(Boolean));
});
at("tables-make").addEventListener("click", async () => {
  at("table-told").replaceChildren();
  const done = await makingTable("Writing all tables …", () => download("/api/tables/all", chosen.read(), "tables.zip").then(() => true));
  if (done) at("table-state").textContent = "tables.zip is made.";
});
document.documentElement.dataset.exchange = "ready";
