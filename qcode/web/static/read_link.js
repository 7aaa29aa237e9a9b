// What is asked of the workbench while reading, one after the other; a mark that may not be saved is never silent.

import { call } from "./base.js";

export class Link {
  /**
   * `take(answer)` takes a change, `anew(marks)` all marks anew, `codes` the codes, `note` says a sentence;
   * `apart` is the banner that tells of no connection.
   */
  constructor(room, { take, anew, codes, note, apart }) {
    Object.assign(this, { room, take, anew, codes, note, apart });
    this.path = `/api/read/${room.id}`;
    this.queue = Promise.resolve();
    this.unsaved = [];
    window.addEventListener("beforeunload", (event) => this.unsaved.length && event.preventDefault());
  }

  /** Ask for something; what is sent says who codes on this page, so that nobody codes under another's name. */
  ask(path, body, options) {
    const sent = body === undefined ? undefined : { ...body, coder: this.room.coder };
    return call(`${this.path}/${path}`, sent, options);
  }

  /** Do something, after all that was asked before; return the answer, or null where it was refused or not heard. */
  act(path, body = {}, mark = null) {
    const done = this.queue.then(() => this._act(path, body, mark));
    this.queue = done.catch(() => {});
    return done;
  }

  async _act(path, body, mark) {
    let answer;
    try {
      answer = await this.ask(path, body);
    } catch (error) {
      if (error.status === undefined || error.status === 503 || error.status === 403) this._lost(path, body, mark);
      else await this._refresh();
      return null;
    }
    if (!this.unsaved.length) this.apart.hidden = true;
    if (this.take(answer) === null) await this._refresh();
    this.note(sentenceOf(answer.said), { back: answer.can_undo && path !== "undo" });
    return answer;
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
    const marks = await this.ask("codings", undefined, { quiet: true }).catch(() => null);
    if (marks === null) return false;
    if (marks.codebooks.join() !== this.room.codebooks.join()) {
      const codes = await this.ask("codes", undefined, { quiet: true }).catch(() => null);
      if (codes !== null) this.codes(codes);
    }
    this.anew(marks);
    return true;
  }

  /** Tell what nobody answered to, and keep what can be tried again. */
  _lost(path, body, mark) {
    if (!["undo", "redo"].includes(path)) this.unsaved.push({ path, body, mark });
    const n = this.unsaved.length;
    const one = this.unsaved[0]?.mark ? "This mark was NOT saved" : "This was NOT saved";
    const what = n > 1 ? `${n} steps were NOT saved` : n ? one : "Nobody knows whether this was done";
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "Try again";
    again.addEventListener("click", () => this._again());
    this.apart.replaceChildren(`Not connected. ${what}; what you did before is kept. `, again);
    this.apart.hidden = false;
  }

  /** See first what was done after all: only the answer may have been lost. */
  async _again() {
    if (!(await this.refresh())) return;
    this.apart.hidden = true;
    const left = this.unsaved;
    this.unsaved = [];
    if (!left.length) this.note("Connected again; this is how the study stands now.");
    for (const { path, body, mark } of left) {
      if (mark !== null && this._stands(mark)) this.note("The mark was saved after all.");
      else await this.act(path, body, mark);
    }
  }

  _stands({ start, end, codes }) {
    const all = [...this.room.codings.values()];
    return all.some((one) => one.mine && one.start === start && one.end === end && codes.includes(one.code));
  }
}

function sentenceOf(words) {
  return `${words[0].toUpperCase()}${words.slice(1)}.`;
}

/** Keep the place when the page goes away: such a request is still sent. */
export function sendLast(path, body) {
  const csrf = document.querySelector('meta[name="csrf"]')?.content ?? "";
  const headers = { "X-QCODE-CSRF": csrf, "Content-Type": "application/json" };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body), keepalive: true }).catch(() => null);
}
