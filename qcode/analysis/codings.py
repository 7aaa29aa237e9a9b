"""Codings, and the spans of turns, sentences or paragraphs, as columns of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Codings", "Ints", "Spans"]

Ints = NDArray[np.int64]


def _column(values: ArrayLike) -> Ints:
    return np.ascontiguousarray(values, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Codings:
    """The settled codings that a question is about, one row each, in any order.

    `transcript` (0..T-1), `start` and `end` (code points, half-open, start < end), `code` (0..n-1) and
    `coder` (0..C-1) have one entry per coding. `case_of_transcript` has T entries, dense from 0; a transcript
    without a case is a case of its own. T counts the selected transcripts that carry no coding too.
    """

    transcript: Ints
    start: Ints
    end: Ints
    code: Ints
    coder: Ints
    case_of_transcript: Ints

    def __post_init__(self) -> None:
        for name in ("transcript", "start", "end", "code", "coder", "case_of_transcript"):
            object.__setattr__(self, name, _column(getattr(self, name)))
        if len({len(getattr(self, name)) for name in ("transcript", "start", "end", "code", "coder")}) != 1:
            raise ValueError("the columns of codings differ in length")

    def __len__(self) -> int:
        return len(self.start)

    @property
    def transcripts(self) -> int:
        """Return T, the number of transcripts."""
        return len(self.case_of_transcript)

    @property
    def cases(self) -> int:
        """Return K, the number of cases."""
        return int(self.case_of_transcript.max()) + 1 if self.transcripts else 0

    def only(self, chosen: NDArray[np.bool_]) -> Codings:
        """Return the codings in the `chosen` transcripts (T flags), transcripts and cases numbered anew."""
        number = np.cumsum(chosen) - 1
        kept = chosen[self.transcript]
        case = _dense(self.case_of_transcript[chosen])
        columns = (self.start[kept], self.end[kept], self.code[kept], self.coder[kept])
        return Codings(number[self.transcript[kept]], *columns, case_of_transcript=case)


def _dense(values: Ints) -> Ints:
    """Return `values` as numbers from 0 without gaps, in the order of their size."""
    present = np.zeros(int(values.max()) + 1 if len(values) else 0, dtype=bool)
    present[values] = True
    return (np.cumsum(present) - 1)[values]


@dataclass(frozen=True, eq=False)
class Spans:
    """Turns, sentences or paragraphs: disjoint non-empty spans, ordered by (transcript, start)."""

    transcript: Ints
    start: Ints
    end: Ints

    def __post_init__(self) -> None:
        for name in ("transcript", "start", "end"):
            object.__setattr__(self, name, _column(getattr(self, name)))

    def __len__(self) -> int:
        return len(self.start)

    def only(self, chosen: NDArray[np.bool_]) -> Spans:
        """Return the spans in the `chosen` transcripts (T flags), transcripts numbered anew."""
        number = np.cumsum(chosen) - 1
        kept = chosen[self.transcript]
        return Spans(number[self.transcript[kept]], self.start[kept], self.end[kept])
