"""Writes typed tables for R, pandas, Excel and SPSS: CSV, XLSX, Parquet, SAV, each with what its columns mean."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any

from qcode.domain.ledger import Loss
from qcode.domain.table import Column, Table
from qcode.errors import BadValue, MissingExtra

__all__ = ["ENDINGS", "dictionary", "write"]

TIME = "%Y-%m-%dT%H:%M:%SZ"
LONGEST_CELL, MOST_ROWS, MOST_COLUMNS = 32_767, 1_048_575, 16_384
"""What a cell and a sheet of Excel hold, the head not counted."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Written = tuple[bytes, tuple[Loss, ...]]


def write(table: Table, ending: str) -> Written:
    """Return a table as a file of this ending, one of ENDINGS, and what the format could not hold.

    Raises BadValue for another ending or a table that the format has no room for, MissingExtra.
    """
    writer = _WRITERS.get(ending.lower())
    if writer is None:
        raise BadValue(f"a table cannot be written as {ending!r}", mend=f"take one of {', '.join(ENDINGS)}")
    return writer(table)


def dictionary(tables: Sequence[Table]) -> Table:
    """Return the data dictionary: a row for each column of the tables, with its kind and what it holds."""
    columns = (
        Column("table", "name of the table"),
        Column("column", "name of the column"),
        Column("kind", "text, integer, number, or time (UTC); empty cells hold nothing"),
        Column("holds", "what the column holds"),
    )
    rows = [[table.name, one.name, one.kind, one.label] for table in tables for one in table.columns]
    return Table("dictionary", "a row is one column of one table", columns, rows)


def _csv(table: Table) -> Written:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([one.name for one in table.columns])
    writer.writerows([["" if cell is None else _plain(cell) for cell in row] for row in table.rows])
    return out.getvalue().encode("utf-8", "replace"), ()


def _plain(cell: object) -> object:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _xlsx(table: Table) -> Written:
    if find_spec("xlsxwriter") is None:
        raise MissingExtra("writing .xlsx needs XlsxWriter, which is not installed", "xlsx")
    from xlsxwriter import Workbook

    if len(table.rows) > MOST_ROWS or len(table.columns) > MOST_COLUMNS:
        raise BadValue(
            f"a sheet of Excel holds {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns, and this table has "
            f"{len(table.rows):,} and {len(table.columns):,}",
            mend="take fewer codings, or write .csv or .parquet",
        )
    out = io.BytesIO()
    off = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    workbook = Workbook(out, {"in_memory": True, **off})
    workbook.set_properties({"created": datetime(1980, 1, 1)})
    cut = sum(_sheet(workbook, one) for one in (table, dictionary([table])))
    workbook.close()
    why = "a cell of Excel holds 32,767 characters; .csv and .parquet hold them whole"
    return out.getvalue(), (Loss("cells cut short", cut, table.name, why),) if cut else ()


def _sheet(workbook: Any, table: Table) -> int:
    """Write a table as a sheet; return how many cells had to be cut."""
    sheet, cut = workbook.add_worksheet(table.name[:31]), 0
    bold = workbook.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, bold)
    for line, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet.write_number(line, place, cell)
            elif cell is not None:
                words = _NO_XML.sub("\ufffd", str(cell))
                cut += len(words) > LONGEST_CELL
                sheet.write_string(line, place, words[:LONGEST_CELL])
    return cut


def _parquet(table: Table) -> Written:
    if find_spec("pyarrow") is None:
        raise MissingExtra("writing .parquet needs pyarrow, which is not installed", "parquet")
    import pyarrow
    from pyarrow import parquet

    kinds = {"text": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64()}
    kinds["time"] = pyarrow.timestamp("ms", tz="UTC")
    fields, columns = [], []
    for place, column in enumerate(table.columns):
        cells = [_in_time(row[place]) if column.kind == "time" else row[place] for row in table.rows]
        columns.append(pyarrow.array(cells, type=kinds[column.kind]))
        fields.append(pyarrow.field(column.name, kinds[column.kind], metadata={"holds": column.label}))
    schema = pyarrow.schema(fields, metadata={"table": table.name, "title": table.title})
    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_arrays(columns, schema=schema), out)
    return out.getvalue(), ()


def _in_time(cell: object) -> datetime | None:
    return None if cell is None else datetime.strptime(str(cell), TIME).replace(tzinfo=UTC)


def _sav(table: Table) -> Written:
    from qcode.interchange.data_sav import write as write_sav

    return write_sav(table)


_WRITERS: Mapping[str, Callable[[Table], Written]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".parquet": _parquet,
    ".sav": _sav,
}
ENDINGS = tuple(_WRITERS)
