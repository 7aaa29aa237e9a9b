"""Invented tables for the tests: workbooks made cell by cell, and broken ones made of parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl
import xlsxwriter

from qcode.domain.codebook import CodebookVersion
from qcode.interchange.codebook_table import read

Cell = str | int | float | bool | None | object
Rows = Sequence[Sequence[Cell]]


def workbook(rows: Rows, formats: Mapping[str, str] | None = None) -> bytes:
    """Return a workbook with one sheet; `formats` are the number formats of single cells."""
    return workbook_of({"Codes": rows}, formats)


def workbook_of(sheets: Mapping[str, Rows], formats: Mapping[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for place, shown in (formats or {}).items():
        book.worksheets[0][place].number_format = shown
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shared_workbook(rows: Rows) -> bytes:
    """Return a workbook whose texts are shared between cells, as Excel writes them; openpyxl does not share."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.close()
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return the zip file `data` with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def taken(data: bytes | str, name: str = "t.csv") -> CodebookVersion:
    return read(data.encode() if isinstance(data, str) else data, name, codebook="book", version="1")[0]


def remarks(data: bytes | str, name: str = "t.csv") -> tuple[str, ...]:
    return read(data.encode() if isinstance(data, str) else data, name, codebook="book", version="1")[1]


def tree(version: CodebookVersion) -> list[tuple[str, str | None]]:
    """Return (key, parent) in reading order, a heading's key in brackets."""
    return [(code.key if code.codable else f"[{code.key}]", code.parent) for code in version.codes]
