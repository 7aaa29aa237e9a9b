"""What every act needs: the store, the clock, the acting coder and the history."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection

from qcode.domain.coding import Coder
from qcode.errors import BadValue
from qcode.store import coders as coder_rows
from qcode.store import history as history_rows
from qcode.store.engine import Store
from qcode.store.lookup import known
from qcode.store.schema import coder as coder_table

__all__ = ["TIME", "Desk", "clean_name", "new_id", "now", "unnameable"]


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


class Desk:
    """The place at which one person works on a study; the collections of a study share it."""

    def __init__(self, store: Store, coder: str | None = None) -> None:
        self.store = store
        self.coder = coder
        self.remarks: list[str] = []
        """What the person who acts should know besides the result, as sentences."""

    def acting(self, connection: Connection, name: str | None = None) -> tuple[int, Coder]:
        """Return the row id and value of who acts: `name`, else this desk's coder, else the study's default.

        A coder whom the study has not met yet is added.
        """
        name = name or self.coder
        if name is None:
            name = coder_rows.study_row(connection).default_coder
        row = known(connection, coder_table, name, "coder")
        if row is not None:
            return row.id, Coder(row.uuid, row.name, row.kind)
        new = Coder(new_id(), clean_name(name, "coder"))
        row_id = coder_rows.add_coder(connection, new)
        self.record(connection, new, "coder.add", {"coder": new.id})
        self.remarks.append(f"{new.name} is a new coder in this study")
        return row_id, new

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
