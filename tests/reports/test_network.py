"""The report on the network of codes: which pairs are drawn, what is said to be left out, what stands in the table."""

from __future__ import annotations

import csv
import io

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.reports.network import drawing, network, networks
from qcode.reports.report import Heading, Network, Report, Table, Text
from qcode.reports.save import render_to
from tests.reports.report_samples import hiding, matrix


def picture(report: Report) -> Network:
    return next(block for block in report.blocks if isinstance(block, Network))


def table(report: Report) -> Table:
    return next(block for block in report.blocks if isinstance(block, Table))


def said(report: Report) -> str:
    return " ".join(block.text for block in report.blocks if isinstance(block, Text))


def book(*codes: Code) -> CodebookVersion:
    return CodebookVersion("book", "1", codes)


def test_every_pair_that_occurs_is_a_line_with_its_value() -> None:
    one = matrix(8)
    drawn = picture(network(one))
    lines = {(drawn.codes[t.first].key, drawn.codes[t.second].key): t.printed for t in drawn.ties}
    assert lines == {(a, b): str(value) for a, b, value, _ in one.top_pairs()}


def test_only_the_strongest_pairs_are_drawn_and_the_report_says_so() -> None:
    one = matrix(20)
    report = network(one, most=5)
    assert [tie.printed for tie in picture(report).ties] == [str(value) for _, _, value, _ in one.top_pairs(5)]
    assert f"Only the 5 strongest of {len(one.top_pairs())} pairs are drawn." in said(report)
    assert "in none of these pairs" in said(report)


def test_codes_stand_in_the_order_of_the_codebook() -> None:
    one = matrix(20)
    keys = [code.key for code in drawing(one, most=6).codes]
    assert keys == [key for key in one.codes if key in keys]


def test_a_withheld_pair_is_neither_drawn_nor_listed() -> None:
    one = matrix(8)
    a, b, _, _ = one.top_pairs(1)[0]
    cell = one.codes.index(a), one.codes.index(b)
    report = network(hiding(one, cell))
    drawn = picture(report)
    assert (a, b) not in {(drawn.codes[t.first].key, drawn.codes[t.second].key) for t in drawn.ties}
    assert len(table(report).rows) == len(one.top_pairs()) - 1
    assert "withheld" in said(report)


def test_the_size_of_a_code_that_is_withheld_says_nothing() -> None:
    one = hiding(matrix(8), (0, 0))
    code = drawing(one).codes[0]
    assert (code.size, code.says) == (0.0, "")


def test_families_are_the_codes_at_the_top() -> None:
    one = matrix(3)
    version = book(
        Code("TOP", "Top", codable=False), Code(one.codes[0], "x", "TOP"), *(Code(k, k) for k in one.codes[1:])
    )
    assert next(code.family for code in drawing(one, version).codes) == "Top"
    assert {code.family for code in drawing(one, version).codes if code.key != one.codes[0]} <= {""}


def test_a_measure_with_direction_is_drawn_with_direction() -> None:
    assert drawing(matrix(6, measure="given")).directed
    assert not drawing(matrix(6)).directed


def test_negative_values_have_their_own_scale() -> None:
    one = matrix(8, measure="npmi")
    drawn = drawing(one)
    assert any(tie.weight < 0 for tie in drawn.ties)
    assert drawn.least.startswith("−") and drawn.low == "0"


def test_the_alternative_text_names_the_strongest_pair() -> None:
    one = matrix(8)
    a, b, value, _ = one.top_pairs(1)[0]
    alt = drawing(one).alt
    assert a in alt and b in alt and f": {value}." in alt


def test_without_a_pair_a_sentence_stands_for_the_picture() -> None:
    one = matrix(1)
    report = network(one)
    assert not any(isinstance(block, Network) for block in report.blocks)
    assert "No two codes occur together." in said(report)


def test_each_group_has_its_own_network() -> None:
    report = networks([("client", matrix(4)), (None, matrix(5))], "role")
    heads = [block.text for block in report.blocks if isinstance(block, Heading) and block.level == 1]
    assert heads == ["role: client", "role not known"]
    assert sum(isinstance(block, Network) for block in report.blocks) == 2


def test_csv_holds_the_lines() -> None:
    one = matrix(8)
    rows = list(csv.reader(io.StringIO(render_to(network(one), ".csv").decode("utf-8-sig"))))
    assert rows[0] == ["Code", "with", "Stretches", "Cases"]
    assert [int(row[2]) for row in rows[1:]] == [value for _, _, value, _ in one.top_pairs()]


@pytest.mark.parametrize("ending", [".docx", ".html", ".xlsx", ".md", ".csv", ".svg", ".png"])
def test_the_same_matrix_gives_the_same_bytes(ending: str) -> None:
    assert render_to(network(matrix(12)), ending) == render_to(network(matrix(12)), ending)
