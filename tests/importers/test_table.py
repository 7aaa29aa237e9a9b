"""A table becomes talk where its columns say so: a row a turn, a talk in each cell, or a row a respondent."""

from __future__ import annotations

import io
from collections import Counter

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Options
from qcode.importers.registry import is_talk, read_all
from tests.importers.real_files import content

GERMAN = """\
Zeit;Sprecher;Transkript;Notiz
00:00:01;I;Wie lange haben Sie gewartet?;
00:00:05;B;Zwei Stunden, in der Kälte.;lacht
;;Und dann ging ich.;
00:00:20;I;Warum, meinen Sie?;
00:01:00;B:;Niemand kam.;
"""
RUSSIAN = """\
Интервью,Спикер,Текст
Анна,И,Сколько вы ждали?
Анна,А,Два часа на морозе.
,А,И никого.
Вера,И,Кто вам помог?
Вера,В,Сестра. Она платила за автобус.
"""
CHINESE = """\
时间,说话人,内容
00:01,访谈者,您等了多久？
00:05,受访者甲,两个小时，很冷。
00:12,访谈者,后来呢？
00:15,受访者甲,没有人来。
"""
KAZAKH = "Сөйлеуші\tМәтін\nС\tҚанша күттіңіз?\nЖ\tЕкі сағат 🙂\nС\tСосын?\nЖ\tЕшкім келмеді.\n"
SURVEY = """\
ID,Age,Sex,E-mail,What helped you most?,What would you change?
R01,34,f,a@example.org,My sister paid for the bus every week until spring.,I would let people come without papers.
R02,51,m,c@example.org,"The doctor was kind.

He told me the truth about it, too.",
R03,29,f,e@example.org,,Nothing at all about the place but the hours it keeps.
R04,40,m,g@example.org,,
"""
TALKS = """\
no,kind,talk
1,first,"INT: How long?
ANA: Two hours."
2,second,"INT: And then?
ANA: Nobody came.
INT: Nobody?"
"""


def drafts(text: str, name: str = "talk.csv", *columns: tuple[str, str]) -> list[Draft]:
    return read_all(text.encode(), name, Options(columns=columns))


def test_a_column_is_not_two_things_at_once() -> None:
    for columns in ((("speaker", "talk"), ("text", "talk")), (("text", "talk"), ("text", "C"))):
        with pytest.raises(Unreadable, match="two things are to come from the column “talk”"):
            drafts(TALKS, "talk.csv", *columns)


def spoken(draft: Draft) -> list[tuple[str | None, str]]:
    return [(turn.speaker, draft.text[turn.start : turn.end]) for turn in draft.turns]


def refusal(text: str, *columns: tuple[str, str]) -> str:
    with pytest.raises(Unreadable) as refused:
        drafts(text, "talk.csv", *columns)
    return refused.value.sentence


def test_a_row_is_a_turn_with_its_speaker_and_time() -> None:
    (found,) = drafts(GERMAN)
    assert spoken(found) == [
        ("I", "Wie lange haben Sie gewartet?"),
        ("B", "Zwei Stunden, in der Kälte. Und dann ging ich."),
        ("I", "Warum, meinen Sie?"),
        ("B", "Niemand kam."),
    ]
    assert [turn.time for turn in found.turns] == [1.0, 5.0, 20.0, 60.0]
    assert (found.labels, found.title, found.format) == (4, None, "csv")


def test_what_was_taken_for_what_is_told() -> None:
    (found,) = drafts(GERMAN)
    assert found.notices[0].what == (
        "columns: speaker = Sprecher, words = Transkript, time = Zeit; left out: Notiz; "
        "if that is wrong, name them with --columns"
    )


@pytest.mark.parametrize(("text", "speakers"), [(CHINESE, ["访谈者", "受访者甲"]), (KAZAKH, ["С", "Ж"])])
def test_columns_are_known_in_the_languages_of_those_who_make_them(text: str, speakers: list[str]) -> None:
    (found,) = drafts(text)
    assert [speaker.name for speaker in found.speakers] == speakers
    assert len(found.turns) == 4


def test_a_column_of_transcripts_parts_them_and_an_empty_cell_goes_on() -> None:
    first, second = drafts(RUSSIAN)
    assert (first.title, second.title) == ("Анна", "Вера")
    assert spoken(first)[-1] == ("А", "Два часа на морозе. И никого.")
    assert len(second.turns) == 2
    assert not second.notices


