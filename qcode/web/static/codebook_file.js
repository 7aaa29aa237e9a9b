// Brings a codebook file into the study: first what it would do, then, when a person says so, does it.
import { call, make, plural, toast } from "./base.js";
import { paintChanges } from "./changes.js";

const at = (id) => document.getElementById(id);

/** Let the page take codebook files; `done` is called with what came in. */
export function setUpBringing(done) {
  let looked = false;
  const again = () => {
    looked = false;
    at("bring-do").textContent = "Look at it";
    at("plan").replaceChildren();
  };
  at("bring").addEventListener("click", () => {
    at("bring-form").reset();
    again();
    at("bring-dialog").showModal();
  });
  at("bring-cancel").addEventListener("click", () => at("bring-dialog").close());
  at("file").addEventListener("change", again);
  at("bring-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = new FormData(at("bring-form"));
    if (!looked) form.append("look", "yes");
    const told = await call("/api/codebook/import", form, { quiet: true }).catch((error) => error);
    if (told instanceof Error) return at("plan").replaceChildren(make("p", { class: "wrong plan-wrong", role: "alert" }, told.message));
    if (looked || told.known) {
      at("bring-dialog").close();
      toast(told.known ? `${told.codebook}@${told.version} is in the study already.` : `${told.codebook}@${told.version} is in the study${told.queued ? `; ${plural(told.queued, "coding")} wait for a decision` : ""}.`);
      return done(told);
    }
    looked = true;
    at("bring-do").textContent = "Take it into the study";
    paintPlan(told);
  });
}

function paintPlan(told) {
  const changes = make("div", { class: "changes" });
  paintChanges(changes, told.changes, { level: "h3" });
  const follows = told.follows ? `; it follows ${told.follows}` : "";
  at("plan").replaceChildren(
    make("p", {}, `${told.codebook}@${told.version}: ${plural(told.codes, "code")}${follows}.`),
    ...(told.problems.length ? [make("details", {}, make("summary", {}, plural(told.problems.length, "remark")), make("ul", {}, ...told.problems.map((one) => make("li", {}, one))))] : []),
    changes);
}
