"""The legend of the drawing of codes through versions: what its lines and symbols mean, as far as they occur."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.reports.render.colors import INK
from qcode.reports.render.drawing import Line, Shape, Word
from qcode.reports.render.lineage_columns import SIZE
from qcode.reports.render.lineage_looks import BAND, LOOKS, QUIET_LINE, dot, symbol
from qcode.reports.render.widths import width

__all__ = ["legend"]


def legend(
    kinds: Iterable[str], left: float, top: float, right: float, *, folded: bool
) -> tuple[list[Line], list[Shape], list[Word], float, float]:
    """Return what is drawn from (`left`, `top`), broken before `right`, with its right end and its lower one."""
    lines, shapes, words = list[Line](), list[Shape](), list[Word]()
    here, x, y, far = set(kinds), left, top, left
    items = ["", *(["band"] if folded else []), *(kind for kind in LOOKS if kind in here)]
    for kind in items:
        text = {"": "unchanged", "band": "several unchanged codes"}.get(kind) or LOOKS[kind].word
        needed = 40.0 + width(text) * SIZE
        if x + needed > max(right, left + 480.0) and x > left:
            x, y = left, y + 23.0
        look = LOOKS.get(kind)
        lines.append(_sample(kind, x, y))
        if look is not None:
            shapes.append(symbol(kind, x + (0.0 if kind == "add" else 24.0), y))
        elif not kind:
            shapes.append(dot(x + 24.0, y, 2.3, QUIET_LINE))
        words.append(Word(text, x + 34.0, y, SIZE, INK))
        x += needed + 16.0
        far = max(far, x)
    return lines, shapes, words, far, y + 12.0


def _sample(kind: str, x: float, y: float) -> Line:
    points = ((x, y), (x + 24.0, y))
    if kind == "band":
        return Line(points, BAND, 7.0)
    look = LOOKS.get(kind)
    if look is None or kind == "add":
        return Line(points, QUIET_LINE, 1.2)
    return Line(points, look.color, 2.2, look.dash)
