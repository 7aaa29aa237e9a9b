"""Codings: this coder put this code on this segment, then."""

from __future__ import annotations

from dataclasses import dataclass, fields

__all__ = ["COLUMNS", "STATUSES", "Coder", "Coding", "Segment"]

STATUSES = ("settled", "pending", "withdrawn", "frozen", "replaced")
"""Counted; waiting for a decision since the codebook changed; taken back; on a code that is retired; and followed by
others, because its code was merged or it was allocated to other codes."""


@dataclass(frozen=True, slots=True)
class Coder:
    """A person, a rule or a model that codes (`kind`)."""

    id: str
    name: str
    kind: str = "person"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a transcript that keeps its words: `text[start:end] == quote`, always."""

    transcript: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Coding:
    """One coding as it is listed: names for people, ids behind them.

    `status` is one of STATUSES; `created_at` is UTC, ISO 8601 to the second.
    """

    id: str
    transcript: str
    start: int
    end: int
    quote: str
    code: str
    coder: str
    created_at: str
    codebook: str
    version: str
    status: str = "settled"
    memo: str = ""

    @property
    def segment(self) -> Segment:
        """Return the stretch that is coded."""
        return Segment(self.transcript, self.start, self.end, self.quote)


COLUMNS = tuple(field.name for field in fields(Coding))
"""The columns of a table of codings, in and out: the fields of a coding."""
