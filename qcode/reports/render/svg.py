"""Draw a figure as SVG: no script, no network, text as text, a title and a description for those who do not see it."""

from __future__ import annotations

from qcode.errors import BadValue
from qcode.reports.render.clean import attribute, escape
from qcode.reports.render.colors import HATCH
from qcode.reports.render.heatmap import Box, Word, lay_out
from qcode.reports.report import Figure, Report

__all__ = ["draw", "render"]

FONTS = (
    "'Noto Sans','Segoe UI',Arial,'Liberation Sans','DejaVu Sans','Noto Sans CJK SC','Microsoft YaHei','PingFang SC',"
    "sans-serif"
)


def render(report: Report) -> bytes:
    """Return the first figure of `report` as an SVG file; BadValue if it has none."""
    figure = next((block for block in report.blocks if isinstance(block, Figure)), None)
    if figure is None:
        raise BadValue(f"the report {report.title!r} has no picture", mend="write it as .docx, .html or .xlsx")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + draw(figure, language=report.language).encode() + b"\n"


def draw(figure: Figure, *, prefix: str = "f", language: str = "en") -> str:
    """Return `figure` as one `<svg>` element; `prefix` keeps its ids apart from others on the page."""
    drawing = lay_out(figure)
    wide, high = round(drawing.wide), round(drawing.high)
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" aria-labelledby="{prefix}-title {prefix}-desc" xml:lang="{attribute(language)}" '
        f'font-family="{attribute(FONTS)}">'
    )
    parts = [
        start,
        f'<title id="{prefix}-title">{escape(figure.caption)}</title>',
        f'<desc id="{prefix}-desc">{escape(figure.alt)}</desc>',
        _patterns(prefix),
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        *(_box(box, prefix) for box in drawing.boxes),
        *(_word(word) for word in drawing.words),
        "</svg>",
    ]
    return "\n".join(parts)


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
    if not box.title:
        return f'<rect {place} fill="{fill}"{line}/>'
    return f'<rect {place} fill="{fill}"{line}><title>{escape(box.title)}</title></rect>'


def _word(word: Word) -> str:
    size = f'font-size="{word.size:g}" fill="{word.fill}"'
    if word.turned:
        where = f'transform="translate({word.x + word.size * 0.35:g} {word.y:g}) rotate(-90)"'
    else:
        where = f'x="{word.x:g}" y="{word.y + word.size * 0.35:g}" text-anchor="{word.anchor}"'
    return f"<text {where} {size}>{escape(word.text)}</text>"
