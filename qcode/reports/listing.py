"""Lists as files: the same rows as CSV, as JSON, or as a table in a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qcode.analysis.rows import Row, flat, to_csv, to_json
from qcode.reports.report import Report, Table
from qcode.reports.save import render_to

__all__ = ["written"]


def written(rows: Sequence[Row], columns: Sequence[str], ending: str, *, title: str) -> bytes:
    """Return `rows` as the bytes of a file with this `ending` (`.csv`, `.json`, `.xlsx`, ...)."""
    match ending.lower():
        case ".json":
            return (to_json([dict(row) for row in rows]) + "\n").encode()
        case ".csv":
            return to_csv(rows, columns).encode()
    cells = tuple(tuple(_cell(row.get(column)) for column in columns) for row in rows)
    table = Table(title, tuple(columns), cells, wide=len(columns) > 6)
    return render_to(Report(title, (table,)), ending)


def _cell(value: Any) -> str | int | float | None:
    one = flat(value)
    return one if isinstance(one, str | int | float) else str(one)
