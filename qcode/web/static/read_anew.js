// A coding whose words are gone stands above the text until it is placed on the words that are selected.

import { h } from "./read_dom.js";

/** Offer to place the coding `id`; nothing is offered where it does not wait for a place. */
export async function placeAnew(acts, id) {
  const lost = await acts.link.ask(`lost/${id}`).catch(() => null);
  if (lost === null) return;
  const box = document.getElementById("anew");
  const button = h("button", { type: "button", class: "primary", onclick: () => place() }, "Place it on the words selected");
  const back = h("a", { class: "button", href: "/queue" }, "Back to the queue");
  const words = h("div", { class: "anew-words" },
    h("p", {}, "Select the words on which ", h("span", { class: "key" }, lost.code), " of ", h("bdi", {}, lost.coder), " stands now."),
    h("p", { class: "anew-lost", tabindex: "0" }, "It has lost ", h("q", { dir: "auto" }, lost.quote)));
  const place = async () => {
    button.disabled = true;
    const { start, end } = acts.selection;
    const answer = await acts.act("anew", { id, start, end }, null, `Placed ${lost.code} anew.`);
    button.disabled = false;
    if (!answer) return;
    box.hidden = true;
    acts.settle();
  };
  box.replaceChildren(words, h("span", { class: "row" }, button, back));
  box.hidden = false;
}
