"""Which codings are meant: the filters that every list, matrix and report shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from qcode.domain.case import Case
from qcode.errors import NotFound
from qcode.store import cases as case_rows
from qcode.store import codebooks as codebook_rows
from qcode.store import coders as coder_rows
from qcode.store import lineage
from qcode.store import transcripts as transcript_rows
from qcode.store.codings import Chosen
from qcode.store.lookup import fold
from qcode.study.codes import VersionInUse, choose_version, find_code, newest_row, newest_versions
from qcode.study.versions import former_codes, frozen_codes

__all__ = ["Filters", "Resolved", "resolve"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person asked for, in names; empty means all.

    `children` counts a code's children with it. `codebook` is `NAME` or `NAME@V`.
    """

    codes: tuple[str, ...] = ()
    children: bool = True
    coders: tuple[str, ...] = ()
    transcripts: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    codebook: str | None = None
    pending: bool = False
    withdrawn: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the filters that were given, as a report and a matrix state them."""
        given: dict[str, Any] = {
            "code": list(self.codes),
            "coder": list(self.coders),
            "transcript": list(self.transcripts),
            "case": list(self.cases),
            "where": dict(self.where),
            "pending": self.pending,
        }
        if self.codes and not self.children:
            given["no_children"] = True
        return {key: value for key, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Resolved:
    """Filters as row ids; `version` is None where no codebook was named and none is needed."""

    chosen: Chosen
    version: VersionInUse | None
    keys: Mapping[int, tuple[str, str]]
    frozen: frozenset[int] = frozenset()


def resolve(connection: Connection, filters: Filters, *, one_codebook: bool = False, waiting: bool = False) -> Resolved:
    """Return what `filters` mean in this study; with `one_codebook` a version is chosen in any case.

    With `waiting` a name may be that of a code that a split took out: its codings may wait there still. Raises NotFound
    or Ambiguous for a name that is not known.
    """
    version = choose_version(connection, filters.codebook) if one_codebook or filters.codebook else None
    under = None
    if version is not None and newest_row(connection, version.row.codebook_id).id != version.row.id:
        under = frozenset(codebook_rows.ancestry(connection, version.row.id))
    versions = [version] if version is not None else newest_versions(connection)
    frozen = _frozen(connection, versions)
    codes = _codes(connection, filters, version, waiting=waiting)
    if codes is None and version is not None:
        codes = frozenset(codebook_rows.code_ids(connection, version.row.codebook_id).values())
    elif codes is None and frozen:
        codes = _every_code(connection, versions)
    chosen = Chosen(
        transcripts=_transcripts(connection, filters, version if under is not None else None),
        codes=codes if codes is None or filters.withdrawn else codes - frozen,
        coders=_coders(connection, filters.coders),
        under=under,
        withdrawn=filters.withdrawn,
        pending=filters.pending or None,
        up_to=lineage.revisions_up_to(connection, version.row.id) if version is not None and under else None,
    )
    keys = codebook_rows.code_keys(connection, version.row.id if version else None)
    return Resolved(chosen, version, keys, frozen)


def _frozen(connection: Connection, versions: Iterable[VersionInUse]) -> frozenset[int]:
    """Return the row ids of the codes whose codings are frozen under these versions."""
    found = set[int]()
    for one in versions:
        retired = frozen_codes(connection, one.row.id, one.content)
        if retired:
            ids = codebook_rows.code_ids(connection, one.row.codebook_id)
            found |= {ids[id] for id in retired}
    return frozenset(found)


def _every_code(connection: Connection, versions: Iterable[VersionInUse]) -> frozenset[int]:
    books = (codebook_rows.code_ids(connection, one.row.codebook_id) for one in versions)
    return frozenset(id for ids in books for id in ids.values())


def _codes(
    connection: Connection, filters: Filters, version: VersionInUse | None, *, waiting: bool
) -> frozenset[int] | None:
    if not filters.codes:
        return None
    found = set[int]()
    for name in filters.codes:
        split = _split_up(connection, name, version) if waiting else None
        if split is not None:
            found.add(split)
            continue
        if version is not None:
            one = find_code(connection, name, codebook=version.label)
        else:
            one = find_code(connection, name)
        ids = codebook_rows.code_ids(connection, one.version.row.codebook_id)
        below = one.version.content.descendants(one.code.key) if filters.children else []
        found |= {ids[code.id] for code in (one.code, *below)}
    return frozenset(found)


def _split_up(connection: Connection, name: str, version: VersionInUse | None) -> int | None:
    """Return the code (row id) of this key that a split took out of a codebook: its codings may wait there still."""
    for one in [version] if version is not None else newest_versions(connection):
        for code in former_codes(connection, one.row.id, one.content):
            if code.how == "split" and fold(code.key) == fold(name) and not one.content.find(name):
                return codebook_rows.code_ids(connection, one.row.codebook_id)[code.id]
    return None


def _coders(connection: Connection, names: Iterable[str]) -> frozenset[int] | None:
    ids = frozenset(coder_rows.coder_row(connection, name)[0] for name in names)
    return ids or None


def _transcripts(connection: Connection, filters: Filters, left: VersionInUse | None) -> frozenset[int] | None:
    """Return the transcripts that are meant; where a version was `left`, of those that were there then."""
    chosen = _named_transcripts(connection, filters)
    last = lineage.transcripts_up_to(connection, left.row.id) if left is not None else None
    if last is None:
        return chosen
    there = {row.id for row in transcript_rows.revision_rows(connection) if row.id <= last}
    return frozenset(there if chosen is None else there & chosen)


def _named_transcripts(connection: Connection, filters: Filters) -> frozenset[int] | None:
    if not (filters.transcripts or filters.cases or filters.where):
        return None
    found: set[int] | None = None
    if filters.transcripts:
        found = {transcript_rows.transcript_row(connection, name).id for name in filters.transcripts}
    if filters.cases or filters.where:
        of_cases = _of_cases(connection, filters)
        found = of_cases if found is None else found & of_cases
    return frozenset(found or ())


def _of_cases(connection: Connection, filters: Filters) -> set[int]:
    every = case_rows.cases(connection)
    wanted = {case_rows.case_row(connection, name)[1] for name in filters.cases}
    known = case_rows.attributes(connection)
    for key in filters.where:
        if fold(key) not in known:
            there = ", ".join(k for _, k, hidden in known.values() if not hidden) or "none"
            raise NotFound(f"no case has an attribute {key!r}", mend=f"the attributes of this study: {there}")
    chosen = [c for c in every if (not wanted or c.id in wanted) and _fits(c, filters.where)]
    names = {fold(name) for c in chosen for name in c.transcripts}
    return {row.id for row in transcript_rows.revision_rows(connection) if fold(row.name) in names}


def _fits(case: Case, where: Mapping[str, str]) -> bool:
    return all(fold(case.attribute(key) or "") == fold(value) for key, value in where.items())
