"""Names stand in the order in which people put them."""

from __future__ import annotations

import pytest

from qcode.domain.natural import natural


def ordered(*names: str) -> list[str]:
    return sorted(names, key=natural)


def test_numbers_in_names_count_as_numbers() -> None:
    assert ordered("P10", "P2", "P1", "P100") == ["P1", "P2", "P10", "P100"]


def test_several_numbers_in_a_name_count_one_after_the_other() -> None:
    assert ordered("KG-10-2", "KG-2-10", "KG-2-9") == ["KG-2-9", "KG-2-10", "KG-10-2"]


def test_a_name_that_begins_with_a_number_stands_before_one_that_begins_with_a_letter() -> None:
    assert ordered("a1", "10 b", "9 b", "interview") == ["9 b", "10 b", "a1", "interview"]


def test_capital_letters_do_not_stand_before_small_ones() -> None:
    assert ordered("beta", "Alpha", "alpine") == ["Alpha", "alpine", "beta"]


def test_the_dots_of_yo_and_of_umlauts_do_not_count() -> None:
    assert ordered("Яна", "Ёлка", "Ева", "Жан") == ["Ева", "Ёлка", "Жан", "Яна"]
    assert ordered("Zoe", "Ärzte", "Anna") == ["Anna", "Ärzte", "Zoe"]


def test_short_i_is_a_letter_of_its_own() -> None:
    assert ordered("Йод", "Ия") == ["Ия", "Йод"]


def test_names_that_count_as_the_same_still_have_one_order() -> None:
    assert ordered("P01", "P1", "p1") == ordered("p1", "P1", "P01")


def test_wide_digits_count_as_numbers_too() -> None:
    assert ordered("访谈10", "访谈\uff12") == ["访谈\uff12", "访谈10"]


@pytest.mark.parametrize("name", ["", "7" * 5000, "²", "٣"])
def test_any_name_has_a_place(name: str) -> None:
    assert len(ordered(name, "P1")) == 2
