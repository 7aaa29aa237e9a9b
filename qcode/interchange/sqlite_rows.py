"""The rows of other tools' SQLite files: values as text and numbers, whatever type they were stored as."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcode.errors import Unreadable
from qcode.importers.decode import decode

__all__ = ["Row", "Undecoded", "readable"]

SAMPLE = 200_000


class Undecoded(bytes):
    """A text that is not in UTF-8."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its `number` in the table, counted from 1, and its values by column."""

    number: int
    values: Mapping[str, object]

    def text(self, column: str) -> str:
        """Return a value as text: nothing and a column that is missing are "", bytes are text where they are UTF-8."""
        value = self.values.get(column)
        if isinstance(value, bytes):
            try:
                return value.decode("utf-8")
            except UnicodeDecodeError:
                return ""
        return value if isinstance(value, str) else "" if value is None else str(value)

    def whole(self, column: str) -> int | None:
        """Return a value as a whole number, None where it is none; 12.0 and "12" are."""
        value = self.values.get(column)
        if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            return int(value)
        if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,15}(\.0+)?\s*", value, re.A):
            return int(value.partition(".")[0])
        return value if isinstance(value, int) else None


def readable(tables: Mapping[str, list[Row]], undecoded: Sequence[bytes]) -> tuple[dict[str, list[Row]], str | None]:
    """Return the rows with every text decoded, in one encoding for all that are not UTF-8, and a remark on it."""
    if not undecoded:
        return dict(tables), None
    encoding = _guessed(b"\n".join(undecoded)[:SAMPLE])
    rows = {name: [_read(row, encoding) for row in table] for name, table in tables.items()}
    what = f"{len(undecoded)} texts are not in UTF-8 and were read as {encoding}; see whether their letters are right"
    return rows, what


def _guessed(sample: bytes) -> str:
    try:
        return decode(sample).encoding
    except Unreadable:
        return "cp1252"


def _read(row: Row, encoding: str) -> Row:
    values = {
        column: value.decode(encoding, "replace") if isinstance(value, Undecoded) else value
        for column, value in row.values.items()
    }
    return Row(row.number, values)
