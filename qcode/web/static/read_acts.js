// What each key and button of the reading room does.

import { askLine } from "./read_dom.js";
import { about, meant, memoHere, memoOn } from "./read_memo.js";
import { chooseCoders, chooseMark, showDefinitions, showKeys, showMark } from "./read_panels.js";
import { pickCodes } from "./read_picker.js";
import { keyText } from "./read_room.js";
import { goThrough } from "./read_suggest.js";

export class Acts {
  constructor({ room, view, desk, link, keys }) {
    Object.assign(this, { room, view, desk, link, keys });
    this.text = room.text;
    this.cursor = null;
    this.moved = () => {};
    this.covered = false;
    this.places = [];
    this.written = "";
    this.table = { ...moves(this), ...goings(this), ...codings(this), ...readings(this) };
    for (let n = 1; n <= 9; n += 1) this.table[`quick_${n}`] = () => this.quick(n - 1);
  }

  /** Take the cursor, once the words and sentences are known. */
  begin(cursor, at, to = null) {
    this.cursor = cursor;
    if (to !== null) cursor.select(at, to);
    else if (at > 0) cursor.place(at);
    this.view.select(cursor.selection);
    this.desk.select(cursor.selection);
  }

  can(act) {
    return this.cursor !== null && !this.covered && act in this.table;
  }

  do(act) {
    if (this.can(act)) this.table[act]();
  }

  get selection() {
    return this.cursor.selection;
  }

  /** Show what is selected now. */
  show({ reveal = true, paint = true } = {}) {
    if (paint) this.view.select(this.selection);
    if (reveal) this.view.reveal(this.selection);
    this.desk.select(this.selection, { aloud: reveal });
    this.moved();
  }

  /** Something was selected with the mouse. */
  chosen({ start, end }, { paint = true } = {}) {
    this.cursor.select(start, end);
    this.show({ reveal: false, paint });
  }

  /** A word was pressed. */
  pressed(place) {
    this.cursor.place(place);
    this.show({ reveal: false });
  }

  /** Show a stretch that something leads to. */
  goTo({ start, end }) {
    this.cursor.select(start, end);
    this.view.reveal(this.selection, { middle: true });
    this.show();
  }

  note(sentence) {
    this.desk.said(sentence);
  }

  act(path, body, mark, said) {
    return this.link.act(path, body, mark, said);
  }

  /** Bring the keyboard to the transcript, from where Tab goes on. */
  settle() {
    if (!document.querySelector("dialog[open]")) this.view.host.focus({ preventScroll: true });
  }

  /** Put codes on what is selected; `versions` are those of the codebooks that the person had before them. */
  async code(codes, versions) {
    if (!codes.length) return undefined;
    const { start, end } = this.selection;
    const answer = await this.act("code", { start, end, codes, versions }, { start, end, codes });
    this.settle();
    return answer;
  }

  quick(n) {
    const pick = this.room.quick[n];
    if (pick === undefined) return this.note(`There is no quick code ${n + 1}.`);
    return this.remember([pick]);
  }

  remember(picks, versions = this.room.versions) {
    this.last = picks;
    return this.code(picks, versions);
  }

  markOf(id) {
    return this.room.codings.get(id) ?? this.room.drafts.get(id);
  }

  /** Show one mark, and do what is chosen there. */
  async open(id) {
    const mark = this.markOf(id);
    if (!mark) return;
    const none = { memos: [], trail: [], created_at: mark.created_at };
    const more = mark.draft ? none : await this.link.ask(`coding/${id}`).catch(() => null);
    if (more === null) {
      this.link.refresh();
      return;
    }
    const chosen = await showMark(this.room, mark, more);
    if (chosen === "withdraw") await this.withdraw(mark);
    if (chosen === "memo") await memoOn(this, [about(mark)]);
  }

  withdraw(mark) {
    const said = mark.draft ? "" : `Withdrew ${keyText(mark)}.`;
    return this.act(mark.draft ? "in-vivo/remove" : "withdraw", { ids: [mark.id] }, null, said);
  }
}

function moves(acts) {
  const move = (act) => () => {
    act(acts.cursor);
    acts.show();
  };
  const page = (by) => () => {
    const { top, bottom } = acts.view.window();
    window.scrollBy({ top: by * (bottom - top) * 0.9, behavior: "instant" });
    const [first, last] = acts.view.inWindow();
    acts.cursor.place(by > 0 ? first.start : Math.min(first.start, last.start));
    acts.show();
  };
  const table = {
    page_down: page(1),
    page_up: page(-1),
    top: move((cursor) => cursor.place(0)),
    bottom: move((cursor) => cursor.place(acts.text.length)),
    extend_back: move((cursor) => cursor.extendBack("word")),
    shrink_front: move((cursor) => cursor.shrinkFront("word")),
  };
  for (const unit of ["word", "sentence", "turn"]) {
    table[`${unit}_next`] = move((cursor) => cursor.next(unit));
    table[`${unit}_previous`] = move((cursor) => cursor.previous(unit));
    table[`take_${unit}`] = move((cursor) => cursor.take(unit));
    table[`extend_${unit}`] = move((cursor) => cursor.extend(unit));
    table[`shrink_${unit}`] = move((cursor) => cursor.shrink(unit));
  }
  return table;
}

