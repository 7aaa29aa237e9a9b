"""What a database is, is decided by its tables; nothing in it is run, and what is broken gets a sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import BadValue, QcodeError, Unreadable
from qcode.interchange import databases, sqlite_file
from qcode.interchange.code_keys import keyed
from qcode.interchange.database_values import moment, project_name
from qcode.interchange.sqlite_file import read_tables
from tests.interchange.database_files import QUALCODER_17, RQDA, TAGUETTE, Rows, database

WHEN = "2024-03-05 09:08:07"
PROJECT: Rows = {
    "project": [("v17", WHEN, "", "QualCoder 4.0")],
    "source": [(n, f"text {n}", f"Сөз {n}. " * 200, None, "", "ana", WHEN, None, None) for n in range(1, 9)],
    "code_name": [(1, "trust", "", None, "ana", WHEN, "", None)],
    "code_text": [(1, 1, 1, "Сөз 1", 0, 5, "ana", WHEN, "", None, None)],
}


def qualcoder(*after: str) -> bytes:
    return database(QUALCODER_17, PROJECT, after)


@pytest.mark.parametrize(("schema", "tool"), [(QUALCODER_17, "QualCoder"), (RQDA, "RQDA")])
def test_the_tables_tell_the_tool_whatever_the_name(schema: tuple[str, ...], tool: str) -> None:
    column = "fulltext" if tool == "QualCoder" else "file"
    status = "" if tool == "QualCoder" else ", status"
    one = f"INSERT INTO source (id, name, {column}{status}) VALUES (1, 'x', 'words'{', 1' if status else ''})"
    parcel = databases.read(database(schema, after=[one]), "holiday.jpg")
    assert (parcel.origin, parcel.name) == (tool, "holiday")


def test_only_the_databases_of_the_three_tools_are_known() -> None:
    assert databases.knows(qualcoder()) and databases.knows(database(TAGUETTE)) and databases.knows(database(RQDA))
    history = database(["CREATE TABLE urls (id integer primary key, url text)", "CREATE TABLE visits (id integer)"])
    for other in (b"", b"PK\3\4", b"SQLite format 3", history, qualcoder()[:3000], b"SQLite format 3\0" + bytes(5000)):
        assert not databases.knows(other)
    with pytest.raises(Unreadable, match="no project of QualCoder, Taguette or RQDA"):
        databases.read(history, "History")


@pytest.mark.parametrize("data", [b"", b"once upon a time", b"PK\3\4", "SQLite format 3\0".encode("utf-16")])
def test_what_is_no_database_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable, match="no SQLite file, or it is locked"):
        databases.read(data, "data.qda")


def test_a_file_that_is_cut_off_anywhere_gets_a_sentence() -> None:
    data = qualcoder()
    for length in (17, 60, 99, 100, 101, 1_000, 1_024, 5_000, len(data) // 2, len(data) - 1_024, len(data) - 1):
        with pytest.raises(Unreadable, match="cut off") as caught:
            databases.read(data[:length], "data.qda")
        assert "Сөз" not in str(caught.value) and caught.value.__cause__ is None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60_000), st.binary(min_size=1, max_size=40)), min_size=1, max_size=4))
def test_a_file_with_wrong_bytes_is_read_or_refused_by_a_sentence(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(qualcoder())
    for place, other in changes:
        at = place % len(data)
        data[at : at + len(other)] = other
    held = bytes(data)
    try:
        parcel = databases.read(held, "data.qda")
    except QcodeError as error:
        assert ";" in error.sentence or "neither" in error.sentence
    else:
        texts = {one.id: one.text for one in parcel.transcripts}
        assert all(texts[one.transcript][one.start : one.end] == one.quote for one in parcel.codings)


def test_a_file_with_a_log_of_its_own_is_read_and_the_log_remembered() -> None:
    data = qualcoder()
    parcel = databases.read(data[:18] + b"\2\2" + data[20:], "data.qda")
    assert len(parcel.transcripts) == 8
    assert any("-wal" in one for one in parcel.remarks)


def test_a_file_whose_tables_stand_in_its_log_alone_says_so(tmp_path: Path) -> None:
    file = tmp_path / "open.rqda"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        for statement in RQDA:
            connection.execute(statement)
        connection.commit()
        with pytest.raises(Unreadable, match=r"second file \(-wal\); open it in the program"):
            databases.read(file.read_bytes(), "open.rqda")


def test_a_view_in_the_place_of_a_table_is_not_run() -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, 'x' AS fulltext FROM n"
    schema = [one for one in QUALCODER_17 if "TABLE source" not in one]
    with pytest.raises(Unreadable, match="no project of"):
        databases.read(database([*schema, f"CREATE VIEW source AS {endless}"]), "data.qda")


def test_what_an_optional_table_computes_is_not_run() -> None:
    after = [
        "DROP TABLE journal",
        "CREATE VIEW journal AS SELECT 1 AS jid, 'x' AS name, 'seen' AS jentry, '' AS date, '' AS owner",
        "DROP TABLE cases",
        "CREATE TABLE cases (caseid integer primary key, memo text, name text AS (memo || '!'), owner, date)",
        "CREATE TRIGGER spy BEFORE UPDATE ON source BEGIN SELECT load_extension('x'); END",
        "CREATE INDEX odd ON source (length(hex(zeroblob(1000))))",
        "INSERT INTO cases (caseid, memo) VALUES (1, 'seen')",
    ]
    parcel = databases.read(qualcoder(*after), "data.qda")
    assert [one.name for one in parcel.cases] == ["case 1"]
    assert [one.text for one in parcel.memos] == ["seen"]


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "SECONDS", 0)
    data = database(QUALCODER_17, PROJECT | {"cases": [(n, f"P{n}", "", "ana", WHEN) for n in range(1_000)]})
    with pytest.raises(Unreadable, match="takes too long"):
        databases.read(data, "data.qda")


def test_only_the_tables_that_are_asked_for_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = database(TAGUETTE, {"users": [("ana", WHEN, "scrypt:abc", "a@example.org")]})
    monkeypatch.setattr(sqlite_file, "_quoted", lambda name: '"users"' if name == "tags" else f'"{name}"')
    with pytest.raises(Unreadable):
        read_tables(data, {"tags": ("login", "id")} | {"projects": ("id",)})


def test_a_file_is_not_changed_by_reading_it() -> None:
    data = qualcoder()
    kept = bytes(bytearray(data))
    databases.read(data, "data.qda")
    assert data == kept


def test_rows_that_break_a_rule_of_their_table_are_read() -> None:
    def emptied(connection: sqlite3.Connection) -> bytes:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'memo text', 'memo text not null') WHERE name = 'cases'"
        )
        return connection.serialize()

    with_nulls = sqlite3.connect(":memory:", isolation_level=None)
    with_nulls.deserialize(qualcoder("INSERT INTO cases VALUES (1, 'P', NULL, NULL, NULL)"))
    data = emptied(with_nulls)
    with_nulls.close()
    assert [one.name for one in databases.read(data, "data.qda").cases] == ["P"]


def test_a_table_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "MOST_ROWS", 7)
    with pytest.raises(Unreadable, match="source has more than 7 rows"):
        databases.read(qualcoder(), "data.qda")


def test_a_file_of_another_shape_of_text_is_read() -> None:
    for encoding in ("UTF-16le", "UTF-16be"):
        data = database([f"PRAGMA encoding = '{encoding}'", *QUALCODER_17], PROJECT)
        assert databases.read(data, "data.qda").codings[0].quote == "Сөз 1"


def test_only_taguette_has_several_projects() -> None:
    with pytest.raises(BadValue, match="holds one project"):
        databases.read(qualcoder(), "data.qda", project="x")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-03-05 09:08:07", "2024-03-05T09:08:07Z"),
        ("2024-03-05 09:08:07.123456", "2024-03-05T09:08:07Z"),
        ("2024-03-05T09:08:07+05:30", "2024-03-05T03:38:07Z"),
        ("2024-03-05T09:08Z", "2024-03-05T09:08:00Z"),
        ("2024-03-05", "2024-03-05T00:00:00Z"),
        ("Tue Mar  5 09:08:07 2024", "2024-03-05T09:08:07Z"),
        ("0001-01-01T00:00:00+14:00", None),
        ("0044-03-15 12:00:00", "0044-03-15T12:00:00Z"),
        ("2024-02-30 00:00:00", None),
        ("Tue Xyz  5 09:08:07 2024", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_time_is_utc_to_the_second_or_nothing(written: str, meant: str | None) -> None:
    assert moment(written) == meant


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("pilot.qda/data.qda", "pilot"),
        ("C:\\work\\Пилот.qda\\data.qda", "Пилот"),
        ("data.qda", "data"),
        ("my.study.rqda", "my.study"),
        ("", "project"),
    ],
)
def test_a_project_is_called_after_its_file_or_folder(name: str, called: str) -> None:
    assert project_name(name) == called


def test_a_name_that_repeats_has_its_parent_in_front_and_then_the_whole_path() -> None:
    entries = [("A", None), ("x", 0), ("B", None), ("C", 2), ("x", 3), ("C", 0), ("X", 5), ("y", 0)]
    assert keyed(entries) == ["A", "A/x", "B", "B/C", "B/C/x", "A/C", "A/C/X", "y"]
