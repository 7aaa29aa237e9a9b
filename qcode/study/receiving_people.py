"""Takes the coders and the cases of a parcel into a study: known by identity, then by name, or new."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from qcode.domain.case import HIDDEN_BY_DEFAULT
from qcode.domain.coding import Coder
from qcode.domain.parcel import ParcelCase
from qcode.errors import BadValue
from qcode.store import cases as case_rows
from qcode.store import coders as coder_rows
from qcode.store import receiving as bulk
from qcode.store import transcripts as transcript_rows
from qcode.store.lookup import fold
from qcode.study.cases import COLUMNS
from qcode.study.desk import clean_name, new_id
from qcode.study.receiving_arrival import Arrival, plain, usable
from qcode.study.receiving_transcripts import Texts

__all__ = ["Cases", "Coders", "take_cases", "take_coders"]

KINDS = ("person", "rule", "model")
PROGRAM = re.compile(r"[\s(,]*[\d(,]")
"""What ends the name of a program: another release of it is not another coder."""


@dataclass
class Met:
    """Coders or cases as (row id, uuid) by their ids in the parcel, and how many of them are new."""

    found: dict[str, tuple[int, str]] = field(default_factory=dict)
    added: int = 0


@dataclass
class Coders(Met):
    """The coders of a parcel; `nobody` (row id) stands for who made what names no coder."""

    nobody: int | None = None
    nobody_name: str = ""

    def row(self, id: str | None) -> int | None:
        """Return the row id of the coder with this id in the parcel, or of who stands for nobody."""
        return self.nobody if id is None or id not in self.found else self.found[id][0]


@dataclass
class Cases(Met):
    """The cases of a parcel; `values` attributes were written, and `placed` transcripts put under a case."""

    values: int = 0
    placed: int = 0


class _Known:
    """Coders or cases that a study has, each to be met once."""

    def __init__(self, arrival: Arrival, kind: str) -> None:
        self.kind = kind
        every = bulk.rows_by_name(arrival.connection, kind)
        self.by_uuid = {uuid: row_id for row_id, uuid, _ in every}
        self.by_name = {fold(name): uuid for _, uuid, name in every}
        self.claimed: set[str] = set()
        self.reached: dict[str, int] = defaultdict(lambda: 1)

    def same(self, id: str) -> tuple[int, str] | None:
        uuid = usable(id)
        return self._claim(uuid) if uuid in self.by_uuid else None

    def named(self, name: str) -> tuple[tuple[int, str] | None, str]:
        """Return who has a name, or a name with a number behind it, and is not met yet; else the first that is free."""
        while True:
            n = self.reached[name]
            one = name if n == 1 else f"{name} ({n})"
            uuid = self.by_name.get(fold(one))
            if uuid is None:
                return None, one
            if uuid not in self.claimed:
                return self._claim(uuid), one
            self.reached[name] += 1  # (whom others met stays met)

    def _claim(self, uuid: str | None) -> tuple[int, str] | None:
        if uuid is None or uuid in self.claimed:
            return None
        self.claimed.add(uuid)
        return self.by_uuid[uuid], uuid

    def add(self, row_id: int, uuid: str, name: str) -> None:
        self.by_uuid[uuid], self.by_name[fold(name)] = row_id, uuid
        self.claimed.add(uuid)

    def free(self, id: str) -> str:
        uuid = usable(id)
        return uuid if uuid is not None and uuid not in self.by_uuid else new_id()


def take_coders(arrival: Arrival, coder: str | None) -> Coders:
    """Take in who coded or wrote; `coder` is whose the codings are that name nobody."""
    parcel, known, coders = arrival.parcel, _Known(arrival, "coder"), Coders()
    busy = {one.coder for one in parcel.codings} | {one.coder for one in parcel.memos}
    named = {one.id for one in parcel.coders}
    for one in parcel.coders:
        if (met := known.same(one.id)) is not None:
            coders.found[one.id] = met
    idle = 0
    for one in parcel.coders:
        if one.id in coders.found:
            continue
        if one.id not in busy:
            idle += 1
            continue
        name = plain(one.name, "coder", otherwise=f"coder {one.id[:8]}")
        met, name = known.named(name)
        if met is not None and parcel.stable:
            arrival.remarks.append(
                f"{name} of the file was met by name, the identity here is another; if these are two people, rename "
                "one here first: qcode coder rename"
            )
        new = Coder(known.free(one.id), name, _kind(one.kind))
        coders.found[one.id] = met or _add_coder(arrival, coders, known, new)
    arrival.lose("coders", idle, why="they coded nothing and wrote nothing")
    if busy - named:
        _take_nobody(arrival, coders, known, coder)
    return coders


def _kind(kind: str) -> str:
    return kind if kind in KINDS else KINDS[0]


def _add_coder(arrival: Arrival, coders: Coders, known: _Known, new: Coder) -> tuple[int, str]:
    row_id = coder_rows.add_coder(arrival.connection, new)
    known.add(row_id, new.id, new.name)
    coders.added += 1
    return row_id, new.id


def _take_nobody(arrival: Arrival, coders: Coders, known: _Known, coder: str | None) -> None:
    """Say who stands for nobody: one coder, so that these codings are told from those of others."""
    program = PROGRAM.split(arrival.parcel.origin)[0].strip()
    unknown = f"unknown ({program})" if program else "unknown"
    name = plain(unknown, "coder", otherwise="unknown") if coder is None else clean_name(coder, "coder")
    uuid = known.by_name.get(fold(name))
    if uuid is None:
        coders.nobody, _ = _add_coder(arrival, coders, known, Coder(new_id(), name))
    else:
        coders.nobody = known.by_uuid[uuid]
    coders.nobody_name = name


def take_cases(arrival: Arrival, texts: Texts) -> Cases:
    """Take in whom a parcel is about, what is known of them, and which transcripts are about them."""
    known, cases = _Known(arrival, "case"), Cases()
    for one in arrival.parcel.cases:
        if (met := known.same(one.id)) is not None:
            cases.found[one.id] = met
    for one in arrival.parcel.cases:
        if one.id not in cases.found:
            met, name = known.named(plain(one.name, "case", otherwise=f"case {one.id[:8]}"))
            cases.found[one.id] = met or _add_case(arrival, cases, known, one, name)
    _write_values(arrival, cases)
    _put_under(arrival, cases, texts)
    return cases


def _add_case(arrival: Arrival, cases: Cases, known: _Known, one: ParcelCase, name: str) -> tuple[int, str]:
    uuid = known.free(one.id)
    row_id = case_rows.add_case(arrival.connection, uuid=uuid, name=name)
    known.add(row_id, uuid, name)
    cases.added += 1
    return row_id, uuid


def _write_values(arrival: Arrival, cases: Cases) -> None:
    there, new = bulk.values(arrival.connection), dict[tuple[int, int], str]()
    ids: dict[str, int | None] = {}
    for one in arrival.parcel.cases:
        case_id, _ = cases.found[one.id]
        for key, value in one.attributes:
            if not value.strip():
                continue
            if key not in ids:
                ids[key] = _attribute(arrival, key)
            attribute = ids[key]
            if attribute is None:
                arrival.lose("values of attributes", why="the attribute has no name that can be kept")
                continue
            kept = there.get((case_id, attribute))
            if kept is None:
                there[case_id, attribute] = new[case_id, attribute] = value
            elif kept != value:
                where, why = f"attribute {' '.join(key.split())}", "the case has another value, which stays"
                arrival.lose("values of attributes", where=where, why=why)
    bulk.add_values(arrival.connection, new)
    cases.values = len(new)


def _attribute(arrival: Arrival, given: str) -> int | None:
    """Return the row id of an attribute; what lists of cases have a column for gets another name."""
    try:
        key = clean_name(" ".join(given.split()), "attribute")
    except BadValue:
        return None
    if fold(key) in COLUMNS:
        arrival.remarks.append(f"the attribute {key} is called {key}_ here: lists of cases have a column {key}")
        key = f"{key}_"
    hidden = re.sub("[ -]", "_", fold(key)) in HIDDEN_BY_DEFAULT
    return case_rows.attribute_id(arrival.connection, key, hidden=hidden)


def _put_under(arrival: Arrival, cases: Cases, texts: Texts) -> None:
    """Say whom the transcripts are about where nobody has said so yet."""
    about: dict[int, int] = {one.row_id: one.case_id for one in texts.landed.values() if one.case_id is not None}
    new: dict[int, list[int]] = {}
    for one in arrival.parcel.cases:
        case_id, _ = cases.found[one.id]
        for id in one.transcripts:
            text = texts.landed.get(id)
            if text is None:
                arrival.lose("links of cases", why="their transcripts did not come in")
            elif about.setdefault(text.row_id, case_id) != case_id:
                arrival.lose("links of cases", why="the transcript is under another case already, and can be under one")
            elif text.case_id is None:
                new.setdefault(case_id, []).append(text.row_id)
    for case_id, row_ids in new.items():
        transcript_rows.set_case(arrival.connection, row_ids, case_id)
    cases.placed = sum(len(set(row_ids)) for row_ids in new.values())
