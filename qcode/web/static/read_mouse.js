// Selecting with the mouse or a finger: exactly what was dragged over, without blanks around it.

/** Follow what is selected in `host`; a press without dragging selects the word there. */
export function watchMouse(host, view, acts) {
  let finger = false;
  let waiting = null;
  host.addEventListener("pointerdown", (event) => {
    finger = event.pointerType === "touch";
  });
  document.addEventListener("pointerup", (event) => {
    if (event.pointerType === "touch" || event.button !== 0) return;
    setTimeout(() => taken(host, view, acts, event), 0);
  });
  document.addEventListener("selectionchange", () => {
    if (!finger) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => dragged(host, view, acts, { keep: true }), 350);
  });
  host.addEventListener("click", (event) => {
    if (finger && rangeIn(host)?.collapsed !== false) pressed(host, view, acts, event);
  });
}

function taken(host, view, acts, event) {
  if (document.querySelector("dialog[open]")) return;
  if (!dragged(host, view, acts, { keep: false })) pressed(host, view, acts, event);
}

/** Take a selection that the browser made; tell whether there was one. */
function dragged(host, view, acts, { keep }) {
  const range = rangeIn(host);
  if (!range || range.collapsed) return false;
  const found = trimmed(acts.text, view.placeOf(range.startContainer, range.startOffset), view.placeOf(range.endContainer, range.endOffset));
  if (!found) return false;
  if (!keep) window.getSelection().removeAllRanges();
  acts.chosen(found, { paint: !keep });
  return true;
}

/** Select the word that was pressed. */
function pressed(host, view, acts, { target, clientX, clientY }) {
  if (!host.contains(target) || !target.closest(".words")) return;
  const at = document.caretPositionFromPoint?.(clientX, clientY);
  const range = at ? null : document.caretRangeFromPoint?.(clientX, clientY);
  if (at) acts.pressed(view.placeOf(at.offsetNode, at.offset));
  else if (range) acts.pressed(view.placeOf(range.startContainer, range.startOffset));
}

function rangeIn(host) {
  const selection = window.getSelection();
  if (!selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  return range.intersectsNode(host) && (host.contains(range.startContainer) || host.contains(range.endContainer)) ? range : null;
}

/** Return a stretch without blanks around it and without half a character, or null. */
export function trimmed(text, from, to) {
  let [start, end] = [from, to];
  if (inside(text, start)) start -= 1;
  if (inside(text, end)) end += 1;
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  return start < end ? { start, end } : null;
}

function inside(text, place) {
  return /[\udc00-\udfff]/.test(text[place] ?? "") && /[\ud800-\udbff]/.test(text[place - 1] ?? "");
}
