"""Workbooks: numbers as numbers, words as words, the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from qcode.errors import MissingExtra
from qcode.reports import matrix, quotes
from qcode.reports.render import xlsx
from qcode.reports.report import Report, Table
from tests.reports import report_samples as samples


def opened(report: Report) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(report)))


def matrix_report(size: int = 8) -> Report:
    return matrix(samples.matrix(size), made_by=samples.MADE_BY)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert xlsx.render(matrix_report()) == xlsx.render(matrix_report())


def test_each_table_has_a_sheet_with_a_frozen_header() -> None:
    book = opened(matrix_report())
    assert book.sheetnames == ["About", "Pairs", "Matrix", "Codes"]
    assert book["Matrix"].freeze_panes == "B2"


def test_numbers_are_numbers_and_cells_without_a_value_are_empty() -> None:
    one = samples.hiding(samples.matrix(8), (1, 2), undefined=((3, 5),))
    sheet = opened(matrix(one))["Matrix"]
    assert sheet["B2"].value == one.matrix[0][0]
    assert (sheet["D3"].value, sheet["G5"].value) == ("*", None)


@pytest.mark.parametrize("words", ["=1+1", "+7 996", "-Да, было", "@home", '=HYPERLINK("http://x")', "http://x.org"])
def test_words_that_look_like_a_formula_stay_words(words: str) -> None:
    cell = opened(Report("r", (Table(words, (words,), ((words,),), sheet="T"),)))["T"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (words, "s", None)


def test_quotes_have_a_sheet_with_a_column_for_each_fact() -> None:
    sheet = opened(quotes(samples.coded(8)))["Quotes"]
    head = [cell.value for cell in sheet[1]]
    assert head[:5] == ["code", "quote", "memo", "language", "source"]
    assert {"transcript", "start", "end", "coders", "codings"} <= set(head)
    assert isinstance(sheet.cell(2, head.index("start") + 1).value, int)


def test_a_word_longer_than_a_cell_holds_is_cut_and_says_so() -> None:
    value = opened(Report("r", (Table("t", ("a",), (("x" * 40_000,),), sheet="T"),)))["T"]["A2"].value
    assert len(value) == 32_767
    assert "cut here" in value


def test_names_of_sheets_are_what_excel_allows() -> None:
    tables = tuple(
        Table("t", ("a",), ((1,),), sheet=name) for name in ("a/b:c", "A/B:C", "History", "'x'", "", "y" * 40)
    )
    names = opened(Report("r", tables)).sheetnames
    assert names[1:] == ["a b c", "A B C 2", "History 2", "x", "t", "y" * 28]


def test_nobody_is_named_and_no_clock_is_read() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx.render(matrix_report()))) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert "<dc:creator></dc:creator>" in core
    assert "1980-01-01T00:00:00Z" in core


def test_control_characters_and_odd_numbers_survive() -> None:
    table = Table("t", ("a\x00", "b"), (("x\x07", float("inf")), ("y", float("nan"))), sheet="T")
    sheet = opened(Report("r", (table,)))["T"]
    assert (sheet["A2"].value, sheet["B2"].value) == ("x\ufffd", "inf")


def test_without_xlsxwriter_the_sentence_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r'pip install "qcode-interviews\[xlsx\]"'):
        xlsx.render(matrix_report())
