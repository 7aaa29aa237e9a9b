// The transcript on the page: turns cut into blocks, of which only those near the window carry their marks.

import { firstOf } from "./read_cursor.js";
import { h } from "./read_dom.js";
import { clearBars, layBars } from "./read_margin.js";
import { paintWords, pointIn } from "./read_paint.js";

const LONG = 1500;
const NEAR = "700px 0px";

export class TextView {
  /** `open(mark)` is called when a bar is pressed. */
  constructor(host, room, open) {
    this.host = host;
    this.room = room;
    this.open = open;
    this.selection = null;
    this.waiting = new Set();
    this.blocks = [];
    this.byElement = new Map();
    this._build();
    this._sort(room.marks());
    this.watcher = new IntersectionObserver((entries) => this._seen(entries), { rootMargin: NEAR });
    for (const block of this.blocks) this.watcher.observe(block.element);
    let width = 0;
    new ResizeObserver(([entry]) => {
      if (width && width !== entry.contentRect.width) this.repaintAll();
      width = entry.contentRect.width;
    }).observe(host);
  }

  _build() {
    const all = document.createDocumentFragment();
    for (const turn of this.room.turns) {
      const head = h("header", {}, h("bdi", { class: "speaker" }, turn.speaker ?? ""));
      if (turn.time !== null) head.append(h("span", { class: "time" }, clock(turn.time)));
      head.append(h("span", { class: "turn-number" }, `${turn.n}`));
      const element = h("article", { class: turn.speaker === null ? "turn nobody" : "turn" }, head);
      for (const [start, end] of cut(this.room.text, turn)) element.append(this._block(turn, start, end).element);
      all.append(element);
    }
    this.host.replaceChildren(all);
  }

  _block(turn, start, end) {
    const words = h("p", { class: "words", dir: "auto" }, this.room.text.slice(start, end));
    const margin = h("div", { class: "margin" });
    const element = h("div", { class: "block" }, words, margin);
    element.style.setProperty("--lines", String(Math.ceil((end - start) / 75)));
    const block = { turn, start, end, element, words, margin, marks: [], near: false, stale: true };
    this.blocks.push(block);
    this.byElement.set(element, block);
    return block;
  }

  /** Put marks into the blocks that they touch; one that touches no block goes to the next. */
  _sort(marks) {
    for (const mark of marks) {
      const touched = this.touching(mark);
      for (const block of touched.length ? touched : [this.blockAt(mark.start)]) block.marks.push(mark);
    }
  }

  /** Take in which stretches have other marks now, and paint these blocks alone. */
  update(changed) {
    const touched = new Set(changed.flatMap((one) => [...this.touching(one), this.blockAt(one.start)]));
    const marks = this.room.marks();
    for (const block of touched) {
      block.marks = marks.filter((one) => one.start < block.end && block.start < one.end);
      this._stale(block);
    }
    for (const mark of changed) {
      const there = this.room.codings.get(mark.id) ?? this.room.drafts.get(mark.id);
      if (there && !this.touching(mark).length) this.blockAt(mark.start).marks.push(there);
    }
    this.paintNow();
  }

  repaintAll() {
    for (const block of this.blocks) this._stale(block);
    this._later();
  }

  /** Show another selection; null shows none. */
  select(selection) {
    const touched = [this.selection, selection].filter(Boolean).flatMap((one) => this.touching(one));
    this.selection = selection && { ...selection };
    for (const block of new Set(touched)) {
      if (block.near) paintWords(block, this.room, this.selection);
    }
  }

  showMatches(matches) {
    const touched = new Set([...this.room.matches, ...matches].flatMap((one) => this.touching(one)));
    this.room.matches = matches;
    for (const block of touched) this._stale(block);
    this.paintNow();
  }

  touching({ start, end }) {
    const found = [];
    for (let n = this._numberAt(start); n < this.blocks.length && this.blocks[n].start < end; n += 1) {
      found.push(this.blocks[n]);
    }
    return found;
  }

  blockAt(place) {
    return this.blocks[Math.min(this._numberAt(place), this.blocks.length - 1)];
  }

  _numberAt(place) {
    return firstOf(this.blocks.length, (n) => this.blocks[n].end > place);
  }

  _stale(block) {
    block.stale = true;
    if (block.near) this.waiting.add(block);
  }

  _seen(entries) {
    for (const entry of entries) {
      const block = this.byElement.get(entry.target);
      block.near = entry.isIntersecting;
      if (block.near && block.stale) this.waiting.add(block);
    }
    this._later();
  }

