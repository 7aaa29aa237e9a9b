// A matrix as a table of buttons: colours by weight, arrow keys from cell to cell, Enter reads what stands behind one.

import { make } from "./base.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const colours = new CSSStyleSheet(); // one rule for each step: cells that look alike share it, and thousands are painted at once
document.adoptedStyleSheets.push(colours);
const AT_ONCE = 5_000; // cells that are made in one go
const whole = new Intl.NumberFormat("en");

/** Return the places of the codes to show: not those without a coding, not those that are withheld throughout. */
export function places(group, { used, told }) {
  const { codes, contributing_cases: cases } = group.document;
  const hidden = withheldOf(group);
  const all = codes.map((_, i) => i);
  const silent = (i) => all.every((j) => i === j || hidden(i, j) || hidden(j, i) || !(cases[i][j] || cases[j][i])) && all.some((j) => hidden(i, j) || hidden(j, i));
  return all.filter((i) => !(used && cases[i][i] === 0 && !all.some((j) => cases[i][j] || hidden(i, j))) && !(told && silent(i)));
}

/** Return what tells whether the cell of two places is withheld. */
function withheldOf(group) {
  const { codes, hidden } = group.document;
  const at = new Map(codes.map((code, i) => [code, i]));
  const cells = new Set(hidden.map(([row, column]) => at.get(row) * codes.length + at.get(column)));
  return cells.size ? (i, j) => cells.has(i * codes.length + j) : () => false;
}

/** Return the element of one matrix. `heat`: coloured, without zeros; `open(row, column)` is called for a cell; `shown`: which codes. */
export function heatmap(group, scale, { heat, open, shown = group.document.codes.map((_, i) => i) }) {
  const { codes } = group.document;
  const head = make("tr", {}, make("td", { class: "corner" }), ...shown.map((j) =>
    make("th", { scope: "col", title: named(group, j) }, make("span", {}, codes[j]))));
  const table = make("table", { class: heat ? "heat" : "heat bare" },
    make("caption", {}, `${group.measure}: ${group.symmetric ? "each pair stands twice" : "row, then column"}`), make("thead", {}, head), make("tbody"));
  if (heat) mix(scale);
  lead(table, shown, open);
  walk(table);
  const withheld = withheldOf(group);
  grow(table, shown.map((i) => () => rowOf(group, i, { heat, shown, withheld })), Math.ceil(AT_ONCE / shown.length));
  return make("div", { class: "heat-scroll", role: "region", tabindex: "-1", "aria-label": `${group.measure}, matrix` }, table);
}

/** Put the rows into the table, so many at once that the page goes on answering; the first more than fill a window. */
function grow(table, rows, many) {
  table.tBodies[0].append(...rows.splice(0, many).map((row) => row()));
  if (!table.querySelector('button[tabindex="0"]')) table.querySelector("td button")?.setAttribute("tabindex", "0");
  if (rows.length) setTimeout(() => { if (table.isConnected) grow(table, rows, many); });
}

function rowOf(group, i, { heat, shown, withheld }) {
  const { codes, contributing_cases: cases } = group.document;
  const name = group.names[i];
  const row = make("tr", {}, make("th", { scope: "row", title: named(group, i) }, make("span", { class: "key" }, codes[i]),
    name && name !== codes[i] && shown.length <= 30 ? make("span", { class: "name" }, ` ${name}`) : null));
  for (const j of shown) {
    const cell = document.createElement("td");
    const weight = heat ? group.weights[i][j] : 0;
    if (weight) cell.className = stepOf(weight);
    else if (i === j) cell.className = "apart";
    if (withheld(i, j)) {
      cell.classList.add("withheld");
      cell.append(make("abbr", { title: "withheld: too few cases" }, "*"));
    } else {
      fill(cell, group, i, j, { heat, cases });
    }
    row.append(cell);
  }
  return row;
}

