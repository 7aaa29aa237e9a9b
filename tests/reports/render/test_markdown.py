"""Markdown: text that is shown as it is meant."""

from __future__ import annotations

from qcode.reports import matrix
from qcode.reports.render.markdown import render
from qcode.reports.report import HOW_MADE, Quote, Quotes, Report, Table, Text, Wording
from tests.reports import report_samples as samples


def written(*blocks: Table | Text | Quotes | Wording) -> str:
    return render(Report("R", blocks)).decode()


def test_the_report_ends_with_how_it_was_made() -> None:
    text = render(matrix(samples.matrix(3), made_by=samples.MADE_BY)).decode()
    assert f"## {HOW_MADE}" in text
    assert "- **Coders:** ana, ben" in text


def test_marks_and_tags_in_words_are_escaped() -> None:
    text = written(Text("<script> *x* [a](b) # 1"), Table("t", ("a|b",), (("c|d\ne",),)))
    assert "\\<script\\> \\*x\\* \\[a\\](b) \\# 1" in text
    assert "| a\\|b |" in text
    assert "| c\\|d e |" in text


def test_a_line_that_looks_like_a_list_is_no_list() -> None:
    assert "\n\\- no list\n" in written(Text("- no list"))
    assert "\\1. no list" in written(Text("1. no list"))


def test_a_quote_keeps_its_lines() -> None:
    assert "> one  \n> two\n>\n> — P01" in written(Quotes((Quote("one\ntwo", "P01"),)))


def test_columns_of_numbers_stand_to_the_right() -> None:
    assert "| --- | ---: |" in written(Table("t", ("a", "b"), (("x", 1), ("y", None))))


def test_words_that_differ_are_marked_without_the_blanks_around_them() -> None:
    text = written(Wording("When", (("a", False), (" long ", True), ("wait*", False)), ()))
    assert text.endswith("- **When, before:** a ~~long~~ wait\\*\n- **When, after:** –\n")
