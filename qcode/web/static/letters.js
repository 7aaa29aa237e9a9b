// Whether letters, digits and signs are keys by themselves or only together with Alt, for those who dictate or whose
// hands slip (WCAG 2.1.4): kept in this browser, and in every page of the workbench.

const KEPT = "qcode.letters";
const SIGN = /^[\p{L}\p{N}\p{P}\p{S}]$/u;
const ARROWS = /^[←-⇿]$/u;

/** Tell whether letters are keys only together with Alt. */
export function withAlt() {
  return document.documentElement.dataset.letters === "alt";
}

/** Let letters be keys only together with Alt, or by themselves again. */
export function letAlt(is) {
  document.documentElement.dataset.letters = is ? "alt" : "alone";
  try {
    localStorage.setItem(KEPT, is ? "alt" : "alone");
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
}

/** Tell whether a key that is pressed is one for the page, as far as Alt goes; other keys never go with Alt. */
export function isMeant(event) {
  if (event.ctrlKey || event.metaKey) return !event.altKey;
  const sign = event.key === "Dead" || SIGN.test(event.key);
  return event.altKey === (sign && withAlt());
}

/** Return what a key cap says: `named` are those that Alt does not go with. */
export function cap(words) {
  return SIGN.test(words) && !ARROWS.test(words) ? null : "named";
}

let before = null;
try {
  before = localStorage.getItem(KEPT);
} catch {
  // It keeps nothing.
}
document.documentElement.dataset.letters = before === "alt" ? "alt" : "alone";
for (const box of document.querySelectorAll("[data-switch=letters]")) {
  box.checked = withAlt();
  box.addEventListener("change", () => letAlt(box.checked));
}
for (const one of document.querySelectorAll("kbd")) if (cap(one.textContent)) one.classList.add("named");
