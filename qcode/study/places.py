"""Puts codings into their places: the turn, its speaker and time, the case and the language."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from qcode.domain.coding import Coding
from qcode.domain.transcript import Turn
from qcode.store import cases as case_rows
from qcode.store import codings as coding_rows
from qcode.store import transcripts as transcript_rows
from qcode.store.lookup import fold

__all__ = ["Placed", "in_place"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A coding with the turn in which it begins (from 1), its speaker and time (seconds), the case and the language."""

    coding: Coding
    case: str | None
    turn: int | None
    speaker: str | None
    time: float | None
    language: str | None


def in_place(connection: Connection, codings: Sequence[Coding]) -> list[Placed]:
    """Return `codings` with their places, each in the revision of the transcript that it stands on."""
    case_of = {fold(name): case.name for case in case_rows.cases(connection) for name in case.transcripts}
    rows = {fold(row.name): row for row in transcript_rows.revision_rows(connection)}
    revisions = coding_rows.places_of(connection, {one.id for one in codings})
    turns: dict[int, tuple[Turn, ...]] = {}
    found = []
    for coding in codings:
        name = fold(coding.transcript)
        place = revisions.get(coding.id)
        revision_id = rows[name].revision_id if place is None else place[0]
        if revision_id not in turns:
            turns[revision_id] = transcript_rows.read_revision(connection, revision_id).turns
        turn = _turn_at(turns[revision_id], coding.start)
        found.append(
            Placed(
                coding=coding,
                case=case_of.get(name),
                turn=turn.n if turn else None,
                speaker=turn.speaker if turn else None,
                time=turn.time if turn else None,
                language=rows[name].language,
            )
        )
    return found


def _turn_at(turns: Sequence[Turn], position: int) -> Turn | None:
    n = bisect_right(turns, position, key=lambda turn: turn.start)
    return turns[n - 1] if n else None
