"""Cells of a workbook are the text that Excel shows; a hostile workbook is a sentence."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest

from qcode.errors import Unreadable
from qcode.importers import table_workbook
from qcode.importers.table_workbook import workbook_rows


def made(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_are_text_as_it_is_shown() -> None:
    row = [1, 2.5, True, datetime.datetime(2024, 3, 1), datetime.time(0, 1, 5), "Ж是🙂", "=1+1", "a_x000d_b"]
    (_, rows) = workbook_rows(made([row]))[0]
    assert rows[0].cells == ("1", "2.5", "TRUE", "2024-03-01", "00:01:05", "Ж是🙂", "", "a\nb")


def test_hidden_rows_are_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(["seen"])
    book.active.append(["hidden"])
    book.active.row_dimensions[2].hidden = True
    out = io.BytesIO()
    book.save(out)
    assert [row.cells for row in workbook_rows(out.getvalue())[0][1]] == [("seen",), ("hidden",)]


def changed(data: bytes, part: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "declares XML entities"),
        (b"<" * 600_000, "unpacks to far more"),
        (b"<x", "cannot be read"),
    ],
)
def test_a_hostile_sheet_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        workbook_rows(changed(made([["a"]]), "xl/worksheets/sheet1.xml", content))


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_workbook, "MOST_ROWS", 3)
    with pytest.raises(Unreadable, match="too long"):
        workbook_rows(made([["a"]] * 5))


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(Unreadable, match="no Excel workbook"):
        workbook_rows(out.getvalue())
