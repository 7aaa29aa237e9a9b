// Where the reader is, and how far the text was read: only reading on counts, no jump and no first glance.

import { call } from "./base.js";
import { ofCoder, sendLast } from "./read_link.js";

/** So many characters may lie between what was read and what is shown: a few lines. */
const GAP = 300;
/** Milliseconds that a view stands until it counts, and those after the opening in which none does. */
const DWELL = 400;
const FIRST = 2500;
/** Milliseconds after the opening in which the window scrolls by itself. */
const SETTLING = 1000;

/** Keep the place: a moment after the reader moved, and when the page goes away. */
export function keepPlace(path, room, view, acts, desk) {
  let [waiting, counting, kept, moved] = [null, null, "", false];
  const opened = performance.now();
  const age = () => performance.now() - opened;
  const count = () => {
    counting = null;
    if (!moved || acts.covered) return;
    const { start, end } = view.inView();
    if (start > room.read + GAP || end <= room.read) return;
    room.read = end;
    desk.progress();
  };
  const keep = (send) => {
    clearTimeout(waiting);
    waiting = null;
    if (acts.covered) return;
    const now = { at: acts.selection.start, read: room.read, coder: room.coder };
    if (JSON.stringify(now) === kept) return;
    kept = JSON.stringify(now);
    send(`${path}/place`, now);
  };
  const quietly = (to, body) => call(to, body, { quiet: true, headers: ofCoder(room.coder) }).catch(() => { kept = ""; });
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(quietly), 1500);
    counting ??= setTimeout(count, Math.max(DWELL, FIRST - age()));
  };
  const on = () => {
    moved = true;
    later();
  };
  window.addEventListener("scroll", () => (age() > SETTLING ? on() : later()), { passive: true });
  acts.moved = on;
  window.addEventListener("pagehide", () => keep(sendLast));
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(sendLast); });
  later();
}
