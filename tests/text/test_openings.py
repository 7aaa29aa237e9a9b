"""Labels behind numbers, dates and brackets, and labels that only blanks or a line of their own set off."""

from __future__ import annotations

import pytest

from tests.text.found import find, speakers, talk


@pytest.mark.parametrize("dress", ["<{}>", "({})", "({}):", "<{}> -", "[{}] –"])
def test_roles_and_codes_in_brackets_are_labels(dress: str) -> None:
    text = f"{dress.format('INT')} a\n{dress.format('P1')} b\n" * 3
    assert speakers(text) == {"INT": 3, "P1": 3}
    assert talk(text)[0] == ("INT", "a")


def test_a_stage_direction_in_round_brackets_is_no_label() -> None:
    assert speakers("(laughs) so it was\n(pauses) and then\n" * 4) == {}


def test_two_blanks_behind_a_name_set_it_off_where_most_lines_are_so() -> None:
    text = "Anna  So: what was it?\nBoris  It was good.\n" * 3
    assert talk(text)[:2] == [("Anna", "So: what was it?"), ("Boris", "It was good.")]


def test_two_blanks_behind_the_first_word_of_few_lines_name_nobody() -> None:
    assert speakers("So  we went.\nIt was a long way, and nobody came.\nThen home.\nAnd to bed.\nLate.\n" * 3) == {}


def test_sentences_with_two_blanks_between_them_name_nobody() -> None:
    assert speakers("Yes.  We went.\nNo.  We stayed.\n" * 4) == {}


def test_one_blank_behind_the_number_of_a_line_is_enough_where_numbers_count_the_lines() -> None:
    text = "\n".join(f"{n} {'IB'[n % 2]}: word {n}" for n in range(1, 9))
    assert talk(text)[:2] == [("B", "word 1"), ("I", "word 2")]


def test_numbers_that_do_not_rise_are_no_numbers_of_lines() -> None:
    assert speakers("20 People: many\n7 Dogs: few\n20 People: many\n7 Dogs: few\n") == {}


def test_the_date_and_hour_of_a_chat_stand_before_the_name() -> None:
    lines = "12.03.21, 10:0{n} - Ana: a\n12.03.21, 10:0{n} - Bob: b\n"
    assert speakers("".join(lines.format(n=n) for n in range(4))) == {"Ana": 4, "Bob": 4}
    lines = "[3/12/2021, 10:0{n}:11 PM] Ana: a\n[3/12/2021, 10:0{n}:15 PM] Bob: b\n"
    assert speakers("".join(lines.format(n=n) for n in range(4))) == {"Ana": 4, "Bob": 4}


def test_a_number_in_a_name_is_not_taken_for_the_hours_of_the_time_behind_it() -> None:
    text = "".join(f"Speaker {n % 2 + 1} 00:0{n}:07\nwords\n\n" for n in range(6))
    assert speakers(text) == {"Speaker 1": 3, "Speaker 2": 3}


def test_a_name_that_ends_in_an_initial_may_stand_alone_without_a_time() -> None:
    assert speakers("Anna\nso\n\nBoris K.\nyes, that is right\n\n" * 4) == {"Anna": 4, "Boris K.": 4}


@pytest.mark.parametrize("clock", ["00:00:0{n}", "[00:0{n}]", "(00:00:0{n})", "00:00:0{n}.000"])
def test_a_time_behind_a_name_sets_it_off_without_a_colon(clock: str) -> None:
    lines = [f"{('Ana', 'S2')[n % 2]} {clock.format(n=n)} So: what was it?\n\n" for n in range(6)]
    found = find("".join(lines) + "00:01:20\n")
    assert [(turn.speaker, turn.time) for turn in found.turns][:2] == [("Ana", 0.0), ("S2", 1.0)]
    assert {found.turns[n].end - found.turns[n].start for n in (0, 5)} == {len("So: what was it?")}


def test_a_time_in_the_midst_of_a_sentence_makes_no_speaker_of_the_words_before_it() -> None:
    assert speakers("We met at 10:30:00 and went.\nThe next day at 11:00:00 he came.\n" * 4) == {}


def test_a_bracket_and_a_time_may_both_stand_behind_a_name() -> None:
    text = "I (00:01): so\nResp (m, 34) (00:02): yes\n" * 3
    assert speakers(text) == {"I": 3, "Resp (m, 34)": 3}
    assert [turn.time for turn in find(text).turns][:2] == [1.0, 2.0]


@pytest.mark.parametrize("text", ["(a) one\n(b) two\n(c) three\n", "(A) one\n(B) two\n", "<A> one\n<B> two\n<C> three"])
def test_the_letters_of_a_list_are_no_labels(text: str) -> None:
    assert speakers(text) == {}
