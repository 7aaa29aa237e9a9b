"""Draw a figure as SVG: no script, no network, text as text, a title and a description for those who do not see it."""

from __future__ import annotations

from itertools import pairwise

from qcode.reports.render.clean import attribute, escape
from qcode.reports.render.colors import HATCH
from qcode.reports.render.drawing import Box, Drawing, Line, Shape, Word
from qcode.reports.render.pictures import Picture, first_picture, lay_out
from qcode.reports.report import Figure, Report

__all__ = ["draw", "render"]

FONTS = (
    "'Noto Sans','Segoe UI',Arial,'Liberation Sans','DejaVu Sans','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',"
    "sans-serif"
)


def render(report: Report) -> bytes:
    """Return the first picture of `report` as an SVG file; BadValue if it has none."""
    picture = first_picture(report)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + draw(picture, language=report.language).encode() + b"\n"


def draw(picture: Picture, *, prefix: str = "f", language: str = "en") -> str:
    """Return `picture` as one `<svg>` element; `prefix` keeps its ids apart from others on the page."""
    drawing = lay_out(picture)
    wide, high = round(drawing.wide), round(drawing.high)
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" aria-labelledby="{prefix}-title {prefix}-desc" xml:lang="{attribute(language)}" '
        f'font-family="{attribute(FONTS)}">'
    )
    parts = [
        start,
        f'<title id="{prefix}-title">{escape(picture.caption)}</title>',
        f'<desc id="{prefix}-desc">{escape(picture.alt)}</desc>',
        _patterns(prefix) if isinstance(picture, Figure) else "",
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        *_drawn(drawing, prefix),
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


def _drawn(drawing: Drawing, prefix: str) -> list[str]:
    return [
        *(_box(box, prefix) for box in drawing.boxes),
        *(_line(line) for line in drawing.lines),
        *(_shape(shape) for shape in drawing.shapes),
        *(_word(word) for word in drawing.words),
    ]


def _patterns(prefix: str) -> str:
    line = f'stroke="{HATCH}" stroke-width="1.2"'
    return (
        f'<defs><pattern id="{prefix}-undefined" width="7" height="7" patternUnits="userSpaceOnUse">'
        f'<path d="M-1,1 l2,-2 M0,7 l7,-7 M6,8 l2,-2" {line}/></pattern>'
        f'<pattern id="{prefix}-hidden" width="7" height="7" patternUnits="userSpaceOnUse">'
        f'<path d="M0,7 l7,-7 M0,0 l7,7" {line}/></pattern></defs>'
    )


def _box(box: Box, prefix: str) -> str:
    place = f'x="{box.x:g}" y="{box.y:g}" width="{box.wide:g}" height="{box.high:g}"'
    line = f' stroke="{box.line}" stroke-width="0.7"' if box.line else ""
    fill = f"url(#{prefix}-{box.hatch})" if box.hatch else box.fill
    return _titled("rect", f'{place} fill="{fill}"{line}', box.title)


def _line(line: Line) -> str:
    (x, y), parts = line.points[0], []
    parts.append(f"M{x:g} {y:g}")
    for (x1, y1), (x2, y2) in pairwise(line.points if line.bend is None else ()):
        middle = (x1 + x2) / 2
        bent = y1 != y2 and x1 != x2
        parts.append(f"C{middle:g} {y1:g} {middle:g} {y2:g} {x2:g} {y2:g}" if bent else f"L{x2:g} {y2:g}")
    if line.bend is not None:
        parts.append("Q{:g} {:g} {:g} {:g}".format(*line.bend, *line.points[-1]))
    dash = f' stroke-dasharray="{line.dash[0]:g} {line.dash[1]:g}"' if line.dash else ""
    look = f'fill="none" stroke="{line.color}" stroke-width="{line.wide:g}"{dash}'
    return _titled("path", f'd="{"".join(parts)}" {look}', line.title)


def _shape(shape: Shape) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in shape.points)
    line = f' stroke="{shape.line}" stroke-width="1.6"' if shape.line else ""
    return _titled("polygon", f'points="{points}" fill="{shape.fill}"{line}', shape.title)


def _titled(tag: str, attributes: str, title: str) -> str:
    return f"<{tag} {attributes}><title>{escape(title)}</title></{tag}>" if title else f"<{tag} {attributes}/>"


def _word(word: Word) -> str:
    size = f'font-size="{word.size:g}" fill="{word.fill}"' + (' font-weight="bold"' if word.bold else "")
    if word.turned:
        where = f'transform="translate({word.x + word.size * 0.35:g} {word.y:g}) rotate(-90)"'
    else:
        where = f'x="{word.x:g}" y="{word.y + word.size * 0.35:g}" text-anchor="{word.anchor}"'
    title = f"<title>{escape(word.title)}</title>" if word.title else ""
    return f"<text {where} {size}>{title}{escape(word.text)}</text>"
