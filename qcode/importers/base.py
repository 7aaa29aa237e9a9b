"""What every importer takes and gives: bytes and options in, a draft and notices out."""

from __future__ import annotations

from dataclasses import dataclass, field

from qcode.domain.span import Span
from qcode.domain.transcript import Speaker, TimeMark, Turn

__all__ = ["Draft", "Notice", "Options"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a person decided before the import; each None or False leaves it to the importer.

    `speakers` are the only labels to believe; `no_speakers` believes none.
    """

    encoding: str | None = None
    language: str | None = None
    speakers: tuple[str, ...] | None = None
    no_speakers: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the importer decided, dropped or doubts; `where` names the place in the file."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A transcript as read from a file, before a study takes it.

    `text` is the stored text (contract, section 2). `labels` counts how often a speaker is named.
    `encoding` is None for formats that declare their own (docx). `paragraphs` are the blocks of the
    source in order; `turns` stand in order and do not overlap.
    """

    text: str
    format: str
    turns: tuple[Turn, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    time_marks: tuple[TimeMark, ...] = ()
    labels: int = 0
    encoding: str | None = None
    language: str | None = None
    notices: tuple[Notice, ...] = field(default=())
