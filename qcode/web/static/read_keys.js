// From a key pressed to the act it stands for, on Latin and Cyrillic layouts, as the terminal has it.

import { isMeant, withAlt } from "./letters.js";

const NAMED = {
  ArrowRight: "right", ArrowLeft: "left", ArrowUp: "up", ArrowDown: "down", PageUp: "pageup", PageDown: "pagedown",
  Home: "home", End: "end", Enter: "enter", Delete: "delete", " ": "space",
};
const SIGNS = {
  "/": "slash", "?": "question_mark", ".": "full_stop", "[": "left_square_bracket", "]": "right_square_bracket",
  "{": "left_curly_bracket", "}": "right_curly_bracket",
};
/** What stands at the place of a key on a Latin keyboard, without and with Shift, where the layout gives a letter. */
const PLACES = {
  BracketLeft: ["left_square_bracket", "left_curly_bracket"],
  BracketRight: ["right_square_bracket", "right_curly_bracket"],
  Period: ["full_stop", ""],
};

/** Return a function from a keydown event to the act it stands for, or undefined. */
export function reader(keys) {
  const acts = new Map(keys.flatMap((key) => key.keys.map((name) => [name, key.act])));
  return (event) => {
    if (!isMeant(event) || event.isComposing || (!withAlt() && event.getModifierState?.("AltGraph"))) return undefined;
    const name = nameOf(event);
    const shifted = event.shiftKey && name in { right: 1, left: 1, up: 1, down: 1 } ? `shift+${name}` : name;
    return acts.get(event.ctrlKey || event.metaKey ? `ctrl+${shifted}` : shifted);
  };
}

/** The name of a key as the terminal spells it; a letter of another alphabet is the Latin one at its place. */
export function nameOf(event) {
  const { key, code, shiftKey, ctrlKey, metaKey, altKey } = event;
  if (NAMED[key]) return NAMED[key];
  if (SIGNS[key] && (key !== "." || shiftKey || !/^Digit/.test(code))) return SIGNS[key];
  if (/^[a-z]$/i.test(key)) return ctrlKey || metaKey ? key.toLowerCase() : cased(event);
  if (/^[0-9]$/.test(key)) return key;
  if (key.length > 2 && key !== "Dead") return key;
  if (/^\p{L}$/u.test(key) || altKey) {
    const letter = /^Key([A-Z])$/.exec(code)?.[1];
    if (letter) return shiftKey && !ctrlKey && !metaKey ? letter : letter.toLowerCase();
    if (PLACES[code]) return PLACES[code][shiftKey ? 1 : 0];
  }
  return /^Digit([0-9])$/.exec(code)?.[1] && !shiftKey ? code.slice(5) : key;
}

/** A letter in the case that Shift gives it, whatever the caps lock is at. */
function cased(event) {
  if (!event.getModifierState?.("CapsLock")) return event.key;
  return event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
}

/** Tell whether a key belongs to what has the focus: a field, a menu, a dialog, or a button that Enter presses. */
export function isTaken(event) {
  if (document.querySelector("dialog[open]")) return true;
  const at = event.target;
  if (at.closest?.("input, textarea, select, [contenteditable=true]")) return true;
  return Boolean(at.closest?.("button, a, summary")) && (event.key === "Enter" || event.key === " ");
}
