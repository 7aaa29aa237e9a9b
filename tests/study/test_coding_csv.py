"""Tables of codings come in whole or not at all, and come back as they went out."""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.cli.coding import as_row
from qcode.cli.output import to_csv
from qcode.domain.coding import COLUMNS
from qcode.errors import BadCodings, QcodeError
from qcode.study.selection import Filters
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import CODINGS, Dump
from tests.notation import make_study

HEAD = "transcript,start,end,quote,code,coder\n"
GOOD = "P1,,,on the phone,wait,ana\n"
ID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def add(study: Study, table: str) -> int:
    return study.codings.import_csv(table.encode(), "team.csv").added


def refusal(study: Study, data: bytes) -> str:
    with pytest.raises(BadCodings) as refused:
        study.codings.import_csv(data, "team.csv")
    return refused.value.sentence


def test_a_quote_names_its_place(study: Study) -> None:
    add(study, HEAD + GOOD)
    assert [c.quote for c in study.codings.list(Filters(codes=("wait",), coders=("ana",)))] == ["on the phone"]


def test_positions_name_their_words(study: Study) -> None:
    add(study, "transcript,start,end,code\nP1,33,41,wait\n")
    assert "I waited" in [c.quote for c in study.codings.list()]


def test_a_quote_that_stands_twice_is_told_apart_by_its_place(study: Study) -> None:
    assert add(study, HEAD + "P1,0,3,INT,wait,ana\n") == 1


def test_several_codes_in_one_cell_are_several_codings(study: Study) -> None:
    assert add(study, HEAD + 'P1,,,on the phone,"wait, leave",ana\n') == 2


def test_a_row_without_coder_is_by_who_imports(study: Study) -> None:
    study.codings.import_csv((HEAD + "P1,,,on the phone,wait,\n").encode(), "team.csv", coder="Zarina")
    assert [c.quote for c in study.codings.list(Filters(coders=("Zarina",)))] == ["on the phone"]


def test_memos_come_in_by_their_coder(study: Study) -> None:
    add(study, "transcript,quote,code,coder,memo\nP1,on the phone,wait,ben,ask again\n")
    assert [(m.text, m.coder) for m in study.memos.list()] == [("ask again", "ben")]


def test_a_semicolon_table_of_excel_is_read(study: Study) -> None:
    assert add(study, "\ufeffTranscript;Quote;Code\r\nP1;on the phone;wait\r\n") == 1


def test_a_table_in_utf16_is_read(study: Study) -> None:
    table = "transcript\tquote\tcode\r\nP1\ton the phone\twait\r\n"
    assert study.codings.import_csv(table.encode("utf-16"), "team.csv").added == 1


def test_blanks_around_a_quote_do_no_harm(study: Study) -> None:
    assert add(study, HEAD + "P1,,, on the phone  ,wait,ana\n") == 1


def test_a_quote_over_several_lines_is_read_with_the_line_ends_of_windows(study: Study) -> None:
    assert add(study, HEAD + 'P1,,,"phone.\r\nINT: And",wait,ana\r\n') == 1


def test_empty_rows_are_passed_over_and_counted(study: Study) -> None:
    assert "team.csv, row 4" in refusal(study, (HEAD + GOOD + ",,,,,\nP9,0,3,,wait,ana\n").encode())


def test_a_row_that_the_study_knows_by_its_id_is_passed_over(study: Study) -> None:
    table = to_csv([as_row(c) for c in study.codings.list()], COLUMNS)
    done = study.codings.import_csv(table.encode(), "again.csv")
    assert (done.added, done.known) == (0, CODINGS)


@pytest.mark.parametrize("given_id", [ID.upper(), ID.replace("-", ""), "{" + ID + "}"])
def test_a_known_id_is_known_in_every_spelling(study: Study, given_id: str) -> None:
    table = "id,transcript,quote,code\n{},P1,on the phone,wait\n"
    add(study, table.format(ID))
    done = study.codings.import_csv(table.format(given_id).encode(), "again.csv")
    assert (done.added, done.known) == (0, 1)


def test_rows_marked_as_withdrawn_are_left_out(study: Study) -> None:
    done = study.codings.import_csv(b"transcript,quote,code,status\nP1,on the phone,wait,withdrawn\n", "team.csv")
    assert (done.added, done.left_out) == (0, 1)


