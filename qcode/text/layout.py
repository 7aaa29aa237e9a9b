"""What the finders of this room are given and give back: a text with its lines, and remarks on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qcode.domain.span import Span
from qcode.domain.transcript import Speaker, TimeMark, Turn

__all__ = ["Found", "Layout", "Remark"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a finder decided or doubts, at a position of the text (None: the whole of it)."""

    position: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A text with what its file says about the form of its lines.

    `paragraphs` are its blocks. `headings` are the starts of lines that stand in a heading style;
    `bold` gives, for the start of a line that begins bold and goes on otherwise, where the bold ends.
    `cues` says that each line is one subtitle.
    """

    text: str
    paragraphs: Sequence[Span]
    headings: frozenset[int] = frozenset()
    bold: Mapping[int, int] = field(default_factory=dict)
    cues: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The turns, speakers and times of a text; `labels` counts how often a speaker is named."""

    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...] = ()
    time_marks: tuple[TimeMark, ...] = ()
    labels: int = 0
    remarks: tuple[Remark, ...] = ()
