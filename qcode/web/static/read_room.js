// What the page knows of the transcript: its text, codes and codings; it takes what the workbench answers.

export class Room {
  constructor(page) {
    this.id = page.id;
    this.name = page.name;
    this.text = page.text;
    this.revision = page.revision;
    this.turns = page.turns;
    this.coder = page.coder;
    this.language = page.language;
    this.asking = page.asking;
    this.made = new Map();
    this.codings = new Map();
    this.drafts = new Map();
    this.matches = [];
    this.read = page.read;
    this.stamp = page.stamp;
    this.takeCodes(page);
    this.takeState(page);
    this.takeAll(page);
  }

  takeCodes({ codes, codebooks, versions }) {
    this.codebooks = codebooks;
    this.versions = versions;
    this.codes = codes;
    this.byPlace = new Map(codes.map((code) => [`${code.codebook}/${code.key}`, code]));
    this.byPick = new Map(codes.map((code) => [code.pick, code]));
  }

  takeState(answer) {
    this.recent = answer.recent ?? this.recent;
    this.quick = answer.quick ?? this.quick;
    this.canUndo = answer.can_undo ?? this.canUndo;
    this.canRedo = answer.can_redo ?? this.canRedo;
    this.others = answer.others ?? this.others;
    this.shown = answer.shown ?? this.shown;
  }

  /** Take all codings anew; return the stretches whose marks are others than before. */
  takeAll({ codings, drafts, stamp }) {
    const changed = [...differing(this.codings, codings), ...differing(this.drafts, drafts)];
    this.codings = new Map(codings.map((one) => [one.id, one]));
    this.drafts = new Map(drafts.map((one) => [one.id, one]));
    this.stamp = stamp;
    return changed;
  }

  /** Take what an act changed; null where something else happened in between, so that all has to be asked anew. */
  takeChange(answer) {
    this.takeState(answer);
    if (answer.before !== this.stamp) return null;
    const changed = [];
    for (const id of answer.removed ?? []) {
      const one = this.codings.get(id) ?? this.drafts.get(id);
      if (one) changed.push(one);
      this.codings.delete(id);
      this.drafts.delete(id);
    }
    for (const [known, added] of [
      [this.codings, answer.added ?? []],
      [this.drafts, answer.drafts_added ?? []],
    ]) {
      for (const one of added) {
        known.set(one.id, one);
        this.made.set(one.id, this.made.size);
        changed.push(one);
      }
    }
    this.stamp = answer.stamp;
    return changed;
  }

  /** The code of a coding as its codebook has it now, or undefined where it is there no more. */
  codeOf(coding) {
    return this.byPlace.get(`${coding.codebook}/${coding.code}`);
  }

  colorOf(coding) {
    return this.codeOf(coding)?.color ?? "";
  }

  /** The name of a code in the language of the transcript, where it has one. */
  nameOf(code) {
    const language = this.language ?? "";
    return code.names[language] ?? code.names[language.split("-")[0]] ?? code.name;
  }

  /** The mark that was made last of some, or undefined: what this page saw being made is newer than its second tells. */
  latest(marks) {
    const nth = (one) => this.made.get(one.id) ?? -1;
    const newer = (a, b) => a.created_at.localeCompare(b.created_at) || nth(a) - nth(b);
    return marks.reduce((last, one) => (last === undefined || newer(last, one) <= 0 ? one : last), undefined);
  }

  /** What those say who ask, for whom no code is wanted. */
  questions() {
    return this.turns.filter((turn) => this.asking.includes(turn.speaker));
  }

  /** Every mark: codings and in vivo marks. */
  marks() {
    return [...this.codings.values(), ...this.drafts.values()];
  }

  /** The marks that share a character with a stretch, in order of place. */
  marksAt({ start, end }) {
    const here = this.marks().filter((one) => one.start < end && start < one.end);
    return here.sort((a, b) => a.start - b.start || a.end - b.end);
  }

  turnAt(place) {
    return this.turns.find((turn) => turn.end > place) ?? this.turns.at(-1);
  }
}

/** How a mark is written where its code's key stands: `KEY`, `KEY?` waits, `KEY*` is a draft, `KEY @coder` is another's. */
export function keyText(mark) {
  const sign = mark.draft ? "*" : mark.status === "pending" ? "?" : "";
  return mark.mine ? `${mark.code}${sign}` : `${mark.code}${sign} @${mark.coder}`;
}

/** The same for somebody who hears it. */
export function spoken(mark) {
  const kinds = { pending: ", waits for a decision", frozen: ", frozen" };
  const what = mark.draft ? ", a code of the draft" : (kinds[mark.status] ?? "");
  return `${mark.code}${what}${mark.mine ? "" : `, coded by ${mark.coder}`}${mark.memo ? ", with a memo" : ""}`;
}

function differing(known, fresh) {
  const left = new Map(known);
  const changed = [];
  for (const one of fresh) {
    const old = left.get(one.id);
    left.delete(one.id);
    if (!old || old.status !== one.status || old.code !== one.code || old.memo !== one.memo) changed.push(one);
  }
  return [...changed, ...left.values()];
}
