"""Turns enclose the words spoken, and nothing else; they stand in order and do not overlap."""

from __future__ import annotations

import pytest

from qcode.domain.span import Span
from qcode.text.layout import Layout
from qcode.text.turns import find_turns
from tests.text.found import find, talk

END = "Ana Ruiz stopped transcription"


def times(text: str) -> list[float | None]:
    return [turn.time for turn in find(text).turns]


def test_neighbouring_paragraphs_of_one_speaker_are_one_turn() -> None:
    text = "INT: a\nR1: b\nR1: c\nINT: d"
    assert talk(text) == [("INT", "a"), ("R1", "b\nR1: c"), ("INT", "d")]
    assert find(text).labels == 4


def test_paragraphs_without_a_label_go_on_with_the_speaker_before() -> None:
    assert talk("INT: a\n\nb\n\nR1: c\nINT: d\nR1: e")[0] == ("INT", "a\n\nb")


def test_a_label_without_words_is_counted_and_no_turn() -> None:
    text = "INT: a\nR1:\nINT: b\nR1: c"
    assert talk(text) == [("INT", "a"), ("INT", "b"), ("R1", "c")]
    assert find(text).labels == 4


def test_blanks_around_the_words_are_not_in_the_turn() -> None:
    assert talk("INT:\u00a0 a \t\n  \nR1:\tb\u00a0\nINT: c\nR1: d") == [
        ("INT", "a"),
        ("R1", "b"),
        ("INT", "c"),
        ("R1", "d"),
    ]


def test_a_heading_or_rule_behind_a_turn_is_nobodys_talk() -> None:
    text = "Anna: a\n\n## Part two\n\nBoris: b\n\n---\n\nAnna: c\nBoris: d"
    assert talk(text) == [("Anna", "a"), ("Boris", "b"), ("Anna", "c"), ("Boris", "d")]


def test_a_heading_inside_the_talk_of_one_speaker_does_not_cut_it() -> None:
    assert talk("Anna: a\n## Part\nmore\nBoris: b\nAnna: c\nBoris: d")[0] == ("Anna", "a\n## Part\nmore")


def test_a_line_all_in_bold_gives_its_words_without_the_stars() -> None:
    text = "**INT: why?**\nR1: so\n**INT: ah?**\nR1: yes"
    assert talk(text)[0] == ("INT", "why?")


def test_times_before_behind_and_after_are_not_words() -> None:
    text = "[00:00:01] INT: a\nR1: [00:00:05] b\nINT [0:09]: c\nR1: d #00:00:12-5#"
    assert talk(text) == [("INT", "a"), ("R1", "b"), ("INT", "c"), ("R1", "d")]
    assert times(text) == [1.0, 5.0, 9.0, 12.5]


def test_a_bare_time_regularly_at_the_end_of_turns_is_no_word() -> None:
    text = "I: eins 00:05\nB: zwei\n00:09\nI: drei 00:14\nB: vier 00:20\n"
    assert [words for _, words in talk(text)] == ["eins", "zwei", "drei", "vier"]
    assert times(text) == [5.0, 9.0, 14.0, 20.0]


def test_a_time_of_day_at_the_end_stays_a_word() -> None:
    assert talk("I: when?\nB: at 10:30\nI: ah\nB: yes")[1] == ("B", "at 10:30")


def test_every_time_met_is_a_time_mark() -> None:
    text = "[00:00:01] INT: a [00:00:03] b\nR1: c\n#00:00:09-0#\nINT: d"
    assert [mark.seconds for mark in find(text).time_marks] == [1.0, 3.0, 9.0]


def test_without_speakers_every_paragraph_is_a_turn_without_its_time() -> None:
    text = "00:00:01 one: two\n\n00:00:05 three"
    assert talk(text) == [(None, "one: two"), (None, "three")]
    assert times(text) == [1.0, 5.0]


def test_a_time_of_day_in_front_of_a_paragraph_stays() -> None:
    assert talk("10:30 we met.\nThen we went.")[0] == (None, "10:30 we met.")


def test_labels_that_nobody_speaks_behind_are_no_speakers() -> None:
    assert [turn.speaker for turn in find("A:\nB:\nA:\nB:\nA:\nB:").turns] == [None] * 6


@pytest.mark.parametrize(
    "credit",
    [
        "Над материалом работали:\nПерова А.Б.\nЛ.М. Маров",
        "\n      Над  материалом  работали:\n      Перова А.Б.\n",
        "Transcribed by: Ann Doe\nEdited by: Tom Roe, 2019",
        "Transkription: Eva Muster",
        "整理：李研究员\n校对：张伟",
        "Transcribed by https://otter.ai",
    ],
)
def test_credits_below_the_talk_are_said_by_no_one(credit: str) -> None:
    text = "I: a\nB: b\n" * 3 + "I: Das war es.\nUnd danke.\n" + credit
    found = talk(text)
    assert found[-2:] == [("I", "Das war es.\nUnd danke."), (None, credit.strip())]


