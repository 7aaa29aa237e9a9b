"""What a drawing is made of: rectangles, lines, shapes and words with places in pixels, for SVG and PNG alike."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.reports.render.colors import INK

__all__ = ["Box", "Drawing", "Line", "Point", "Shape", "Word"]

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `hatch` is "" (none), `undefined` or `hidden`; `title` what a pointer shows."""

    x: float
    y: float
    wide: float
    high: float
    fill: str
    hatch: str = ""
    title: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through `points`: straight between two of the same height or the same place, else bent like an S.

    `dash` are the lengths of strokes and gaps, none for an unbroken line. With `bend` it is one curve from the first to
    the last point, drawn towards that place.
    """

    points: tuple[Point, ...]
    color: str
    wide: float
    dash: tuple[float, float] | None = None
    title: str = ""
    bend: Point | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed shape with straight sides."""

    points: tuple[Point, ...]
    fill: str
    line: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text; `y` is its middle, `anchor` start, middle or end, `turned` reads upwards."""

    text: str
    x: float
    y: float
    size: float
    fill: str = INK
    anchor: str = "start"
    turned: bool = False
    bold: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, in this order, on a white ground of `wide` times `high` pixels."""

    wide: float
    high: float
    boxes: tuple[Box, ...] = ()
    words: tuple[Word, ...] = ()
    lines: tuple[Line, ...] = ()
    shapes: tuple[Shape, ...] = ()
