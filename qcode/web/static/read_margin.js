// Paints the margin of a block: a bar for each mark, in lanes, with the code's key beside it.

import { h } from "./read_dom.js";
import { keyText, spoken } from "./read_room.js";
import { kindOf, pointIn } from "./read_paint.js";

const KEY = 27;
/** A margin that is narrower than this has one key in a row. */
const NARROW = 200;
/** A lane as read.css has it, and how much of a name is shown. */
const LANE = 9;
const NAME = 190;

/** Lay the bars of several blocks: first all is measured, then all is written. */
export function layBars(blocks, room, open) {
  const measured = blocks.map((block) => [block, measure(block, room)]);
  for (const [block, bars] of measured) write(block, bars, room, open);
}

export function clearBars(block) {
  if (block.margin.firstChild) block.margin.replaceChildren();
  block.element.style.removeProperty("--keys");
}

function measure(block, room) {
  const above = block.element.getBoundingClientRect().top;
  const range = document.createRange();
  const bars = [...block.marks].sort((a, b) => a.start - b.start || b.end - a.end).map((mark) => {
    const start = Math.max(mark.start, block.start);
    range.setStart(...pointIn(block, start));
    range.setEnd(...pointIn(block, Math.max(start, Math.min(mark.end, block.end))));
    const { top, bottom } = range.getBoundingClientRect();
    return { mark, top: top - above, bottom: Math.max(bottom, top + 14) - above, goesOn: mark.start < block.start };
  });
  return inRows(inLanes(bars), block.margin.clientWidth, room);
}

/** Put the keys beside their bars; those that begin together stand side by side where there is room. */
function inRows(bars, width, room) {
  const lanes = bars[0].lanes;
  let [row, x] = [-KEY, 0];
  for (const bar of bars) {
    bar.wide = wide(bar.mark, room);
    const fits = width >= NARROW && x > 0 && bar.top <= row + 1 && x + bar.wide <= width - lanes * LANE - 8;
    if (!fits) [row, x] = [Math.max(bar.top, row + KEY), 0];
    bar.keyTop = row;
    bar.keyLeft = x;
    x += bar.wide + 6;
  }
  const free = row + KEY;
  return bars.map((bar) => ({ ...bar, free }));
}

/** About how wide a key with its name is, in pixels. */
function wide(mark, room) {
  const letters = (words) => [...words].reduce((sum, one) => sum + (one >= "\u2e80" ? 13 : 7.8), 0);
  const named = matchMedia("(min-width: 1100px)").matches ? nameBeside(mark, room) : "";
  return Math.ceil(24 + letters(keyText(mark)) + (mark.memo ? 18 : 0) + (named ? 8 + Math.min(letters(named), NAME) : 0));
}

function inLanes(bars) {
  const ends = [];
  for (const bar of bars) {
    let lane = ends.findIndex((end) => end <= bar.top + 1);
    if (lane < 0) lane = ends.length;
    ends[lane] = bar.bottom;
    bar.lane = lane;
  }
  return bars.map((bar) => ({ ...bar, lanes: ends.length }));
}

function write(block, bars, room, open) {
  const focused = block.margin.contains(document.activeElement) ? document.activeElement.dataset.mark : null;
  const made = bars.map((bar) => both(bar, room, open));
  block.margin.replaceChildren(...made.flat());
  block.element.style.setProperty("--keys", `${Math.ceil(bars[0].free)}px`);
  block.margin.style.setProperty("--lanes", String(bars[0].lanes));
  if (focused) made.find(([, one]) => one.dataset.mark === focused)?.[1].focus({ preventScroll: true });
}

/** The name of the code beside its key, which wide windows have room for; not where it says no more than the key. */
function nameBeside(mark, room) {
  const code = room.codeOf(mark);
  const words = code ? room.nameOf(code) : "";
  return words.toLowerCase() === mark.code.toLowerCase() ? "" : words;
}

/** The bar in its lane, and the button with the code's key beside it. */
function both({ mark, top, bottom, lane, keyTop, keyLeft, wide: most, goesOn }, room, open) {
  const show = () => open(mark.id);
  const bar = h("div", { class: `stripe-bar ${kindOf(mark)}`, title: spoken(mark), onclick: show });
  const button = h(
    "button",
    {
      type: "button",
      class: goesOn ? "stripe goes-on" : "stripe",
      "data-mark": mark.id,
      "aria-label": goesOn ? `${spoken(mark)}, goes on` : spoken(mark),
      title: spoken(mark),
      tabindex: goesOn ? "-1" : null,
      onclick: show,
    },
    h("span", { class: "stripe-key" }, keyText(mark), mark.memo ? h("span", { class: "noted" }, "✎") : null),
    nameBeside(mark, room) ? h("bdi", { class: "stripe-name" }, nameBeside(mark, room)) : null,
  );
  const values = { "--code": room.colorOf(mark), "--top": `${top}px`, "--height": `${bottom - top}px`, "--lane": `${lane}` };
  for (const [name, value] of Object.entries(values)) if (value) bar.style.setProperty(name, value);
  if (values["--code"]) button.style.setProperty("--code", values["--code"]);
  button.style.setProperty("--top", `${keyTop}px`);
  button.style.setProperty("--x", `${keyLeft}px`);
  button.style.setProperty("--most", `${most}px`);
  return [bar, button];
}