/** Let a button read its cell, and say what it holds to who points at it: one listener for all of them. */
function lead(table, shown, open) {
  const placeOf = (button) => [button.closest("tr").sectionRowIndex, button.closest("td").cellIndex - 1].map((n) => shown[n]);
  table.addEventListener("click", (event) => {
    const button = event.target.closest("td button");
    if (button) open(...placeOf(button));
  });
  table.addEventListener("pointerover", (event) => {
    const button = event.target.closest("td button");
    if (button) button.title = button.getAttribute("aria-label");
  });
}

function fill(cell, group, i, j, { heat, cases }) {
  const value = group.document.matrix[i][j];
  const words = value === null ? "–" : heat ? group.printed[i][j] : printed(value);
  if (!cases[i][j]) {
    cell.textContent = words;
    if (value === null && i !== j) cell.classList.add("undefined");
    return;
  }
  const { codes } = group.document;
  const said = i === j ? `${codes[i]} alone: ${printed(value)}` : `${codes[i]} with ${codes[j]}: ${printed(value)}, ${cases[i][j]} ${cases[i][j] === 1 ? "case" : "cases"}`;
  const button = document.createElement("button");
  button.type = "button";
  button.tabIndex = -1;
  button.setAttribute("aria-label", said);
  button.textContent = words || "0";
  cell.append(button);
}

function printed(value) {
  if (value === null) return "undefined";
  return Number.isInteger(value) ? whole.format(value) : value.toFixed(3).replace("-", "−");
}

function named(group, i) {
  const [key, name] = [group.document.codes[i], group.names[i]];
  return !name || name === key ? key : `${key} · ${name}`;
}

/** Return the class of a weight from -1 to 1, as `mix` colours it. */
function stepOf(weight) {
  const step = Math.max(1, Math.round(Math.min(1, Math.abs(weight)) * 24));
  return `${weight > 0 ? "more" : "less"}-${step}`;
}

/** Make the rules of the colours. */
function mix(scale) {
  const rules = (tone) => ["more", "less"].flatMap((side) => scale[`${tone}_${side}`].map(([ground, ink], step) => (step ? `table.heat td.${side}-${step} { background-color: ${ground}; color: ${ink}; }` : "")));
  colours.replaceSync(`${rules("light").join("\n")}\n@media (prefers-color-scheme: dark) { ${rules("dark").join("\n")} }`);
}

/** One button of the table stands in the order of Tab; arrow keys lead to the next button in their direction. */
function walk(table) {
  const go = (to) => {
    if (!to) return;
    table.querySelector('button[tabindex="0"]')?.setAttribute("tabindex", "-1");
    to.tabIndex = 0;
    to.focus();
  };
  table.addEventListener("focusin", (event) => {
    if (event.target.matches("td button") && event.target.tabIndex !== 0) go(event.target);
  });
  table.addEventListener("keydown", (event) => {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (!event.target.matches("td button") || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = event.target.closest("tr");
    if (event.key === "Home" || event.key === "End") {
      const all = row.querySelectorAll("button");
      go(all[event.key === "Home" ? 0 : all.length - 1]);
    } else if (step) {
      const rows = [...table.tBodies[0].rows];
      let [i, j] = [rows.indexOf(row) + step[0], event.target.closest("td").cellIndex + step[1]];
      while (rows[i]?.cells[j] && !rows[i].cells[j].querySelector("button")) [i, j] = [i + step[0], j + step[1]];
      go(rows[i]?.cells[j]?.querySelector("button"));
    } else {
      return;
    }
    event.preventDefault();
  });
}

/** Return the scale below a heat map. */
export function legend(group, scale) {
  const tone = dark.matches ? "dark" : "light";
  const bar = make("span", { class: "scale", "aria-hidden": "true" });
  const steps = [...(group.signed ? scale[`${tone}_less`].slice(1).reverse() : []), ...scale[`${tone}_more`].slice(1)];
  for (const [ground] of steps) {
    const step = make("span");
    step.style.setProperty("background-color", ground);
    bar.append(step);
  }
  return make("p", { class: "row small muted" }, `${group.measure}: `, make("span", {}, group.low), bar, make("span", {}, group.high),
    make("span", {}, "grey: the code alone"), group.document.hidden.length ? make("span", {}, "*: withheld") : null);
}
