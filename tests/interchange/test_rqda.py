"""RQDA's database comes in without the rows that RQDA keeps as deleted."""

from __future__ import annotations

from qcode.domain.codebook import check
from qcode.domain.parcel import Parcel
from qcode.interchange import databases
from tests.interchange.database_files import RQDA, Rows, database

WHEN = "Tue Mar  5 09:08:07 2024"
TEXT = "Он молчал 😀.\nThen she laughed.\n"


def file(
    number: object, name: str, text: object = TEXT, status: object = 1, memo: str | None = None
) -> tuple[object, ...]:
    return (name, number, text, memo, "master", WHEN, None, status)


def code(number: int, name: str, status: object = 1, color: str | None = None) -> tuple[object, ...]:
    return (name, None, "master", WHEN, None, number, status, color)


def coding(
    words: str | None, start: object, end: object, *, status: object = 1, code: int = 1, file: int = 1
) -> tuple[object, ...]:
    return (code, file, words, start, end, status, "master", WHEN, None)


def project(rows: Rows) -> Parcel:
    base: Rows = {
        "project": [("0.2.2", WHEN, None, "", "")],
        "source": [file(1, "one")],
        "freecode": [code(1, "trust")],
    }
    return databases.read(database(RQDA, base | rows), "pilot.rqda")


def lost(parcel: Parcel) -> dict[tuple[str, str], int]:
    return {(one.what, one.where): one.n for one in parcel.lost}


def test_a_project_comes_in_with_its_quotes_and_dates() -> None:
    parcel = project({"coding": [coding("молчал 😀", 3.0, 11.0), coding("she\nlaughed", 18, 29), coding(None, 0, 2)]})
    assert [(one.quote, one.created_at) for one in parcel.codings] == [
        ("молчал 😀", "2024-03-05T09:08:07Z"),
        ("she laughed", "2024-03-05T09:08:07Z"),
        ("Он", "2024-03-05T09:08:07Z"),
    ]
    assert (parcel.origin, parcel.name, parcel.quotes_agree, parcel.stable) == ("RQDA", "pilot", 2, False)
    assert [one.name for one in parcel.coders] == ["master"]
    assert any("zone" in one for one in parcel.remarks)


def test_rows_with_another_status_than_one_are_deleted() -> None:
    rows: Rows = {
        "source": [file(1, "one"), file(2, "gone", "weg", -1), file(3, "null", "weg", None), file(4, "zero", "weg", 0)],
        "freecode": [code(1, "trust"), code(2, "gone", -1)],
        "coding": [
            *(
                coding("Он", 0, 2),
                coding("Он", 0, 2, status=-1),
                coding("weg", 0, 3, file=2),
                coding("Он", 0, 2, code=2),
            ),
        ],
    }
    parcel = project(rows)
    assert [one.name for one in parcel.transcripts] == ["one"]
    assert [one.key for one in parcel.versions[0].codes] == ["trust"]
    assert [one.quote for one in parcel.codings] == ["Он"]
    assert lost(parcel) == {
        ("deleted rows", "source"): 3,
        ("deleted rows", "freecode"): 1,
        ("deleted rows", "coding"): 1,
        ("codings", "coding"): 2,
    }


def test_a_table_without_a_status_holds_what_is_there() -> None:
    schema = [one.replace(", status integer)", ")") if "fileAttr" in one else one for one in RQDA]
    rows: Rows = {
        "source": [file(1, "one")],
        "freecode": [code(1, "trust")],
        "fileAttr": [("city", "Oslo", 1, WHEN, None, "master")],
    }
    parcel = databases.read(database(schema, rows), "old.rqda")
    assert parcel.cases[0].attributes == (("city", "Oslo"),)


def test_a_code_in_several_categories_stays_in_the_first() -> None:
    rows: Rows = {
        "codecat": [
            (name, None, n, "master", WHEN, None, None, status)
            for n, name, status in ((1, "A", 1), (2, "B", 1), (3, "C", -1))
        ],
        "treecode": [(1, n, WHEN, None, None, 1, "master") for n in (2, 1, 2, 3)],
        "freecode": [code(1, "trust", color="red"), code(2, "b", color="#12AB34"), code(3, "c", color="no colour")],
    }
    parcel = project(rows)
    (version,) = parcel.versions
    assert [(depth, one.key, one.codable, one.color) for depth, one in version.walk()] == [
        *((0, "A", False, ""), (0, "B", False, ""), (1, "trust", True, "#ff0000")),
        *((0, "b (2)", True, "#12ab34"), (0, "c", True, "")),
    ]
    assert not [one for one in check(version) if one.level == "error"]
    assert sum(one.n for one in parcel.lost if one.what == "places of codes in categories") == 2


def test_a_coding_that_stands_twice_comes_in_once() -> None:
    parcel = project({"coding": [coding("Он", 0, 2), coding("молчал", 3, 9), coding("Он", 0, 2)]})
    assert [one.quote for one in parcel.codings] == ["Он", "молчал"]
    assert lost(parcel) == {("codings", "coding"): 1}


