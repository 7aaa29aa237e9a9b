"""The codings of a study: add, withdraw, restore, list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from qcode.domain.coding import Coder, Coding
from qcode.errors import Conflict
from qcode.store import codebooks as codebook_rows
from qcode.store import codings as rows
from qcode.store import memos as memo_rows
from qcode.store import transcripts as transcript_rows
from qcode.store.coders import coder_names
from qcode.store.newest import transcripts_by_revision
from qcode.study.codable import codable
from qcode.study.codes import FoundCode
from qcode.study.coding_csv import read_table, take_rows
from qcode.study.coding_ends import has_ended, must_be_restorable, newest_of
from qcode.study.desk import Desk, new_id, now
from qcode.study.following import carry_late
from qcode.study.memos import Memos
from qcode.study.quotes import current_text, find_quote
from qcode.study.selection import Filters, Resolved, resolve
from qcode.study.tables import read_source

if TYPE_CHECKING:
    from qcode.study.trail import Step

__all__ = ["Codings", "CodingsImported", "list_codings"]


@dataclass(frozen=True, slots=True)
class CodingsImported:
    """How many codings a table brought: `added`, `known` already by their id, `left_out` as withdrawn."""

    added: int
    known: int
    left_out: int


class Codings:
    """The codings: `add`, `withdraw`, `restore`, `list`, `import_csv`."""

    def __init__(self, desk: Desk, memos: Memos) -> None:
        self._desk = desk
        self._memos = memos

    def add(
        self,
        transcript: str,
        codes: str | Sequence[str],
        *,
        start: int | None = None,
        end: int | None = None,
        quote: str | None = None,
        coder: str | None = None,
        memo: str = "",
        codebook: str | None = None,
        under: Mapping[str, str] | None = None,
        revision: str | None = None,
        suggested: bool = False,
    ) -> list[Coding]:
        """Put one or more codes on a segment, named by its positions or by its words; all of them or none.

        `under` are the versions of the codebooks that the coder has before them: Conflict where a code's has a newer
        one; `revision` (an id) is the text: Conflict where it was corrected. `suggested`: its terms proposed it. Raises
        BadValue for a position outside the text or words that do not stand there once, NotFound for a code, Conflict
        for a heading and for what this coder has coded already.
        """
        names = [codes] if isinstance(codes, str) else list(codes)
        with self._desk.store.write() as connection:
            row = transcript_rows.transcript_row(connection, transcript)
            text = current_text(connection, row, revision)
            span = find_quote(text.text, start=start, end=end, quote=quote, where=row.name)
            coder_id, who = self._desk.acting(connection, coder)
            found = codable(connection, names, codebook, under or {})
            made = []
            for one in found:
                code_id = codebook_rows.code_ids(connection, one.version.row.codebook_id)[one.code.id]
                place = (text.id, span.start, span.end, code_id, coder_id)
                if (double := rows.live_double(connection, place)) is not None:
                    raise Conflict(f"{who.name} has {one.code.key} on this segment already ({double[:8]})")
                by = (coder_id, who)
                made.append(self._write(connection, row.name, text, span, one, code_id, by, suggested))
                if memo.strip():
                    self._memos.write(connection, memo, made[-1].id, about="coding", coder=who.name)
            return made

    def _write(
        self,
        connection: Connection,
        transcript: str,
        revision: Any,
        span: Any,
        found: FoundCode,
        code_id: int,
        by: tuple[int, Coder],
        suggested: bool,
    ) -> Coding:
        coder_id, who = by
        uuid, at, quote = new_id(), now(), span.of(revision.text)
        row = {
            "uuid": uuid,
            "revision_id": revision.id,
            "start": span.start,
            "end": span.end,
            "code_id": code_id,
            "coder_id": coder_id,
            "version_id": found.version.row.id,
            "created_at": at,
            "quote": quote,
        }
        rows.add_codings(connection, [row])
        details = {
            "coding": uuid,
            "revision": revision.uuid,
            "start": span.start,
            "end": span.end,
            "code": found.code.id,
        } | ({"suggested": True} if suggested else {})
        self._desk.record(connection, who, "coding.add", details, version=found.version.label)
        book, version = found.version.row.codebook, found.version.row.version
        return Coding(
            uuid, transcript, span.start, span.end, quote, found.code.key, who.name, at, book, version, "settled"
        )

    def withdraw(self, *names: str, coder: str | None = None) -> int:
        """Withdraw codings by their ids, all of them or none; return how many. They stay in the history.

        Raises NotFound, or Conflict for one that is withdrawn already.
        """
        with self._desk.store.write() as connection:
            coder_id, who = self._desk.acting(connection, coder)
            found = {row.id: row for row in (rows.coding_row(connection, name) for name in names)}
            for row in found.values():
                if row.ended_version_id is not None:
                    raise has_ended(connection, row.id)
            under = newest_of(connection, {row.id: row.version_id for row in found.values()})
            rows.end_codings(connection, list(found), how="withdrawn", version_id=under, at=now(), coder_id=coder_id)
            for row in found.values():
                self._desk.record(connection, who, "coding.withdraw", {"coding": row.uuid})
        return len(found)

    def restore(self, *names: str, coder: str | None = None) -> int:
        """Let withdrawn codings stand again, all of them or none; return how many. One that waited waits again.

        Raises NotFound, or Conflict for one that is not withdrawn, was withdrawn before the newest version of its
        codebook came, or whose passage this coder has coded anew.
        """
        with self._desk.store.write() as connection:
            _, who = self._desk.acting(connection, coder)
            found = {row.id: row for row in (rows.coding_row(connection, name) for name in names)}
            newest = newest_of(connection, {row.id: row.version_id for row in found.values()})
            for row in found.values():
                must_be_restorable(connection, row, newest[row.id])
                rows.restore_coding(connection, row.id, newest[row.id])
                self._desk.record(connection, who, "coding.restore", {"coding": row.uuid})
        return len(found)

    def list(self, filters: Filters | None = None, *, pending: bool | None = None) -> list[Coding]:
        """Return the codings that the filters leave, in order of transcript and place.

        `pending`: only those that wait for a decision, or only those that do not; what the filters say goes before.
        """
        with self._desk.store.read() as connection:
            return list_codings(connection, filters or Filters(), pending=pending)

    def in_context(self, name: str, *, around: int = 200) -> tuple[Coding, str, str]:
        """Return a coding, with up to `around` characters before and after it."""
        with self._desk.store.read() as connection:
            found = rows.coding_row(connection, name)
            row = next(iter(rows.rows(connection, rows.Chosen(ids=frozenset({found.id}), ended=True))))
            text = transcript_rows.read_revision(connection, row.revision_id).text
            one = _Values(connection, resolve(connection, Filters())).of(row)
            return one, text[max(0, one.start - around) : one.start], text[one.end : one.end + around]

    def whose(self, *ids: str) -> dict[str, tuple[str, str]]:
        """Return the transcript (its id) and the coder of the codings with these whole ids; also of withdrawn ones."""
        with self._desk.store.read() as connection:
            places = rows.places_of(connection, ids)
            names = coder_names(connection)
            of = transcripts_by_revision(connection)
            there = {row.id: str(row.uuid) for row in transcript_rows.revision_rows(connection)}
            return {uuid: (there[of[place[0]]], names[place[4]]) for uuid, place in places.items()}

    def trail(self, name: str) -> Sequence[Step]:
        """Return what became of a coding through the versions of the codebook: where it came from, what was decided."""
        from qcode.study.trail import trail

        with self._desk.store.read() as connection:
            return trail(connection, name)

    def import_csv(self, source: bytes | str | Path, name: str = "", *, coder: str | None = None) -> CodingsImported:
        """Take a table of codings: all of it or nothing. Raises BadCodings with the number of the row.

        Needed are `transcript`, `code` and either `start` and `end` or `quote`; see the contract for the others.
        """
        data, name = read_source(source, name)
        table = read_table(data, name)
        with self._desk.store.write() as connection:
            coder_id, who = self._desk.acting(connection, coder)
            taken = take_rows(connection, self._desk, table, name, default_coder=(coder_id, who))
            last = rows.last_id(connection)
            rows.add_codings(connection, taken.rows)
            self._desk.remarks += carry_late(connection, taken.late, last, coder_id=coder_id)
            memos = self._memos.write_many(connection, taken.memos)
            details = {"added": len(taken.rows), "known": taken.known, "memos": memos, "sha256": taken.digest}
            self._desk.record(connection, who, "coding.import", details, version=taken.label)
        return CodingsImported(len(taken.rows), taken.known, taken.left_out)


def list_codings(
    connection: Connection, filters: Filters, *, pending: bool | None = None, placed: bool = False
) -> list[Coding]:
    """Return the codings that the filters leave, in order of transcript and place.

    `pending`: only those that wait for a decision, or only those that do not; what the filters say goes before.
    `placed`: only those whose words stand in the text, as it is now or was under the version that is asked for.
    """
    resolved = resolve(connection, filters, waiting=bool(pending or filters.pending))
    chosen = resolved.chosen if resolved.chosen.pending else replace(resolved.chosen, pending=pending)
    chosen = replace(chosen, placed=placed)
    value = _Values(connection, resolved)
    return [value.of(row) for row in rows.rows(connection, chosen)]


class _Values:
    """Makes codings of rows: as they are now, or as they were under a version."""

    def __init__(self, connection: Connection, resolved: Resolved) -> None:
        self.keys, self.frozen, self.under = resolved.keys, resolved.frozen, resolved.chosen.under
        self.notes = memo_rows.of_codings(connection)
        self.waiting = rows.waiting_ids(connection, self.under)

    def of(self, row: Any) -> Coding:
        book, key = self.keys[row.code_id]
        return Coding(
            id=row.uuid,
            transcript=row.transcript,
            start=row.start,
            end=row.end,
            quote=row.quote,
            code=key,
            coder=row.coder,
            created_at=row.created_at,
            codebook=book,
            version=row.version,
            status=self._status(row),
            memo=self.notes.get(row.uuid, ""),
        )

    def _status(self, row: Any) -> str:
        if row.ended_version_id is not None and (self.under is None or row.ended_version_id in self.under):
            return "withdrawn" if row.ended_how == "withdrawn" else "replaced"
        if row.code_id in self.frozen:
            return "frozen"
        return "pending" if row.id in self.waiting else "settled"
