"""The passages behind one cell of a matrix, as the browser shows them: each with its place and a way into the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qcode.errors import Conflict
from qcode.study.cooccurrence import Request
from qcode.study.passages import Passage

if TYPE_CHECKING:
    from qcode.domain.coding import Coding
    from qcode.study.study import Study

__all__ = ["LONGEST", "behind", "in_group", "link", "placed"]

LONGEST = 1200
"""Of a longer passage (a whole interview) no more is sent; the link leads to all of it."""


def in_group(study: Study, asked: Request, value: str | None) -> Request:
    """Return the request for one group of a matrix that is split by an attribute; None: the cases that lack it."""
    if asked.by is None:
        return asked
    by, of = asked.by, {case.name: case for case in study.cases.list()}
    names = []
    for one in study.transcripts.list(asked.filters):
        found = of[one.case].attribute(by) if one.case in of else None
        if _folded(found) == _folded(value):
            names.append(one.id)
    if not names:
        raise Conflict("no transcript is in this group any more", mend="count again")
    return replace(asked, by=None, filters=replace(asked.filters, transcripts=tuple(names)))


def _folded(value: str | None) -> str | None:
    return value.casefold() if value is not None else None


def behind(study: Study, asked: Request, first: str, second: str) -> list[Passage]:
    """Return the passages behind a cell; on the diagonal those that the code covers. Conflict where it is withheld."""
    if first != second:
        return study.passages(asked, first, second)
    overlapping = replace(asked.question, unit="overlap", count=None, measure="count", distance=None, test=None)
    if asked.question.min_cases is not None:
        found: Any = study.ask(replace(asked, by=None))
        if (first, second) in found.hidden:
            raise Conflict(f"the cell of {first} is withheld: too few cases stand behind it", mend="read other cells")
        overlapping = replace(overlapping, min_cases=None)
    return study.passages(replace(asked, question=overlapping), first, second)


def placed(study: Study, found: Sequence[Passage]) -> list[dict[str, Any]]:
    """Return passages with turn, speaker, time and case, and the way into the transcript."""
    ids = {one.name: one.id for one in study.transcripts.list()}
    starts = [replace(one.first[0], start=one.start, end=one.end, quote=one.quote) for one in found]
    return [
        {
            "transcript": one.transcript,
            "link": link(ids[one.transcript], one.start, one.end),
            "quote": one.quote[:LONGEST],
            "cut": len(one.quote) > LONGEST,
            "language": place.language,
            "case": place.case,
            "turn": place.turn,
            "speaker": place.speaker,
            "time": place.time,
            "first": [_coding(c, one) for c in one.first],
            "second": [_coding(c, one) for c in one.second],
        }
        for one, place in zip(found, study.in_place(starts), strict=True)
    ]


def link(transcript: str, start: int, end: int | None = None) -> str:
    """Return the way to a passage (code points) of a transcript in the reading room: ids and numbers, no names."""
    return f"/read/{transcript}?at={start}" + (f"&to={end}" if end is not None else "")


def _coding(coding: Coding, passage: Passage) -> dict[str, Any]:
    """Return a coding; its own words where these are not the passage's."""
    same = (coding.start, coding.end) == (passage.start, passage.end)
    return {
        "id": coding.id,
        "code": coding.code,
        "coder": coding.coder,
        "memo": coding.memo,
        "quote": "" if same else coding.quote[:LONGEST],
    }
