"""Choosing one of several codings, with nothing that a letter could do."""

from __future__ import annotations

from dataclasses import replace

from qcode.domain.coding import Coding
from qcode.tui.which_coding import WhichCoding
from tests.tui.sheets import show

FIRST = Coding("aaaaaaaa1", "P1", 0, 9, "два часа", "WAIT", "ana", "2025-03-01T10:00:00Z", "book", "1")
CODINGS = [FIRST, replace(FIRST, id="bbbbbbbb2", code="TRUST"), replace(FIRST, id="cccccccc3", code="KIN")]


def which() -> WhichCoding:
    return WhichCoding("Memo on which coding?", CODINGS)


def test_a_digit_chooses() -> None:
    assert show(which(), "2").answer is CODINGS[1]


def test_enter_takes_the_coding_under_the_pointer() -> None:
    assert show(which(), "down", "down", "enter").answer is CODINGS[2]


def test_no_letter_of_any_layout_does_anything() -> None:
    seen = show(which(), "type:xmidqkчьшaz")
    assert seen.answers == [] and "Memo on which coding?" in seen.text


def test_a_number_without_a_coding_is_a_sentence() -> None:
    seen = show(which(), "7")
    assert seen.answers == [] and "no coding stands under 7" in seen.text


def test_esc_leaves_without_one() -> None:
    assert show(which(), "escape").answer is None
