"""The tables for statistics programs: what their rows and columns hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qcode.domain.table import Table
from qcode.errors import BadValue, NotFound
from qcode.study.selection import Filters
from qcode.study.study import Study, create
from qcode.study.tidy import TABLES, all_tables, bundle_files, one_table, table_file
from tests.notation import make_study
from tests.study.next_version import follow

P1 = "INT: How long?\nANA: I waited [two [hours|help] there|wait, trust @ben] and [half an hour|wait]."
P2 = "INT: Когда?\nBOR: Я [ждал|wait] долго. 😀 [没有人来|trust]。"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with make_study(tmp_path, codes=("NEED/help",), P1=P1, P2=P2) as made:
        made.cases.set("Anna", {"role": "client", "age": "42", "code": "007", "real_name": "A."}, transcripts=("P1",))
        yield made


def rows(table: Table) -> list[dict[str, Any]]:
    names = [one.name for one in table.columns]
    assert len(set(names)) == len(names)
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def test_a_row_of_codings_has_its_words_its_place_its_case_and_its_code_with_those_above(study: Study) -> None:
    found = rows(one_table(study, "codings", Filters(codes=("help",))))
    assert len(found) == 1
    one = found[0]
    assert (one["quote"], one["code_path"], one["coder"], one["turn"], one["speaker"]) == (
        *("hours", "NEED/help", "ana", 2),
        "ANA",
    )
    assert study.transcripts.show("P1").revision.text[one["start"] : one["end"]] == "hours"
    assert (one["case"], one["case.role"], one["characters"], one["status"]) == ("Anna", "client", 5, "settled")


def test_an_attribute_that_can_harm_is_in_no_table(study: Study) -> None:
    for table in all_tables(study, Filters()):
        assert not any("real_name" in column.name for column in table.columns)


def test_an_attribute_of_numbers_alone_is_a_number_and_one_with_leading_zeros_is_text(study: Study) -> None:
    table = one_table(study, "codings", Filters())
    kinds = {column.name: column.kind for column in table.columns}
    assert (kinds["case.age"], kinds["case.code"], kinds["case.role"]) == ("number", "text", "text")
    assert {row["case.age"] for row in rows(table)} == {42.0, None}


def test_a_segment_that_two_coders_coded_is_one_row_that_counts_them(study: Study) -> None:
    study.codings.add("P1", ["wait"], quote="half an hour", coder="ben")
    found = {row["quote"]: row for row in rows(one_table(study, "segments", Filters()))}
    assert len(found) == 5
    assert (found["half an hour"]["code.wait"], found["half an hour"]["coders"]) == (2, "ana; ben")
    assert (found["half an hour"]["code.trust"], found["half an hour"]["code.help"]) == (0, 0)


def test_code_by_case_counts_equal_segments_once_and_characters_once(study: Study) -> None:
    study.codings.add("P1", ["wait"], quote="half an hour", coder="ben")
    study.codings.add("P1", ["wait"], quote="an hour", coder="ben")
    found = {row["case"]: row for row in rows(one_table(study, "cases", Filters()))}
    assert set(found) == {"Anna", "P2"}
    said = one_table(study, "cases", Filters()).title
    assert said.startswith("a row is one case with a transcript, or a transcript without a case")
    assert (found["Anna"]["segments.wait"], found["P2"]["segments.wait"], found["P2"]["segments.help"]) == (3, 1, 0)
    assert found["Anna"]["characters.wait"] == len("two hours there") + len("half an hour")


def test_the_matrix_is_that_of_the_command_for_it(study: Study) -> None:
    found = rows(one_table(study, "matrix", Filters()))
    asked: Any = study.cooccurrence()
    assert [row["code"] for row in found] == list(asked.codes)
    assert [list(row.values())[1:] for row in found] == [list(row) for row in asked.matrix]


def test_a_coding_that_waits_is_listed_as_such_and_counted_nowhere(study: Study) -> None:
    follow(study, "split trust into hope, fear")
    assert {row["status"] for row in rows(one_table(study, "codings", Filters()))} == {"settled", "pending"}
    assert "没有人来" not in {row["quote"] for row in rows(one_table(study, "segments", Filters()))}


def test_the_tables_as_of_a_version_stay_what_they_were(study: Study) -> None:
    before = [table_file(study, name, ".csv", Filters(codebook="book@1"))[0] for name in TABLES]
    follow(study, "split trust into hope, fear")
    assert [table_file(study, name, ".csv", Filters(codebook="book@1"))[0] for name in TABLES] == before


def test_a_bundle_says_of_every_column_what_it_holds_and_how_it_was_made(study: Study) -> None:
    files = bundle_files(study, Filters(), command="qcode export tables")
    described = {one["path"]: one for one in json.loads(files["datapackage.json"])["resources"]}
    holds = list(csv.DictReader(io.StringIO(files["dictionary.csv"].decode())))
    for name in (one for one in files if one.endswith(".csv") and one != "dictionary.csv"):
        head = next(csv.reader(io.StringIO(files[name].decode())))
        assert [f["name"] for f in described[name]["schema"]["fields"]] == head
        assert [one["column"] for one in holds if f"{one['table']}.csv" == name] == head
    assert all(one["holds"] for one in holds)
    assert study.status().id in files["README.txt"].decode()


def test_the_same_study_gives_the_same_files(study: Study) -> None:
    made = [bundle_files(study, Filters(), command="c") for _ in range(2)]
    assert made[0] == made[1]


def test_pandas_reads_a_table_in_one_line(study: Study) -> None:
    import pandas

    frame = pandas.read_csv(io.BytesIO(table_file(study, "codings", ".csv", Filters())[0]))
    assert frame.groupby("code")["coding"].count().to_dict() == {"help": 1, "trust": 2, "wait": 3}


def test_a_study_without_codebook_says_what_to_do(tmp_path: Path) -> None:
    with create(tmp_path / "new.qcode") as empty, pytest.raises(NotFound, match="codebook import"):
        table_file(empty, "codings", ".csv", Filters())


def test_a_table_that_is_none_is_told_with_those_there_are(study: Study) -> None:
    with pytest.raises(BadValue, match="take one of codings, segments"):
        table_file(study, "quotes", ".csv", Filters())
