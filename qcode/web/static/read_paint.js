// Paints the words of a block: underlines in the colours of the codes below the letters (at most three, the margin has all), what is selected, what was found.

const LAYERS = 3;

/** Build the words of a block anew from its marks. */
export function paintWords(block, room, selection) {
  const layers = layersOf(block.marks);
  const matches = room.matches.filter((one) => one.start < block.end && block.start < one.end);
  const chosen = selection && selection.start < block.end && block.start < selection.end ? [selection] : [];
  const edges = new Set([block.start, block.end]);
  for (const one of [...block.marks, ...matches, ...chosen]) {
    if (one.start > block.start && one.start < block.end) edges.add(one.start);
    if (one.end > block.start && one.end < block.end) edges.add(one.end);
  }
  const places = [...edges].sort((a, b) => a - b);
  const pieces = places.slice(0, -1).map((start, n) => {
    const words = room.text.slice(start, places[n + 1]);
    const over = (one) => one.start <= start && start < one.end;
    const kinds = [chosen.some(over) && "chosen", matches.some(over) && "match"].filter(Boolean);
    return piece(words, block.marks.filter(over), layers, kinds, room);
  });
  block.words.replaceChildren(...pieces);
}

function piece(words, marks, layers, kinds, room) {
  if (!marks.length && !kinds.length) return document.createTextNode(words);
  const span = document.createElement("span");
  span.textContent = words;
  for (const mark of marks) {
    const layer = layers.get(mark);
    if (layer >= LAYERS) continue;
    kinds.push(`${kindOf(mark)}${layer}`);
    const color = room.colorOf(mark);
    if (color) span.style.setProperty(`--c${layer}`, color);
  }
  span.className = ["seg", ...kinds].join(" ");
  return span;
}

/** Solid, waiting (dashed) or draft (dotted). */
export function kindOf(mark) {
  if (mark.draft) return "dotted";
  return mark.status === "pending" ? "dashed" : "solid";
}

/** Return the text node of a block and the offset in it at which a place of the transcript stands. */
export function pointIn(block, place) {
  let left = Math.max(0, place - block.start);
  let last = block.words;
  for (const child of block.words.childNodes) {
    const node = child.nodeType === Node.TEXT_NODE ? child : child.firstChild;
    if (left <= node.length) return [node, left];
    left -= node.length;
    last = node;
  }
  return [last, last.length ?? 0];
}

/** Give each mark a layer of its own among those it overlaps, the longest first. */
function layersOf(marks) {
  const ends = [];
  const layers = new Map();
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    let layer = ends.findIndex((end) => end <= mark.start);
    if (layer < 0) layer = ends.length;
    ends[layer] = mark.end;
    layers.set(mark, layer);
  }
  return layers;
}
