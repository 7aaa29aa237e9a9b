// What is asked of the workbench while reading, one after the other; a mark that may not be saved is never silent.

import { call, enterAgain, secret, toast } from "./base.js";

/** So many milliseconds without an answer are as good as no connection: what waits behind must not wait in silence. */
const PATIENCE = 10_000;

export class Link {
  /**
   * `take(answer)` takes a change, `anew(marks)` all marks anew, `codes` the codes, `note` says a sentence;
   * `apart` is the banner that tells of no connection, `cover` covers the page, or uncovers it without a sentence;
   * `refused(path, body)` gets back what the study would not take.
   */
  constructor(room, { take, anew, codes, note, apart, cover, refused }) {
    Object.assign(this, { room, take, anew, codes, note, apart, cover, refused });
    this.other = null;
    this.path = `/api/read/${room.id}`;
    this.queue = Promise.resolve();
    this.unsaved = [];
    window.addEventListener("beforeunload", (event) => this.unsaved.length && event.preventDefault());
  }

  /** Ask for something, saying who codes on this page, so that nobody reads or codes under another's name. */
  async ask(path, body, options) {
    const sent = body === undefined ? undefined : { ...body, coder: this.room.coder, revision: this.room.revision };
    try {
      return await call(`${this.path}/${path}`, sent, { patience: PATIENCE, ...options, headers: ofCoder(this.room.coder) });
    } catch (error) {
      if (error.coder !== undefined) this._taken(error.coder);
      throw error;
    }
  }

  /**
   * Do something, after all that was asked before; return the answer, null where it was refused, undefined where it is
   * kept to be tried again. `said` is a sentence for what was done, instead of that of the workbench.
   */
  act(path, body = {}, mark = null, said = "") {
    const done = this.queue.then(() => this._act(path, body, mark, said));
    this.queue = done.catch(() => {});
    return done;
  }

  async _act(path, body, mark, said) {
    let answer;
    try {
      answer = await this._send(path, body);
    } catch (error) {
      const heard = ![undefined, 403, 503].includes(error.status) && error.coder === undefined;
      if (!heard) return this._lost({ path, body, mark, said }, error);
      toast(error.message, { wrong: true });
      this.refused(path, body);
      await this._refresh();
      return null;
    }
    if (!this.unsaved.length) this.apart.hidden = true;
    if (this.take(answer) === null) await this._refresh();
    this.note(said || sentenceOf(answer.said), { back: answer.can_undo && path !== "undo", link: answer.link });
    return answer;
  }

  /** Send a step; where the session is another than that of this page, once more if the same coder works in it. */
  async _send(path, body) {
    try {
      return await this.ask(path, body, { quiet: true });
    } catch (error) {
      if (error.status !== 403 || (await this._enter()) !== true) throw error;
      return this.ask(path, body, { quiet: true });
    }
  }

  /** Enter the session that is there now; true if the same coder works in it, otherwise the error. */
  async _enter() {
    const coder = await enterAgain(this.room.coder).catch((error) => error);
    if (coder instanceof Error) return coder;
    if (coder === this.room.coder) {
      this.heard(coder);
      return true;
    }
    this._taken(coder);
    return Object.assign(new Error(), { coder });
  }

  /** Hear who codes in this browser: somebody else covers the page, the one it was opened for uncovers it. */
  heard(coder) {
    if (coder === this.other) return;
    if (coder !== this.room.coder) this.refresh();
    else if (this.other !== null) {
      this.other = null;
      this.cover("");
      this.refresh();
    }
  }

  _taken(coder) {
    this.other = coder;
    this.cover(`${coder} codes in this browser now; reload the page.`);
  }

  /**
   * Ask for all marks anew, after what was asked before, without a word where nobody answers.
   * With a `stamp` only if the page does not tell of it yet: of what was done here it does.
   */
  refresh(stamp = Infinity) {
    const done = this.queue.then(() => stamp <= this.room.stamp || this._refresh());
    this.queue = done.catch(() => {});
    return done;
  }

  async _refresh() {
    const marks = await this.ask("codings", undefined, { quiet: true }).catch((error) => error);
    if (marks instanceof Error) {
      if (marks.status === 404) toast("This transcript is not in the study any more.", { wrong: true });
      return false;
    }
    if (marks.revision !== this.room.revision) {
      this.cover("This transcript was corrected, and its text is another; reload the page.");
      return false;
    }
    this.room.coder = marks.coder;
    if (marks.codebooks.join() !== this.room.codebooks.join()) await this._takeCodes();
    this.anew(marks);
    return true;
  }

  /** Ask for the codes anew, and say so: they may mean something else than a moment ago. */
  async _takeCodes() {
    const codes = await this.ask("codes", undefined, { quiet: true }).catch(() => null);
    if (codes === null) return;
    const fresh = codes.codebooks.filter((label) => !this.room.codebooks.includes(label));
    this.codes(codes);
    if (fresh.length) toast(`The codebook has changed: ${fresh.join(", ")} is new. Look at the codes again before you code on.`);
  }

  /** Tell what nobody answered to, and keep what can be tried again. */
  _lost(step, error) {
    if (!["undo", "redo"].includes(step.path)) this.unsaved.push(step);
    this.note("");
    this._tell(error);
  }

  /** Say in the banner what is not saved, and what to do. */
  _tell(error) {
    const n = this.unsaved.length;
    const one = this.unsaved[0]?.mark ? "This mark was NOT saved" : "This was NOT saved";
    const what = n > 1 ? `${n} steps were NOT saved` : n ? one : "Nobody knows whether this was done";
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "Try again";
    again.addEventListener("click", () => this._again());
    const why = error.coder !== undefined
      ? `${error.coder} codes in this browser now. ${what}: they are of ${this.room.coder}. Let ${this.room.coder} code here again (in another tab, at the top), then`
      : error.status === 403
        ? `Not connected. ${what}. They are kept on this page: enter again with a new link (press Enter in the terminal where qcode serve runs), in another tab; then`
        : `Not connected. ${what}; what you did before is kept.`;
    this.apart.replaceChildren(`${why} `, again, why.endsWith("then") ? " here." : "");
    this.apart.hidden = false;
  }

  /** See first what was done after all: only the answer may have been lost. */
  async _again() {
    const entered = await this._enter();
    if (entered !== true) return this._tell(entered);
    if (!(await this.refresh())) return this._tell(new Error());
    this.apart.hidden = true;
    const left = this.unsaved;
    this.unsaved = [];
    if (!left.length) this.note("Connected again; this is how the study stands now.");
    for (const { path, body, mark, said } of left) {
      if (mark !== null && this._stands(mark)) this.note("The mark was saved after all.");
      else await this.act(path, body, mark, said);
    }
    return undefined;
  }

  _stands({ start, end, codes }) {
    const all = [...this.room.codings.values()];
    return all.some((one) => one.mine && one.start === start && one.end === end && codes.includes(one.code));
  }
}

/** The header that says who codes on a page; names stand in no address. */
export function ofCoder(name) {
  return { "X-QCODE-Coder": encodeURIComponent(name) };
}

function sentenceOf(words) {
  return `${words[0].toUpperCase()}${words.slice(1)}.`;
}

/** Keep the place when the page goes away: such a request is still sent. */
export function sendLast(path, body) {
  const headers = { "X-QCODE-CSRF": secret(), "Content-Type": "application/json" };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body), keepalive: true }).catch(() => null);
}
