"""Write a report's main table as CSV: UTF-8 with a byte order mark, because Excel on Windows needs it.

Words that a spreadsheet would run as a formula (beginning with = + - @, a tab or a line break) get an
apostrophe in front; numbers stay numbers, cells without a value are empty. `qcode coding export` writes
codings for other programs, without apostrophes.
"""

from __future__ import annotations

import csv
import io

from qcode.errors import BadValue
from qcode.reports.report import Cell, Quote, Quotes, Report, Table

__all__ = ["render", "render_rows", "render_table"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(report: Report) -> bytes:
    """Return the quotes of `report` if it has any, else its table of data, else its first; BadValue without either."""
    quotes = [quote for block in report.blocks if isinstance(block, Quotes) for quote in block.quotes]
    tables = [block for block in report.blocks if isinstance(block, Table)]
    if quotes and not any(table.data for table in tables):
        return _rows(*_quote_rows(quotes))
    if not tables:
        raise BadValue(f"the report {report.title!r} has no table", mend="write it as .docx, .html or .md")
    return render_table(next((table for table in tables if table.data), tables[0]))


def render_table(table: Table) -> bytes:
    """Return one table; a cell withheld is `*`, one without a value is empty."""
    rows = [["*" if (i, j) in table.hidden else cell for j, cell in enumerate(row)] for i, row in enumerate(table.rows)]
    return _rows(list(table.columns), rows)


def render_rows(columns: list[str], rows: list[list[Cell]]) -> bytes:
    """Return rows for programs: guarded as everywhere, with plain line ends and without a byte order mark."""
    return _written(columns, rows, "\n").encode("utf-8", "replace")


def _quote_rows(quotes: list[Quote]) -> tuple[list[str], list[list[Cell]]]:
    keys = list(dict.fromkeys(key for quote in quotes for key, _ in quote.fields))
    rows: list[list[Cell]] = [
        [", ".join(q.codes), q.text, q.memo, q.language, *(dict(q.fields).get(key) for key in keys)] for q in quotes
    ]
    return ["code", "quote", "memo", "language", *keys], rows


def _rows(columns: list[str], rows: list[list[Cell]]) -> bytes:
    return _written(columns, rows, "\r\n").encode("utf-8-sig", "replace")


def _written(columns: list[str], rows: list[list[Cell]], ending: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=ending)
    writer.writerow([_guarded(column) for column in columns])
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def _guarded(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    words = cell.replace("\0", "\ufffd")
    return f"'{words}" if words.startswith(_FORMULA) else words
