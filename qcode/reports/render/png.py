"""Draw a figure as PNG with Matplotlib: the same drawing as the SVG, with fonts for Cyrillic and Chinese."""

from __future__ import annotations

import io
import logging
import math
import warnings
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

from qcode.errors import MissingExtra
from qcode.reports.render.colors import HATCH
from qcode.reports.render.drawing import Box, Drawing, Line, Word
from qcode.reports.render.pictures import Picture, first_picture, lay_out
from qcode.reports.report import Report

__all__ = ["available", "draw", "render"]

DPI, SCALE = 200, 2.0
"""Two dots a pixel of the drawing: sharp on paper at the width of a page."""

MOST_DOTS, LONGEST = 40_000_000, 30_000
"""A very large drawing has fewer dots a pixel, in all and along its longer side, so that memory holds it."""

FALLBACKS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)


def available() -> bool:
    """Tell whether Matplotlib is installed, without importing it."""
    return find_spec("matplotlib") is not None


def render(report: Report) -> bytes:
    """Return the first picture of `report` as a PNG file; BadValue if it has none."""
    return draw(first_picture(report))[0]


def draw(picture: Picture) -> tuple[bytes, float, float]:
    """Return the PNG of `picture`, and its width and height in pixels of the drawing; MissingExtra without Matplotlib.

    A letter for which no installed font has a shape is drawn as a box; nothing is said on stderr.
    """
    if not available():
        raise MissingExtra("drawing a PNG needs Matplotlib, which is not installed", "png")
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    drawing = lay_out(picture)
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    settings: Any = {"font.family": _fonts(), "hatch.linewidth": 0.5, "hatch.color": HATCH, "text.parse_math": False}
    settings["lines.scale_dashes"] = False
    with warnings.catch_warnings(), rc_context(settings):
        warnings.simplefilter("ignore")
        size = drawing.wide * SCALE / DPI, drawing.high * SCALE / DPI
        dpi = DPI * _less(drawing)
        canvas = Canvas(figsize=size, dpi=dpi, facecolor="white")
        FigureCanvasAgg(canvas)
        axes = canvas.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(0, drawing.wide)
        axes.set_ylim(drawing.high, 0)
        _paint(axes, drawing)
        out = io.BytesIO()
        canvas.savefig(out, format="png", dpi=dpi, metadata={"Software": None})
    return out.getvalue(), drawing.wide, drawing.high


def _less(drawing: Drawing) -> float:
    """Return what the number of dots a pixel is multiplied with: 1, but for very large drawings."""
    every, side = drawing.wide * drawing.high * SCALE**2, max(drawing.wide, drawing.high) * SCALE
    return min(1.0, math.sqrt(MOST_DOTS / every), LONGEST / side)


def _fonts() -> list[str]:
    """Return DejaVu Sans (it ships with Matplotlib and has the Cyrillic letters), then installed Chinese fonts."""
    from matplotlib.font_manager import fontManager

    installed = {entry.name for entry in fontManager.ttflist}
    return ["DejaVu Sans", *(name for name in FALLBACKS if name in installed)]


def _paint(axes: Any, drawing: Drawing) -> None:
    from matplotlib.collections import PatchCollection
    from matplotlib.patches import Rectangle

    for hatch, pattern in (("", None), ("undefined", "//////"), ("hidden", "xxxxxx")):
        boxes = [box for box in drawing.boxes if box.hatch == hatch]
        axes.add_collection(
            PatchCollection(
                [Rectangle((box.x, box.y), box.wide, box.high) for box in boxes],
                facecolors=[box.fill for box in boxes],
                edgecolors=[_edge(box) for box in boxes],
                linewidths=[0.4 if box.line else 0.0 for box in boxes],
                hatch=pattern,
            )
        )
    _draw_lines(axes, drawing)
    for word in drawing.words:
        _write(axes, word)


def _draw_lines(axes: Any, drawing: Drawing) -> None:
    from matplotlib.patches import PathPatch, Polygon

    dot = SCALE * 72 / DPI
    for line in drawing.lines:
        dash: Any = (0, (line.dash[0] * dot, line.dash[1] * dot)) if line.dash else "solid"
        look: Any = {"linewidth": line.wide * dot, "linestyle": dash, "capstyle": "butt", "joinstyle": "round"}
        axes.add_patch(PathPatch(_path(line), facecolor="none", edgecolor=line.color, **look))
    for shape in drawing.shapes:
        wide = 1.6 * dot if shape.line else 0.0
        axes.add_patch(Polygon(shape.points, facecolor=shape.fill, edgecolor=shape.line or "none", linewidth=wide))


def _path(line: Line) -> Any:
    from matplotlib.path import Path

    points, codes = [line.points[0]], [Path.MOVETO]
    if line.bend is not None:
        return Path([*points, line.bend, line.points[-1]], [*codes, Path.CURVE3, Path.CURVE3])
    for (x1, y1), (x2, y2) in pairwise(line.points):
        if x1 == x2 or y1 == y2:
            points, codes = [*points, (x2, y2)], [*codes, Path.LINETO]
        else:
            middle = (x1 + x2) / 2
            points, codes = [*points, (middle, y1), (middle, y2), (x2, y2)], [*codes, *[Path.CURVE4] * 3]
    return Path(points, codes)


def _edge(box: Box) -> str:
    return HATCH if box.hatch else box.line or "none"


def _write(axes: Any, word: Word) -> None:
    points = word.size * SCALE * 72 / DPI * 0.9
    across = {"start": "left", "middle": "center", "end": "right"}[word.anchor]
    look: Any = {"size": points, "color": word.fill, "weight": "bold" if word.bold else "normal"}
    if word.turned:
        axes.text(word.x, word.y, word.text, rotation=90, ha="center", va="bottom", **look)
    else:
        axes.text(word.x, word.y, word.text, ha=across, va="center_baseline", **look)
