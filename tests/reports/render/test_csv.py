"""CSV: opens in Excel on Windows, and nothing in it runs."""

from __future__ import annotations

import csv
import io

import pytest

from qcode.errors import BadValue
from qcode.reports import matrix, quotes
from qcode.reports.render.csv import render
from qcode.reports.report import Report, Table
from tests.reports import report_samples as samples


def rows(report: Report) -> list[list[str]]:
    return list(csv.reader(io.StringIO(render(report).decode("utf-8-sig"), newline="")))


def test_a_byte_order_mark_tells_excel_the_encoding() -> None:
    assert render(quotes(samples.coded(2))).startswith(b"\xef\xbb\xbfcode,quote")


def test_the_matrix_is_the_table_that_is_written() -> None:
    one = samples.hiding(samples.matrix(8), (1, 2), undefined=((3, 5),))
    written = rows(matrix(one))
    assert written[0] == ["Code", *one.codes]
    assert (written[2][3], written[4][6], written[1][1]) == ("*", "", str(one.matrix[0][0]))


@pytest.mark.parametrize("words", ["=1+1", "+7", "-Да", "@x", "\t=1", "\n=1"])
def test_words_that_look_like_a_formula_get_an_apostrophe(words: str) -> None:
    assert rows(Report("r", (Table("t", ("a",), ((words,),)),)))[1] == [f"'{words}"]


def test_negative_numbers_stay_numbers() -> None:
    assert rows(Report("r", (Table("t", ("a", "b"), ((-1, -0.5),)),)))[1] == ["-1", "-0.5"]


def test_line_breaks_and_quotation_marks_come_back() -> None:
    words = 'one\n"two", three'
    assert rows(Report("r", (Table("t", ("a",), ((words,),)),)))[1] == [words]


def test_a_report_without_tables_is_refused() -> None:
    with pytest.raises(BadValue, match="has no table"):
        render(Report("r", ()))
