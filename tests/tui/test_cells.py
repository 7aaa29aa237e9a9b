"""What is painted for a character, and how wide it stands."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qcode.tui.cells import cell_width, cells_of, cut, cut_in_the_middle, is_narrow, is_wide, painted, place_at

MIXED = st.text(st.sampled_from("ab ждғ我，e\u0301\t\n\x1b\u200d\U0001f600\u202e\xad"), max_size=60) | st.text(
    max_size=40
)


def test_what_counts_as_narrow_is_one_cell_and_painted_as_itself() -> None:
    for character in map(chr, range(sys.maxunicode + 1)):
        if is_narrow(character):
            assert cell_len(character) == 1, hex(ord(character))


def test_what_counts_as_wide_is_two_cells_and_painted_as_itself() -> None:
    for character in map(chr, range(sys.maxunicode + 1)):
        if is_wide(character):
            assert cell_len(character) == 2, hex(ord(character))


def test_letters_of_kazakh_and_kyrgyz_are_narrow() -> None:
    assert is_narrow("әғқңөұүһі ӘҒҚҢӨҰҮҺІ ёЁ «—» …")


@given(MIXED)
def test_the_width_of_a_text_is_that_of_what_is_painted(text: str) -> None:
    assert cells_of(text) == cell_len(painted(text))


@given(MIXED)
def test_nothing_painted_gives_an_order_to_the_terminal(text: str) -> None:
    assert all(
        character.isprintable() or ord(character) > 0xFFFF for character in painted(text) if character < "\ue000"
    )
    assert not set(painted(text)) & set("\x1b\x07\x08\r\n\x9b\u202e\u2066")


@given(MIXED, st.integers(0, 60))
def test_the_character_at_a_cell_covers_that_cell(text: str, cell: int) -> None:
    at = place_at(text, cell)
    if at < len(text):
        assert cells_of(text[:at]) <= cell < cells_of(text[: at + 1])
    else:
        assert cells_of(text) <= cell


@given(MIXED, st.integers(0, 30))
def test_a_cut_line_fits(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
    assert cell_len(cut_in_the_middle(text, width)) <= width


def test_a_long_quote_keeps_its_beginning_and_its_end() -> None:
    assert cut_in_the_middle("I waited two hours on the phone", 15) == "I waite…e phone"
    assert cut_in_the_middle("我们等了两个小时了", 9) == "我们…时了"


def test_a_wide_character_takes_two_cells_and_a_stress_mark_none() -> None:
    assert [cell_width(character) for character in "a我\u0301\t\x1b\u200d"] == [1, 2, 0, 2, 1, 0]
