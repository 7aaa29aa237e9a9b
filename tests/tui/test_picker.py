"""Choosing codes by letters, by number and by marks."""

from __future__ import annotations

import pytest

from qcode.domain.codebook import Code
from qcode.tui.picker import CodePicker
from tests.tui.sheets import SMALL, WIDE, show

CODES = (
    Code("STIGMA", "Stigma", codable=False),
    Code("STIG-SELF", "Self-stigma", parent="STIGMA", names=(("ru", "Самостигма"), ("zh", "自我污名")), brief="Shame"),
    Code("STIG-PUB", "Public stigma", parent="STIGMA", when="Neighbours talk.", when_not="Clinics: see elsewhere."),
    Code("TRUST", "Trust", aliases=("confidence",), definition="Somebody relies on somebody."),
    Code("[red]", "[bold]Bracket[/bold]", brief="[link=x]not a link[/link]"),
)


def picker(**more: object) -> CodePicker:
    return CodePicker(CODES, ("TRUST",), {"TRUST": "#2f6fd0"}, **more)  # type: ignore[arg-type]


def test_enter_takes_the_code_used_last() -> None:
    assert show(picker(), "enter").answer == ["TRUST"]


def test_letters_narrow_the_list_and_enter_takes_the_best() -> None:
    assert show(picker(), "type:pub", "enter").answer == ["STIG-PUB"]


def test_enter_right_behind_the_letters_takes_the_code_they_name() -> None:
    assert show(picker(), "burst:pub>enter").answer == ["STIG-PUB"]
    assert show(picker(), "burst:самост>enter").answer == ["STIG-SELF"]


def test_a_letter_behind_enter_changes_nothing_any_more() -> None:
    assert show(picker(), "burst:pub>enter>s>e>l>f").answer == ["STIG-PUB"]


def test_letters_that_fit_nothing_take_nothing_however_fast_enter_comes() -> None:
    assert show(picker(), "burst:qqq>enter").answers == []


def test_marks_set_in_a_hurry_are_on_the_codes_that_were_typed() -> None:
    assert show(picker(), "burst:self>tab>p>u>b>tab>enter").answer == ["STIG-SELF", "STIG-PUB"]


def test_a_digit_right_behind_deleted_letters_takes_the_code_of_the_whole_list() -> None:
    assert show(picker(), "burst:p>backspace>2").answer == show(picker(), "2").answer


def test_an_arrow_right_behind_the_letters_moves_in_the_list_they_name() -> None:
    seen = show(picker(), "type:stig", "down", "enter")
    assert show(picker(), "burst:stig>down>enter").answer == seen.answer


def test_a_code_is_found_in_russian_and_by_its_alias() -> None:
    assert show(picker(), "type:самост", "enter").answer == ["STIG-SELF"]
    assert show(picker(), "type:confid", "enter").answer == ["TRUST"]


def test_a_key_is_found_that_is_typed_with_a_russian_layout() -> None:
    assert show(picker(), "type:екгые", "enter").answer == ["TRUST"]


def test_a_digit_takes_a_code_while_nothing_is_typed() -> None:
    assert show(picker(), "2").answer == ["STIG-PUB"]


def test_a_digit_under_which_no_code_stands_takes_nothing() -> None:
    seen = show(picker(), "9")
    assert seen.answers == [] and "no code stands under 9" in seen.text


def test_a_digit_is_a_letter_once_something_is_typed() -> None:
    seen = show(picker(), "type:s2")
    assert seen.answers == [] and "letters of key or name: s2" in seen.text


def test_a_heading_is_not_offered() -> None:
    assert "STIGMA" not in show(picker()).text


def test_tab_marks_several_and_enter_takes_just_these() -> None:
    assert show(picker(), "home", "up", "up", "tab", "down", "tab", "enter").answer == ["STIG-SELF", "TRUST"]


def test_marks_outlive_typing() -> None:
    assert show(picker(), "type:self", "tab", "type:pub", "tab", "enter").answer == ["STIG-SELF", "STIG-PUB"]


def test_a_blank_marks_in_an_empty_line_and_again_takes_the_mark_back() -> None:
    seen = show(picker(), "space")
    assert "1 code marked: TRUST" in seen.text
    assert "marked" not in show(picker(), "space", "up", "space").text


def test_esc_leaves_without_a_code_even_with_marks() -> None:
    assert show(picker(), "tab", "escape").answer is None


def test_two_keys_at_once_answer_once() -> None:
    assert show(picker(), "type:22").answers == [["STIG-PUB"]]


def test_letters_that_fit_nothing_are_answered_with_a_sentence() -> None:
    seen = show(picker(), "type:qqq", "enter")
    assert "no key, name or alias of a code fits “qqq”" in seen.words and seen.answers == []


def test_when_and_when_not_stand_beside_the_list() -> None:
    for size in (SMALL, WIDE):
        words = show(picker(), "type:pub", size=size).words
        assert "when: Neighbours talk." in words and "not: Clinics: see elsewhere." in words


def test_names_are_in_the_language_of_the_transcript() -> None:
    text = show(picker(language="zh")).text
    assert "自我污名" in text and "Self-stigma" not in text


def test_brackets_in_keys_names_and_briefs_are_letters() -> None:
    text = show(picker(), size=WIDE).text
    assert "[red]" in text and "[bold]Bracket[/bold]" in text and "[link=x]not a link[/link]" in text


def test_f2_shows_the_whole_definition_and_esc_comes_back() -> None:
    assert "Somebody relies on somebody." in show(picker(), "f2").text
    seen = show(picker(), "f2", "escape", "enter")
    assert seen.answer == ["TRUST"]


@pytest.mark.parametrize("size", [SMALL, WIDE])
def test_no_line_is_wider_than_the_terminal(size: tuple[int, int]) -> None:
    many = tuple(Code(f"CODE-{n}", "很长的名字" * 20, brief="и ещё слово " * 30, when="когда " * 80) for n in range(40))
    seen = show(CodePicker(many, (), {}), size=size)
    assert "…" in seen.text and "Esc back" in seen.text
