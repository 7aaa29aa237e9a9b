"""The coders of a study."""

from __future__ import annotations

from qcode.domain.coding import Coder
from qcode.errors import Conflict
from qcode.store import coders as rows
from qcode.store.lookup import by_name, fold
from qcode.store.schema import coder as table
from qcode.study.desk import Desk, clean_name

__all__ = ["Coders"]


class Coders:
    """Who codes: `list`, `add`, `make_default`, `rename`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> list[tuple[Coder, int]]:
        """Return every coder with the number of codings that stand."""
        with self._desk.store.read() as connection:
            counts = rows.counts(connection)
            return [(one, counts.get(one.id, 0)) for one in rows.coders(connection)]

    def add(self, name: str) -> Coder:
        """Add a coder; one who is there already is returned."""
        name = clean_name(name, "coder")
        with self._desk.store.write() as connection:
            return self._desk.acting(connection, name)[1]

    def make_default(self, name: str) -> Coder:
        """Let a coder, also a new one, be the one who acts in this file where nobody is named."""
        name = clean_name(name, "coder")
        with self._desk.store.write() as connection:
            row_id, coder = self._desk.acting(connection, name)
            if rows.study_row(connection).default_coder != coder.name:
                rows.make_default(connection, row_id)
                self._desk.record(connection, coder, "coder.default", {"coder": coder.id})
            return coder

    def rename(self, name: str, to: str) -> None:
        """Give a coder another name; no coding changes."""
        to = clean_name(to, "coder")
        with self._desk.store.write() as connection:
            row_id, coder = rows.coder_row(connection, name)
            if by_name(connection, table, to) is not None and fold(to) != fold(coder.name):
                raise Conflict(f"there is a coder {to!r} already", mend="choose another name")
            rows.rename_coder(connection, row_id, to)
            _, who = self._desk.acting(connection)
            self._desk.record(connection, who, "coder.rename", {"coder": coder.id})
