"""Names are compared as people write them, and shown as they stand."""

from __future__ import annotations

import pytest

from qcode.text.fold import expands, fold, is_initials, mixes_alphabets, shape, slipped, swapped, tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("В.Д.", "В. Д."),
        ("В.\u00a0Д.", "В.Д"),
        ("С", "C"),
        ("MEL", "Mel"),
        ("Interviewer 1", "Interviewer1"),
        ("Ё.", "Е"),
    ],
)
def test_spellings_of_one_label_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("R1", "R2"), ("Ю. С.", "С. Ю."), ("И", "Р"), ("唐鳳", "曾依璇")])
def test_different_labels_do_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("label", "form"),
    [
        ("Г", "letter"),
        ("И.", "letter"),
        ("В. Д.", "initials"),
        ("Ю.З.", "initials"),
        ("R1", "code"),
        ("SPEAKER_00", "code"),
        ("Interviewer 2", "code"),
        ("MEL", "caps"),
        ("Anna", "title1"),
        ("Marius van der Wijden", "titles"),
        ("Д-р Иванова", "titles"),
        ("唐鳳", "cjk"),
        ("nflaig", "handle"),
        ("Option number two is", "phrase"),
        ("Он говорит", "phrase"),
        ("", "phrase"),
    ],
)
def test_the_form_of_a_label_is_known(label: str, form: str) -> None:
    assert shape(label) == form


FULL = "Юрий Владимирович Самодуров"


@pytest.mark.parametrize("short", ["Ю. С.", "Ю.В.", "Ю.В.С.", "С", "Ю", "ЮС", "Самодуров", "Юрий", "С. Ю."])
def test_initials_and_single_names_may_stand_for_a_full_name(short: str) -> None:
    assert expands(FULL, short)


@pytest.mark.parametrize("short", ["В. Я.", "Я", "Петров", FULL, "Ю1"])
def test_other_labels_may_not(short: str) -> None:
    assert not expands(FULL, short)


@pytest.mark.parametrize(
    ("full", "short"),
    [("Интервьюер", "И"), ("Respondent 1", "R1"), ("Rae Armantrout", "RA"), ("Самодуров Юрий Владимирович", "Ю. С.")],
)
def test_roles_and_names_in_other_orders_have_their_initials(full: str, short: str) -> None:
    assert expands(full, short)


def test_swapped_initials_are_seen() -> None:
    assert swapped("Л.Н.", "Н.Л.")
    assert not swapped("Л.Н.", "Л. Н.")


def test_letters_of_another_alphabet_are_seen() -> None:
    assert mixes_alphabets("С", "C")
    assert not mixes_alphabets("С.", "С")


def test_blanks_are_tidied_for_showing_only() -> None:
    assert tidy(" Ю.\u00a0 С. ") == "Ю. С."
    assert is_initials("Ю.\u00a0С.")


@pytest.mark.parametrize("slip", ["INTERVEWER", "INTERVIIEWER", "INTERVEIWER", "INTERWIEWER"])
def test_one_letter_wrong_missing_doubled_or_two_turned_is_a_slip(slip: str) -> None:
    assert slipped(slip, "INTERVIEWER")
    assert slipped("INTERVIEWER", slip)


@pytest.mark.parametrize("other", ["INTERVIEWER", "INTERVIEWEE", "INTERVIEWERS", "INTERWIEVER", "NTERVIEWER", ""])
def test_other_endings_and_two_slips_are_other_words(other: str) -> None:
    assert not slipped(other, "INTERVIEWER")
