"""Prints values: a table for people, JSON and CSV for programs, a file by its ending."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from qcode.analysis.rows import Row, flat, to_csv, to_json

__all__ = ["emit", "plural", "printable", "say", "to_csv", "to_json"]


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
        say(f"wrote {plural(len(rows), 'row')} to {output}")
    elif fmt == "json":
        click.echo(to_json([dict(row) for row in rows]))
    elif fmt == "csv":
        text = to_csv(rows, columns)
        click.echo(printable(text) if sys.stdout.isatty() else text, nl=False)
    elif not rows:
        say(empty)
    else:
        _print_table(rows, shown or columns)


def _write(rows: Sequence[Row], columns: Sequence[str], output: Path, title: str) -> None:
    from qcode.reports.listing import written
    from qcode.reports.save import write

    write(written(rows, columns, output.suffix, title=title or output.stem), output)


def _print_table(rows: Sequence[Row], columns: Sequence[str]) -> None:
    from qcode.cli.lines import as_table, terminal_width

    cells = [[_one_line(row.get(column)) for column in columns] for row in rows]
    numbers = [all(isinstance(row.get(column), int | float) for row in rows) for column in columns]
    click.echo(as_table(columns, cells, numbers, terminal_width()))


def _one_line(value: Any, limit: int = 160) -> str:
    text = printable(" ".join(str(flat(value)).split()))
    return text if len(text) <= limit else text[: limit - 1] + "…"
