"""Carries out decisions on codings that wait: keeps, allocates, withdraws them, and takes decisions back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from qcode.domain.codebook import Code
from qcode.domain.coding import Coding
from qcode.domain.span import Span
from qcode.errors import Conflict, NotFound
from qcode.store import codebooks as codebook_rows
from qcode.store import codings as coding_rows
from qcode.store import history as history_rows
from qcode.store import pending as rows
from qcode.store import revisions as revision_rows
from qcode.study.codes import VersionInUse, find_code, newest_versions
from qcode.study.desk import Desk, new_id, now

__all__ = ["Allowed", "Deciding"]

Allowed = tuple[tuple[str, ...], bool, VersionInUse]
"""The codes that a coding may go to, whether it may stay on its own, and the version that says so."""


class Deciding:
    """One act of one person; `record` writes it into the history when all is decided."""

    def __init__(self, connection: Connection, desk: Desk, coder: str | None, why: str) -> None:
        self.connection, self.desk, self.why = connection, desk, why.strip()
        self.coder_id, self.who = desk.acting(connection, coder)
        self.at = now()
        self.act = history_rows.next_n(connection)
        self.new: list[str] = []
        self.decided: list[tuple[str, str, tuple[str, ...]]] = []
        self.newest = {v.row.codebook: v for v in newest_versions(connection)}
        self.code_ids: dict[int, dict[str, int]] = {}
        self.codes: dict[tuple[str, str], Code] = {}

    def keep(self, coding: Coding, allowed: Allowed) -> None:
        """Let a coding stay on its code."""
        if not allowed[1]:
            raise Conflict(
                f"the coding {coding.id[:8]} cannot stay on {coding.code}, which takes no codings any more",
                mend=f"allocate it to {_listed(allowed[0])}, or withdraw it",
            )
        self._settle(coding, "kept", allowed[2])

    def withdraw(self, coding: Coding) -> None:
        """Take a coding back."""
        version = self.newest[coding.codebook]
        row = coding_rows.coding_row(self.connection, coding.id)
        self._settle(coding, "withdrawn", version)
        coding_rows.end_codings(
            self.connection,
            [row.id],
            how="withdrawn",
            version_id={row.id: version.row.id},
            at=self.at,
            coder_id=self.coder_id,
        )

    def place(self, coding: Coding, revision_id: int, span: Span, quote: str) -> None:
        """Put a coding whose words are gone on a segment of another revision; it ends, and one there takes its place.

        What else it waits for, that one waits for.
        """
        row = coding_rows.row_of(self.connection, coding_rows.coding_row(self.connection, coding.id).id)
        version = self.newest[coding.codebook]
        place = (revision_id, span.start, span.end, row.code_id, row.coder_id)
        if (double := coding_rows.live_double(self.connection, place)) is not None:
            raise Conflict(
                f"{coding.coder} has {coding.code} on this segment already ({double[:8]})",
                mend=f"withdraw {coding.id[:8]} instead",
            )
        self.new.append(new_id())
        revision_rows.place_anew(
            self.connection, row, place, quote, uuid=self.new[-1], version_id=version.row.id, made_under=row.version_id
        )
        self._settle(coding, "placed", version)
        under = {row.id: version.row.id}
        coding_rows.end_codings(
            self.connection, [row.id], how="placed", version_id=under, at=self.at, coder_id=self.coder_id
        )

    def allocate(self, coding: Coding, allowed: Allowed, names: Sequence[str]) -> None:
        """Put a coding on other codes; it ends, and one on each of these takes its place."""
        candidates, kept, version = allowed
        found = {}
        for name in names:
            code = self._code(name, version)
            if code.key not in candidates and not (kept and code.key == coding.code):
                raise Conflict(
                    f"the coding {coding.id[:8]} of {coding.code} cannot go to {code.key}",
                    mend=f"it may go to {_listed(candidates)}; or withdraw it, and code the passage anew",
                )
            found[code.id] = code.key
        self._put(coding, found, version)

    def _code(self, name: str, version: VersionInUse) -> Code:
        asked = (name, version.label)
        if asked not in self.codes:
            self.codes[asked] = find_code(self.connection, name, codebook=version.label).code
        return self.codes[asked]

    def _put(self, coding: Coding, codes: dict[str, str], version: VersionInUse) -> None:
        ids = self._ids(version)
        row = coding_rows.coding_row(self.connection, coding.id)
        wanted = {ids[id]: id for id in codes}
        there = rows.live_at(self.connection, row.id, wanted)
        if all(one == row.id for one in there.values()) and set(there) == set(wanted):
            self._settle(coding, "kept", version)
            return
        stays = row.id in there.values()
        self._settle(coding, "allocated", version, tuple(codes))
        if not stays:
            under = {row.id: version.row.id}
            coding_rows.end_codings(
                self.connection, [row.id], how="allocated", version_id=under, at=self.at, coder_id=self.coder_id
            )
        fresh = [code_id for code_id in wanted if code_id not in there]
        uuids = [new_id() for _ in fresh]
        made = coding_rows.copy_coding(
            self.connection, row.id, fresh, uuids=uuids, version_id=version.row.id, at=self.at
        )
        self.new += uuids
        known = {one: False for one in there.values() if one != row.id}
        rows.add_origins(self.connection, row.id, {**known, **dict.fromkeys(made, True)})

    def _settle(self, coding: Coding, how: str, version: VersionInUse, to: tuple[str, ...] = ()) -> None:
        row = coding_rows.coding_row(self.connection, coding.id)
        rows.decide(
            self.connection,
            [row.id],
            how=how,
            version_id=version.row.id,
            at=self.at,
            coder_id=self.coder_id,
            act=self.act,
            why=self.why,
        )
        self.decided.append((coding.id, how, to))

    def _ids(self, version: VersionInUse) -> dict[str, int]:
        book = version.row.codebook_id
        if book not in self.code_ids:
            self.code_ids[book] = codebook_rows.code_ids(self.connection, book)
        return self.code_ids[book]

    def record(self) -> None:
        """Write what was decided into the history, as one act."""
        how = sorted({how for _, how, _ in self.decided})
        to = sorted({id for _, _, ids in self.decided for id in ids})
        details = {"how": how, "to": to, "codings": [id for id, _, _ in self.decided]}
        written = self.desk.record(self.connection, self.who, "coding.resolve", details)
        assert written == self.act  # nobody else writes in this transaction

    def undo(self, named: Sequence[Any], act: int | None = None) -> int:
        """Take back the decisions on the codings named (rows), of an act, or of this coder's last; return how many."""
        newest = {v.row.id for v in self.newest.values()}
        back: dict[int, int] = {}
        for coding_id, version_id in self._decisions(named, newest, act):
            if version_id not in newest:
                raise Conflict(
                    "this was decided before the newest version of the codebook came",
                    mend="withdraw the coding, and code the passage anew",
                )
            back[coding_id] = version_id
        for coding_id, version_id in back.items():
            self._must_be_free(coding_id, version_id)
            rows.take_back(self.connection, coding_id, version_id, at=self.at, coder_id=self.coder_id)
        uuids = [uuid for uuid, _ in coding_rows.uuids_of(self.connection, back)]
        self.desk.record(self.connection, self.who, "coding.unresolve", {"codings": uuids})
        return len(back)

    def _decisions(self, named: Sequence[Any], newest: set[int], act: int | None) -> list[tuple[int, int]]:
        if act is not None:
            of_act = [(one, version) for one, version, _ in rows.decided(self.connection, act=act)]
            if not of_act:
                raise NotFound("this decision was taken back in the meantime", mend="see: qcode codebook queue")
            return of_act
        if not named:
            act = rows.last_act(self.connection, newest, self.coder_id)
            if act is None:
                raise NotFound(
                    f"{self.who.name} has decided nothing under the newest version that could be taken back",
                    mend="what was decided before it came holds: withdraw the coding, and code the passage anew",
                )
            return [(one, version) for one, version, _ in rows.decided(self.connection, act=act)]
        found = []
        for row in named:
            ids = [row.id, *rows.origins_of(self.connection, row.id)]
            here = [(one, v) for id in ids for one, v, _ in rows.decided(self.connection, coding_id=id)]
            if not here:
                raise NotFound(f"nothing was decided on the coding {row.uuid[:8]}", mend="see: qcode history")
            found += [one for one in here if one[1] in newest] or here
        return found

    def _must_be_free(self, coding_id: int, version_id: int) -> None:
        row = coding_rows.row_of(self.connection, coding_id)
        if revision_rows.was_corrected_since(self.connection, coding_id):
            raise Conflict(
                f"the coding {row.uuid[:8]} was decided on before its transcript was corrected",
                mend="withdraw what it has become, and code the passage anew",
            )
        there = rows.live_at(self.connection, coding_id, [row.code_id])
        if row.ended_how == "withdrawn" and not rows.was_withdrawn(self.connection, coding_id, version_id):
            raise Conflict(
                f"the coding {row.uuid[:8]} cannot wait again: it was withdrawn in the meantime",
                mend="code the passage anew",
            )
        if row.ended_version_id is not None and there:
            raise Conflict(
                f"the coding {row.uuid[:8]} cannot wait again: the same passage was coded anew in the meantime",
                mend="withdraw that coding first",
            )


def _listed(keys: Sequence[str], most: int = 6) -> str:
    return " or ".join(keys) if len(keys) <= most else f"{', '.join(keys[:most])} ..."