def test_file_names_may_repeat() -> None:
    parcel = project({"source": [file(1, "one"), file(2, "one", "zwei")], "coding": [coding("zwei", 0, 4, file=2)]})
    assert [one.name for one in parcel.transcripts] == ["one", "one"]
    assert parcel.codings[0].transcript == parcel.transcripts[1].id != parcel.transcripts[0].id


def test_a_number_that_repeats_or_is_none_is_a_loss() -> None:
    parcel = project({"source": [file(1, "one"), file(1, "again"), file(None, "none"), file("x", "letters")]})
    assert [one.name for one in parcel.transcripts] == ["one"]
    assert lost(parcel)[("files", "")] == 3


def test_a_value_that_was_not_entered_is_none() -> None:
    rows: Rows = {
        "cases": [("P1", "", "master", WHEN, None, 1, 1)],
        "caseAttr": [("age", "NA", 1, WHEN, None, "master", 1), ("role", "Nana", 1, WHEN, None, "master", 1)],
        "fileAttr": [("city", "NA", 1, WHEN, None, "master", 1)],
    }
    parcel = project(rows)
    assert [(one.name, one.attributes) for one in parcel.cases] == [("P1", (("role", "Nana"),))]


def test_cases_have_their_files_and_attributes() -> None:
    rows: Rows = {
        "source": [file(1, "one"), file(2, "two", "zwei drei")],
        "cases": [("P1", "a memo", "master", WHEN, None, 1, 1), ("P2", "", "master", WHEN, None, 2, 1)],
        "caselinkage": [
            (1, 1, 0, len(TEXT), 1, "master", WHEN, ""),
            (2, 2, 0, 4, 1, "master", WHEN, ""),
            (9, 2, 0, 0, 1, "master", WHEN, ""),
        ],
        "caseAttr": [("age", "34", 1, WHEN, None, "master", 1), ("age", "9", 7, WHEN, None, "master", 1)],
        "fileAttr": [("city", "Бишкек", 1, WHEN, None, "master", 1), ("city", "Ош", 2, WHEN, None, "master", 1)],
    }
    parcel = project(rows)
    assert [(one.name, one.attributes, len(one.transcripts)) for one in parcel.cases] == [
        ("P1", (("age", "34"), ("city", "Бишкек")), 1),
        ("P2", (), 0),
        ("two", (("city", "Ош"),), 1),
    ]
    assert lost(parcel) == {
        ("links of cases to passages", "caselinkage"): 1,
        ("links of cases to files", "caselinkage"): 1,
        ("attributes", "caseAttr"): 1,
    }


def test_memos_journals_and_notes_come_in() -> None:
    rows: Rows = {
        "project": [("0.2.2", WHEN, None, "why", "")],
        "source": [file(1, "one", memo="the file")],
        "codecat": [("A", None, 1, "ben", WHEN, None, "the category", 1)],
        "journal": [("Day 1", "rain", WHEN, None, "ben", 1), ("Day 2", "gone", WHEN, None, "ben", -1)],
        "annotation": [(1, 13, "look", "ben", WHEN, None, 1), (7, 0, "nowhere", "ben", WHEN, None, 1)],
        "attributes": [("age", 1, WHEN, None, "ben", "in years")],
    }
    parcel = project(rows)
    assert sorted(one.text for one in parcel.memos) == [
        *("Day 1\n\nrain", "[13] look", "age: in years", "the file", "why"),
    ]
    assert [code.definition for code in parcel.versions[0].codes] == ["the category", ""]


def native(words: str) -> str:
    """Return the expression of a text whose bytes are those of Windows."""
    return f"CAST(x'{words.encode('cp1251').hex()}' AS TEXT)"


def test_texts_in_the_encoding_of_a_computer_are_read_and_told() -> None:
    words = "Она сказала, что никто её не спрашивал. Потом пришёл врач и всё объяснил."
    data = database(
        RQDA,
        {"freecode": [code(1, "trust")]},
        [
            f"INSERT INTO source VALUES ('one', 1, {native(words)}, '', 'm', '', '', 1)",
            f"INSERT INTO coding VALUES (1, 1, {native('никто')}, 17, 22, 1, 'm', '', '')",
        ],
    )
    parcel = databases.read(data, "old.rqda")
    assert (parcel.transcripts[0].text, parcel.codings[0].quote, parcel.quotes_agree) == (words, "никто", 1)
    assert any("not in UTF-8" in one and "cp1251" in one for one in parcel.remarks)


def test_line_ends_of_windows_are_counted_as_the_words_say() -> None:
    text = "one\r\ntwo\r\nthree"
    for start, rule in ((10, "code points, CRLF two"), (8, "code points, CRLF one")):
        parcel = project({"source": [file(1, "one", text)], "coding": [coding("three", start, start + 5)]})
        assert (parcel.codings[0].quote, parcel.positions and parcel.positions.rule) == ("three", rule)
