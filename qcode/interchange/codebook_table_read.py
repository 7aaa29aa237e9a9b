"""Reads a codebook from a CSV or an Excel workbook: a table of ours, or one that another tool wrote."""

from __future__ import annotations

from qcode.domain.codebook import CodebookVersion
from qcode.errors import BadCodebook
from qcode.interchange.codebook_table_columns import OWN, folded, kind_in_any_language, known_heads, table_of
from qcode.interchange.codebook_table_others import other_entries
from qcode.interchange.codebook_table_own import own_codes
from qcode.interchange.codebook_table_paths import codes_of_paths
from qcode.interchange.codebook_table_tree import in_reading_order
from qcode.interchange.table_rows import MOST_BYTES, Sheet, Trouble, csv_sheet, refusal
from qcode.interchange.table_workbook import workbook_sheets

__all__ = ["read"]

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

LONGEST = 100_000
"""A cell holds at most so many characters."""


def read(data: bytes, name: str, *, codebook: str, version: str) -> tuple[CodebookVersion, tuple[str, ...]]:
    """Return the codebook in the table `name` with the content `data`, and what a reader should know of it.

    Columns of ours: code, parent, name, brief, definition, when, when_not, examples, color, origin, codable,
    aliases, and name_ru, terms_ru for each language; only code is needed. They may be named in Russian, Kazakh,
    Kyrgyz, Uzbek, Chinese or German. The tables of ATLAS.ti, Dedoose, MAXQDA,
    NVivo, QualCoder and Taguette are known by their columns. Raises BadCodebook with file and row of all that is
    wrong, the column names being row 1; MissingExtra for a workbook without openpyxl.
    """
    remarks: list[str] = []
    sheet = _sheet(data, name, remarks)
    table = table_of(sheet, name)
    mend = f"shorten it to {LONGEST:,}"
    troubles = [
        Trouble(row.number, f"a cell has {max(map(len, row.cells)):,} characters", mend)
        for row in table.rows
        if any(len(cell) > LONGEST for cell in row.cells)
    ]
    if troubles:
        raise refusal(name, troubles)
    if table.kind == OWN:
        placed = own_codes(table, troubles, remarks)
    else:
        placed = codes_of_paths(name, other_entries(table, troubles, remarks), troubles, remarks)
    codes = in_reading_order(placed, troubles)
    if troubles:
        raise refusal(name, troubles)
    return CodebookVersion(codebook, version, codes), tuple(remarks)


def _sheet(data: bytes, name: str, remarks: list[str]) -> Sheet:
    """Return the first sheet with columns that are known, else the first that is not empty."""
    if len(data) > MOST_BYTES:
        raise BadCodebook(f"{name}: larger than {MOST_BYTES // 1_000_000} MB", mend="is this a codebook?")
    if data.startswith(OLE):
        what = f"{name}: an old .xls, or a workbook locked with a password"
        raise BadCodebook(what, mend="save it as .xlsx without a password, or as 'CSV UTF-8'")
    sheets = workbook_sheets(data, name) if data.startswith(ZIP) else [csv_sheet(data, name, known_heads)]
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise BadCodebook(f"{name}: the table is empty", mend="give it a row of column names: code, parent, name ...")
    chosen = next(
        (sheet for sheet in filled if kind_in_any_language({folded(c) for c in sheet.rows[0].cells})), filled[0]
    )
    others = [sheet.title for sheet in filled if sheet is not chosen]
    if others:
        remarks.append(f"{name}: the sheet {chosen.title} was read, not {', '.join(others)}")
    return chosen