def test_a_table_without_names_of_columns_is_read_by_what_stands_in_it() -> None:
    text = "INT,How long did you wait?\nANA,Two hours in the cold.\nINT,And what then?\nANA,Nobody ever came.\n"
    (found,) = drafts(text)
    assert [speaker for speaker, _ in spoken(found)] == ["INT", "ANA", "INT", "ANA"]
    assert "speaker = A, words = B" in found.notices[0].what


def test_a_full_name_and_its_initials_are_one_speaker() -> None:
    rows = ["Speaker,Text", "Rae Brook,First words.", *["DB,He asks.", "RB:,She answers."] * 5]
    (found,) = drafts("\n".join(rows))
    assert {speaker.name: speaker.labels for speaker in found.speakers} == {"RB": 6, "DB": 5}


def test_a_row_is_a_respondent_with_answers_and_facts() -> None:
    found = drafts(SURVEY, "survey.csv")
    assert [one.title for one in found] == ["R01", "R02", "R03"]
    assert found[0].attributes == (("Age", "34"), ("Sex", "f"))
    assert found[1].text == ("What helped you most?\nThe doctor was kind.\n\nHe told me the truth about it, too.")
    assert {speaker for one in found for speaker, _ in spoken(one)} == {None}
    assert len(found[1].turns) == len(found[1].paragraphs) == 3
    assert "rows without an answer, left out: 1" in [notice.what for notice in found[0].notices]


def test_a_question_is_answered_freely_even_where_some_said_the_same() -> None:
    same = ["Мне помогла подруга: она всё рассказала.", "Ничего не помогло – если честно сказать.", "Нет"]
    rows = [f"{n},{('ж', 'м')[n % 2]},{same[n % 3]}" for n in range(1, 7)]
    found = drafts("№ анкеты,Пол,Что вам помогло?\n" + "\n".join(rows) + "\n", "опрос.csv")
    assert [one.text.split("\n")[0] for one in found] == ["Что вам помогло?"] * 6
    assert found[0].attributes == (("Пол", "м"),)


def test_a_question_that_offers_its_answers_is_a_fact() -> None:
    offered = ("stimme eher nicht zu (eher selten)", "stimme voll zu (sehr oft)")
    rows = [f"{n},{offered[n % 2]}" for n in range(20)]
    with pytest.raises(Unreadable, match="no column of the table was recognised"):
        drafts("ID,Fühlen Sie sich wohl?\n" + "\n".join(rows) + "\n", "umfrage.csv")


def test_what_tells_who_a_respondent_is_is_left_out_unless_it_is_asked_for() -> None:
    found = drafts(SURVEY)
    assert "left out as it may tell who a person is: E-mail" in found[0].notices[0].what
    asked = drafts(SURVEY, "survey.csv", ("id", "ID"), ("attribute", "e-mail"), ("text", "What would you change?"))
    assert asked[0].attributes == (("E-mail", "a@example.org"),)
    assert [one.title for one in asked] == ["R01", "R03"]


def test_a_talk_in_each_cell_is_a_transcript_of_its_own() -> None:
    first, second = drafts(TALKS, "all.csv")
    assert (first.title, second.title) == ("all 1", "all 2")
    assert first.text == "INT: How long?\nANA: Two hours."
    assert [speaker for speaker, _ in spoken(second)] == ["INT", "ANA", "INT"]
    assert second.attributes == (("kind", "second"),)


def test_columns_are_those_that_a_person_names() -> None:
    text = "a,b,c,d\nx,Two hours in the cold.,INT,00:10\nx,No.,ANA,12.5\ny,Yes.,ANA,1:02:03\n"
    chosen = (("speaker", "C"), ("text", "b"), ("time", "D"), ("transcript", "a"))
    first, second = drafts(text, "talk.csv", *chosen)
    assert spoken(first) == [("INT", "Two hours in the cold."), ("ANA", "No.")]
    assert [turn.time for turn in (*first.turns, *second.turns)] == [10.0, 12.5, 3723.0]


def test_a_time_that_cannot_be_read_is_told() -> None:
    (found,) = drafts("time,speaker,text\n2024-03-01,I,So?\nsoon,B,Well.\n7,I,Yes.\n900000ms,B,No.\n")
    assert [turn.time for turn in found.turns] == [None, None, 7.0, 900.0]
    assert "times that could not be read: 2" in [notice.what for notice in found.notices]


