// Paints the margin of a block: a bar for each mark, in lanes, with the code's key beside it.

import { h } from "./read_dom.js";
import { keyText, spoken } from "./read_room.js";
import { kindOf, pointIn } from "./read_paint.js";

const KEY = 27;

/** Lay the bars of several blocks: first all is measured, then all is written. */
export function layBars(blocks, room, open) {
  const measured = blocks.map((block) => [block, measure(block)]);
  for (const [block, bars] of measured) write(block, bars, room, open);
}

export function clearBars(block) {
  if (block.margin.firstChild) block.margin.replaceChildren();
  block.element.style.removeProperty("--keys");
}

function measure(block) {
  const above = block.element.getBoundingClientRect().top;
  const range = document.createRange();
  const bars = [...block.marks].sort((a, b) => a.start - b.start || b.end - a.end).map((mark) => {
    const start = Math.max(mark.start, block.start);
    range.setStart(...pointIn(block, start));
    range.setEnd(...pointIn(block, Math.max(start, Math.min(mark.end, block.end))));
    const { top, bottom } = range.getBoundingClientRect();
    return { mark, top: top - above, bottom: Math.max(bottom, top + 14) - above, goesOn: mark.start < block.start };
  });
  return inLanes(bars);
}

function inLanes(bars) {
  const ends = [];
  let free = 0;
  for (const bar of bars) {
    let lane = ends.findIndex((end) => end <= bar.top + 1);
    if (lane < 0) lane = ends.length;
    ends[lane] = bar.bottom;
    bar.lane = lane;
  }
  for (const bar of bars) {
    bar.keyTop = Math.max(bar.top, free);
    free = bar.keyTop + KEY;
  }
  return bars.map((bar) => ({ ...bar, lanes: ends.length, free }));
}

function write(block, bars, room, open) {
  const focused = block.margin.contains(document.activeElement) ? document.activeElement.dataset.mark : null;
  const made = bars.map((bar) => both(bar, room, open));
  block.margin.replaceChildren(...made.flat());
  block.element.style.setProperty("--keys", `${Math.ceil(bars[0].free)}px`);
  block.margin.style.setProperty("--lanes", String(bars[0].lanes));
  if (focused) made.find(([, one]) => one.dataset.mark === focused)?.[1].focus({ preventScroll: true });
}

/** The bar in its lane, and the button with the code's key beside it. */
function both({ mark, top, bottom, lane, keyTop, goesOn }, room, open) {
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
  );
  const values = { "--code": room.colorOf(mark), "--top": `${top}px`, "--height": `${bottom - top}px`, "--lane": `${lane}` };
  for (const [name, value] of Object.entries(values)) if (value) bar.style.setProperty(name, value);
  if (values["--code"]) button.style.setProperty("--code", values["--code"]);
  button.style.setProperty("--top", `${keyTop}px`);
  return [bar, button];
}
