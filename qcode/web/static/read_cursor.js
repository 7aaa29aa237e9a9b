// What is selected in a text, and how the selection moves by words, sentences and turns, as domain/cursor.py has it.
// Units are flat arrays of UTF-16 positions, in order and apart from each other: [start, end, start, end, ...].

const SIZES = { word: 0, sentence: 1, turn: 2 };

/** Return the first number below `count` for which `fits` holds; it must hold for all that follow. */
export function firstOf(count, fits) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Tell whether two stretches share at least one position. */
export function overlap(a, b) {
  return a.start < b.end && b.start < a.end;
}

/** The units of one kind in a text. */
class Units {
  constructor(flat) {
    this.flat = flat;
    this.count = flat.length / 2;
  }

  get(n) {
    return n >= 0 && n < this.count ? { start: this.flat[2 * n], end: this.flat[2 * n + 1] } : null;
  }

  _firstFrom(at, edge) {
    return firstOf(this.count, (n) => this.flat[2 * n + edge] >= at);
  }

  startFrom(at) {
    return this.get(this._firstFrom(at, 0));
  }

  endFrom(at) {
    return this.get(this._firstFrom(at, 1));
  }

  startBefore(at) {
    return this.get(this._firstFrom(at, 0) - 1);
  }

  endBefore(at) {
    return this.get(this._firstFrom(at, 1) - 1);
  }

  /** The stretch from the first to the last unit that `span` touches, or `span` where it touches none. */
  touched(span) {
    const first = this.endFrom(span.start + 1);
    const last = this.startBefore(span.end);
    return first && last && first.start < span.end ? { start: first.start, end: last.end } : span;
  }

  /** The number of the first unit that ends behind `at`. */
  numberAt(at) {
    return this._firstFrom(at + 1, 1);
  }
}

export class Cursor {
  constructor(text, { turns, words, sentences }) {
    this.text = text;
    this.units = { turn: new Units(turns), word: new Units(words), sentence: new Units(sentences) };
    this.selection = { start: 0, end: 1 };
    this.madeOf = null;
    this.place(0);
  }

  get quote() {
    return this.text.slice(this.selection.start, this.selection.end);
  }

  /** Select exactly these characters. */
  select(start, end) {
    if (start < end) this._take({ start, end }, null);
  }

  /** Select the word at or after a position; behind the last word, the last. */
  place(at) {
    const words = this.units.word;
    const found = words.endFrom(Math.max(0, at) + 1) ?? words.endBefore(this.text.length + 1);
    this._take(found ?? this.selection, "word");
  }

  next(unit) {
    const { units, selection } = { units: this.units[unit], selection: this.selection };
    if (this._enters(unit)) this._take(units.startFrom(selection.start) ?? selection, unit);
    else this._take(units.startFrom(selection.end) ?? units.touched(selection), unit);
  }

  previous(unit) {
    const { units, selection } = { units: this.units[unit], selection: this.selection };
    if (this._enters(unit)) this._take(units.endBefore(selection.end + 1) ?? selection, unit);
    else this._take(units.endBefore(selection.start + 1) ?? units.touched(selection), unit);
  }

  /** Widen the selection to the whole units that it touches. */
  take(unit) {
    this._take(this.whole(this.selection, unit), unit);
  }

  /** Return a stretch widened to the whole units that it touches. */
  whole(span, unit) {
    const touched = this.units[unit].touched(span);
    return { start: Math.min(touched.start, span.start), end: Math.max(touched.end, span.end) };
  }

  /** Move the end forward by one unit. */
  extend(unit) {
    const further = this.units[unit].endFrom(this.selection.end + 1);
    if (further) this._take({ start: this.selection.start, end: further.end }, unit);
  }

  /** Move the end back by one unit, unless nothing would be left. */
  shrink(unit) {
    const nearer = this.units[unit].endBefore(this.selection.end);
    if (nearer && nearer.end > this.selection.start) {
      this._take({ start: this.selection.start, end: nearer.end }, unit);
    }
  }

  /** Move the start back by one unit. */
  extendBack(unit) {
    const further = this.units[unit].startBefore(this.selection.start);
    if (further) this._take({ start: further.start, end: this.selection.end }, unit);
  }

  /** Move the start forward by one unit, unless nothing would be left. */
  shrinkFront(unit) {
    const nearer = this.units[unit].startFrom(this.selection.start + 1);
    if (nearer && nearer.start < this.selection.end) {
      this._take({ start: nearer.start, end: this.selection.end }, unit);
    }
  }

  /** Select the next sentence that none of these stretches touches, wrapping once; false where there is none. */
  nextUncoded(coded) {
    const sentences = this.units.sentence;
    const covered = runs(coded);
    const here = this.selection;
    const from = sentences.numberAt(here.start);
    let selected = null;
    for (let step = 0; step < sentences.count; step += 1) {
      const one = sentences.get((from + step) % sentences.count);
      const near = firstOf(covered.length, (n) => covered[n].end > one.start);
      if (near < covered.length && covered[near].start < one.end) continue;
      if (here.start > one.start || one.end > here.end) {
        this._take(one, "sentence");
        return true;
      }
      selected ??= one;
    }
    if (selected) this._take(selected, "sentence");
    return selected !== null;
  }

  /** Select the next of some stretches, behind the last the first; false where there are none. */
  nextOf(spans) {
    return this._selectOf(inOrder(spans), 1);
  }

  /** Select the one before of some stretches, before the first the last; false where there are none. */
  previousOf(spans) {
    return this._selectOf(inOrder(spans), -1);
  }

  _selectOf(ordered, step) {
    if (!ordered.length) return false;
    const { start, end } = this.selection;
    const same = ordered.findIndex((one) => one.start === start && one.end === end);
    const behind = firstOf(ordered.length, (n) => ordered[n].start >= start);
    const at = same >= 0 ? same + step : step > 0 ? behind : behind - 1;
    const found = ordered[(at + ordered.length) % ordered.length];
    this.select(found.start, found.end);
    return true;
  }

  _enters(unit) {
    return this.madeOf !== null && SIZES[unit] < SIZES[this.madeOf];
  }

  _take(span, madeOf) {
    this.selection = { start: span.start, end: span.end };
    this.madeOf = madeOf;
  }
}

/** Return stretches in order, each once. */
function inOrder(spans) {
  const sorted = [...spans].sort((a, b) => a.start - b.start || a.end - b.end);
  return sorted.filter((one, n) => !n || one.start !== sorted[n - 1].start || one.end !== sorted[n - 1].end);
}

/** Return the runs that stretches cover together, in order; stretches that touch are one run. */
function runs(spans) {
  const joined = [];
  for (const one of inOrder(spans)) {
    const last = joined.at(-1);
    if (last && one.start <= last.end) last.end = Math.max(last.end, one.end);
    else joined.push({ start: one.start, end: one.end });
  }
  return joined;
}
