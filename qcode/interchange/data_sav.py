"""Writes a table for SPSS: names and texts within what SPSS holds, with the full names as labels of the variables."""

from __future__ import annotations

import math
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from qcode.domain.ledger import Loss
from qcode.domain.table import Column, Table, unique_names
from qcode.errors import BadValue, MissingExtra

__all__ = ["variable_names", "write"]

LONGEST_NAME, LONGEST_LABEL, LONGEST_TEXT = 64, 255, 32_767
"""Bytes of UTF-8 (IBM SPSS Statistics, Command Syntax Reference: Variable Names, VARIABLE LABELS, Strings)."""

WIDEST, MOST_DECIMALS = 40, 16
"""Characters of a number of format F (the same book: Variable Types and Formats)."""

_WORDS = ("text", "time")

RESERVED = frozenset(["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"])

MADE, LONG_AGO = slice(92, 109), b"01 Jan 8000:00:00"
"""Where the head of a file says when it was made, and what stands there: the same table gives the same bytes."""


def variable_names(wanted: Sequence[str]) -> list[str]:
    """Return names that SPSS takes, each once: letters, digits and `_`, a letter first, at most 64 bytes."""
    fitting = []
    for name in wanted:
        plain = re.sub(r"[^\w.]|\.+$", "_", name).replace(".", "_")
        plain = plain if plain[:1].isalpha() else f"v_{plain}"
        fitting.append(f"{plain}_" if plain.upper() in RESERVED else plain)
    return unique_names(fitting, LONGEST_NAME)


def write(table: Table) -> tuple[bytes, tuple[Loss, ...]]:
    """Return a table as .sav, and the texts that had to be cut. Raises MissingExtra, BadValue for an empty one."""
    if find_spec("pyreadstat") is None or find_spec("pandas") is None:
        raise MissingExtra("writing .sav needs pyreadstat and pandas, which are not installed", "sav")
    import pandas
    import pyreadstat

    if not table.rows:
        raise BadValue(f"the table {table.name} has no rows, and SPSS opens no empty file", mend="code something first")
    names = variable_names([one.name for one in table.columns])
    columns, cut = _columns(table)
    frame = pandas.DataFrame(dict(zip(names, columns, strict=True)))
    labels: list[str | None] = [_label(one) for one in table.columns]
    with _somewhere() as path:
        pyreadstat.write_sav(
            frame,
            str(path),
            file_label=table.name,
            column_labels=labels,
            row_compress=True,
            variable_measure=dict(zip(names, map(_measure, table.columns), strict=True)),
            variable_format=_formats(names, table.columns, columns),
        )
        content = path.read_bytes()
    content = content[: MADE.start] + LONG_AGO + content[MADE.stop :]
    why = "a text of SPSS holds 32,767 bytes; .csv and .parquet hold them whole"
    return content, (Loss("cells cut short", cut, table.name, why),) if cut else ()


@contextmanager
def _somewhere() -> Iterator[Path]:
    """Give a path to write to, since the library writes files only: in memory where the system has such files.

    Elsewhere it lies in a folder of our own, which is removed: it holds a participant's words.
    """
    if not hasattr(os, "memfd_create"):
        with tempfile.TemporaryDirectory(prefix="qcode-") as folder:
            yield Path(folder) / "table.sav"
        return
    handle = os.memfd_create("qcode")
    try:
        yield Path(f"/proc/self/fd/{handle}")
    finally:
        os.close(handle)


def _label(column: Column) -> str:
    return _cut(f"{column.name}: {column.label}", LONGEST_LABEL)


def _measure(column: Column) -> str:
    return "nominal" if column.kind in _WORDS else "scale"


def _formats(names: Sequence[str], columns: Sequence[Column], cells: Sequence[list[Any]]) -> dict[str, str]:
    """Return for each variable of numbers how they are shown: as many decimals as they have, none for whole ones."""
    numbers = (one for one in zip(names, columns, cells, strict=True) if one[1].kind not in _WORDS)
    return {name: _format([cell for cell in found if math.isfinite(cell)]) for name, _, found in numbers}


def _format(numbers: Sequence[float]) -> str:
    shown = [f"{Decimal(repr(one)).normalize():f}" for one in numbers]
    decimals = min(MOST_DECIMALS, max((len(one.partition(".")[2]) for one in shown), default=0))
    whole = max((len(one.partition(".")[0]) for one in shown), default=0)
    return f"F{min(WIDEST, max(8, whole + 1 + decimals))}.{decimals}"


def _columns(table: Table) -> tuple[list[list[Any]], int]:
    """Return the cells of each column as SPSS holds them, and how many had to be cut."""
    cut, found = 0, []
    for place, column in enumerate(table.columns):
        cells: list[Any] = [row[place] for row in table.rows]
        if column.kind in _WORDS:
            words = ["" if cell is None else str(cell).replace("\0", "") for cell in cells]
            cells = [_cut(one, LONGEST_TEXT) for one in words]
            cut += sum(len(one) != len(whole) for one, whole in zip(cells, words, strict=True))
        else:
            cells = [float("nan") if cell is None else float(cell) for cell in cells]
        found.append(cells)
    return found, cut


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")
