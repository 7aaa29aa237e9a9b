"""QualCoder's database comes in whole, whatever version wrote it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.domain.codebook import check
from qcode.domain.ledger import Loss
from qcode.domain.parcel import Parcel
from qcode.errors import Unreadable
from qcode.interchange import databases
from qcode.interchange.database_values import MOST_OF_A_MEMO
from tests.interchange.database_files import QUALCODER, QUALCODER_1, QUALCODER_17, Rows, database, sample

WHEN = "2024-03-05 09:08:07"
TEXT = "Бірінші сұрақ.\nIch weiß 😀 es nicht.\nשלום עולם\n"


def source(number: int, name: str, text: str | None, memo: str = "", path: str | None = None) -> tuple[object, ...]:
    return (number, name, text, path, memo, "ana", WHEN, None, None)


def code(number: int, name: str, category: int | None = None, above: int | None = None) -> tuple[object, ...]:
    return (number, name, "", category, "ana", WHEN, "#F44336", above)


def coding(number: int, words: str | None, start: object, end: object, **other: object) -> tuple[object, ...]:
    said = {"cid": 1, "fid": 1, "owner": "ana", "memo": "", "important": None} | other
    parts = (said["cid"], said["fid"], words, start, end, said["owner"], WHEN, said["memo"], None, said["important"])
    return (number, *parts)


def project(rows: Rows, *after: str) -> Parcel:
    base: Rows = {
        "project": [("v17", "2024-01-01 00:00:00", "", "QualCoder 4.0")],
        "source": [source(1, "one.txt", TEXT)],
        "code_name": [code(1, "trust")],
    }
    return databases.read(database(QUALCODER_17, base | rows, after), "pilot.qda/data.qda")


def lost(parcel: Parcel) -> dict[str, int]:
    found: dict[str, int] = {}
    for loss in parcel.lost:
        found[loss.what] = found.get(loss.what, 0) + loss.n
    return found


def test_a_project_of_version_17_comes_in_with_every_quote() -> None:
    parcel = databases.read(sample("qualcoder_4.0_pilot_data.qda"), "data.qda")
    texts = {one.id: one.text for one in parcel.transcripts}
    assert [one.name for one in parcel.transcripts] == [
        "Interview_01.txt",
        "Interview_02.txt",
        "flyer.pdf",
        "clip.wav.txt",
    ]
    assert [one.quote for one in parcel.codings] == [
        *("The café was loud 🎧🎧", "🎧🎧", "loud 🎧🎧, but people", "people were kind", "people were kind"),
        *("kind.\nI went back twice.", "„niemand hat gefragt“", "Opening hours 9-17", "Thanks 👍 for coming"),
    ]
    assert all(texts[one.transcript][one.start : one.end] == one.quote for one in parcel.codings)
    assert (parcel.quotes_agree, parcel.positions.score if parcel.positions else 0) == (9, 1.0)
    assert [one.name for one in parcel.coders] == ["ana", "ben"]
    assert [(one.name, one.attributes) for one in parcel.cases] == [
        ("Ana", (("age", "34"), ("city", "Århus"))),
        ("Bernd", ()),
    ]
    assert len(parcel.memos) == 6
    assert sum(bool(code.definition) for code in parcel.versions[0].codes) == 4
    assert lost(parcel) == {
        "pages of PDF files": 1,
        "sound, film and pictures": 2,
        "codings of pictures and PDF pages": 2,
        "codings of sound and film": 1,
        "links of sound and film to their transcripts": 1,
    }


def test_a_sub_code_stands_below_its_code_and_a_category_is_a_heading() -> None:
    (version,) = databases.read(sample("qualcoder_4.0_pilot_data.qda"), "data.qda").versions
    assert [(depth, code.key, code.codable) for depth, code in version.walk()] == [
        *((0, "Place", False), (1, "Atmosphere", False), (2, "noise", True), (3, "headphones", True)),
        *((2, "kindness", True), (1, "return visit", True), (0, "unsorted", True)),
    ]
    assert version.by_key["noise"].color == "#f44336"
    assert not [one for one in check(version) if one.level == "error"]


@pytest.mark.parametrize("number", QUALCODER)
def test_every_version_of_the_database_is_read(number: int) -> None:
    rows: Rows = {
        "project": [(f"v{number}", "2024-01-01 00:00:00", "why", "QualCoder")],
        "source": [source(1, "one.txt", TEXT)[: 7 if number == 1 else 9]],
        "code_name": [code(1, "trust")[: 7 if number < 16 else 8]],
        "code_text": [coding(1, "weiß", 19, 23)[number == 1 :][: 8 if number == 1 else 11]],
    }
    parcel = databases.read(database(QUALCODER[number], rows), "old.qda")
    assert [(one.quote, one.created_at) for one in parcel.codings] == [("weiß", "2024-03-05T09:08:07Z")]
    assert [one.text for one in parcel.memos] == ["why"]


def test_the_same_file_gives_the_same_identities_twice() -> None:
    data = sample("qualcoder_4.0_pilot_data.qda")
    assert databases.read(data, "data.qda") == databases.read(data, "data.qda")
    assert not databases.read(data, "data.qda").stable
    ids = [one.id for one in databases.read(data, "data.qda").codings]
    assert len(set(ids)) == len(ids)


def test_the_project_is_called_after_its_folder() -> None:
    assert project({}).name == "pilot"
    assert project({}).versions[0].codebook == "pilot"


@pytest.mark.parametrize(
    ("held", "start", "end", "words", "rule"),
    [
        ("a\r\nb\r\nword", 6, 10, "word", "code points, CRLF two"),
        ("a\r\nb\r\nword", 4, 8, "word", "code points, CRLF one"),
        ("😀😀 word", 3, 7, "word", "code points"),
        ("😀😀 word", 5, 9, "word", "UTF-16"),
        ("😀\r\n😀 word", 7, 11, "word", "UTF-16, CRLF two"),
        ("\ufeffone word", 5, 9, "word", "code points, BOM counted"),
        ("\ufeffone word", 4, 8, "word", "code points, BOM not counted"),
        ("\ufeffone word", 0, 9, "one word", "code points, BOM counted"),
        ("one\r\ntwo", 0, 8, "one\u2029two", "code points, CRLF two"),
    ],
)
def test_the_words_decide_how_positions_are_counted(held: str, start: int, end: int, words: str, rule: str) -> None:
    parcel = project({"source": [source(1, "one", held)], "code_text": [coding(1, words, start, end)]})
    assert [one.quote for one in parcel.codings] == [words.replace("\u2029", "\n")]
    assert parcel.positions is not None
    assert (parcel.positions.rule, parcel.positions.score, parcel.quotes_agree) == (rule, 1.0, 1)
    assert not parcel.transcripts[0].text.startswith("\ufeff") and "\r" not in parcel.transcripts[0].text


def test_words_that_stand_elsewhere_once_are_found_and_told() -> None:
    parcel = project({"code_text": [coding(1, "nicht", 0, 5), coding(2, "weiß", 19, 23, cid=1)]})
    assert [one.quote for one in parcel.codings] == ["nicht", "weiß"]
    assert parcel.quotes_agree == 1
    assert any("1 coding stands" in one for one in parcel.remarks)


def test_words_that_stand_twice_or_never_are_lost_with_their_numbers() -> None:
    text = "ja und ja, sagte sie."
    rows: Rows = {
        "source": [source(1, "one", text)],
        "code_text": [coding(1, "ja", 3, 5), coding(2, "nie", 0, 3), coding(3, "sagte", 11, 16)],
    }
    parcel = project(rows)
    assert [one.quote for one in parcel.codings] == ["sagte"]
    why = "their words do not stand at their positions, nor anywhere else just once"
    assert parcel.lost == (Loss("codings", 2, "code_text, row 1: 3-5; row 2: 0-3", why),)


@pytest.mark.parametrize(
    ("start", "end"), [(5, 5), (9, 3), (-3, 4), (0, 10_000), (2**62, 2**63 - 1), (None, 3), ("x", b"y")]
)
def test_a_place_that_is_none_is_a_loss(start: object, end: object) -> None:
    parcel = project({"code_text": [coding(1, None, start, end)]})
    assert (parcel.codings, lost(parcel)) == ((), {"codings": 1})


def test_numbers_that_are_written_as_text_are_numbers() -> None:
    parcel = project({"code_text": [coding(1, None, "19", 23.0)]})
    assert [one.quote for one in parcel.codings] == ["weiß"]
    assert parcel.quotes_agree is None


def test_case_memo_annotation_and_journal_are_memos_of_their_writers() -> None:
    rows: Rows = {
        "project": [("v17", "2024-01-01 00:00:00", "the study", "QualCoder")],
        "source": [source(1, "one.txt", TEXT, "the text")],
        "code_cat": [(1, "people", "ben", WHEN, "the category", None)],
        "code_text": [coding(1, "weiß", 19, 23, memo="the coding", owner="Zoë")],
        "cases": [(1, "P1", "the case", "ben", WHEN)],
        "annotation": [(1, 1, 15, 18, "look again", "ben", WHEN), (2, 9, 0, 3, "nowhere", "ben", WHEN)],
        "journal": [(1, "Diary", "Day 1\r\nrain", WHEN, "")],
        "attribute_type": [("age", WHEN, "ben", "in years", "case", "numeric")],
    }
    parcel = project(rows)
    who = {one.id: one.name for one in parcel.coders} | {None: None}
    assert sorted((one.about, one.text, who[one.coder]) for one in parcel.memos) == [
        ("case", "the case", "ben"),
        ("study", "Diary\n\nDay 1\nrain", None),
        ("study", "age: in years", "ben"),
        ("study", "the study", None),
        ("transcript", "[15-18] look again", "ben"),
        ("transcript", "the text", "ana"),
    ]
    assert parcel.codings[0].memo == "the coding"
    assert next(code for code in parcel.versions[0].codes if code.name == "people").definition == "the category"
    assert lost(parcel) == {"notes on passages": 1}


def test_a_memo_that_is_too_long_becomes_several() -> None:
    words = "слово\n" * 50_000
    parcel = project({"source": [source(1, "one.txt", TEXT, words)]})
    assert "".join("".join(one.text.split()) for one in parcel.memos) == "слово" * 50_000
    assert len(parcel.memos) == 4 and all(len(one.text) <= MOST_OF_A_MEMO for one in parcel.memos)
    assert any("became several" in one for one in parcel.remarks)


def test_a_case_has_the_files_that_are_its_own_whole() -> None:
    rows: Rows = {
        "source": [
            source(1, "one", TEXT),
            source(2, "two", "zwei"),
            source(3, "map.png", None, path="/images/map.png"),
        ],
        "cases": [(1, "P1", "", "ana", WHEN), (2, "P2", "", "ana", WHEN)],
        "case_text": [
            *((1, 1, 1, 0, len(TEXT), "", WHEN, ""), (2, 1, 2, 0, 0, "", WHEN, ""), (3, 2, 1, 0, 5, "", WHEN, "")),
            *((4, 2, 3, 0, 0, "", WHEN, ""), (5, 7, 1, 0, 0, "", WHEN, "")),
        ],
    }
    parcel = project(rows)
    names = {one.id: one.name for one in parcel.transcripts}
    assert [(one.name, [names[id] for id in one.transcripts]) for one in parcel.cases] == [
        ("P1", ["one", "two"]),
        ("P2", []),
    ]
    assert lost(parcel) == {
        "sound, film and pictures": 1,
        "links of cases to passages": 1,
        "links of cases to files": 2,
    }


def test_attributes_of_a_file_go_to_its_case_or_to_one_that_is_made() -> None:
    rows: Rows = {
        "source": [source(1, "one", TEXT), source(2, "two", "zwei"), source(3, "P1", "drei")],
        "cases": [(1, "P1", "", "ana", WHEN)],
        "case_text": [(1, 1, 1, 0, 0, "", WHEN, "")],
        "attribute": [
            *((1, "age", "case", "34", 1, WHEN, ""), (2, "city", "file", "Almaty", 1, WHEN, "")),
            *((3, "city", "file", "Århus", 2, WHEN, ""), (4, "city", "file", "上海", 3, WHEN, "")),
            *(
                (5, "age", "case", "35", 1, WHEN, ""),
                (6, "city", "file", "", 2, WHEN, ""),
                (7, "x", "?", "1", 1, WHEN, ""),
            ),
        ],
    }
    parcel = project(rows)
    assert [(one.name, one.attributes) for one in parcel.cases] == [
        *(("P1", (("age", "34"), ("city", "Almaty"))), ("two", (("city", "Århus"),)), ("P1 (2)", (("city", "上海"),))),
    ]
    assert lost(parcel) == {"attributes": 2}
    assert any("2 cases were made" in one for one in parcel.remarks)


def test_categories_in_a_circle_come_to_the_top_and_are_told() -> None:
    rows: Rows = {
        "code_cat": [(n, f"c{n}", "", WHEN, "", above) for n, above in ((1, 2), (2, 3), (3, 1), (4, 4), (5, 99))],
        "code_name": [code(1, "trust", 2), code(2, "self", None, 2), code(3, "both", 1, 1)],
    }
    parcel = project(rows)
    assert not [one for one in check(parcel.versions[0]) if one.level == "error"]
    assert len(parcel.versions[0].codes) == 8
    assert lost(parcel) == {"places of codes in the tree": 4}
    assert parcel.versions[0].by_key["both"].parent == "trust"


def test_a_tree_of_300_levels_is_held_and_one_of_a_thousand_refused() -> None:
    def tree(levels: int) -> Rows:
        return {"code_cat": [(n, f"c{n}", "", WHEN, "", n - 1 or None) for n in range(levels, 0, -1)]}

    assert max(depth for depth, _ in project(tree(300)).versions[0].walk()) == 299
    with pytest.raises(Unreadable, match="below more than"):
        project(tree(1_000))


def test_names_that_cannot_be_keys_get_keys_that_can() -> None:
    rows: Rows = {
        "code_cat": [(1, "trust", "", WHEN, "", None)],
        "code_name": [
            code(1, "trust", 1),
            code(2, "a, b\n\x07c/"),
            code(3, "  "),
            code(4, "x" * 900),
            code(5, "TRUST"),
        ],
    }
    (version,) = project(rows).versions
    assert [one.key for one in version.codes] == ["trust", "trust/trust", "a; b c", "code 3", "x" * 200, "TRUST (2)"]
    assert not [one for one in check(version) if one.level == "error"]
    assert any("control characters" in one for one in project(rows).remarks)


def test_rows_without_sense_are_lost_and_the_rest_comes_in() -> None:
    rows: Rows = {
        "source": [
            (1, None, TEXT, None, None, None, None, None, None),
            (2, b"\xff\x00", b"\xff", b"x", 1.5, 3, "", 1, 2),
        ],
        "code_text": [
            coding(1, "weiß", 19, 23, owner=None),
            coding(2, None, 0, 3, cid=9),
            coding(3, None, 0, 3, fid="?"),
        ],
        "cases": [(1, None, None, None, None)],
        "case_text": [(1, None, None, None, None, None, None, None)],
        "attribute": [(1, None, None, None, None, None, None)],
        "annotation": [(1, None, None, None, None, None, None)],
        "journal": [(1, None, None, None, None)],
    }
    parcel = project(rows)
    assert [(one.quote, one.coder) for one in parcel.codings] == [("weiß", None)]
    assert [one.name for one in parcel.transcripts] == ["file 1"]
    assert lost(parcel)["codings"] == 2


def test_marks_of_importance_and_dates_nobody_can_read_are_told() -> None:
    rows: Rows = {"code_text": [coding(1, "weiß", 19, 23, important=1)], "cases": [(1, "P", "m", "ana", "5. März")]}
    assert lost(project(rows)) == {"marks of importance": 1, "dates": 1}


def test_a_nul_in_a_text_keeps_every_place() -> None:
    parcel = project({"source": [source(1, "one", "a\0b word")], "code_text": [coding(1, "word", 4, 8)]})
    assert (parcel.transcripts[0].text, parcel.codings[0].quote) == ("a\ufffdb word", "word")
    assert any("NUL" in one for one in parcel.remarks)


def test_codings_that_quote_more_than_memory_holds_are_refused() -> None:
    rows: Rows = {
        "source": [source(1, "one", "слово " * 100_000)],
        "code_text": [coding(n, None, n, 600_000) for n in range(1, 500)],
    }
    with pytest.raises(Unreadable, match="quote far more"):
        project(rows)


def test_a_project_without_anything_is_refused() -> None:
    with pytest.raises(Unreadable, match="neither texts nor codes"):
        databases.read(database(QUALCODER_1), "data.qda")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["\r\n", "\n", "\r", "😀", "é", "e\u0301", "א", " ", "слово", "\ufeff", "字"]),
        min_size=1,
        max_size=30,
    ),
    st.data(),
)
def test_what_stood_at_a_place_in_the_file_stands_at_its_place_here(parts: list[str], data: st.DataObject) -> None:
    held = "a" + "".join(parts)
    start = data.draw(st.integers(0, len(held) - 1))
    end = data.draw(st.integers(start + 1, len(held)))
    words = held[start:end]
    if "\r\n" in (held[start - 1 : start + 1], held[end - 1 : end + 1]):
        return  # within a line end
    parcel = project({"source": [source(1, "one", held)], "code_text": [coding(1, words, start, end)]})
    here = words.replace("\r\n", "\n").replace("\r", "\n")
    assert [one.quote for one in parcel.codings] == [here] or not here.strip("\ufeff \n")


def test_what_was_written_about_a_coding_without_a_place_stays_with_the_transcript() -> None:
    parcel = project({"code_text": [coding(1, "nie", 0, 3, memo="ask her", owner="Zoë")]})
    assert [(one.about, one.text) for one in parcel.memos] == [("transcript", "[0-3 in the file] ask her")]
    assert parcel.memos[0].target == parcel.transcripts[0].id
    assert [one.name for one in parcel.coders] == ["Zoë"]


def test_what_was_written_about_codings_of_pictures_and_sound_stays_with_the_study() -> None:
    rows: Rows = {
        "source": [
            source(1, "one.txt", TEXT),
            source(2, "yard.jpg", None, path="/images/yard.jpg"),
            source(3, "talk.mp3", None, path="/audio/talk.mp3"),
        ],
        "code_image": [(1, 2, 0, 0, 9, 9, 1, "the gate", WHEN, "ana", None, None)],
        "code_av": [(1, 3, 0, 900, 1, "she laughs", WHEN, "ben", None)],
    }
    parcel = project(rows)
    assert [(one.about, one.text) for one in parcel.memos] == [
        ("study", "yard.jpg: the gate"),
        ("study", "talk.mp3: she laughs"),
    ]