def test_a_quote_longer_than_a_cell_of_old_readers_is_read(tmp_path: Path) -> None:
    with make_study(tmp_path, codes=("wait",), P1="ANA: " + "I waited. " * 20_000) as study:
        study.code("P1", start=5, end=190_000, code="wait")
        (one,) = study.codings.list()
        study.codings.withdraw(one.id)
        assert add(study, to_csv([as_row(one) | {"id": ""}], COLUMNS)) == 1


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("P1,0,100000,,wait,ana", "0 to 100000 is not a stretch of this transcript"),
        ("P1,9,5,,wait,ana", "9 to 5 is not a stretch"),
        ("P1,5,,,wait,ana", "only one of start and end is given"),
        ("P1,-1,5,,wait,ana", "start is '-1', not a whole number"),
        ("P1,1.0,5,,wait,ana", "start is '1.0', not a whole number"),
        ("P1,0,3,two hours,wait,ana", "the quote does not stand at 0 to 3"),
        ("P1,,,never said,wait,ana", "the quote does not stand in this transcript"),
        ("P1,,,INT,wait,ana", "more than once"),
        ("P1,,,,wait,ana", "neither positions nor a quote"),
        ("P9,0,3,,wait,ana", "there is no transcript 'P9'"),
        (",0,3,,wait,ana", "no transcript"),
        ("P1,0,3,,hope,ana", "there is no code 'hope'"),
        ("P1,0,3,,,ana", "no code is given"),
        ("P1,0,3", "no code is given"),
        ('P1,0,3,,",",ana', "no code is given"),
        ("P1,0,3,,INFLUENCE,ana", "INFLUENCE is only a heading"),
        ("P1,,,two hours,wait,ben", "ben has wait on this segment already"),
        ("P1,,,on the phone,wait,ana", "ana has wait on this segment already"),
        ('P1,0,3,,"leave,LEAVE",ana', "ana has leave on this segment already"),
        ('P1,0,3,,wait,"a\nb"', "the name of a coder"),
        ("P1,0,3,I waited, two hours,wait,ana", "more cells than there are columns"),
    ],
)
def test_a_bad_row_refuses_the_table_with_its_number(study: Study, dump: Dump, row: str, what: str) -> None:
    before = dump(study.path)
    sentence = refusal(study, f"{HEAD}{GOOD}{row}\n".encode())
    assert what in sentence
    assert "team.csv, row 3" in sentence
    assert dump(study.path) == before


@pytest.mark.parametrize(
    ("column", "cell", "what"),
    [
        ("id", "P1-1", "is not an id"),
        ("created_at", "yesterday", "is not a time"),
        ("codebook", "other", "there is no codebook 'other'"),
    ],
)
def test_a_bad_cell_refuses_the_table_with_its_row(study: Study, column: str, cell: str, what: str) -> None:
    sentence = refusal(study, f"transcript,quote,code,{column}\nP1,on the phone,wait,{cell}\n".encode())
    assert what in sentence
    assert "team.csv, row 2" in sentence


def test_an_unknown_version_refuses_the_table_with_those_that_are_there(study: Study) -> None:
    sentence = refusal(study, b"transcript,quote,code,codebook,version\nP1,on the phone,wait,book,7\n")
    assert sentence == "team.csv, row 2: the codebook book has no version 7; it has 1"


def test_an_id_that_stands_twice_refuses_the_table(study: Study, dump: Dump) -> None:
    before = dump(study.path)
    rows = f"{ID},P1,on the phone,wait\n{ID.upper()},P1,stopped,wait\n"
    assert "row 3" in refusal(study, f"id,transcript,quote,code\n{rows}".encode())
    assert dump(study.path) == before


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "team.csv"),
        (b"\n\n", "team.csv"),
        (b"\0" * 1000, "NUL bytes"),
        ((HEAD + "P1,,,жду,wait,ana\n").encode("cp1251"), "team.csv: it is not UTF-8; save it as 'CSV UTF-8'"),
        (b"\xff\xfe\x00", "it is not UTF-8"),
        (b"\xff\xfe\x00\xd8", "it is not UTF-8"),
        (b"quote,code\non the phone,wait\n", "the columns transcript, code and either start and end or quote"),
        (b"transcript,start,code\nP1,3,wait\n", "the columns transcript, code and either start and end or quote"),
        (b"transcript,quote,code,Code\nP1,on the phone,wait,leave\n", "two columns have one name"),
        (b"PK\x03\x04\x14\x00\x06\x00", "team.csv"),
    ],
)
def test_what_is_no_table_of_codings_is_refused_with_a_sentence(
    study: Study, dump: Dump, data: bytes, what: str
) -> None:
    before = dump(study.path)
    assert what in refusal(study, data)
    assert dump(study.path) == before


