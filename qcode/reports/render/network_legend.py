"""The legend of a network of codes: what the width of a line, the size of a dot and its colour mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qcode.reports.render.colors import INK, QUIET, background
from qcode.reports.render.drawing import Box, Line, Shape, Word
from qcode.reports.render.widths import shorten, width
from qcode.reports.report import Network

__all__ = ["LABEL", "Legend", "legend", "look"]

LABEL, SMALL = 13.0, 12.5
"""The size of the letters at the dots, and below the drawing."""

DASH = (5.0, 3.0)
STEPS, STEP = 16, 10.0
ROW = 24.0


@dataclass(slots=True)
class Legend:
    """What is drawn below a network, with its right end and its lower one."""

    boxes: list[Box] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    right: float = 0.0
    bottom: float = 0.0


def look(weight: float) -> tuple[str, float, tuple[float, float] | None]:
    """Return colour, width and strokes of a line: darker and wider for more, broken where `weight` is negative."""
    strength = min(1.0, abs(weight))
    shade = 0.36 + 0.52 * strength
    return background(shade if weight >= 0 else -shade), 1.2 + 8.8 * strength, None if weight >= 0 else DASH


def legend(network: Network, families: Sequence[tuple[str, str]], left: float, top: float, right: float) -> Legend:
    """Return what is drawn from (`left`, `top`), broken before `right`; `families` are (name, colour)."""
    made, y = Legend(right=left), top
    if network.ties:
        if network.measure:
            _word(made, network.measure, left, y, QUIET)
            y += ROW
        x = left
        if network.least:
            x = _scale(made, x, y, (network.least, network.low), -1) + 28.0
        _scale(made, x, y, (network.low, network.high), 1)
        y += ROW
    if network.sized:
        _word(made, network.sized, left, y, QUIET)
        y += ROW
    x = left
    for name, fill in families:
        text = shorten(name, 30.0)
        needed = 20.0 + width(text) * SMALL
        if x > left and x + needed > max(right, left + 480.0):
            x, y = left, y + ROW
        made.boxes.append(Box(x, y - 6.0, 12.0, 12.0, fill))
        _word(made, text, x + 18.0, y)
        x += needed + 20.0
    made.bottom = y + (ROW / 2 if families else -ROW / 2)
    return made


def _word(made: Legend, text: str, x: float, y: float, fill: str = INK) -> float:
    """Write `text` and return where it ends."""
    made.words.append(Word(text, x, y, SMALL, fill))
    end = x + width(text) * SMALL
    made.right = max(made.right, end)
    return end


def _scale(made: Legend, x: float, y: float, ends: tuple[str, str], sign: int) -> float:
    """Draw lines from thin to wide between what they stand for (negative ones: from wide to thin)."""
    x = _word(made, ends[0], x, y) + 8.0
    for step in range(STEPS):
        place = step if sign > 0 else STEPS - 1 - step
        fill, wide, _ = look(sign * max(place, 0.01) / (STEPS - 1))
        stop = x + (STEP if sign > 0 else STEP - DASH[1])
        made.lines.append(Line(((x, y), (stop, y)), fill, wide))
        x += STEP
    return _word(made, ends[1], x + 8.0, y)
