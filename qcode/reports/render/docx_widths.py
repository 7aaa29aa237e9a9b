"""How wide the columns of a table in a Word file are, and into how many parts a wide one falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcode.reports.render.widths import width
from qcode.reports.report import Table

__all__ = ["TURNED", "Plan", "list_plan", "square_plans"]

_SIZES = (("TableText", 9.0, 80), ("TableSmall", 7.5, 40), ("TableTiny", 6.0, 20))
"""Paragraph style, points, and the cell's left and right margin in twips."""

_ROW_HEAD, TURNED = 2700, 3000
"""The widest row header and the highest turned column header, in twips."""


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
    style, points, margin = _SIZES[0]
    columns = tuple(range(len(block.columns)))
    edge, unit = 2 * margin + 40, points * 20
    least, most = [], []
    for column in columns:
        words = [block.columns[column] + "m", *(block.printed(i, column) for i in range(min(len(block.rows), 400)))]
        lines = [line for text in words for line in text.split("\n")]
        longest = max((width(word) for line in lines for word in line.split()), default=1.0)
        least.append(min(longest * unit + edge, room * 0.45))
        most.append(max(max(width(line) for line in lines) * unit + edge, least[-1]))
    return Plan(columns, tuple(_share(least, most, room)), style, points, margin)


def _share(least: Sequence[float], most: Sequence[float], room: int) -> list[int]:
    """Return widths between `least` and `most` that fill at most `room`; narrower than `least` only if they must."""
    if sum(most) <= room:
        return [round(w) for w in most]
    if sum(least) >= room:
        return [int(w * room / sum(least)) for w in least]
    spare, wanted = room - sum(least), sum(most) - sum(least)
    return [int(low + (high - low) * spare / wanted) for low, high in zip(least, most, strict=True)]
