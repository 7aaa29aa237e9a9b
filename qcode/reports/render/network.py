"""Lay out a network of codes: dots in a circle in the order of the codebook, lines as wide as what they stand for."""

from __future__ import annotations

import math
from itertools import groupby

from qcode.reports.render.clean import color
from qcode.reports.render.colors import INK
from qcode.reports.render.drawing import Drawing, Line, Point, Shape, Word
from qcode.reports.render.network_legend import LABEL, legend, look
from qcode.reports.render.widths import shorten, width
from qcode.reports.report import Network, NetworkCode

__all__ = ["PITCH", "lay_out"]

EDGE, PITCH, GAP = 16.0, 20.0, 0.5
"""The room around the drawing; from label to label; what stands between two families, in labels."""

SMALLEST, EACH = 60.0, 15.0
"""The radius of a circle of few codes is so much, and more for each of them; from there on labels decide."""

LONGEST = 24.0
"""The most em that a label takes; the whole of it stands in the tooltip."""

DOT, ARROW = (4.5, 12.0), 9.0
"""The radius of the smallest dot and of the largest; the length of an arrow's head."""

PLAIN = "#5b656f"
"""The colour of a dot whose code has none."""


def lay_out(network: Network) -> Drawing:
    """Return the drawing of `network`."""
    return _Circle(network).drawing() if network.codes else Drawing(2 * EDGE, 2 * EDGE)


class _Circle:
    """The drawing while it is made.

    The rows of labels are equally high on both sides, so that no label lies on another; the dots stand where the circle
    meets their rows: the first half of the codes downwards on the right, the rest upwards on the left.
    """

    def __init__(self, network: Network) -> None:
        self.network, codes = network, network.codes
        half = (len(codes) + 1) // 2
        self.sides = (range(half), range(len(codes) - 1, half - 1, -1))
        rows = [_rows([codes[n] for n in side]) for side in self.sides]
        high = max(side[-1] + 0.5 for side in rows if side)
        self.radius = max(min(165.0, SMALLEST + EACH * len(codes)), high * PITCH / 2)
        self.labels = [shorten(_label(code), LONGEST) for code in codes]
        long = [max((width(self.labels[n]) for n in side), default=0.0) * LABEL for side in self.sides]
        self.center = (EDGE + long[1] + DOT[1] + 8.0 + self.radius, EDGE + DOT[1] + self.radius)
        self.right = self.center[0] + self.radius + DOT[1] + 8.0 + long[0]
        self.places: dict[int, Point] = {}
        for side, of, sign in zip(self.sides, rows, (1, -1), strict=True):
            for n, row in zip(side, of, strict=True):
                self.places[n] = self._place(row / (of[-1] + 0.5), sign)

    def _place(self, share: float, sign: int) -> Point:
        """Return where the circle is at `share` of its height, on the right or (`sign` -1) on the left."""
        y = (2 * share - 1) * self.radius
        return self.center[0] + sign * math.sqrt(max(0.0, self.radius**2 - y**2)), self.center[1] + y

    def drawing(self) -> Drawing:
        dots = [self._dot(n) for n in self.places]
        words = [self._word(n) for n in self.places]
        ties = [self._tie(n) for n in range(len(self.network.ties) - 1, -1, -1)]
        arrows = [arrow for line in ties for arrow in self._arrows(line)]
        families = self._families()
        top = self.center[1] + self.radius + DOT[1] + 18.0
        under = legend(self.network, families, EDGE, top, self.right)
        return Drawing(
            max(self.right, under.right) + EDGE,
            under.bottom + EDGE,
            tuple(under.boxes),
            (*words, *under.words),
            (*ties, *under.lines),
            (*arrows, *dots, *under.shapes),
        )

    def _tie(self, n: int) -> Line:
        """Return a line between two codes, bent towards the middle; of two that lead both ways each to its own side."""
        tie, codes = self.network.ties[n], self.network.codes
        (x1, y1), (x2, y2) = start, stop = self.places[tie.first], self.places[tie.second]
        long = math.dist(start, stop) or 1.0
        pull = 0.35 + 0.45 * (1 - long / (2 * self.radius))
        aside = 0.1 if self.network.directed else 0.0
        bend = (
            self.center[0] + ((x1 + x2) / 2 - self.center[0]) * pull - (y2 - y1) * aside,
            self.center[1] + ((y1 + y2) / 2 - self.center[1]) * pull + (x2 - x1) * aside,
        )
        if self.network.directed:
            stop = _before(stop, bend, self._size(tie.second) + ARROW - 2.0)
        fill, wide, dash = look(tie.weight)
        joined = f"{codes[tie.first].key} {'→' if self.network.directed else '–'} {codes[tie.second].key}"
        return Line((start, stop), fill, wide, dash, f"{joined}: {tie.printed}", bend)

    def _arrows(self, line: Line) -> list[Shape]:
        if not self.network.directed or line.bend is None:
            return []
        (x, y), (bx, by) = line.points[-1], line.bend
        long = math.dist((x, y), (bx, by)) or 1.0
        dx, dy = (x - bx) / long, (y - by) / long
        half = max(3.5, line.wide * 0.9)
        tip = (x + dx * (ARROW - 2.0), y + dy * (ARROW - 2.0))
        return [Shape((tip, (x - dy * half, y + dx * half), (x + dy * half, y - dx * half)), line.color)]

    def _size(self, n: int) -> float:
        return DOT[0] + (DOT[1] - DOT[0]) * math.sqrt(min(1.0, max(0.0, self.network.codes[n].size)))

    def _dot(self, n: int) -> Shape:
        code, (x, y), radius = self.network.codes[n], self.places[n], self._size(n)
        turns = (2 * math.pi * step / 32 for step in range(32))
        points = tuple((round(x + radius * math.cos(t), 2), round(y + radius * math.sin(t), 2)) for t in turns)
        return Shape(points, color(code.color) or PLAIN, "#ffffff", _title(code))

    def _word(self, n: int) -> Word:
        (x, y), left = self.places[n], n in self.sides[1]
        away = self._size(n) + 6.0
        at = x - away if left else x + away
        return Word(self.labels[n], at, y, LABEL, INK, "end" if left else "start", title=_title(self.network.codes[n]))

    def _families(self) -> list[tuple[str, str]]:
        """Return the families with the colour of their first code, in order; none where they would say nothing."""
        found: dict[str, str] = {}
        for code in self.network.codes:
            found.setdefault(code.family, color(code.color) or PLAIN)
        found.pop("", None)
        return list(found.items()) if len(found) > 1 else []


def _rows(codes: list[NetworkCode]) -> list[float]:
    """Return the middle of each code's row, counted in rows, with a gap where another family begins."""
    rows, at = list[float](), 0.5
    for number, (_, family) in enumerate(groupby(codes, key=lambda code: code.family)):
        at += GAP if number else 0.0
        for _ in family:
            rows.append(at)
            at += 1.0
    return rows


def _before(stop: Point, bend: Point, room: float) -> Point:
    """Return the point on the way from `bend` to `stop` that leaves `room` before it."""
    long = math.dist(stop, bend) or 1.0
    share = min(0.9, room / long)
    return stop[0] + (bend[0] - stop[0]) * share, stop[1] + (bend[1] - stop[1]) * share


def _label(code: NetworkCode) -> str:
    return code.key if code.name in ("", code.key) else f"{code.key} · {code.name}"


def _title(code: NetworkCode) -> str:
    return f"{_label(code)}: {code.says}" if code.says else _label(code)
