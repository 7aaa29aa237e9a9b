"""What every importer takes and gives: bytes and options in, a draft and notices out."""

from __future__ import annotations

from dataclasses import dataclass, field

from qcode.domain.span import Span
from qcode.domain.transcript import Speaker, TimeMark, Turn
from qcode.errors import Unreadable

__all__ = ["MOST_LINES", "Draft", "Notice", "Options", "check_lines"]

MOST_LINES = 100_000
"""An interview of ten hours has some thousand; memory and time are bounded with them."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person decided before the import; each None or False leaves it to the importer.

    `speakers` are the only labels to believe; `no_speakers` believes none. `columns` says which column of a table
    is what: pairs of a role (speaker, text, time, transcript, id, attribute) and the column's name.
    """

    encoding: str | None = None
    language: str | None = None
    speakers: tuple[str, ...] | None = None
    no_speakers: bool = False
    columns: tuple[tuple[str, str], ...] = ()


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
    source in order; `turns` stand in order and do not overlap. `title` is what the file calls the transcript;
    `attributes` are facts about the case that it is about, as (key, value).
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
    title: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()


def check_lines(text: str) -> None:
    """Refuse a text of more lines than any talk has, before turns are sought in it. Raises Unreadable."""
    lines = text.count("\n") + 1
    if lines > MOST_LINES:
        raise Unreadable(
            f"the text has too many lines ({lines:,}; at most {MOST_LINES:,})",
            mend="split it into one file an interview",
        )
