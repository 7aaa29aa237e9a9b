"""Lay out a heat map: a figure in, rectangles and words with places in pixels out, for SVG and PNG alike."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.reports.render.colors import APART, APART_INK, QUIET, background, ink
from qcode.reports.render.drawing import Box, Drawing, Word
from qcode.reports.render.widths import shorten, width
from qcode.reports.report import Figure

__all__ = ["lay_out"]

EDGE, SMALLEST = 14.0, 7.0
"""The room around the drawing; the smallest number that is printed into a cell (with more than 64 codes none is)."""

ROW, HEAD = 36.0, 20.0
"""The most em that a label of a row or of a column takes; the whole of it stands in the tooltip."""


@dataclass(frozen=True, slots=True)
class _Sizes:
    cell: float
    label: float
    number: float


def lay_out(figure: Figure) -> Drawing:
    """Return the drawing of `figure`."""
    rows, heads = figure.labels, figure.heads or figure.labels
    sizes = _sizes(figure, max(len(rows), len(heads)))
    row_words = [shorten(label, ROW) for label in rows]
    head_words = [shorten(label, HEAD) for label in heads]
    left = EDGE + max((width(w) for w in row_words), default=0) * sizes.label + 8
    top = EDGE + max((width(w) for w in head_words), default=0) * sizes.label + 8
    boxes, words = _cells(figure, left, top, sizes)
    for number, word in enumerate(row_words):
        words.append(Word(word, left - 7, top + (number + 0.5) * sizes.cell, sizes.label, anchor="end"))
    for number, word in enumerate(head_words):
        words.append(Word(word, left + (number + 0.5) * sizes.cell, top - 7, sizes.label, turned=True))
    right, bottom = left + len(heads) * sizes.cell, top + len(rows) * sizes.cell
    legend_boxes, legend_words, legend_wide, legend_high = _legend(figure, left, bottom + 18, right)
    wide = max(right, legend_wide) + EDGE
    return Drawing(wide, bottom + 18 + legend_high + EDGE, (*boxes, *legend_boxes), (*words, *legend_words))


def _sizes(figure: Figure, count: int) -> _Sizes:
    steps = ((8, 52.0, 15.0), (16, 38.0, 15.0), (28, 28.0, 14.0), (44, 22.0, 14.0), (64, 17.0, 13.0))
    cell, label = next(((cell, label) for most, cell, label in steps if count <= most), (13.0, 12.0))
    longest = max((width(text) for row in figure.printed for text in row), default=0)
    number = min(14.0, cell * 0.52, (cell - 3) / longest if longest else 14.0)
    return _Sizes(cell, label, number if number >= SMALLEST else 0.0)


def _cells(figure: Figure, left: float, top: float, sizes: _Sizes) -> tuple[list[Box], list[Word]]:
    square = not figure.heads or len(figure.heads) == len(figure.labels)
    boxes, words = [], []
    for i, row in enumerate(figure.values):
        for j, value in enumerate(row):
            apart, text = square and i == j, figure.printed[i][j]
            hatch = "hidden" if (i, j) in figure.hidden else "undefined" if value is None and not apart else ""
            fill = APART if apart and not hatch else "#ffffff" if hatch else background(value)
            x, y = left + j * sizes.cell, top + i * sizes.cell
            boxes.append(Box(x, y, sizes.cell, sizes.cell, fill, hatch, _title(figure, i, j, hatch), "#d5dade"))
            if text and sizes.number and not hatch:
                shade = APART_INK if apart else ink(fill)
                words.append(Word(text, x + sizes.cell / 2, y + sizes.cell / 2, sizes.number, shade, "middle"))
    return boxes, words


def _title(figure: Figure, i: int, j: int, hatch: str) -> str:
    heads = figure.heads or figure.labels
    what = {"hidden": "withheld", "undefined": "undefined", "": figure.printed[i][j] or "0"}[hatch]
    row = figure.names[i] if figure.names else figure.labels[i]
    head = figure.names[j] if figure.names and len(figure.names) == len(heads) else heads[j]
    return f"{row}: {what}" if row == head else f"{row} – {head}: {what}"


def _legend(figure: Figure, left: float, top: float, right: float) -> tuple[list[Box], list[Word], float, float]:
    """Return boxes, words, the right end and the height of the scale and what the other cells mean."""
    size, x, boxes, words = 12.5, left, list[Box](), list[Word]()
    if figure.measure:
        words.append(Word(figure.measure, left, top + 8, size, QUIET))
    y, low = top + 24, -1.0 if figure.signed else 0.0
    words.append(Word(figure.low, x, y + 7, size))
    x += width(figure.low) * size + 8
    for step in range(25):
        boxes.append(Box(x + step * 7, y, 7.5 if step < 24 else 7, 14, background(low + (1 - low) * step / 24)))
    x += 25 * 7 + 8
    words.append(Word(figure.high, x, y + 7, size))
    x += width(figure.high) * size + 24
    for fill, hatch, text in _keys(figure):
        needed = 22 + width(text) * size
        if x + needed > max(right, left + 420) and x > left:
            x, y = left, y + 24
        boxes.append(Box(x, y, 14, 14, fill, hatch, line="#9aa3ab"))
        words.append(Word(text, x + 20, y + 7, size))
        x += needed + 20
    edges = [w.x + width(w.text) * w.size for w in words]
    return boxes, words, max(edges), y + 18 - top


def _keys(figure: Figure) -> list[tuple[str, str, str]]:
    square = not figure.heads or len(figure.heads) == len(figure.labels)
    cells = {(i, j) for i, row in enumerate(figure.values) for j, value in enumerate(row) if value is None}
    undefined = {(i, j) for i, j in cells - figure.hidden if not (square and i == j)}
    keys = [(APART, "", "the code alone (diagonal)")] if square else []
    keys += [("#ffffff", "undefined", "undefined")] if undefined else []
    return keys + ([("#ffffff", "hidden", "withheld")] if figure.hidden else [])
