// The coders: how much each coded, a new one, and another name for one.
import { call, download, live, make, plural, toast } from "./base.js";
import { keepers, remark } from "./parts.js";

const at = (id) => document.getElementById(id);
let chosen = null;
let told = null;

async function refresh() {
  const found = await call("/api/coders/counts", undefined, { quiet: told !== null });
  if (JSON.stringify(found) === JSON.stringify(told)) return; // whoever stands on a button keeps standing there
  told = found;
  at("counts").textContent = plural(told.coders.length, "coder");
  at("coders").replaceChildren(...told.coders.map(row));
}

function row(one) {
  const rename = make("button", { type: "button", class: "small", "aria-label": `Rename ${one.coder}` }, "Rename …");
  rename.addEventListener("click", () => open(one));
  return make("tr", {},
    make("th", { scope: "row" }, make("bdi", {}, one.coder), one.coder === told.coder ? make("span", { class: "muted small" }, " (here)") : null),
    make("td", { class: "num" }, one.codings.toLocaleString("en")), make("td", { class: "num" }, rename));
}

function open(one) {
  chosen = one;
  at("old-name").textContent = one.coder;
  at("new-name").value = one.coder;
  at("rename-wrong").hidden = true;
  at("rename-dialog").showModal();
  at("new-name").select();
}

at("rename-cancel").addEventListener("click", () => at("rename-dialog").close());
at("rename-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const done = await call(`/api/coders/${chosen.id}/rename`, { name: at("new-name").value }, { quiet: true }).catch((error) => error);
  at("rename-wrong").hidden = !(done instanceof Error);
  if (done instanceof Error) { at("rename-wrong").textContent = done.message; return; }
  at("rename-dialog").close();
  toast(`${done.before} is now called ${done.coder}.`);
  remark(done);
  if (done.here) {
    document.getElementById("who-name").textContent = done.coder;
    document.getElementById("coder-name").value = done.coder;
  }
  await refresh();
});
at("add-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const done = await call("/api/coders/add", { name: at("add-name").value }).catch(() => null);
  if (done === null) return;
  at("add-name").value = "";
  toast(`${done.coder} may code.`);
  await refresh();
});
keepers(download);
await refresh();
live(() => refresh());
document.documentElement.dataset.ready = "coders";
