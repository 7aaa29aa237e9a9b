"""Prints values: a table for people, JSON and CSV for programs, a file by its ending."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unicodedata import category

import click

from qcode.analysis.rows import Row, flat, to_csv, to_json
from qcode.errors import BadValue

__all__ = ["check_ending", "emit", "plural", "printable", "say", "to_csv", "to_json"]


def say(text: str) -> None:
    """Write talk to stderr, so that stdout stays clean for programs."""
    click.echo(printable(text), err=True)


def plural(n: int, thing: str) -> str:
    """Return `1 turn`, `2 turns`, `1,000 turns`."""
    return f"{n:,} {thing}" if n == 1 else f"{n:,} {thing}s"


_HARMLESS = frozenset("\n\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
"""What Python does not call printable and what no terminal obeys: joiners of letters and emoji, marks of direction."""


def printable(text: str) -> str:
    """Return `text` with control characters shown as such: a name must not be able to steer a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _HARMLESS or category(c) == "Zs" else "\ufffd" for c in text)


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


LISTS = (".json", ".csv", ".xlsx", ".docx", ".html", ".htm", ".md")
"""The endings of files that a list can be written to."""


def check_ending(output: Path, endings: Sequence[str], what: str) -> None:
    """Raise BadValue where the ending of `output` is none of `endings`; `what` is to be written."""
    ending = output.suffix.lower()
    if ending not in endings:
        said = f"{what} is not written as {ending}" if ending else f"the name {output.name or '.'!r} has no ending"
        raise BadValue(said, mend=f"take one of {', '.join(endings)}")


def _write(rows: Sequence[Row], columns: Sequence[str], output: Path, title: str) -> None:
    from qcode.reports.listing import written
    from qcode.reports.save import write

    check_ending(output, LISTS, "a list")
    write(written(rows, columns, output.suffix, title=title or output.stem), output)


def _print_table(rows: Sequence[Row], columns: Sequence[str]) -> None:
    from qcode.cli.lines import as_table, terminal_width

    cells = [[_one_line(row.get(column)) for column in columns] for row in rows]
    numbers = [all(isinstance(row.get(column), int | float) for row in rows) for column in columns]
    click.echo(as_table(columns, cells, numbers, terminal_width()))


def _one_line(value: Any, limit: int = 160) -> str:
    text = printable(" ".join(str(flat(value)).split()))
    return text if len(text) <= limit else text[: limit - 1] + "…"
