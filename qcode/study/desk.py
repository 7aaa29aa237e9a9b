"""What every act needs: the store, the clock, the acting coder and the history."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row

from qcode.domain.coding import Coder
from qcode.errors import BadValue
from qcode.store import coders as coder_rows
from qcode.store import history as history_rows
from qcode.store.engine import Store
from qcode.store.lookup import fold, known
from qcode.store.schema import coder as coder_table

__all__ = ["TIME", "Desk", "Seat", "clean_name", "new_id", "now", "unnameable"]


TIME = "%Y-%m-%dT%H:%M:%SZ"
"""How a time is written: UTC, ISO 8601 to the second."""


def now() -> str:
    """Return the time as it is written."""
    return datetime.now(UTC).strftime(TIME)


def new_id() -> str:
    """Return a new identity."""
    return str(uuid.uuid4())


STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of writing: a name with one looks like another."""


def unnameable(letter: str) -> bool:
    """Tell whether a character cannot stand in a name: control characters, halves of one, and STEERING."""
    return unicodedata.category(letter) in ("Cc", "Cs") or letter in STEERING


def clean_name(name: str, kind: str, *, limit: int = 200) -> str:
    """Return `name` trimmed, or raise BadValue where nobody could type it again."""
    name = name.strip()
    if not name:
        raise BadValue(f"the name of {_a(kind)} is empty", mend="give it a name")
    if len(name) > limit or any(map(unnameable, name)):
        raise BadValue(f"the name of {_a(kind)} is longer than {limit} characters or has a control character")
    return name


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


class Seat:
    """Who works: a name until the study knows such a coder, from then on that coder, however he is renamed.

    Without a name it is the study's default coder.
    """

    def __init__(self, name: str | None = None) -> None:
        self.name = name or None
        self.id: str | None = None

    def row(self, connection: Connection) -> Row[Any] | None:
        """Return the row of who works, or None where the study does not know the name yet."""
        row = coder_rows.coder_of_id(connection, self.id) if self.id is not None else None
        if row is None:  # (not met yet, or met in an act that was not carried out after all)
            row = known(connection, coder_table, self._asked_for(connection), "coder")
            self.id = None if row is None else str(row.uuid)
        return row

    def called(self, connection: Connection) -> str:
        """Return the name of who works, as it is now."""
        row = self.row(connection)
        return self._asked_for(connection) if row is None else str(row.name)

    def waits_for(self, name: str) -> bool:
        """Tell whether this is the name of who works, and the study was not seen to know it yet."""
        return self.id is None and self.name is not None and fold(name) == fold(self.name)

    def _asked_for(self, connection: Connection) -> str:
        return self.name or str(coder_rows.study_row(connection).default_coder)


class Desk:
    """The place at which one person works on a study; the collections of a study share it."""

    def __init__(self, store: Store, coder: str | None = None) -> None:
        self.store = store
        self.seat = Seat(coder)
        self.remarks: list[str] = []
        """What the person who acts should know besides the result, as sentences."""

    def acting(self, connection: Connection, name: str | None = None) -> tuple[int, Coder]:
        """Return the row id and value of who acts: `name`, else this desk's coder, else the study's default.

        A coder whom the study has not met yet is added. This desk's coder stays the same one under another name.
        """
        row, called = self.reading(connection, name)
        if row is not None:
            return row.id, Coder(row.uuid, row.name, row.kind)
        new = Coder(new_id(), clean_name(called, "coder"))
        row_id = coder_rows.add_coder(connection, new)
        if self.seat.waits_for(called):
            self.seat.id = new.id
        self.record(connection, new, "coder.add", {"coder": new.id})
        self.remarks.append(f"{new.name} is a new coder in this study")
        return row_id, new

    def reading(self, connection: Connection, name: str | None = None) -> tuple[Row[Any] | None, str]:
        """Return the row and name of who reads, named as for `acting`; None for one whom the study has not met yet."""
        if name and not self.seat.waits_for(name):
            row = known(connection, coder_table, name, "coder")
            return row, name if row is None else str(row.name)
        return self.seat.row(connection), self.seat.called(connection)

    def record(
        self,
        connection: Connection,
        coder: Coder,
        act: str,
        details: Mapping[str, object],
        *,
        version: str | None = None,
    ) -> int:
        """Write an act into the history and return its number: ids and counts only, no transcript's words, no names."""
        return history_rows.append(connection, at=now(), coder=coder.id, act=act, version=version, details=details)
