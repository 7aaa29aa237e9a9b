"""Choosing the coders whose codings are shown."""

from __future__ import annotations

from qcode.tui.others import CoderChooser
from tests.tui.sheets import show

NAMES = ("ben", "Айгерім", "[red]王[/red]")


def test_nobody_is_shown_at_first() -> None:
    assert show(CoderChooser(NAMES), "enter").answer == []


def test_a_blank_shows_and_hides_the_coder_under_the_pointer() -> None:
    assert show(CoderChooser(NAMES), "down", "space", "enter").answer == ["Айгерім"]
    assert show(CoderChooser(NAMES, ["ben"]), "space", "enter").answer == []


def test_a_digit_turns_the_nth_coder() -> None:
    assert show(CoderChooser(NAMES), "3", "1", "enter").answer == ["ben", "[red]王[/red]"]


def test_what_is_chosen_is_written_and_not_only_coloured() -> None:
    text = show(CoderChooser(NAMES, ["Айгерім"])).text
    assert "1 [ ] ben" in text and "2 [x] Айгерім  shown" in text and "3 [ ] [red]王[/red]" in text


def test_esc_leaves_it_as_it_was() -> None:
    assert show(CoderChooser(NAMES), "1", "escape").answer is None


def test_where_nobody_else_coded_it_says_so() -> None:
    assert "Nobody else has coded here" in show(CoderChooser([])).text
