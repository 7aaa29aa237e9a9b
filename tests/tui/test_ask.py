"""One question, one line."""

from __future__ import annotations

from qcode.tui.ask import AskLine
from tests.tui.sheets import show


def test_enter_answers_with_the_line_without_blanks_around_it() -> None:
    assert show(AskLine("Search"), "type: ждала ", "enter").answer == "ждала"


def test_digits_and_blanks_are_typed_from_the_first_on() -> None:
    assert show(AskLine("Search"), "type:2 1", "enter").answer == "2 1"


def test_an_empty_line_is_an_answer_and_esc_is_none() -> None:
    assert show(AskLine("Reason"), "enter").answer == ""
    assert show(AskLine("Reason", "old"), "escape").answer is None


def test_what_stands_there_is_kept_or_typed_over() -> None:
    assert show(AskLine("Key", "old"), "enter").answer == "old"
    assert show(AskLine("Key", "old"), "type:new", "enter").answer == "new"


def test_title_and_hint_are_shown_with_their_brackets() -> None:
    text = show(AskLine("[b]Key[/b]", hint="for [red]words[/red]")).text
    assert "[b]Key[/b]" in text and "for [red]words[/red]" in text


def test_what_is_typed_and_mended_in_a_hurry_is_answered_as_it_was_typed() -> None:
    assert show(AskLine("Search"), "burst:wax>backspace>i>t>enter>x").answer == "wait"