def test_only_the_speakers_that_are_named_are_believed() -> None:
    (found,) = read_all(GERMAN.encode(), "a.csv", Options(speakers=("B",)))
    assert [speaker.name for speaker in found.speakers] == ["B"]
    (bare,) = read_all(GERMAN.encode(), "a.csv", Options(no_speakers=True))
    assert (bare.speakers, bare.labels, len(bare.turns)) == ((), 0, 5)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "code,parent,definition\nA,,what it is\n",
            "a table of codes, not a transcript; take it in with: qcode codebook",
        ),
        (
            "transcript,code,start,end\nP1,A,1,5\n",
            "a table of codings, not a transcript; take it in with: qcode coding",
        ),
        ("case,role,transcripts\nAna,client,P1\n", "a table of cases, not a transcript; take it in with: qcode case"),
        ("a,b\n1,2\n3,4\n", "no column of the table was recognised as talk"),
        ("Ana,1,2,9\nAna,2,11,17\nBen,5,24,30\n", "no column of the table was recognised as talk"),
        ("speaker,text\nI,\nB,\n", "no column of the table was recognised as talk"),
        ('speaker,text\nI,"so\nB,no\n', "the cells cannot be told apart, row 2; look for a quote"),
        ("speaker,text\nI,so\nB,no,well\n", "it has more cells than there are columns, row 3; put quotes"),
        ("sep=;\n", "the table is empty"),
    ],
)
def test_what_is_no_talk_is_refused_with_what_to_do(text: str, why: str) -> None:
    assert why in refusal(text)


def test_a_column_that_is_not_there_is_refused_with_those_that_are() -> None:
    assert refusal(GERMAN, ("speaker", "Wer")) == (
        "there is no column “Wer”; the columns are: Zeit, Sprecher, Transkript, Notiz"
    )


def test_only_a_table_with_columns_of_a_talk_is_taken_from_a_folder() -> None:
    assert is_talk(GERMAN.encode(), "a.csv") and is_talk(CHINESE.encode(), "a.csv")
    assert not any(is_talk(text.encode(), "a.csv") for text in (SURVEY, TALKS, "a,b\n1,2\n", "", "x" * 10))


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_of_several_sheets_the_one_with_talk_is_read_and_the_others_told() -> None:
    data = workbook(
        Codes=[["Code", "Definition"], ["A", "what it is"]],
        Talk=[["Who", "Text"], ["I", "So?"], ["B", "Two hours in the cold."], ["I", "And?"], ["B", "No."]],
    )
    (found,) = read_all(data, "a.xlsx")
    assert [speaker for speaker, _ in spoken(found)] == ["I", "B", "I", "B"]
    assert found.notices[0].what == "the sheet “Talk” was read, and these were not: “Codes”"
    assert (found.format, found.encoding) == ("xlsx", None)


def test_dialogues_in_cells_have_the_labels_that_were_counted() -> None:
    found = read_all(content("mts-dialog/MTS-Dialog-ValidationSet.csv"), "MTS.csv")
    count: Counter[str] = Counter()
    for one in found:
        count.update({speaker.name: speaker.labels for speaker in one.speakers})
    assert count == {"Doctor": 414, "Patient": 357, "Guest_family": 33, "Guest_clinician": 10}
    assert (len(found), found[0].attributes) == (100, (("section_header", "GENHX"),))


@pytest.mark.parametrize("path", ["AlexPaulSuzan.csv", "example_figure10.csv", "interview-data.xlsx"])
def test_coded_material_is_no_talk(path: str) -> None:
    with pytest.raises(Unreadable, match="qcode cod"):
        read_all(content(f"coded/{path}"), path)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text(alphabet='aЖ是 ,;"\n\t:12', max_size=12), max_size=4), max_size=8))
def test_any_table_ends_in_drafts_or_in_a_sentence(rows: list[list[str]]) -> None:
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    try:
        found = drafts("speaker,text\n" + text)
    except Unreadable as refused:
        assert "could not be read as" not in refused.what
    else:
        assert all(0 <= turn.start < turn.end <= len(one.text) for one in found for turn in one.turns)


def test_whole_numbers_by_which_turns_would_be_many_minutes_apart_are_milliseconds() -> None:
    (found,) = drafts("start,end,speaker,text\n0,2000,I,So?\n3000,4000,B,Well.\n6000,7000,I,Yes.\n9000,9500,B,No.\n")
    assert [turn.time for turn in found.turns] == [0.0, 3.0, 6.0, 9.0]


def test_whole_numbers_some_seconds_apart_are_seconds() -> None:
    (found,) = drafts("start,speaker,text\n0,I,So?\n30,B,Well.\n700,I,Yes.\n720,B,No.\n")
    assert [turn.time for turn in found.turns] == [0.0, 30.0, 700.0, 720.0]
