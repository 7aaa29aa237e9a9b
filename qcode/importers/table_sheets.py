"""The rows of a table (.csv, .tsv, .xlsx) as text, bounded; what no table is becomes a sentence."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qcode.errors import Unreadable
from qcode.importers.base import Notice
from qcode.importers.decode import decode

__all__ = ["MOST_CHARACTERS", "MOST_ROWS", "Grid", "Row", "csv_grid", "grid_of", "too_long"]

MOST_ROWS = 100_000
MOST_COLUMNS = 2_000
MOST_CHARACTERS = 50_000_000
DELIMITERS = "\t;,|"
SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row as they are shown; `number` counts from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet: its column names, each once, and the rows below that are not empty.

    `headed` says that the names stand in the sheet; else they are letters (A, B, C).
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    headed: bool = True

    def column(self, at: int) -> list[str]:
        """Return the cells of a column, those of rows that are too short as empty."""
        return [row.cells[at].strip() if at < len(row.cells) else "" for row in self.rows]


def grid_of(title: str, rows: Sequence[Row], *, headed: Callable[[Sequence[Row]], bool]) -> Grid | None:
    """Return the sheet with these rows, None for an empty one; `headed` tells whether the first names the columns."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        return None
    named = headed(filled)
    body = filled[1:] if named else filled
    width = max((len(row.cells) for row in filled), default=0)
    if width > MOST_COLUMNS:
        raise Unreadable(f"the table has {width:,} columns (at most {MOST_COLUMNS:,})")
    first = filled[0].cells if named else ()
    return Grid(title, _names(first, width), tuple(body), named)


def _names(first: Sequence[str], width: int) -> tuple[str, ...]:
    """Return a name for each column: what its first cell says, else its letter; a second of one name gets a number."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    for at in range(width):
        name = " ".join(first[at].split()) if at < len(first) else ""
        name = name or _letter(at)
        seen[name.casefold()] += 1
        names.append(name if seen[name.casefold()] == 1 else f"{name} ({seen[name.casefold()]})")
    return tuple(names)


def _letter(at: int) -> str:
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def too_long() -> Unreadable:
    """Return the refusal of a table that no study of talk can have."""
    return Unreadable(
        f"the table is too long (at most {MOST_ROWS:,} rows and {MOST_CHARACTERS // 1_000_000} million characters)",
        mend="split it into several files",
    )


def csv_grid(
    data: bytes, encoding: str | None, headed: Callable[[Sequence[Row]], bool], known: Callable[[Sequence[str]], int]
) -> tuple[Grid, str, tuple[Notice, ...]]:
    """Return the table, its encoding and what was decided; `known` counts the column names that it knows."""
    decoded = decode(data, encoding)
    text, said = decoded.text, ""
    if text[:4].casefold() == "sep=":  # Excel's word on the delimiter, which it does not show as a row
        said, _, text = text.partition("\n")
    csv.field_size_limit(max(csv.field_size_limit(), MOST_CHARACTERS))
    delimiter = said[4:5] if said[4:5] in set(DELIMITERS) else _delimiter(text, known)
    grid = grid_of("", _records(text, delimiter), headed=headed)
    if grid is None:
        raise Unreadable("the table is empty")
    if grid.headed:
        _refuse_wide(text, delimiter, grid)
    return grid, decoded.encoding, decoded.notices


def _records(text: str, delimiter: str) -> list[Row]:
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            rows.append(Row(number, tuple(cells)))
            if number > MOST_ROWS:
                raise too_long()
    except csv.Error:
        raise Unreadable(
            "the cells cannot be told apart",
            where=f"row {len(rows) + 1}",
            mend='look for a quote (") that is not closed, or not written twice inside a cell',
        ) from None
    return rows


def _refuse_wide(text: str, delimiter: str, grid: Grid) -> None:
    head = next(
        row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(map(str.strip, row))
    )
    wide = next((row for row in grid.rows if any(cell.strip() for cell in row.cells[len(head) :])), None)
    if wide is not None:
        raise Unreadable(
            "it has more cells than there are columns",
            where=f"row {wide.number}",
            mend="put quotes around a cell that holds a comma or semicolon",
        )


def _delimiter(text: str, known: Callable[[Sequence[str]], int]) -> str:
    """Return the delimiter under which most column names are known, and most rows are of one width."""

    def evidence(delimiter: str) -> tuple[int, float, int]:
        try:
            found = list(csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=delimiter))
        except csv.Error:
            return -1, 0.0, 0
        rows = [row for row in (found[:-1] if len(text) > SAMPLE else found) if any(cell.strip() for cell in row)]
        if not rows:
            return -1, 0.0, 0
        width, often = Counter(map(len, rows)).most_common(1)[0]
        return known(rows[0]), (often / len(rows) if width > 1 else 0.0), width

    return max(",\t;|", key=evidence)
