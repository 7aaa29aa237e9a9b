"""Prints values: a table for people, JSON and CSV for programs, a file by its ending."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

__all__ = ["emit", "plural", "printable", "say", "to_json"]

Row = Mapping[str, Any]

_ESCAPED = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}


def say(text: str) -> None:
    """Write talk to stderr, so that stdout stays clean for programs."""
    click.echo(printable(text), err=True)


def plural(n: int, thing: str) -> str:
    """Return `1 turn`, `2 turns`, `1,000 turns`."""
    return f"{n:,} {thing}" if n == 1 else f"{n:,} {thing}s"


def printable(text: str) -> str:
    """Return `text` with control characters shown as such: a name must not be able to steer a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c in "\n\t" or c.isprintable() or c == "\u00a0" else "\ufffd" for c in text)


def to_json(value: Any) -> str:
    """Return one JSON document, a row a line, in which characters that steer a terminal are escaped."""
    return _in_lines(value, 0).translate(_ESCAPED)


def _in_lines(value: Any, depth: int) -> str:
    """Return a value as JSON: what holds rows is broken into lines, a row itself is one (and is written fast)."""
    margin = " " * (depth + 1)
    if isinstance(value, dict) and value and depth == 0:
        inside = [f"{margin}{json.dumps(key, ensure_ascii=False)}: {_in_lines(v, 1)}" for key, v in value.items()]
        return "{\n" + ",\n".join(inside) + "\n}"
    if isinstance(value, list) and value and isinstance(value[0], list | dict):
        rows = [margin + json.dumps(row, ensure_ascii=False) for row in value]
        return "[\n" + ",\n".join(rows) + f"\n{margin[1:]}]"
    return json.dumps(value, ensure_ascii=False)


def emit(
    rows: Sequence[Row],
    columns: Sequence[str],
    *,
    fmt: str = "table",
    output: Path | None = None,
    shown: Sequence[str] | None = None,
    title: str = "",
    empty: str = "nothing to list",
) -> None:
    """Print `rows` or write them to `output`; `shown` are the columns of the table for people."""
    if output is not None:
        _write(rows, columns, output, title)
        say(f"wrote {len(rows)} rows to {output}")
    elif fmt == "json":
        click.echo(to_json([dict(row) for row in rows]))
    elif fmt == "csv":
        text = to_csv(rows, columns)
        click.echo(printable(text) if sys.stdout.isatty() else text, nl=False)
    elif not rows:
        say(empty)
    else:
        _print_table(rows, shown or columns)


def to_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Return `rows` as CSV with a head."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_flat(row.get(column)) for column in columns] for row in rows])
    return out.getvalue()


def _flat(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{k}={v}" for k, v in value.items())
    return "" if value is None else value


def _write(rows: Sequence[Row], columns: Sequence[str], output: Path, title: str) -> None:
    from qcode.reports.report import Report, Table
    from qcode.reports.save import save, write

    match output.suffix.lower():
        case ".json":
            write((to_json([dict(row) for row in rows]) + "\n").encode(), output)
        case ".csv":
            write(to_csv(rows, columns).encode(), output)
        case _:
            cells = tuple(tuple(_cell(row.get(column)) for column in columns) for row in rows)
            table = Table(title or "Rows", tuple(columns), cells, wide=len(columns) > 6)
            save(Report(title or output.stem, (table,)), output)


def _cell(value: Any) -> str | int | float | None:
    flat = _flat(value)
    return flat if isinstance(flat, str | int | float) else str(flat)


def _print_table(rows: Sequence[Row], columns: Sequence[str]) -> None:
    from qcode.cli.lines import as_table, terminal_width

    cells = [[_one_line(row.get(column)) for column in columns] for row in rows]
    numbers = [all(isinstance(row.get(column), int | float) for row in rows) for column in columns]
    click.echo(as_table(columns, cells, numbers, terminal_width()))


def _one_line(value: Any, limit: int = 160) -> str:
    text = printable(" ".join(str(_flat(value)).split()))
    return text if len(text) <= limit else text[: limit - 1] + "…"
