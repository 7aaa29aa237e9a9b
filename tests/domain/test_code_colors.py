"""Colours of codes: their own, those of the family, and readable ones."""

from __future__ import annotations

from itertools import combinations

import pytest

from qcode.domain.code_colors import PALETTE, color_of, contrast, readable
from qcode.domain.codebook import Code, CodebookVersion


def colors(*codes: Code) -> dict[str, str]:
    return color_of(CodebookVersion("book", "1", codes))


def test_a_code_has_its_own_color() -> None:
    assert colors(Code("A", "A", color="#7A3B69")) == {"A": "#7a3b69"}


def test_a_code_without_a_color_has_that_of_the_nearest_code_above_that_has_one() -> None:
    found = colors(
        Code("A", "A", color="#111111"), Code("B", "B", "A", color="#222222"), Code("C", "C", "B"), Code("D", "D", "C")
    )
    assert found == {"A": "#111111", "B": "#222222", "C": "#222222", "D": "#222222"}


def test_a_family_without_a_color_has_one_of_the_palette_together() -> None:
    found = colors(Code("A", "A"), Code("B", "B", "a"), Code("C", "C"))
    assert found == {"A": PALETTE[0], "B": PALETTE[0], "C": PALETTE[1]}


def test_a_family_keeps_its_color_when_another_gets_one_of_its_own() -> None:
    before = colors(Code("A", "A"), Code("B", "B"))
    after = colors(Code("A", "A", color="#123456"), Code("B", "B"))
    assert before["B"] == after["B"]


def test_with_more_families_than_colors_the_first_color_comes_again() -> None:
    found = colors(*(Code(f"K{n}", "K") for n in range(len(PALETTE) + 1)))
    assert found[f"K{len(PALETTE)}"] == PALETTE[0]


def test_what_is_no_color_counts_as_none() -> None:
    assert colors(Code("A", "A", color="red; }")) == {"A": PALETTE[0]}


def test_codes_in_a_circle_or_without_their_parent_still_have_a_color() -> None:
    found = colors(Code("A", "A", "B"), Code("B", "B", "A"), Code("C", "C", "gone"))
    assert set(found) == {"A", "B", "C"}
    assert all(color in PALETTE for color in found.values())


@pytest.mark.parametrize("color", PALETTE)
def test_a_color_of_the_palette_stands_out_on_white_and_on_black(color: str) -> None:
    assert contrast(color, "#ffffff") >= 3
    assert contrast(color, "#000000") >= 3


def test_no_two_colors_of_the_palette_are_close() -> None:
    def apart(one: str, other: str) -> int:
        return sum(abs(int(one[k : k + 2], 16) - int(other[k : k + 2], 16)) for k in (1, 3, 5))

    assert min(apart(one, other) for one, other in combinations(PALETTE, 2)) >= 60


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("color", "background"), [("#490113", "#000000"), ("#ffee88", "#ffffff"), ("#1e1e1e", "#1e1e1e")]
)
def test_a_color_too_near_to_the_background_is_moved_until_it_stands_out(color: str, background: str) -> None:
    assert contrast(color, background) < 3 <= contrast(readable(color, background), background)


def test_a_color_that_stands_out_stays() -> None:
    assert readable("#2f6fd0", "#ffffff") == "#2f6fd0"
