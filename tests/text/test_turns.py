"""Turns enclose the words spoken, and nothing else; they stand in order and do not overlap."""

from __future__ import annotations

import pytest

from tests.text.found import find, talk


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
