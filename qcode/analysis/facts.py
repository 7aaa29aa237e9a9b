"""Lays all codings on one line, in order and without doubles, so that one search finds who overlaps whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.codings import Codings, Ints, Spans

__all__ = ["Facts", "Line", "lay_out", "on_line"]


@dataclass(frozen=True, eq=False)
class Facts:
    """What was coded, each fact once, in order of (text, start, end, code); m rows.

    A *text* is a transcript or, where coders are kept apart, one coder's copy of it. All texts lie one behind the
    other on a line, `stride` positions each; `start` and `end` are positions on that line, and `stride` is larger
    than any end in a text plus the distance asked for, so that a search never runs into the next text.
    Texts stand in order of their case: `transcript_of_text` and `case_of_text` never fall.
    `rank` gives the place of each transcript in that order, `index` the row of each fact in the codings given.
    """

    text: Ints
    start: Ints
    end: Ints
    code: Ints
    index: Ints | None
    stride: int
    coders: int
    transcript_of_text: Ints
    case_of_text: Ints
    rank: Ints

    def __len__(self) -> int:
        return len(self.start)

    @property
    def transcripts(self) -> int:
        """Return the number of transcripts."""
        return len(self.rank)

    @property
    def cases(self) -> int:
        """Return the number of cases."""
        return int(self.case_of_text[-1]) + 1 if len(self.case_of_text) else 0


@dataclass(frozen=True, eq=False)
class Line:
    """Spans (turns, sentences, paragraphs) one behind the other; `shift` has one entry per text."""

    transcript: Ints
    start: Ints
    end: Ints
    stride: int
    shift: Ints


def lay_out(codings: Codings, n_codes: int, *, per_coder: bool = False, reach: int = 0) -> Facts:
    """Return the codings as facts: pooled over coders, or (`per_coder`) each coder's own.

    `reach` is the distance in characters that a later search may add to an end.
    """
    rank, case_of_rank = _by_case(codings.case_of_transcript)
    longest = int(codings.end.max()) if len(codings) else 0
    stride = longest + min(reach, longest) + 1
    coders = int(codings.coder.max()) + 1 if per_coder and len(codings) else 1
    text = codings.transcript if _is_identity(rank) else rank[codings.transcript]
    if coders > 1:
        text = text * coders + codings.coder
    start = text * stride
    end = start + codings.end
    start += codings.start
    order = _order(start, end, codings.code, n_codes)
    transcript_of_text = np.repeat(np.arange(len(rank)), coders)
    columns = (text, start, end, codings.code)
    if order is not None:
        columns = (text[order], start[order], end[order], codings.code[order])
    case_of_text = case_of_rank[transcript_of_text]
    return Facts(*columns, order, stride, coders, transcript_of_text, case_of_text, rank)


def _by_case(case: Ints) -> tuple[Ints, Ints]:
    """Return the place of each transcript when they stand in order of case, and the cases in that order."""
    if not len(case) or bool((case[1:] >= case[:-1]).all()):
        return np.arange(len(case)), case
    order = np.argsort(case, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank, case[order]


def _is_identity(rank: Ints) -> bool:
    return bool((rank[1:] > rank[:-1]).all())


def _order(start: Ints, end: Ints, code: Ints, n_codes: int) -> Ints | None:
    """Return the rows in order of (start, end, code), doubles left out; None where they stand so already."""
    is_sorted = bool((start[1:] >= start[:-1]).all())
    order = None if is_sorted else np.argsort(start, kind="stable")
    ordered = start if order is None else start[order]
    tied = _tied(ordered)
    rows = np.flatnonzero(tied)
    if not len(rows):
        return order
    given = rows if order is None else order[rows]
    group = np.cumsum(np.diff(ordered[rows], prepend=-1) != 0)
    longest = int((end[given] - start[given]).max()) + 1
    packed = (group * longest + (end[given] - start[given])) * n_codes + code[given]
    rising = packed[1:] > packed[:-1]
    if bool(rising.all()):
        return order
    best = np.argsort(packed, kind="stable")
    doubled = np.diff(packed[best], prepend=-1) == 0
    order = np.arange(len(start)) if order is None else order
    order[rows] = given[best]
    if not doubled.any():
        return order
    kept = np.ones(len(order), dtype=bool)
    kept[rows[doubled]] = False
    return order[kept]


def _tied(ordered: Ints) -> NDArray[np.bool_]:
    """Mark the entries that equal their neighbour."""
    tied = np.zeros(len(ordered), dtype=bool)
    same = ordered[1:] == ordered[:-1]
    tied[1:] = same
    tied[:-1] |= same
    return tied


def on_line(facts: Facts, spans: Spans) -> Line:
    """Return `spans` on a line of transcripts, in order, and how far each text's facts must move to get there."""
    transcript = facts.rank[spans.transcript]
    stride = max(facts.stride, int(spans.end.max()) + 1 if len(spans) else 1)
    start = transcript * stride + spans.start
    order = np.argsort(start, kind="stable")
    end = (transcript * stride + spans.end)[order]
    shift = facts.transcript_of_text * stride - np.arange(len(facts.transcript_of_text)) * facts.stride
    return Line(transcript[order], start[order], end, stride, shift)