  _later() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.paintNow());
  }

  /** Paint what waits: words first, then one reading of the layout, then the bars. */
  paintNow() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const blocks = [...this.waiting].filter((block) => block.near);
    this.waiting.clear();
    for (const block of blocks) {
      block.stale = false;
      paintWords(block, this.room, this.selection);
      if (!block.marks.length) clearBars(block);
    }
    layBars(blocks.filter((block) => block.marks.length), this.room, this.open);
  }

  /** The block that holds a point of the page, as a selection by mouse gives it, or null. */
  placeOf(node, offset) {
    const element = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".words");
    const range = document.createRange();
    if (element) {
      const block = this.byElement.get(element.parentElement);
      range.setStart(element, 0);
      range.setEnd(node, offset);
      return block.start + range.toString().length;
    }
    range.setStart(node, offset);
    const next = firstOf(this.blocks.length, (n) => range.comparePoint(this.blocks[n].words, 0) >= 0);
    return next < this.blocks.length ? this.blocks[next].start : this.room.text.length;
  }

  /** The rectangle of a stretch inside a block that is near, or that of the block. */
  rectangle({ start, end }) {
    const block = this.blockAt(start);
    const [range, from] = [document.createRange(), pointIn(block, start)];
    const to = pointIn(block, Math.min(end, block.end));
    range.setStart(...from);
    range.setEnd(...to);
    const found = range.getBoundingClientRect();
    return found.height ? found : block.element.getBoundingClientRect();
  }

  /** Bring a stretch into the part of the window that nothing covers. */
  reveal(span, { calm = false, middle = false } = {}) {
    const block = this.blockAt(span.start);
    if (!block.near) block.element.scrollIntoView({ block: "center" });
    for (let turn = 0; turn < 2; turn += 1) {
      const { top, bottom } = this.window();
      const at = this.rectangle(span);
      const tall = at.height > bottom - top;
      let by = 0;
      if (at.top < top) by = at.top - top - (bottom - top) / 6;
      else if (at.bottom > bottom) by = tall ? at.top - top : at.bottom - bottom + (bottom - top) / 6;
      if (middle && !tall) by = at.top - (top + bottom) / 2;
      if (Math.abs(by) < 2) return;
      window.scrollBy({ top: by, behavior: calm ? "smooth" : "instant" });
    }
  }

  /** The top and bottom of what can be read of the transcript now. */
  window() {
    const top = Math.max(document.getElementById("tools").getBoundingClientRect().bottom, 0) + 8;
    const cover = document.querySelector("dialog.low[open]") ?? document.getElementById("desk");
    return { top, bottom: Math.max(cover.getBoundingClientRect().top - 8, top + 60) };
  }

  /** The stretch of which something can be read now, to about a line. */
  inView() {
    const { top, bottom } = this.window();
    const [first, last] = this.inWindow();
    return { start: placeAt(first, top), end: placeAt(last, bottom) };
  }

  /** The first and last block of which something can be read now. */
  inWindow() {
    const { top, bottom } = this.window();
    const rect = (n) => this.blocks[n].element.getBoundingClientRect();
    const first = firstOf(this.blocks.length, (n) => rect(n).bottom > top);
    const behind = firstOf(this.blocks.length, (n) => rect(n).bottom > bottom);
    const last = Math.max(first, behind - 1);
    return [this.blocks[Math.min(first, this.blocks.length - 1)], this.blocks[Math.min(last, this.blocks.length - 1)]];
  }
}

/** Cut a turn into stretches of bearable length, behind a line, a sentence or a blank. */
function cut(text, { start, end }) {
  const pieces = [];
  let from = start;
  while (end - from > LONG * 1.5) {
    const part = text.slice(from, from + LONG);
    const line = part.lastIndexOf("\n") + 1;
    const stop = Math.max(...[". ", "? ", "! ", "。", "？", "！"].map((sign) => part.lastIndexOf(sign) + sign.length));
    let length = [line, stop, part.lastIndexOf(" ") + 1].find((one) => one > LONG / 3) ?? LONG;
    while (/[\p{M}\u200d\ufe0f\udc00-\udfff]/u.test(text[from + length]) || /[\udc00-\udfff]/.test(text[from + length])) {
      length += 1;
    }
    pieces.push([from, from + length]);
    from += length;
  }
  return [...pieces, [from, end]];
}

/** About where in a block a height of the window is. */
function placeAt({ words, start, end }, height) {
  const { top, height: tall } = words.getBoundingClientRect();
  const share = tall ? (height - top) / tall : 1;
  return Math.round(start + Math.min(1, Math.max(0, share)) * (end - start));
}

function clock(seconds) {
  const [whole, two] = [Math.floor(seconds), (n) => String(n).padStart(2, "0")];
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
