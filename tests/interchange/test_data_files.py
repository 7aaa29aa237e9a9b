"""Typed tables as files: what is written is what statistics programs read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.domain.table import Column, Table, unique_names
from qcode.errors import BadValue
from qcode.interchange.data_files import write
from qcode.interchange.data_sav import variable_names

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
CELLS = st.tuples(
    st.none() | WORDS,
    st.none() | st.integers(-(2**40), 2**40),
    st.none() | st.floats(-1e9, 1e9, allow_nan=False),
    st.none() | st.datetimes().map(lambda at: at.replace(microsecond=0, year=2024).strftime("%Y-%m-%dT%H:%M:%SZ")),
)
COLUMNS = (
    Column("слова", "words"),
    Column("n", "a count", "integer"),
    Column("x", "a measure", "number"),
    Column("at", "a time", "time"),
)


def table(rows: list[tuple[Any, ...]]) -> Table:
    return Table("t", "a row is a row", COLUMNS, rows)


@settings(max_examples=50, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=8))
def test_parquet_gives_every_cell_back_with_its_kind(rows: list[tuple[Any, ...]]) -> None:
    from pyarrow import parquet

    found = parquet.read_table(io.BytesIO(write(table(rows), ".parquet")[0]))
    back = found.to_pydict()
    assert [back["слова"], back["n"], back["x"]] == [[row[n] for row in rows] for n in range(3)]
    times = [at and at.strftime("%Y-%m-%dT%H:%M:%SZ") for at in back["at"]]
    assert times == [row[3] for row in rows]
    assert found.schema.field("n").metadata == {b"holds": b"a count"}


@settings(max_examples=50, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=8))
def test_a_workbook_gives_every_cell_back_and_words_are_never_a_formula(rows: list[tuple[Any, ...]]) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(write(table([("=1+1", 1, 1.0, None), *rows]), ".xlsx")[0]))
    cells = list(book["t"].iter_rows(min_row=2, max_row=len(rows) + 2, max_col=4))
    assert (cells[0][0].value, cells[0][0].data_type) == ("=1+1", "s")
    for row, found in zip(rows, cells[1:], strict=True):
        assert (row[0] or None, row[3]) == (found[0].value or None, found[3].value)
        assert (row[1], row[2]) == pytest.approx((found[1].value, found[2].value))
    assert [cell.value for cell in book["dictionary"][3]] == ["t", "n", "integer", "a count"]


@settings(max_examples=30, deadline=None)
@given(rows=st.lists(CELLS, min_size=1, max_size=8))
def test_spss_gets_words_and_numbers_and_what_the_columns_hold(
    rows: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    import pyreadstat

    path = tmp_path_factory.mktemp("sav") / "t.sav"
    path.write_bytes(write(table(rows), ".sav")[0])
    frame, meta = pyreadstat.read_sav(str(path))
    assert [one.rstrip() for one in frame["слова"]] == [(row[0] or "").rstrip() for row in rows]
    assert frame["n"].fillna(0).tolist() == [float(row[1] or 0) for row in rows]
    assert meta.column_names_to_labels["x"] == "x: a measure"


def test_spss_shows_whole_numbers_without_decimals_and_knows_what_is_measured(tmp_path: Path) -> None:
    import pyreadstat

    columns = (*COLUMNS, Column("age", "a fact", "number"), Column("none", "nothing", "integer"))
    rows = [("да", 20, 1.25, None, 41.0, None), ("нет", 1_234_567_890, -12345.5, None, 7.0, None)]
    path = tmp_path / "t.sav"
    path.write_bytes(write(Table("t", "", columns, rows), ".sav")[0])
    _, meta = pyreadstat.read_sav(str(path))
    shown = {name: meta.original_variable_types[name] for name in ("n", "x", "age", "none")}
    assert shown == {"n": "F11.0", "x": "F9.2", "age": "F8.0", "none": "F8.0"}
    assert list(meta.variable_measure.values()) == ["nominal", "scale", "scale", "nominal", "scale", "scale"]


def test_names_for_spss_are_short_begin_with_a_letter_and_are_each_there_once() -> None:
    long = "case." + "очень длинное имя " * 5
    names = variable_names(["code.FUND-EXIT", "CODE_fund_exit", "1st", "with", long, long + "2", "$x.", ""])
    assert names[:4] == ["code_FUND_EXIT", "CODE_fund_exit_2", "v_1st", "with_"]
    assert all(len(one.encode()) <= 64 and one[0].isalpha() and one == one.strip(".") for one in names)
    assert len({one.casefold() for one in names}) == len(names)


def test_a_quote_too_long_for_a_cell_is_cut_and_told() -> None:
    rows: list[tuple[Any, ...]] = [("ы" * 40_000, 1, 1.0, None)]
    for ending in (".xlsx", ".sav"):
        _, lost = write(table(rows), ending)
        assert [(one.what, one.n) for one in lost] == [("cells cut short", 1)]
    assert "ы" * 40_000 in write(table(rows), ".csv")[0].decode()


def test_a_character_that_no_workbook_can_hold_is_shown_as_such() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(write(table([("a\x0b\x00b\ufffe", 1, 1.0, None)]), ".xlsx")[0]))
    assert book["t"]["A2"].value == "a\ufffd\ufffdb\ufffd"


def test_no_file_with_words_is_left_behind_by_spss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.delattr("os.memfd_create", raising=False)
    assert write(table([("слова", 1, 1.0, None)]), ".sav")[0]
    assert list(tmp_path.iterdir()) == []


def test_another_ending_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadValue, match=r"take one of \.csv, \.xlsx, \.parquet, \.sav"):
        write(table([]), ".ods")


@given(st.lists(WORDS, max_size=12), st.integers(8, 30))
def test_unique_names_are_unique_and_fit(wanted: list[str], most: int) -> None:
    found = unique_names(wanted, most)
    assert len({one.casefold() for one in found}) == len(wanted) and all(len(one.encode()) <= most for one in found)


def test_a_file_for_spss_does_not_say_when_it_was_made() -> None:
    content, _ = write(Table("codings", "", (Column("quote", ""),), [["Да"]]), ".sav")
    assert content[92:109] == b"01 Jan 8000:00:00"
