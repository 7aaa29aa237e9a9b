"""Rows of a table that know their number, what is wrong with them, and the rows of a CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qcode.errors import BadCodebook

__all__ = ["MOST_BYTES", "MOST_ROWS", "Row", "Sheet", "Trouble", "csv_sheet", "refusal", "shortened", "too_many_rows"]

MOST_BYTES = 50_000_000
MOST_ROWS = 20_000
MOST_RECORDS = 1_048_576
"""How many rows are looked at, empty ones among them: what a sheet of Excel holds."""

LONGEST_HEAD = 1_000_000
SHOWN = 10
"""A refusal lists at most so many rows."""

DELIMITERS = "\t;,"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, as shown; `number` counts from 1, `dates` are the columns (from 0) that hold a date."""

    number: int
    cells: tuple[str, ...]
    dates: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that are not empty; the first is the head."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong in a row, and how to mend it."""

    row: int
    what: str
    mend: str


def refusal(name: str, troubles: Sequence[Trouble]) -> BadCodebook:
    """Return the error that tells the `troubles` of the file `name`, a line each."""
    ordered = sorted(troubles, key=lambda trouble: trouble.row)
    told = [BadCodebook(f"{name}, row {each.row}: {each.what}", mend=each.mend) for each in ordered[:SHOWN]]
    if len(ordered) == 1:
        return told[0]
    more = [f"and {len(ordered) - SHOWN:,} more"] if len(ordered) > SHOWN else []
    return BadCodebook("\n".join([*(each.sentence for each in told), *more]))


def too_many_rows(name: str) -> BadCodebook:
    """Return the error for a table that is too long to be a codebook."""
    return BadCodebook(f"{name}: more than {MOST_ROWS:,} rows", mend="is this a codebook?")


def shortened(text: str) -> str:
    """Return `text` on one line and short enough for a sentence."""
    line = " ".join(text[:200].split())
    return line if len(line) <= 60 and len(text) <= 200 else f"{line[:59]}…"


def csv_sheet(data: bytes, name: str, known: Callable[[Sequence[str]], int]) -> Sheet:
    """Return the rows of a CSV; `known` counts the column names that it knows in a head. Raises BadCodebook."""
    text = _decoded(data, name)
    if text[:4].casefold() == "sep=":
        text = text.partition("\n")[2]  # Excel's word on the delimiter, which it does not show as a row
    csv.field_size_limit(MOST_BYTES)  # too long a cell is told with its row
    rows: list[Row] = []
    for row in _records(text, _delimiter(text, known), name):
        if any(cell.strip() for cell in row.cells):
            rows.append(row)
        if len(rows) > MOST_ROWS + 1 or row.number > MOST_RECORDS:
            raise too_many_rows(name)
    wide = [row for row in rows if any(cell.strip() for cell in row.cells[len(rows[0].cells) :])]
    if wide and known(rows[0].cells):
        mend = "put quotes around a cell that holds a comma or semicolon"
        raise refusal(name, [Trouble(row.number, "it has more cells than there are columns", mend) for row in wide])
    return Sheet("", tuple(rows))


def _records(text: str, delimiter: str, name: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(number, tuple(cells))
    except csv.Error:
        mend = 'look for a quote (") that is not closed, or not written twice inside a cell'
        raise refusal(name, [Trouble(number + 1, "its cells cannot be told apart", mend)]) from None


def _delimiter(text: str, known: Callable[[Sequence[str]], int]) -> str:
    """Return the delimiter under which the head has most names that are known."""

    def evidence(delimiter: str) -> tuple[int, bool, int]:
        try:
            head = next(csv.reader(io.StringIO(text[:LONGEST_HEAD], newline=""), delimiter=delimiter, strict=True), [])
        except csv.Error:
            return -1, False, 0
        return known(head), delimiter == "\t" and len(head) > 1, len(head)

    return max(DELIMITERS, key=evidence)


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MOST_BYTES:
        raise BadCodebook(f"{name}: larger than {MOST_BYTES // 1_000_000} MB", mend="is this a codebook?")
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise BadCodebook(f"{name}: it is not UTF-8", mend="save it as 'CSV UTF-8', or as .xlsx") from None
    if "\0" in text:
        raise BadCodebook(f"{name}: it holds NUL bytes, so it is no table", mend="save it as 'CSV UTF-8', or as .xlsx")
    return text
