"""A table for a statistics program: typed columns that say what they hold, and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["KINDS", "Column", "Table", "unique_names"]

KINDS = ("text", "integer", "number", "time")
"""What the cells of a column hold, None in any of them: str, int, float, or a time as UTC, ISO 8601, to the second."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `label` says in a sentence what it holds."""

    name: str
    label: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """Rows of cells, one for each column; `title` says in a sentence what a row is."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]


def unique_names(wanted: Sequence[str], most: int = 200) -> list[str]:
    """Return names no two of which are equal ignoring case, none longer than `most` bytes in UTF-8."""
    taken, found = set[str](), []
    for name in wanted:
        fitting, n = _cut(name, most), 1
        while fitting.casefold() in taken:
            n += 1
            fitting = _cut(name, most - len(f"_{n}")) + f"_{n}"
        taken.add(fitting.casefold())
        found.append(fitting)
    return found


def _cut(name: str, most: int) -> str:
    return name.encode()[:most].decode(errors="ignore")
