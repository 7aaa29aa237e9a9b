"""Rows for programs: what CSV and JSON make of values."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.rows import flat, to_csv, to_json

words = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b"]), words)))
def test_json_is_read_back_as_it_was(rows: list[dict[str, str]]) -> None:
    assert json.loads(to_json(rows)) == rows


@given(words.filter(lambda text: "\r" not in text and "\0" not in text))
def test_a_cell_of_csv_is_read_back_as_it_was(text: str) -> None:
    told = list(csv.reader(io.StringIO(to_csv([{"a": text, "b": 1}], ("a", "b")), newline="")))
    assert told == [["a", "b"], [text, "1"]]


def test_what_steers_a_terminal_is_escaped_in_json() -> None:
    assert to_json(["\x9b2J"]) == '["\\u009b2J"]'


def test_each_row_stands_on_a_line_of_its_own() -> None:
    assert to_json([{"a": 1}, {"a": 2}]) == '[\n {"a": 1},\n {"a": 2}\n]'


def test_lists_mappings_and_nothing_become_one_cell() -> None:
    assert [flat(["x", "y"]), flat({"a": 1, "b": 2}), flat(None), flat(0)] == ["x; y", "a=1; b=2", "", 0]