WORDS = "ANA: жду, \"ждал\"; 等 𝄞!\nINT:  =1+1\tи\u00a0так;\nANA: 'да'\u2028нет\u0085\n"
CODES = ("wait", "trust", "Доверие/к людям", "信任")
MARKS = st.lists(
    st.tuples(
        st.integers(0, len(WORDS) - 1),
        st.integers(1, 30),
        st.sampled_from(["wait", "trust", "к людям", "信任"]),
        st.sampled_from(["ana", "Бен, мл.", '"Зоя"; 等']),
        st.sampled_from(["", "a note", 'with "quotes", commas;\nand lines', "=cmd"]),
    ),
    max_size=8,
    unique_by=lambda m: m[:4],
)


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    made = []
    for name in ("first", "second"):
        with make_study(tmp_path_factory.mktemp(name), codes=CODES, P1=WORDS) as study:
            made.append(study.path)
    return made[0], made[1]


@settings(max_examples=25, deadline=None)
@given(marks=MARKS)
def test_codings_come_back_from_a_table_as_they_went_out(twins: tuple[Path, Path], marks: list[Any]) -> None:
    with open_study(twins[0]) as first, open_study(twins[1]) as second:
        for start, length, code, coder, memo in marks:
            end = min(start + length, len(WORDS))
            try:
                first.code("P1", start=start, end=end, code=code, coder=coder, memo=memo)
            except QcodeError as error:
                assert "already" in error.sentence
        went = first.codings.list()
        second.codings.import_csv(to_csv([as_row(c) for c in went], COLUMNS).encode(), "codings.csv")
        came = second.codings.list()
        assert sorted(map(str, map(asdict, came))) == sorted(map(str, map(asdict, went)))
        assert all(uuid.UUID(c.id) for c in came)
        for study, codings in ((first, went), (second, came)):
            if codings:
                study.codings.withdraw(*(c.id for c in codings))


def test_a_table_is_csv_as_others_read_it(study: Study) -> None:
    table = to_csv([as_row(c) for c in study.codings.list()], COLUMNS)
    read = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [row["quote"] for row in read] == [c.quote for c in study.codings.list()]


def test_a_known_coding_with_another_code_refuses_the_table(study: Study) -> None:
    one = study.codings.list()[0]
    other = "help" if one.code != "help" else "money"
    row = f"{one.id},{one.transcript},{one.start},{one.end},{other},{one.coder}\n"
    with pytest.raises(BadCodings, match="is in the study with another segment, code or coder"):
        study.codings.import_csv(f"id,transcript,start,end,code,coder\n{row}".encode(), "edited.csv")


def test_every_wrong_row_is_named_up_to_ten(study: Study) -> None:
    rows = "".join(f"P1,0,{n},nocode,ana\n" for n in range(1, 14))
    with pytest.raises(BadCodings) as refused:
        study.codings.import_csv(f"transcript,start,end,code,coder\n{rows}".encode(), "team.csv")
    lines = refused.value.sentence.splitlines()
    assert lines[0].startswith("team.csv, row 2: ")
    assert lines[10] == "and 3 more rows"


def test_a_version_that_a_spreadsheet_shortened_is_known(study: Study) -> None:
    study.codebooks.add("generic-interview")
    key = next(c.key for c in study.codebooks.show("generic-interview").content.codes if c.codable)
    table = f"transcript,start,end,code,coder,codebook,version\nP1,5,9,{key},ana,generic-interview,1\n"
    assert study.codings.import_csv(table.encode(), "team.csv").added == 1


def test_an_unclosed_quotation_mark_is_refused(study: Study) -> None:
    with pytest.raises(BadCodings, match="it is not a table"):
        study.codings.import_csv(b'transcript,quote,code\nP1,"on the phone,wait\n', "team.csv")


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ("status\nP1,5,9,wait,ana,open", "'open' is not a status that can be imported"),
        ("version\nP1,5,9,wait,ana,9.9", "a version is given without its codebook"),
        ("created_at\nP1,5,9,wait,ana,9999-99-99T99:99:99Z", "is not a time"),
    ],
)
def test_a_cell_that_would_be_ignored_is_refused(study: Study, cells: str, what: str) -> None:
    assert what in refusal(study, f"transcript,start,end,code,coder,{cells}\n".encode())
