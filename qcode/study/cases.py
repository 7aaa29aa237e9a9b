"""The cases of a study and their attributes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection

from qcode.domain.case import HIDDEN_BY_DEFAULT, Case
from qcode.domain.coding import Coder
from qcode.errors import BadValue, QcodeError
from qcode.store import cases as rows
from qcode.store import transcripts as transcript_rows
from qcode.store.lookup import fold, known
from qcode.store.schema import case as table
from qcode.study.desk import Desk, clean_name, new_id
from qcode.study.tables import read_source, table_lines

__all__ = ["Cases", "ensure_case", "fact_id"]

COLUMNS = frozenset({"case", "id", "transcripts"})
"""The columns that every list of cases has, beside the attributes."""

UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


FACT = uuid.UUID("5b1f6f0e-4f0f-5d0e-9f4d-1c6a7f1f3c52")
"""The history names a fact about a case by an identity made from it, not by its key or value."""


def fact_id(case: str, key: str) -> str:
    """Return the identity of a fact: of which case (its identity) the attribute `key` tells something."""
    return str(uuid.uuid5(FACT, f"{case}\n{fold(key)}"))


def ensure_case(desk: Desk, connection: Connection, who: Coder, name: str) -> tuple[int, str]:
    """Return (row id, uuid) of the case `name`; it is made where the study has none."""
    row = known(connection, table, name, "case")
    if row is not None:
        return row.id, row.uuid
    identity = new_id()
    row_id = rows.add_case(connection, uuid=identity, name=clean_name(name, "case"))
    desk.record(connection, who, "case.add", {"case": identity})
    return row_id, identity


class Cases:
    """Whom the data is about: `list`, `set`, `import_csv`, `remove`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> list[Case]:
        """Return every case with all its attributes, hidden ones too."""
        with self._desk.store.read() as connection:
            return rows.cases(connection)

    def hidden_attributes(self) -> set[str]:
        """Return the keys of attributes that are shown only when asked for by name."""
        with self._desk.store.read() as connection:
            return {key for _, key, hidden in rows.attributes(connection).values() if hidden}

    def set(self, name: str, values: Mapping[str, str], *, transcripts: tuple[str, ...] = ()) -> None:
        """Write facts about a case, which is made if it is new; an empty value forgets the fact."""
        with self._desk.store.write() as connection:
            _, who = self._desk.acting(connection)
            case_id, identity = ensure_case(self._desk, connection, who, name)
            facts = self.write_values(connection, case_id, values)
            n = self._put_under(connection, case_id, transcripts)
            details = {"case": identity, "attributes": len(values), "transcripts": n, "facts": facts}
            self._desk.record(connection, who, "case.set", details)

    def write_values(self, connection: Connection, case_id: int, values: Mapping[str, str]) -> Sequence[str]:
        """Write facts about a case within an act that is under way; return their ids, which the act tells."""
        identity, facts = rows.case_uuid(connection, case_id), []
        for given, value in values.items():
            key = clean_name(given, "attribute")
            facts.append(fact_id(identity, key))
            if fold(key) in COLUMNS:
                raise BadValue(f"an attribute cannot be called {key!r}", mend="lists of cases have that column already")
            if not value:
                rows.remove_value(connection, case_id=case_id, key=key)
                continue
            hidden = re.sub("[ -]", "_", fold(key)) in HIDDEN_BY_DEFAULT
            attribute = rows.attribute_id(connection, key, hidden=hidden)
            rows.set_value(connection, case_id=case_id, attribute_id=attribute, value=value)
        return facts

    def import_csv(self, source: bytes | str | Path, name: str = "") -> int:
        """Take a table of cases, one row a case: all of it or nothing; return how many rows.

        The first column, or the one called `case`, names the case; `transcripts` holds names split by `;`;
        every other column is an attribute; `id`, as qcode lists it, is passed over. Raises BadValue with the row.
        """
        data, name = read_source(source, name)
        table_rows, case_column = _case_rows(data, name)
        with self._desk.store.write() as connection:
            _, who = self._desk.acting(connection)
            for n, row in table_rows:
                try:
                    self._take_row(connection, who, row, case_column)
                except QcodeError as error:
                    raise BadValue(f"{name}, row {n}: {error.sentence}") from None
            self._desk.record(connection, who, "case.import", {"cases": len(table_rows)})
        return len(table_rows)

    def _take_row(self, connection: Connection, who: Coder, row: dict[str, str], case_column: str) -> None:
        case_id, _ = ensure_case(self._desk, connection, who, row[case_column])
        special = {case_column, *(k for k in row if k.casefold() in ("transcript", "transcripts"))}
        special |= {k for k, v in row.items() if k.casefold() == "id" and UUID.fullmatch(v)}
        self.write_values(connection, case_id, {k: v for k, v in row.items() if k not in special and v})
        listed = [row[k] for k in special - {case_column} if k.casefold() in ("transcript", "transcripts")]
        names = [part.strip() for cell in listed for part in cell.split(";") if part.strip()]
        self._put_under(connection, case_id, names)

    def _put_under(self, connection: Connection, case_id: int, names: Iterable[str]) -> int:
        """Say that these transcripts are about a case; tell which of them were about another."""
        found = [transcript_rows.transcript_row(connection, one) for one in names]
        for row in found:
            if row.case_id not in (None, case_id):
                self._desk.remarks.append(f"the transcript {row.name} was under another case before")
        transcript_rows.set_case(connection, [row.id for row in found], case_id)
        return len(found)

    def remove(self, name: str) -> int:
        """Remove a case with its attributes and the memos on it; return how many transcripts have no case now."""
        with self._desk.store.write() as connection:
            case_id, identity, _ = rows.case_row(connection, name)
            left = rows.remove_case(connection, case_id, identity)
            _, who = self._desk.acting(connection)
            self._desk.record(connection, who, "case.remove", {"case": identity, "transcripts": left})
        return left


def _case_rows(data: bytes, name: str) -> tuple[list[tuple[int, dict[str, str]]], str]:
    """Return (row number, cells by column) of a table of cases, and the column that names the case."""
    head, lines = table_lines(data, name)
    case_column = next((column for column in head if column.casefold() == "case"), head[0])
    found, seen = [], set[str]()
    for n, line in lines:
        row = {column: cell.strip() for column, cell in zip(head, line, strict=False) if column}
        if not row.get(case_column):
            raise BadValue(f"{name}, row {n}: the column {case_column!r} is empty", mend="name the case")
        if fold(row[case_column]) in seen:
            raise BadValue(f"{name}, row {n}: the case {row[case_column]!r} has a row already", mend="join both rows")
        seen.add(fold(row[case_column]))
        found.append((n, row))
    return found, case_column
