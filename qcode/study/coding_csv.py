"""A table of codings: read as a whole, checked row by row, taken or refused as a whole."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection

from qcode.domain.coding import Coder
from qcode.domain.span import Span
from qcode.errors import BadCodings, Conflict, QcodeError
from qcode.store import codebooks as codebook_rows
from qcode.store import codings as coding_rows
from qcode.store import transcripts as transcript_rows
from qcode.store.codebooks import VersionRow
from qcode.store.newest import transcripts_by_revision
from qcode.study.codes import FoundCode, VersionInUse, choose_version, find_code, newest_row
from qcode.study.desk import TIME, Desk, new_id, now
from qcode.study.quotes import find_quote
from qcode.study.tables import table_lines
from qcode.study.versions import former_codes

__all__ = ["Taken", "read_table", "take_rows"]

Row = Mapping[str, str]

SHOWN = 10
"""How many rows that are wrong a refusal names."""


@dataclass(slots=True)
class Taken:
    """Rows ready to be written, with their memos as (coding, words, coder).

    `late` are the codebooks (row ids) with codings that were made under a version that others have followed.
    """

    rows: list[dict[str, object]] = field(default_factory=list)
    memos: list[tuple[str, str, str]] = field(default_factory=list)
    late: set[int] = field(default_factory=set)
    known: int = 0
    left_out: int = 0
    label: str | None = None
    digest: str = ""


def read_table(data: bytes, name: str) -> list[tuple[int, Row]]:
    """Return (row number, cells by column) of a CSV table; the head is row 1. Raises BadCodings."""
    try:
        columns, lines = table_lines(data, name)
    except QcodeError as error:
        raise BadCodings(error.what, mend=error.mend) from None
    head = [column.casefold() for column in columns]
    if "transcript" not in head or "code" not in head or not ("quote" in head or {"start", "end"} <= set(head)):
        raise BadCodings(
            f"{name}, row 1: the columns transcript, code and either start and end or quote are needed",
            mend="give the table this first row: transcript,quote,code,coder",
        )
    return [(n, dict(zip(head, line, strict=False))) for n, line in lines]


def take_rows(
    connection: Connection, desk: Desk, table: list[tuple[int, Row]], name: str, *, default_coder: tuple[int, Coder]
) -> Taken:
    """Return the codings that a table asks for; raises BadCodings with file and row of those that cannot be."""
    taker = _Taker(connection, desk, default_coder)
    taker.meet_ids(row.get("id", "") for _, row in table)
    wrong = []
    for n, row in table:
        try:
            taker.take(row)
        except QcodeError as error:
            wrong.append(f"{name}, row {n}: {error.sentence}")
    if wrong:
        more = [f"and {len(wrong) - SHOWN:,} more rows"] if len(wrong) > SHOWN else []
        raise BadCodings("\n".join([*wrong[:SHOWN], *more]))
    labels = {v.label for v in taker.versions.values()}
    taker.taken.label = labels.pop() if len(labels) == 1 else None
    taker.taken.digest = taker.digest.hexdigest()
    return taker.taken


class _Taker:
    """Looks each name up once, whatever the length of the table."""

    def __init__(self, connection: Connection, desk: Desk, default_coder: tuple[int, Coder]) -> None:
        self.connection = connection
        self.desk = desk
        self.default_coder = default_coder
        self.taken = Taken()
        self.digest = hashlib.sha256()
        self.known: Mapping[str, coding_rows.Place] = {}
        self.new_ids: set[str] = set()
        self.transcripts: dict[str, tuple[int, str]] = {}
        self.earlier: dict[int, tuple[int, str]] = {}
        self.coders: dict[str, tuple[int, Coder]] = {"": default_coder}
        self.codes: dict[tuple[str, str, str], tuple[FoundCode, int]] = {}
        self.versions: dict[tuple[str, str], VersionInUse] = {}
        self.places: dict[tuple[int, int, int, int, int], str] = {}
        self.at = now()

    def meet_ids(self, ids: Iterable[str]) -> None:
        self.known = coding_rows.places_of(self.connection, {i for i in map(_as_uuid, ids) if i})

    def take(self, row: Row) -> None:
        cell = {key: (value or "").strip() for key, value in row.items()}
        status = cell.get("status", "").casefold()
        if status == "withdrawn":
            self.taken.left_out += 1
            return
        if status not in ("", "settled", "pending", "frozen"):  # what waits or is frozen follows from the codebook
            raise BadCodings(
                f"{status!r} is not a status that can be imported",
                mend="leave it empty, or write settled, pending, frozen or withdrawn",
            )
        if cell.get("version") and not cell.get("codebook"):
            raise BadCodings("a version is given without its codebook", mend="fill the column codebook too")
        given = _uuid(cell.get("id", ""))
        if given in self.new_ids:
            raise Conflict("two rows have this id", mend="leave the column id empty for new codings")
        revision_id, text = self._text(cell.get("transcript", ""), given)
        span = find_quote(
            text,
            start=_number(cell.get("start", ""), "start"),
            end=_number(cell.get("end", ""), "end"),
            quote=self._words(row, text),
            where=cell["transcript"],
        )
        keys = [part.strip() for part in cell.get("code", "").split(",") if part.strip()]
        if not keys:
            raise BadCodings("no code is given", mend="name one or more codes, with commas between them")
        if given is not None and given in self.known:
            self._meet_again(cell, keys, given, (revision_id, span.start, span.end))
            return
        for key in keys:
            self._put(cell, key, given, revision_id, span, text)
            given = None

    def _meet_again(self, cell: Row, keys: list[str], given: str, segment: tuple[int, int, int]) -> None:
        """Pass over a coding that the study has, unless the table says something else of it."""
        coder_id, _ = self._coder(cell.get("coder", ""))
        codes = [self._code(key, cell.get("codebook", ""), cell.get("version", ""))[1] for key in keys]
        if [(*segment, code, coder_id) for code in codes] != [self.known[given]]:
            raise Conflict(
                f"the coding {given[:8]} is in the study with another segment, code or coder",
                mend="a coding is never changed: withdraw it, and empty its id here to add a new one",
            )
        self.taken.known += 1

    def _put(self, cell: Row, key: str, given: str | None, revision_id: int, span: Span, text: str) -> None:
        coder_id, who = self._coder(cell.get("coder", ""))
        found, code_id = self._code(key, cell.get("codebook", ""), cell.get("version", ""))
        place = (revision_id, span.start, span.end, code_id, coder_id)
        if place in self.places:
            raise Conflict(
                f"{who.name} has {found.code.key} on this segment already",
                mend="remove the row, or give it another span",
            )
        uuid = given or new_id()
        self.places[place] = uuid
        self.new_ids.add(uuid)
        self.digest.update(repr((revision_id, span.start, span.end, found.code.id, who.id)).encode())
        self.taken.rows.append(
            {
                "uuid": uuid,
                "revision_id": revision_id,
                "start": span.start,
                "end": span.end,
                "code_id": code_id,
                "coder_id": coder_id,
                "version_id": found.version.row.id,
                "since_version_id": self._since(found.version.row),
                "created_at": _time(cell.get("created_at", "")) or self.at,
                "quote": span.of(text),
            }
        )
        if cell.get("memo"):
            self.taken.memos.append((uuid, cell["memo"], who.name))

    def _since(self, made_under: VersionRow) -> int | None:
        """Return the newest version where a coding was made under an earlier one: it comes in late."""
        newest = newest_row(self.connection, made_under.codebook_id)
        if newest.id == made_under.id:
            return None
        self.taken.late.add(made_under.codebook_id)
        return newest.id

    def _words(self, row: Row, text: str) -> str | None:
        """Return the quote as it stands in the file, or without the blanks around it where only that fits."""
        quote = row.get("quote") or ""
        quote = quote.replace("\r\n", "\n")
        return (quote if quote in text else quote.strip()) or None

    def _text(self, name: str, given: str | None) -> tuple[int, str]:
        """Return the revision (row id) that a row means, and its text: of now, or that of a coding which is known."""
        current = self._transcript(name)
        there = self.known[given][0] if given is not None and given in self.known else current[0]
        if there == current[0]:
            return current
        if there not in self.earlier:
            of = transcripts_by_revision(self.connection)
            same = of[there] == of[current[0]]
            self.earlier[there] = (there, transcript_rows.text_of(self.connection, there)) if same else current
        return self.earlier[there]

    def _transcript(self, name: str) -> tuple[int, str]:
        if name not in self.transcripts:
            row = transcript_rows.transcript_row(self.connection, name)
            revision = transcript_rows.current(self.connection, row.id)
            self.transcripts[name] = (revision.id, revision.text)
            self.places |= coding_rows.live_doubles(self.connection, [revision.id])
        return self.transcripts[name]

    def _coder(self, name: str) -> tuple[int, Coder]:
        if name not in self.coders:
            self.coders[name] = self.desk.acting(self.connection, name)
        return self.coders[name]

    def _code(self, key: str, codebook: str, version: str) -> tuple[FoundCode, int]:
        asked = (key, codebook, version)
        if asked not in self.codes:
            book = f"{codebook}@{version}" if codebook and version else codebook or None
            found = find_code(self.connection, key, codebook=book)
            if not found.code.codable:
                raise Conflict(f"{found.code.key} is only a heading", mend="use one of the codes below it")
            _must_lead_on(self.connection, found)
            ids = codebook_rows.code_ids(self.connection, found.version.row.codebook_id)
            self.codes[asked] = (found, ids[found.code.id])
            self.versions.setdefault((codebook, version), found.version or choose_version(self.connection, book))
        return self.codes[asked]


def _must_lead_on(connection: Connection, found: FoundCode) -> None:
    """Raise Conflict for a code of a version beside the main line that the version which joined it did not take."""
    newest = choose_version(connection, found.version.row.codebook)
    there = {code.id for code in newest.content.codes}
    ended = {one.id for one in former_codes(connection, newest.row.id, newest.content)}
    if found.code.id not in there | ended:
        raise Conflict(
            f"{found.code.key} of {found.version.label} was left out when that was joined with the main line",
            mend=f"name a code of {newest.label} in its place, and leave the version empty",
        )


def _number(cell: str, column: str) -> int | None:
    if not cell:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", cell):
        raise BadCodings(f"{column} is {cell!r}, not a whole number", mend="count code points from 0")
    return int(cell)


def _uuid(given: str) -> str | None:
    one = _as_uuid(given)
    if given and one is None:
        raise BadCodings(f"{given!r} is not an id", mend="leave the column id empty for new codings")
    return one


def _as_uuid(given: str) -> str | None:
    """Return an id as it is kept, however it was spelled, or None for what is none."""
    try:
        return str(uuid.UUID(given.strip()))
    except ValueError:
        return None


def _time(cell: str) -> str | None:
    if not cell:
        return None
    try:
        return datetime.strptime(cell, TIME).replace(tzinfo=UTC).strftime(TIME)
    except ValueError:
        mend = "write created_at as 2025-01-31T12:00:00Z, or leave it empty"
        raise BadCodings(f"{cell!r} is not a time", mend=mend) from None