function goings(acts) {
  const go = (find, none) => () => {
    if (find()) acts.goTo(acts.selection);
    else acts.note(none);
  };
  const all = () => acts.room.marks();
  const pending = () => all().filter((one) => one.status === "pending");
  const match = (find) => () => {
    if (find(acts.places)) found(acts);
    else acts.note("Nothing is searched for; press / and type words.");
  };
  const uncoded = () => acts.cursor.nextUncoded([...all(), ...acts.room.questions()]);
  return {
    next_uncoded: go(uncoded, "Every sentence has a coding, but for those of who asks."),
    next_pending: go(() => acts.cursor.nextOf(pending()), "No coding waits for a decision here."),
    next_coding: go(() => acts.cursor.nextOf(all()), "There is no coding here yet."),
    previous_coding: go(() => acts.cursor.previousOf(all()), "There is no coding here yet."),
    next_match: match((places) => acts.cursor.nextOf(places)),
    previous_match: match((places) => acts.cursor.previousOf(places)),
    search: () => search(acts),
    queue: () => location.assign("/queue"),
    transcripts: () => location.assign("/"),
    quit: () => location.assign("/"),
  };
}

/** Go to a place that was searched for, and say which one of how many it is. */
function found(acts) {
  const { start, end } = acts.selection;
  const n = acts.places.findIndex((one) => one.start === start && one.end === end);
  acts.goTo(acts.selection);
  acts.note(`${(n + 1).toLocaleString("en")} of ${acts.places.length.toLocaleString("en")}`);
}

/** Return the whole words that places stand in, each once: half a word is not what somebody codes. */
function inWords(cursor, spans) {
  const whole = spans.map((one) => cursor.whole(one, "word"));
  return whole.filter((one, n) => !n || one.start !== whole[n - 1].start || one.end !== whole[n - 1].end);
}

async function search(acts) {
  const words = await askLine("Search in this transcript", "Words", { value: acts.searched ?? "", hint: "Then n goes to the next place, N to the one before.", go: "Search" });
  if (words === undefined) return undefined;
  acts.searched = words;
  if (!words.trim()) {
    acts.places = [];
    acts.view.showMatches([]);
    return undefined;
  }
  const { matches } = await acts.link.ask("search", { words }).catch(() => ({ matches: null }));
  if (matches === null) return undefined;
  const spans = matches.map(([start, end]) => ({ start, end }));
  acts.places = inWords(acts.cursor, spans);
  acts.view.showMatches(spans);
  const first = acts.places.find((one) => one.start >= acts.selection.start) ?? acts.places[0];
  if (first === undefined) return acts.note("These words do not stand here.");
  acts.cursor.select(first.start, first.end);
  return found(acts);
}

function codings(acts) {
  const find = (typed) => acts.link.ask("codes", { typed }).then((answer) => answer.picks);
  return {
    pick: async () => {
      if (!acts.room.codes.length) return acts.note("This study has no codebook yet; import one in the room Codebook.");
      const { start, end } = acts.selection;
      const { versions } = acts.room;
      const picks = await pickCodes(acts.room, find, { quote: acts.text.slice(start, end) });
      return picks && acts.remember(picks, versions);
    },
    repeat: () => {
      const picks = acts.last ?? acts.room.recent.slice(0, 1);
      if (picks.length) acts.remember(picks);
      else acts.note("No code was used yet.");
    },
    in_vivo: () => inVivo(acts),
    memo: () => memoHere(acts),
    withdraw: () => withdrawHere(acts),
    undo: () => acts.act("undo"),
    redo: () => acts.act("redo"),
    suggest: () => suggest(acts),
  };
}

async function inVivo(acts) {
  const { start, end } = acts.selection;
  const key = await askLine("A code in the words of who speaks", "Its key", {
    hint: `Leave this empty to make the key from the words: ${acts.text.slice(start, Math.min(end, start + 80))}`,
    go: "Make the code",
  });
  if (key !== undefined) await acts.act("in-vivo", { start, end, key });
}

function withdrawHere(acts) {
  const mark = meant(acts, (one) => one.mine);
  return mark ? acts.withdraw(mark) : acts.note("There is no coding of yours here.");
}

async function suggest(acts) {
  acts.note("Looking for suggestions…");
  const { versions } = acts.room;
  const answer = await acts.link.ask("suggestions", {}).catch(() => null);
  acts.note("");
  if (answer === null) return;
  await goThrough(acts.room, answer.suggestions, {
    from: acts.selection.start,
    at: (one) => acts.goTo(one),
    accept: (one) => acts.act("suggestions/accept", { id: one.id, versions }),
    reject: (one) => acts.act("suggestions/reject", { id: one.id }),
    undo: () => acts.act("undo"),
  });
}

function readings(acts) {
  return {
    definition: async () => {
      const codes = [...new Set(acts.room.marksAt(acts.selection).map((one) => acts.room.codeOf(one)))].filter(Boolean);
      if (codes.length) await showDefinitions(codes);
      else await acts.table.pick();
    },
    codings_here: async () => {
      const marks = acts.room.marksAt(acts.selection);
      if (!marks.length) return acts.note("There is no coding here.");
      const id = await chooseMark(acts.room, marks, "Codings here");
      return id ? acts.open(id) : undefined;
    },
    others: async () => {
      const coders = await chooseCoders(acts.room.others, acts.room.shown);
      if (coders === undefined) return;
      if (await acts.link.ask("shown", { coders }).catch(() => null)) await acts.link.refresh();
    },
    help: () => showKeys(acts.keys),
  };
}
