"""The lines of a PDF page from its letters: blanks where there are gaps, columns, right-to-left text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qcode.importers.pdf_glyphs import Glyph

__all__ = ["Line", "lines_of_page", "wide"]

GAP = 2.2
"""How many letters high a gap is that no blank makes, but a tab or the border of a cell."""

SMALL = 0.8
"""How small letters are, against those beside them, that are raised or lowered."""

_mirrored = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print: its words with their boldness, its ends, base line and size, in points.

    `first` is how wide its first word is, in a script without blanks its first character; `inner` is where
    words begin behind its last large gap, 0 where it has none; `raised` are the small numbers set above its words.
    """

    runs: tuple[tuple[str, bool], ...]
    left: float
    right: float
    base: float
    size: float
    first: float
    inner: float = 0.0
    raised: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)


def lines_of_page(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a page in reading order: what stands on one height is one line, unless set in columns.

    Pieces of a line that stand far apart stay lines of their own, so that numbers in a margin can be told.
    """
    pieces = [piece for piece in _pieces(glyphs) if any(glyph.text.strip() for glyph in piece)]
    return [line for column in _columns(pieces) for line in _rows(column)]


def wide(c: str) -> bool:
    """Tell whether a character is of a script that is written without blanks."""
    return unicodedata.east_asian_width(c) in "WF" and not "\uac00" <= c <= "\ud7a3"


def _pieces(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return what is drawn one behind the other on one height without a large gap."""
    pieces: list[list[Glyph]] = []
    for glyph in glyphs:
        last = pieces[-1][-1] if pieces else None
        near = (
            last is not None
            and abs(glyph.base - last.base) < 0.1 * last.size
            and -0.6 * last.size < glyph.left - last.right < 0.8 * last.size
        )
        if near:
            pieces[-1].append(glyph)
        else:
            pieces.append([glyph])
    return pieces


def _columns(pieces: list[list[Glyph]]) -> list[list[list[Glyph]]]:
    """Return the pieces by column, where a page is drawn first all left of a white band, then all right of it."""
    if len(pieces) < 12:
        return [pieces]
    ends = [(min(g.left for g in piece), max(g.right for g in piece)) for piece in pieces]
    low, high = min(left for left, _ in ends), max(right for _, right in ends)
    reach, bands = low, []
    for left, right in sorted(ends):
        if left - reach > 8 and low + 0.3 * (high - low) < (left + reach) / 2 < low + 0.7 * (high - low):
            bands.append((left + reach) / 2)
        reach = max(reach, right)
    for band in bands:
        sides = [left > band for left, _ in ends]
        if sum(a != b for a, b in pairwise(sides)) == 1 and 6 <= sum(sides) <= len(sides) - 6:
            parts = [[p for p, s in zip(pieces, sides, strict=True) if s == side] for side in (sides[0], not sides[0])]
            return parts
    return [pieces]


def _rows(pieces: list[list[Glyph]]) -> list[Line]:
    """Return the lines of a column from the top to the bottom, raised and lowered letters in theirs."""
    rows: list[list[list[Glyph]]] = []
    for piece in sorted(pieces, key=lambda piece: -piece[0].base):
        first = rows[-1][0][0] if rows else None
        if first is not None and first.base - piece[0].base < _reach(first, piece[0]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [line for row in rows for line in _split(sorted(row, key=lambda piece: piece[0].left))]


def _reach(one: Glyph, other: Glyph) -> float:
    """Return how far apart the base lines of a line may be: raised numbers stand higher where they are small."""
    low, high = sorted((one.size, other.size))
    return (0.35 if low > SMALL * high else 0.5) * high


def _split(row: list[list[Glyph]]) -> list[Line]:
    """Return a row as one line; a number that stands apart at its left or right end is a line of its own."""
    parts = [row]
    if len(row) > 1 and _number(row[0]) and row[1][0].left - row[0][-1].right > 0.25 * row[0][0].size:
        parts = [row[:1], row[1:]]
    last = parts[-1]
    if len(last) > 1 and _number(last[-1]) and last[-1][0].left - last[-2][-1].right > 0.25 * last[-1][0].size:
        parts[-1:] = [parts[-1][:-1], parts[-1][-1:]]
    return [_line([glyph for piece in part for glyph in piece]) for part in parts]


def _number(piece: list[Glyph]) -> bool:
    text = "".join(glyph.text for glyph in piece).strip().removesuffix(".").removesuffix(")")
    return text.isdecimal() and len(text) < 6


def _line(glyphs: list[Glyph]) -> Line:
    cells = _cells(glyphs)
    backward = any(unicodedata.bidirectional(c) in ("R", "AL") for g in cells for c in g.text)
    runs = _logical(cells) if backward else _spaced(cells)
    words = [g for g in cells if g.text.strip()]
    heavy = max(words, key=lambda g: (g.right - g.left) * g.size)
    base = max(words, key=lambda g: g.size).base
    left, right = min(g.left for g in words), max(g.right for g in words)
    inner = max((b.left for a, b in pairwise(words) if b.left - a.right > GAP * b.size), default=0.0)
    return Line(tuple(runs), left, right, base, heavy.size, _first(cells, backward), inner, _raised(words, base))


def _raised(words: list[Glyph], base: float) -> tuple[str, ...]:
    """Return the numbers that are smaller than the rest of a line and stand above its base line."""
    size = max(glyph.size for glyph in words)
    small = [
        glyph.text if glyph.text.isdecimal() and glyph.size <= SMALL * size and glyph.base > base + 0.1 * size else " "
        for glyph in words
    ]
    return tuple("".join(small).split())


def _first(cells: list[Glyph], backward: bool) -> float:
    """Return how wide the first word is: it ends at a blank or a gap."""
    order = cells[::-1] if backward else cells
    letters = order[next(n for n, glyph in enumerate(order) if glyph.text.strip()) :]
    end = letters[0]
    for before, glyph in pairwise(letters):
        gap = max(glyph.left - before.right, before.left - glyph.right)
        if not glyph.text.strip() or gap > 0.15 * glyph.size or wide(before.text[-1]):
            break
        end = glyph
    return max(end.right, letters[0].right) - min(end.left, letters[0].left)


def _cells(glyphs: list[Glyph]) -> list[Glyph]:
    """Return letters from left to right, marks with the letter that they stand on, nothing drawn twice for boldness."""
    cells: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.text:
            continue
        last = cells[-1] if cells else None
        if last is not None and unicodedata.combining(glyph.text[0]):
            cells[-1] = Glyph(last.text + glyph.text, last.left, last.right, last.base, last.size, last.bold)
        else:
            cells.append(glyph)
    if any(after.left < before.left for before, after in pairwise(cells)):
        cells.sort(key=lambda glyph: glyph.left)
    kept = cells[:1]
    for glyph in cells[1:]:
        if glyph.text != kept[-1].text or glyph.left - kept[-1].left > 0.1 * glyph.size or glyph.text.isspace():
            kept.append(glyph)
    return kept


def _spaced(cells: list[Glyph]) -> list[tuple[str, bool]]:
    """Return runs with a blank for each gap, a TAB for a large one."""
    runs: list[tuple[str, bool]] = []
    end: Glyph | None = None
    blank = False
    for glyph in cells:
        if not glyph.text.strip(" \t\u3000"):
            blank = end is not None
            continue
        gap = 0.0 if end is None else glyph.left - end.right
        touching = 0.6 if end is not None and wide(end.text[-1]) and wide(glyph.text[0]) else 0.15
        if end is not None and gap > GAP * glyph.size:
            runs.append(("\t", glyph.bold))
        elif blank or gap > touching * glyph.size:
            runs.append((" ", glyph.bold and end is not None and end.bold))
        runs.append((glyph.text, glyph.bold))
        end, blank = glyph, False
    return _joined(runs)


def _joined(runs: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    found: list[tuple[list[str], bool]] = []
    for text, bold in runs:
        if found and found[-1][1] == bold:
            found[-1][0].append(text)
        else:
            found.append(([text], bold))
    return [("".join(texts), bold) for texts, bold in found]


def _logical(cells: list[Glyph]) -> list[tuple[str, bool]]:
    """Return the words of a line with right-to-left letters in the order in which they are read.

    Print runs from left to right; words of the other direction, and numbers, are turned back.
    """
    runs: list[list[str]] = []
    forward: list[str] = []
    for text in reversed([text for text, _ in _letters(cells)]):
        if _forward(text) or (forward and text in ".,:/-"):
            forward.append(text)
            continue
        runs += _turned(forward)
        runs.append([text])
        forward = []
    runs += _turned(forward)
    words = "".join(text for run in runs for text in run)
    other = words.translate(_mirrored)
    # some programs say which bracket is drawn, some which is meant
    return [(other if _pairs(other) > _pairs(words) else words, all(g.bold for g in cells))]


def _pairs(text: str) -> int:
    """Return how many brackets are opened and closed, in this order."""
    number, opened = 0, ""
    for c in text:
        if c in "([{<«":
            opened = c
        elif opened and c == opened.translate(_mirrored):
            number, opened = number + 1, ""
    return number


def _letters(cells: list[Glyph]) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    end: Glyph | None = None
    for glyph in cells:
        blank = not glyph.text.strip()
        if end is not None and not blank and glyph.left - end.right > 0.15 * glyph.size and found[-1][0] != " ":
            found.append((" ", False))
        if not blank or (found and found[-1][0] != " "):
            found.append((" " if blank else glyph.text, glyph.bold))
        end = glyph
    return found[:-1] if found and found[-1][0] == " " else found


def _forward(text: str) -> bool:
    return unicodedata.bidirectional(text[0]) in ("L", "EN", "AN")


def _turned(forward: list[str]) -> list[list[str]]:
    """Return what reads from left to right turned back, the signs behind it where they stood."""
    ends: list[str] = []
    while forward and not _forward(forward[-1]):
        ends.append(forward.pop())
    return [forward[::-1], ends[::-1]]
