"""Transcripts: one interview's text in fixed revisions, with its turns and speakers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from qcode.domain.span import Span

__all__ = ["Revision", "Speaker", "TimeMark", "Transcript", "Turn", "text_hash"]


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says before the next; `n` counts from 1.

    `start` and `end` enclose the words spoken, from the first to the last, without label and
    timestamp. `speaker` is None where the text names none, `time` is in seconds or None.
    """

    n: int
    speaker: str | None
    start: int
    end: int
    time: float | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a transcript; `labels` counts how often the text names this speaker."""

    name: str
    labels: int
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeMark:
    """A moment of the recording, in seconds, at a position of the text."""

    position: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Revision:
    """One fixed state of a transcript's text; it never changes after import.

    `paragraphs` are the blocks of the source file (in a Word file its paragraphs and table rows),
    in order and without overlap. `sha256` is that of the text as UTF-8.
    """

    text: str
    turns: tuple[Turn, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    time_marks: tuple[TimeMark, ...] = ()
    speakers: tuple[Speaker, ...] = ()

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the text as UTF-8, in hexadecimal."""
        return text_hash(self.text)


@dataclass(frozen=True, slots=True)
class Transcript:
    """One interview as it stands in a study, without its text."""

    id: str
    name: str
    language: str | None
    case: str | None
    characters: int
    turns: int
    speakers: tuple[str, ...]
    sha256: str
    codings: int = 0


def text_hash(text: str) -> str:
    """Return the SHA-256 of `text` as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
