"""Draw a figure as PNG with Matplotlib: the same drawing as the SVG, with fonts for Cyrillic and Chinese."""

from __future__ import annotations

import io
import logging
import warnings
from importlib.util import find_spec
from typing import Any

from qcode.errors import BadValue, MissingExtra
from qcode.reports.render.colors import HATCH
from qcode.reports.render.heatmap import Box, Drawing, Word, lay_out
from qcode.reports.report import Figure, Report

__all__ = ["available", "draw", "render"]

DPI, SCALE = 200, 2.0
"""Two dots a pixel of the drawing: sharp on paper at the width of a page."""

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
    """Return the first figure of `report` as a PNG file; BadValue if it has none."""
    figure = next((block for block in report.blocks if isinstance(block, Figure)), None)
    if figure is None:
        raise BadValue(f"the report {report.title!r} has no picture", mend="write it as .docx, .html or .xlsx")
    return draw(figure)[0]


def draw(figure: Figure) -> tuple[bytes, float, float]:
    """Return the PNG of `figure`, and its width and height in pixels of the drawing; MissingExtra without Matplotlib.

    A letter for which no installed font has a shape is drawn as a box; nothing is said on stderr.
    """
    if not available():
        raise MissingExtra("drawing a PNG needs Matplotlib, which is not installed", "png")
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    drawing = lay_out(figure)
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    settings: Any = {"font.family": _fonts(), "hatch.linewidth": 0.5, "hatch.color": HATCH, "text.parse_math": False}
    with warnings.catch_warnings(), rc_context(settings):
        warnings.simplefilter("ignore")
        size = drawing.wide * SCALE / DPI, drawing.high * SCALE / DPI
        canvas = Canvas(figsize=size, dpi=DPI, facecolor="white")
        FigureCanvasAgg(canvas)
        axes = canvas.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(0, drawing.wide)
        axes.set_ylim(drawing.high, 0)
        _paint(axes, drawing)
        out = io.BytesIO()
        canvas.savefig(out, format="png", dpi=DPI, metadata={"Software": None})
    return out.getvalue(), drawing.wide, drawing.high


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
    for word in drawing.words:
        _write(axes, word)


def _edge(box: Box) -> str:
    return HATCH if box.hatch else box.line or "none"


def _write(axes: Any, word: Word) -> None:
    points = word.size * SCALE * 72 / DPI * 0.9
    across = {"start": "left", "middle": "center", "end": "right"}[word.anchor]
    if word.turned:
        axes.text(word.x, word.y, word.text, size=points, color=word.fill, rotation=90, ha="center", va="bottom")
    else:
        axes.text(word.x, word.y, word.text, size=points, color=word.fill, ha=across, va="center_baseline")
