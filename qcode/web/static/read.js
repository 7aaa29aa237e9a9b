// The start of the reading room: fetches the transcript and puts its parts together.

import { call, hear, live } from "./base.js";
import { Acts } from "./read_acts.js";
import { placeAnew } from "./read_anew.js";
import { Cursor } from "./read_cursor.js";
import { Desk } from "./read_desk.js";
import { isTaken, reader } from "./read_keys.js";
import { Link, ofCoder } from "./read_link.js";
import { watchMouse } from "./read_mouse.js";
import { keepPlace } from "./read_place.js";
import { Room } from "./read_room.js";
import { TextView } from "./read_text.js";

const host = document.getElementById("text");
const { transcript, at, to, coder, place } = document.getElementById("reading").dataset;
const path = `/api/read/${transcript}`;
const asked = [at === undefined ? "" : `at=${at}`, to === undefined ? "" : `to=${to}`].filter(Boolean).join("&");

async function start() {
  const headers = ofCoder(coder);
  const units = call(`${path}/units`, undefined, { quiet: true, headers });
  units.catch(() => {});
  const page = await call(asked ? `${path}?${asked}` : path, undefined, { headers }).catch((error) => error);
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
    cover: (sentence) => cover(sentence, acts, view),
    refused: (what, body) => { if (what === "memo") acts.written = body.text; },
  });
  const painted = (changed) => {
    if (changed?.length) view.update(changed);
    desk.state();
    if (acts.cursor) desk.select(acts.cursor.selection);
    return changed;
  };
  const acts = new Acts({ room, view, desk, link, keys: page.keys });
  desk.state();
  view.reveal({ start: page.at, end: page.to ?? Math.min(page.at + 1, page.text.length) }, { middle: page.at > 0 });
  const flat = await units.catch(() => call(`${path}/units`, undefined, { headers }));
  acts.begin(new Cursor(page.text, flat), page.at, page.to);
  if (page.hidden.length) desk.said(`Codings of ${page.hidden.join(", ")} here are hidden; o shows them.`);
  listen(acts, view, page.keys);
  keepPlace(path, room, view, acts, desk);
  if ([null, document.body].includes(document.activeElement)) acts.settle();
  hear((who) => link.heard(who));
  live((stamp) => link.refresh(stamp));
  if (place !== undefined) await placeAnew(acts, place);
  document.documentElement.dataset.ready = "yes";
  return undefined;
}

function tell(sentence) {
  const words = document.createElement("p");
  words.className = "notice";
  words.textContent = sentence;
  host.replaceChildren(words);
}

/** Cover the transcript with a sentence, as it is somebody else who codes here now; without one show it again. */
function cover(sentence, acts, view) {
  const place = document.getElementById("cover");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Reload the page";
  button.addEventListener("click", () => location.reload());
  acts.covered = sentence !== "";
  for (const one of [host, document.getElementById("desk")]) one.hidden = acts.covered;
  place.hidden = !acts.covered;
  place.replaceChildren(...(acts.covered ? [sentence, button] : []));
  if (acts.covered) for (const dialog of document.querySelectorAll("dialog.room-dialog[open]")) dialog.close();
  else if (acts.cursor) view.reveal(acts.selection, { middle: true });
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
    if (acts.covered || document.activeElement?.closest("input, textarea, dialog") || window.getSelection().toString()) return;
    event.clipboardData.setData("text/plain", acts.cursor.quote);
    event.preventDefault();
  });
  addEventListener("beforeunload", (event) => { if (acts.written.trim()) event.preventDefault(); });
  watchMouse(host, view, acts);
}

start();
