"""All keys on one sheet."""

from __future__ import annotations

import pytest

from qcode.domain.keys import KEYS, shown
from qcode.tui.help import HelpScreen
from tests.tui.sheets import SMALL, WIDE, show


def test_every_key_and_its_help_is_shown_in_a_large_terminal() -> None:
    seen = show(HelpScreen(KEYS), size=WIDE)
    for key in KEYS:
        if not key.act.startswith("quick_"):
            assert all(shown(name) in seen.text for name in key.keys), key
            assert key.help.split()[0] in seen.text
    assert "1 … 9" in seen.text


def test_the_last_group_is_reached_in_a_small_terminal() -> None:
    assert "leave; everything is" in show(HelpScreen(KEYS), "end").words


@pytest.mark.parametrize("size", [SMALL, WIDE, (50, 24)])
def test_no_group_is_left_out(size: tuple[int, int]) -> None:
    pages = " ".join(show(HelpScreen(KEYS), *["space"] * n, size=size).text for n in range(6))
    assert all(group in pages for group in {key.group for key in KEYS})


def test_two_columns_stand_side_by_side_in_a_small_terminal() -> None:
    assert any("Moving" in line and "Coding" in line for line in show(HelpScreen(KEYS)).lines)


def test_esc_and_the_key_that_opened_it_leave() -> None:
    assert show(HelpScreen(KEYS), "escape").answers == [None]
    assert show(HelpScreen(KEYS), "?").answers == [None]
