"""How each kind of change looks in the drawing of codes through versions: a colour, a stroke, a shape and its word."""

from __future__ import annotations

import math
from dataclasses import dataclass

from qcode.reports.render.drawing import Point, Shape

__all__ = ["BAND", "GUIDE", "LOOKS", "PRESENT", "QUIET_LINE", "Look", "dot", "strongest", "symbol"]

QUIET_LINE, PRESENT, BAND, GUIDE = "#aab3bc", "#7d8790", "#e0e5e9", "#eceff1"
"""A code that did not change and the dot of a version that has it; several such codes; the line below a version."""


@dataclass(frozen=True, slots=True)
class Look:
    """A kind's colour, the strokes of its line (none: unbroken) and the word of the legend."""

    color: str
    word: str
    dash: tuple[float, float] | None = None


LOOKS = {
    "split": Look("#b3541e", "split off"),
    "merge": Look("#0a6b72", "merged into"),
    "revive": Look("#9c1f6b", "revived", (2.0, 3.5)),
    "retire": Look("#b00020", "retired"),
    "move": Look("#6439a3", "moved", (8.0, 4.0)),
    "rename": Look("#125b95", "renamed"),
    "redefine": Look("#7d6000", "redefined"),
    "add": Look("#1b7a3d", "new"),
}
"""The strongest first: it gives its colour to a line that shows several changes."""


def strongest(kinds: tuple[str, ...]) -> Look | None:
    """Return the look of the first of `kinds` in the order of LOOKS."""
    return next((look for kind, look in LOOKS.items() if kind in kinds), None)


def dot(x: float, y: float, size: float, fill: str, *, line: str = "", title: str = "") -> Shape:
    """Return a circle."""
    turns = (2 * math.pi * n / 20 for n in range(20))
    points = tuple((round(x + size * math.cos(t), 2), round(y + size * math.sin(t), 2)) for t in turns)
    return Shape(points, fill, line, title)


def symbol(kind: str, x: float, y: float, title: str = "") -> Shape:
    """Return the shape of a kind of change: no two are alike, for those who do not see its colour."""
    color = LOOKS[kind].color
    if kind == "add":
        return dot(x, y, 4.6, color, title=title)
    if kind == "revive":
        return dot(x, y, 4.0, "#ffffff", line=color, title=title)
    points = tuple((round(x + right, 2), round(y + down, 2)) for right, down in _OUTLINES[kind])
    return Shape(points, color, "", title)


_OUTLINES: dict[str, tuple[Point, ...]] = {
    "split": ((-1.9, -6.0), (1.9, -6.0), (1.9, 6.0), (-1.9, 6.0)),
    "merge": ((5.0, 0.0), (-4.0, 5.0), (-4.0, -5.0)),
    "move": ((0.0, -5.2), (5.0, 4.0), (-5.0, 4.0)),
    "rename": ((-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)),
    "redefine": ((0.0, -5.6), (5.6, 0.0), (0.0, 5.6), (-5.6, 0.0)),
    "retire": (
        *((-5.0, -3.4), (-3.4, -5.0), (0.0, -1.6), (3.4, -5.0), (5.0, -3.4), (1.6, 0.0)),
        *((5.0, 3.4), (3.4, 5.0), (0.0, 1.6), (-3.4, 5.0), (-5.0, 3.4), (-1.6, 0.0)),
    ),
}
