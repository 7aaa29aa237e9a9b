// A matrix as a table of buttons: colours by weight, arrow keys from cell to cell, Enter reads what stands behind one.

import { make } from "./base.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Return the places of the codes to show: not those without a coding, not those that are withheld throughout. */
export function places(group, { used, told }) {
  const { codes, contributing_cases: cases } = group.document;
  const withheld = withheldOf(group);
  const all = codes.map((_, i) => i);
  const hidden = (i, j) => withheld.has(`${codes[i]}\u0000${codes[j]}`);
  const silent = (i) => all.every((j) => i === j || hidden(i, j) || hidden(j, i) || !(cases[i][j] || cases[j][i])) && all.some((j) => hidden(i, j) || hidden(j, i));
  return all.filter((i) => !(used && cases[i][i] === 0 && !all.some((j) => cases[i][j] || hidden(i, j))) && !(told && silent(i)));
}

function withheldOf(group) {
  return new Set(group.document.hidden.map(([row, column]) => `${row}\u0000${column}`));
}

/** Return the element of one matrix. `heat`: coloured, without zeros; `open(row, column)` is called for a cell; `shown`: which codes. */
export function heatmap(group, scale, { heat, open, shown = group.document.codes.map((_, i) => i) }) {
  const { codes, contributing_cases: cases } = group.document;
  const withheld = withheldOf(group);
  const head = make("tr", {}, make("td", { class: "corner" }), ...shown.map((j) =>
    make("th", { scope: "col", title: named(group, j) }, make("span", {}, codes[j]))));
  const body = make("tbody");
  const table = make("table", { class: heat ? "heat" : "heat bare" },
    make("caption", {}, `${group.measure}: ${group.symmetric ? "each pair stands twice" : "row, then column"}`), make("thead", {}, head), body);
  for (const i of shown) {
    const name = group.names[i];
    const row = make("tr", {}, make("th", { scope: "row", title: named(group, i) }, make("span", { class: "key" }, codes[i]),
      name && name !== codes[i] && shown.length <= 30 ? make("span", { class: "name" }, ` ${name}`) : null));
    for (const j of shown) {
      const cell = make("td", { class: i === j ? "apart" : null });
      if (withheld.has(`${codes[i]}\u0000${codes[j]}`)) {
        cell.classList.add("withheld");
        cell.append(make("abbr", { title: "withheld: too few cases" }, "*"));
      } else {
        fill(cell, group, i, j, { heat, open, cases });
      }
      row.append(cell);
    }
    body.append(row);
  }
  if (heat) {
    paint(table, group, scale, shown);
    dark.addEventListener("change", () => { if (table.isConnected) paint(table, group, scale, shown); });
  }
  walk(table);
  return make("div", { class: "heat-scroll", role: "region", tabindex: "-1", "aria-label": `${group.measure}, matrix` }, table);
}

function fill(cell, group, i, j, { heat, open, cases }) {
  const value = group.document.matrix[i][j];
  const words = value === null ? "–" : heat ? group.printed[i][j] : printed(value);
  if (!cases[i][j]) {
    cell.textContent = words;
    if (value === null && i !== j) cell.classList.add("undefined");
    return;
  }
  const { codes } = group.document;
  const said = i === j ? `${codes[i]} alone: ${printed(value)}` : `${codes[i]} with ${codes[j]}: ${printed(value)}, ${cases[i][j]} ${cases[i][j] === 1 ? "case" : "cases"}`;
  const button = make("button", { type: "button", tabindex: "-1", "aria-label": said, title: said }, words || "0");
  button.addEventListener("click", () => open(i, j));
  cell.append(button);
}

function printed(value) {
  if (value === null) return "undefined";
  return Number.isInteger(value) ? value.toLocaleString("en") : value.toFixed(3).replace("-", "−");
}

function named(group, i) {
  const [key, name] = [group.document.codes[i], group.names[i]];
  return !name || name === key ? key : `${key} · ${name}`;
}

function paint(table, group, scale, shown) {
  const tone = dark.matches ? "dark" : "light";
  const rows = table.tBodies[0].rows;
  shown.forEach((i, row) => shown.forEach((j, column) => {
    const [weight, cell] = [group.weights[i][j], rows[row].cells[column + 1]];
    const step = Math.round(Math.min(1, Math.abs(weight ?? 0)) * 24);
    const [ground, ink] = weight ? scale[`${tone}_${weight > 0 ? "more" : "less"}`][Math.max(1, step)] : ["", ""];
    cell.style.setProperty("background-color", ground);
    cell.style.setProperty("color", ink);
  }));
}

/** One button of the table stands in the order of Tab; arrow keys lead to the next button in their direction. */
function walk(table) {
  const first = table.querySelector("td button");
  if (first === null) return;
  first.tabIndex = 0;
  const go = (to) => {
    if (!to) return;
    table.querySelector('button[tabindex="0"]').tabIndex = -1;
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
