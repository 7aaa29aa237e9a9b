"""How wide the columns of a table in a Word file are, and into how many parts a wide one falls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qcode.reports.render.widths import width
from qcode.reports.report import Table

__all__ = ["TURNED", "Plan", "list_plan", "square_plans"]

_SIZES = (("TableText", 9.0, 80), ("TableSmall", 7.5, 40), ("TableTiny", 6.0, 20))
"""Paragraph style, points, and the cell's left and right margin in twips."""

_ROW_HEAD, TURNED = 2700, 3000
"""The widest row header and the highest turned column header, in twips."""

LONG_WORD, _PARTS = 14.0, re.compile(r"\s+|(?<=-)(?=\w)")
"""How long, in em, a word is that is never broken; where a line of words may be."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one part of a table is set: which columns, how wide (twips), in what style."""

    columns: tuple[int, ...]
    widths: tuple[int, ...]
    style: str
    points: float
    margin: int
    turned: bool = False


def square_plans(block: Table, room: int) -> list[Plan]:
    """Return the largest letters at which all columns fit, or parts of the table in the middle size."""
    count = len(block.columns) - 1
    for style, points, margin in _SIZES[:2] if count > 40 else _SIZES:
        head, cell, turned = _square_widths(block, points, margin, room)
        if head + count * cell <= room:
            wider = min(cell + (room - head - count * cell) // max(count, 1), round(points * 20 * 4.2))
            return [Plan(tuple(range(count + 1)), (head, *[max(cell, wider)] * count), style, points, margin, turned)]
    fits = max(1, (room - head) // cell)
    parts = -(-count // fits)
    size = -(-count // parts)
    starts = range(1, count + 1, size)
    chosen = [tuple(range(start, min(start + size, count + 1))) for start in starts]
    return [Plan((0, *some), (head, *[cell] * len(some)), style, points, margin, turned) for some in chosen]


def _square_widths(block: Table, points: float, margin: int, room: int) -> tuple[int, int, bool]:
    count = len(block.columns) - 1
    unit, edge = points * 20, 2 * margin + 20
    longest = max((width(str(row[0])) for row in block.rows), default=1.0)
    head = min(round(longest * unit * 1.06) + edge, _ROW_HEAD)
    cells = [width(block.printed(i, c)) for i in range(len(block.rows)) for c in range(1, count + 1)]
    cell = max(round(max(cells, default=1.0) * unit) + edge, round(unit * 1.5) + edge)
    upright = max(cell, round(max((width(name) for name in block.columns[1:]), default=1.0) * unit) + edge)
    if head + count * upright <= room:
        return head, upright, False
    return head, cell, True


def list_plan(block: Table, room: int) -> Plan:
    """Return the largest letters at which no word is broken but behind a hyphen; the smallest where none is.

    What is longer than a word, as a checksum, is broken before the letters get smaller.
    """
    columns = tuple(range(len(block.columns)))
    lines = [_printed_lines(block, column) for column in columns]
    whole, parted = ([_longest(some, hyphens=h) for some in lines] for h in (False, True))
    for longest, size in zip((whole, *[parted] * len(_SIZES)), (_SIZES[0], *_SIZES), strict=True):
        edge, unit = 2 * size[2] + 40, size[1] * 20
        least = [min(word * unit + edge, room * 0.45) for word in longest]
        if sum(least) <= room:
            break
    widths = [[width(line) * unit + edge for line in some] for some in lines]
    usual = [sum(some) / len(some) for some in widths]
    return Plan(columns, tuple(_share(least, usual, list(map(max, map(max, widths), least)), room)), *size)


def _printed_lines(block: Table, column: int) -> list[str]:
    words = [block.columns[column] + "m", *(block.printed(i, column) for i in range(min(len(block.rows), 400)))]
    return [line for text in words for line in text.split("\n")]


def _longest(lines: Sequence[str], *, hyphens: bool) -> float:
    """Return the width in em of the longest piece that stays on one line; with `hyphens` at most LONG_WORD."""
    pieces = (piece for line in lines for piece in (_PARTS.split(line) if hyphens else line.split()))
    longest = max(map(width, pieces), default=1.0)
    return min(longest, LONG_WORD) if hyphens else longest


def _share(least: Sequence[float], usual: Sequence[float], most: Sequence[float], room: int) -> list[int]:
    """Return widths between `least` and `most` that fill at most `room`; narrower than `least` only if they must.

    `usual` is how wide a column's cells are on the average: all of them go over about as many lines.
    """
    if sum(most) <= room:
        return [round(w) for w in most]
    if sum(least) >= room:
        return [int(w * room / sum(least)) for w in least]
    low, high = 0.0, max(1.0, max(usual) / min(least))
    for _ in range(40):
        lines = (low + high) / 2
        widths = [min(max(one / lines, thin), wide) for thin, one, wide in zip(least, usual, most, strict=True)]
        low, high = (lines, high) if sum(widths) > room else (low, lines)
    return [int(min(max(one / high, thin), wide)) for thin, one, wide in zip(least, usual, most, strict=True)]
