// The start of the reading room: fetches the transcript and puts its parts together.

import { call, live } from "./base.js";
import { Acts } from "./read_acts.js";
import { Cursor } from "./read_cursor.js";
import { Desk } from "./read_desk.js";
import { isTaken, reader } from "./read_keys.js";
import { Link, sendLast } from "./read_link.js";
import { watchMouse } from "./read_mouse.js";
import { Room } from "./read_room.js";
import { TextView } from "./read_text.js";

const host = document.getElementById("text");
const { transcript, at } = document.getElementById("reading").dataset;
const path = `/api/read/${transcript}`;

async function start() {
  const units = call(`${path}/units`, undefined, { quiet: true });
  units.catch(() => {});
  const page = await call(at === undefined ? path : `${path}?at=${at}`).catch((error) => error);
  if (page instanceof Error) return tell(page.message);
  if (!page.text) return tell("This transcript has no words.");
  const room = new Room(page);
  const view = new TextView(host, room, (id) => acts.open(id));
  const desk = new Desk(room, { open: (id) => acts.open(id), quick: (n) => acts.quick(n) });
  const link = new Link(room, {
    take: (answer) => painted(room.takeChange(answer)),
    anew: (marks) => { room.takeState(marks); painted(room.takeAll(marks)); },
    codes: (codes) => { room.takeCodes(codes); view.repaintAll(); },
    note: (sentence, options) => desk.said(sentence, options),
    apart: document.getElementById("apart"),
  });
  const painted = (changed) => {
    if (changed?.length) view.update(changed);
    desk.state();
    if (acts.cursor) desk.select(acts.cursor.selection);
    return changed;
  };
  const acts = new Acts({ room, view, desk, link, keys: page.keys });
  desk.state();
  view.reveal({ start: page.at, end: Math.min(page.at + 1, page.text.length) }, { middle: page.at > 0 });
  const flat = await units.catch(() => call(`${path}/units`));
  acts.begin(new Cursor(page.text, flat), page.at);
  listen(acts, view, page.keys);
  keepPlace(room, view, acts, desk);
  live((stamp) => link.refresh(stamp));
  document.documentElement.dataset.ready = "yes";
  return undefined;
}

function tell(sentence) {
  const words = document.createElement("p");
  words.className = "notice";
  words.textContent = sentence;
  host.replaceChildren(words);
}

function listen(acts, view, keys) {
  const actOf = reader(keys);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isTaken(event)) return;
    const act = actOf(event);
    if (act === undefined || !acts.can(act)) return;
    event.preventDefault();
    acts.do(act);
  });
  document.addEventListener("click", (event) => {
    const act = event.target.closest?.("[data-act]")?.dataset.act;
    if (act !== undefined) acts.do(act);
  });
  document.addEventListener("copy", (event) => {
    if (document.activeElement?.closest("input, textarea, dialog") || window.getSelection().toString()) return;
    event.clipboardData.setData("text/plain", acts.cursor.quote);
    event.preventDefault();
  });
  watchMouse(host, view, acts);
}

/** Keep where the reader is: a moment after the last scroll, and when the page goes away. */
function keepPlace(room, view, acts, desk) {
  let waiting = null;
  let kept = "";
  const places = () => {
    const [, last] = view.inWindow();
    room.read = Math.max(room.read, last.end);
    return { at: acts.cursor.selection.start, read: room.read };
  };
  const keep = (send) => {
    clearTimeout(waiting);
    waiting = null;
    const now = { ...places(), coder: room.coder };
    desk.progress();
    if (JSON.stringify(now) === kept) return;
    kept = JSON.stringify(now);
    send(`${path}/place`, now);
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep((to, body) => call(to, body, { quiet: true }).catch(() => { kept = ""; })), 1500);
  };
  window.addEventListener("scroll", later, { passive: true });
  acts.moved = later;
  window.addEventListener("pagehide", () => keep(sendLast));
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(sendLast); });
  later();
}

start();
