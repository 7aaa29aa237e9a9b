"""Takes the memos of a parcel into a study: known by identity or by their words on the same thing, or new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from unicodedata import category

from qcode.domain.memo import Memo
from qcode.domain.parcel import ParcelMemo
from qcode.errors import BadValue
from qcode.store import memos as rows
from qcode.store import receiving as bulk
from qcode.store.coders import coder_names, study_row
from qcode.study.desk import new_id
from qcode.study.memos import as_kept
from qcode.study.receiving_arrival import Arrival, usable
from qcode.study.receiving_codes import Codes
from qcode.study.receiving_codings import Codings
from qcode.study.receiving_people import Cases, Coders
from qcode.study.receiving_transcripts import Texts

__all__ = ["Things", "take_memos"]


@dataclass(frozen=True)
class Things:
    """What memos may be about, as it landed in the study."""

    texts: Texts
    codes: Codes
    coders: Coders
    cases: Cases
    codings: Codings

    def targets(self, study: str) -> Mapping[str, Mapping[str, str]]:
        """Return the identities in the study by those in the parcel, by what a memo is about."""
        return {
            "study": {"": study},
            "transcript": {id: one.id for id, one in self.texts.landed.items()},
            "code": self.codes.ids,
            "coding": self.codings.ids,
            "case": {id: uuid for id, (_, uuid) in self.cases.found.items()},
        }


@dataclass(frozen=True, slots=True)
class _Note:
    """A memo on its way: on what, its words, by whom (row id), under which identity, and when."""

    about: str
    target: str
    text: str
    coder_id: int
    id: str | None
    created_at: str | None


def take_memos(arrival: Arrival, things: Things) -> int:
    """Take in what is new among the memos of a parcel; return how many are."""
    notes = [*_of_codings(arrival, things), *_of_parcel(arrival, things)]
    by_id = bulk.held_memos(arrival.connection, (note.id for note in notes if note.id is not None))
    there = bulk.memos_on(arrival.connection, (note.target for note in notes))
    names, new = coder_names(arrival.connection), list[tuple[Memo, int]]()
    for note in notes:
        content = (note.target, note.coder_id, note.text)
        held = by_id.get(note.id) if note.id is not None else None
        if content in there or (held is not None and held == (note.target, note.text)):
            continue
        if held is not None:
            arrival.lose("memos", why="the study has another memo of the same identity, which stays")
            continue
        there.add(content)
        id = note.id or new_id()
        by_id[id] = (note.target, note.text)
        at = arrival.dated(note.created_at)
        new.append((Memo(id, note.about, note.target, note.text, names[note.coder_id], at), note.coder_id))
    for first in range(0, len(new), bulk.AT_ONCE):
        rows.add_memos(arrival.connection, new[first : first + bulk.AT_ONCE])
    return len(new)


def _of_codings(arrival: Arrival, things: Things) -> Iterator[_Note]:
    for one in things.codings.notes:
        if (text := _words(arrival, one.text)) is not None:
            yield _Note("coding", one.target, text, one.coder_id, None, one.created_at)


def _of_parcel(arrival: Arrival, things: Things) -> Iterator[_Note]:
    targets = things.targets(str(study_row(arrival.connection).uuid))
    for one in arrival.parcel.memos:
        target = _target(one, targets)
        coder_id = things.coders.row(one.coder)
        if target is None or coder_id is None:
            arrival.lose("memos", why=f"the {one.about} that they are about did not come in")
        elif (text := _words(arrival, one.text)) is not None:
            yield _Note(one.about, target, text, coder_id, usable(one.id), one.created_at)


def _target(one: ParcelMemo, targets: Mapping[str, Mapping[str, str]]) -> str | None:
    """Return what a memo is about; one on the study may name it, or nothing."""
    return targets.get(one.about, {}).get("" if one.about == "study" else one.target)


def _words(arrival: Arrival, text: str) -> str | None:
    """Return the words of a memo as they are kept; None where there are none, or too many."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(" " if category(one) in ("Cc", "Cs") and one not in "\n\t" else one for one in text)
    if not plain.strip():
        return None
    try:
        return as_kept(plain)
    except BadValue as error:
        arrival.lose("memos", why=error.what)
        return None
