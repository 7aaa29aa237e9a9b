// What each key and button of the reading room does.

import { toast } from "./base.js";
import { askLine } from "./read_dom.js";
import { chooseCoders, chooseMark, showDefinitions, showKeys, showMark, writeMemo } from "./read_panels.js";
import { pickCodes } from "./read_picker.js";
import { goThrough } from "./read_suggest.js";

export class Acts {
  constructor({ room, view, desk, link, keys }) {
    Object.assign(this, { room, view, desk, link, keys });
    this.text = room.text;
    this.cursor = null;
    this.moved = () => {};
    this.table = { ...moves(this), ...goings(this), ...codings(this), ...readings(this) };
    for (let n = 1; n <= 9; n += 1) this.table[`quick_${n}`] = () => this.quick(n - 1);
  }

  /** Take the cursor, once the words and sentences are known. */
  begin(cursor, at) {
    this.cursor = cursor;
    if (at > 0) cursor.place(at);
    this.view.select(cursor.selection);
    this.desk.select(cursor.selection);
  }

  can(act) {
    return this.cursor !== null && act in this.table;
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

  act(path, body, mark) {
    return this.link.act(path, body, mark);
  }

  /** Put codes on what is selected. */
  code(codes) {
    if (!codes.length) return undefined;
    const { start, end } = this.selection;
    return this.act("code", { start, end, codes }, { start, end, codes });
  }

  quick(n) {
    const pick = this.room.quick[n];
    if (pick === undefined) return this.note(`There is no quick code ${n + 1}.`);
    return this.remember([pick]);
  }

  remember(picks) {
    this.last = picks;
    return this.code(picks);
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
    return this.act(mark.draft ? "in-vivo/remove" : "withdraw", { ids: [mark.id] });
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
  const noMatch = "Nothing is searched for; press / and type words.";
  return {
    next_uncoded: go(() => acts.cursor.nextUncoded(all()), "Every sentence has a coding."),
    next_pending: go(() => acts.cursor.nextOf(pending()), "No coding waits for a decision here."),
    next_coding: go(() => acts.cursor.nextOf(all()), "There is no coding here yet."),
    previous_coding: go(() => acts.cursor.previousOf(all()), "There is no coding here yet."),
    next_match: go(() => acts.cursor.nextOf(acts.room.matches), noMatch),
    previous_match: go(() => acts.cursor.previousOf(acts.room.matches), noMatch),
    search: () => search(acts),
    queue: () => location.assign("/queue"),
    transcripts: () => location.assign("/"),
    quit: () => location.assign("/"),
  };
}

async function search(acts) {
  const words = await askLine("Search in this transcript", "Words", { value: acts.searched ?? "", hint: "Then n goes to the next place, N to the one before.", go: "Search" });
  if (words === undefined) return;
  acts.searched = words;
  if (!words.trim()) {
    acts.view.showMatches([]);
    return;
  }
  const { matches } = await acts.link.ask("search", { words }).catch(() => ({ matches: null }));
  if (matches === null) return;
  acts.view.showMatches(matches.map(([start, end]) => ({ start, end })));
  acts.note(matches.length ? `Found at ${matches.length.toLocaleString("en")} ${matches.length === 1 ? "place" : "places"}.` : "These words do not stand here.");
  const first = acts.room.matches.find((one) => one.start >= acts.selection.start) ?? acts.room.matches[0];
  if (first) acts.goTo(first);
}

function codings(acts) {
  const find = (typed) => acts.link.ask("codes", { typed }).then((answer) => answer.picks);
  return {
    pick: async () => {
      if (!acts.room.codes.length) return acts.note("This study has no codebook yet; import one in the room Codebook.");
      const { start, end } = acts.selection;
      const picks = await pickCodes(acts.room, find, { quote: acts.text.slice(start, end) });
      return picks && acts.remember(picks);
    },
    repeat: () => {
      const picks = acts.last ?? acts.room.recent.slice(0, 1);
      if (picks.length) acts.remember(picks);
      else acts.note("No code was used yet.");
    },
    in_vivo: () => inVivo(acts),
    memo: () => memoOn(acts, aboutHere(acts)),
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

async function withdrawHere(acts) {
  const mine = acts.room.marksAt(acts.selection).filter((one) => one.mine);
  if (!mine.length) return acts.note("There is no coding of yours here.");
  const id = mine.length === 1 ? mine[0].id : await chooseMark(acts.room, mine, "Which one is withdrawn?");
  const mark = id && acts.markOf(id);
  return mark ? acts.withdraw(mark) : undefined;
}

async function suggest(acts) {
  acts.note("Looking for suggestions…");
  const answer = await acts.link.ask("suggestions", {}).catch(() => null);
  acts.note("");
  if (answer === null) return;
  await goThrough(acts.room, answer.suggestions, {
    at: (one) => acts.goTo(one),
    accept: (one) => acts.act("suggestions/accept", { id: one.id }),
    reject: (one) => acts.act("suggestions/reject", { id: one.id }),
    undo: () => acts.act("undo"),
  });
}

function about(mark) {
  return { about: "coding", target: mark.id, name: `the coding ${mark.code} (${mark.coder})` };
}

function aboutHere(acts) {
  const marks = acts.room.marksAt(acts.selection).filter((one) => !one.draft);
  const codes = [...new Map(marks.map((one) => [one.code, acts.room.codeOf(one)])).values()].filter(Boolean);
  return [
    ...marks.sort((a, b) => b.mine - a.mine).map(about),
    { about: "transcript", target: "", name: "this transcript" },
    ...codes.map((code) => ({ about: "code", target: code.pick, name: `the code ${code.key}` })),
    { about: "study", target: "", name: "the whole study" },
  ];
}

async function memoOn(acts, abouts) {
  const known = async (one) => {
    const path = one.about === "coding" ? [`coding/${one.target}`] : ["memos", { about: one.about, target: one.target }];
    return (await acts.link.ask(...path).catch(() => ({ memos: [] }))).memos;
  };
  const memo = await writeMemo(abouts, known);
  if (!memo) return;
  const answer = await acts.act("memo", { text: memo.text, about: memo.about, target: memo.target });
  if (answer === null) toast(`The memo was not saved. You wrote: ${memo.text}`, { wrong: true });
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