@pytest.mark.parametrize("more", ["", "Редактор: он мне говорил так. " + "И ещё вот что он говорил. " * 8])
def test_talk_that_only_begins_like_credits_stays_talk(more: str) -> None:
    text = "И: а\nР: б\n" * 3 + f"И: Транскрипция: вот что это такое.\n{more}\nДальше не было ничего."
    assert talk(text)[-1][0] == "И"
    assert talk(text)[-1][1].endswith("ничего.")


OTTER = """\
Ana Ruiz  00:03
Как вы сюда добрались?

Ben Cole  00:08
On foot. It took an hour.

Ana Ruiz  1:02:11
And then?

Ben Cole  1:02:15
Nothing.
"""
ZOOM = """\
10:02:11 From Ana Ruiz to Everyone:
\tHello all
10:02:40 From Ben Cole (He/Him) to Everyone:
\tCan you hear me?
\tI do: well.
10:03:01 From  Ana Ruiz  to  Ben Cole(Direct Message) : yes
10:04:00\t From Ben Cole : good
"""
TEAMS = """\
0:0:3.120 --> 0:0:6.480
Ana Ruiz
How did you come here?

0:1:8.5 --> 0:1:9.20
Ben Cole
On foot.

1:2:11.0 --> 1:2:13.990
Ana Ruiz
And then?
"""


def said(text: str) -> list[tuple[str | None, float | None, str]]:
    return [(turn.speaker, turn.time, text[turn.start : turn.end]) for turn in find(text).turns]


def test_a_name_and_a_time_above_the_words_are_those_of_the_turn() -> None:
    assert [(speaker, time) for speaker, time, _ in said(OTTER)] == [
        ("Ana Ruiz", 3.0),
        ("Ben Cole", 8.0),
        ("Ana Ruiz", 3731.0),
        ("Ben Cole", 3735.0),
    ]
    assert said(OTTER)[1][2] == "On foot. It took an hour."


def test_a_name_with_an_initial_and_a_time_on_its_line_is_a_label() -> None:
    text = OTTER.replace("Ana Ruiz", "Айгуль Н.").replace("Ben Cole", "Klient B.")
    assert [speaker for speaker, _, _ in said(text)] == ["Айгуль Н.", "Klient B."] * 2


def test_a_saved_chat_says_from_whom_and_to_whom() -> None:
    assert said(ZOOM) == [
        ("Ana Ruiz", 36131.0, "Hello all"),
        ("Ben Cole", 36160.0, "Can you hear me?\n\tI do: well."),
        ("Ana Ruiz", 36181.0, "yes"),
        ("Ben Cole", 36240.0, "good"),
    ]


def test_times_on_a_line_above_the_name_are_those_of_the_turn_below() -> None:
    assert said(TEAMS) == [
        ("Ana Ruiz", 3.12, "How did you come here?"),
        ("Ben Cole", 68.5, "On foot."),
        ("Ana Ruiz", 3731.0, "And then?"),
    ]
    assert [(mark.position, mark.seconds) for mark in find(TEAMS).time_marks] == [
        (TEAMS.index(start), seconds) for start, seconds in (("0:0:3", 3.12), ("0:1:8", 68.5), ("1:2:11", 3731.0))
    ]


def test_a_bold_name_with_a_time_behind_it_leaves_the_time_out_of_the_words() -> None:
    text = "Ana Ruiz   0:03\nHow far?\nBen Cole   0:08\nAn hour.\nAna Ruiz   0:15\nAnd?\nBen Cole   0:20\nNo."
    names = [at for name in ("Ana Ruiz", "Ben Cole") for at in (text.index(name), text.rindex(name))]
    lines = find(text).turns
    found = find_turns(Layout(text, [Span(0, len(text))], bold={at: at + 8 for at in names}))
    assert [(turn.speaker, turn.time) for turn in found.turns] == [(turn.speaker, turn.time) for turn in lines]
    assert [turn.time for turn in found.turns] == [3.0, 8.0, 15.0, 20.0]


def test_a_time_on_a_line_of_its_own_above_the_first_label_belongs_to_the_turn_below() -> None:
    text = "00:00:05\n\nAnna: a\nBoris: b\n\n00:05:00\n\nAnna: c\nBoris: d"
    assert talk(text) == [("Anna", "a"), ("Boris", "b"), ("Anna", "c"), ("Boris", "d")]
    assert times(text) == [5.0, None, 300.0, None]


def test_a_time_on_a_line_of_its_own_below_the_first_turn_belongs_to_that_turn() -> None:
    text = "Anna: a\n[00:00:05]\nBoris: b\n[00:01:00]\nAnna: c\n[00:02:00]\nBoris: d\n[00:03:00]"
    assert talk(text) == [("Anna", "a"), ("Boris", "b"), ("Anna", "c"), ("Boris", "d")]
    assert times(text) == [5.0, 60.0, 120.0, 180.0]


def test_the_line_with_which_a_recording_ends_is_nobodys_talk() -> None:
    text = "".join(f"{('Ana Ruiz', 'Bob K.')[n % 2]}   0:0{n}\nwords\n\n" for n in range(4)) + END
    assert talk(text)[-1] == (None, END)
