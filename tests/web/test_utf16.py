"""Positions between code points and UTF-16 units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.domain.span import Span
from qcode.errors import BadValue
from qcode.web.utf16 import Utf16

CHARACTERS = st.one_of(
    st.sampled_from("a яқ中\n\u0301\u200d\ufe0f\uffff"),
    st.sampled_from("😀👩🏽🇰🇿𠮷𝒳\U0010ffff"),
    st.characters(exclude_categories=["Cs"]),
)
TEXTS = st.text(CHARACTERS, max_size=60)


def units_before(text: str, point: int) -> int:
    """Count as a browser does, without our own arithmetic."""
    return len(text[:point].encode("utf-16-le")) // 2


@given(TEXTS)
def test_every_code_point_begins_at_the_unit_where_utf16_has_it(text: str) -> None:
    positions = Utf16(text)
    assert [positions.to_units(p) for p in range(len(text) + 1)] == [
        units_before(text, p) for p in range(len(text) + 1)
    ]


@given(TEXTS)
def test_there_and_back_is_the_same_position(text: str) -> None:
    positions = Utf16(text)
    assert [positions.to_points(positions.to_units(p)) for p in range(len(text) + 1)] == list(range(len(text) + 1))


@given(TEXTS)
def test_a_unit_is_refused_exactly_where_it_splits_a_character(text: str) -> None:
    positions = Utf16(text)
    begins = {units_before(text, p) for p in range(len(text) + 1)}
    refused = set()
    for unit in range(len(positions) + 1):
        try:
            positions.to_points(unit)
        except BadValue:
            refused.add(unit)
    assert refused == set(range(len(positions) + 1)) - begins


@given(TEXTS)
def test_the_length_is_that_of_utf16(text: str) -> None:
    assert len(Utf16(text)) == len(text.encode("utf-16-le")) // 2


@given(st.text(CHARACTERS, min_size=1, max_size=60), st.data())
def test_a_stretch_of_units_covers_the_same_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    units = units_before(text, start), units_before(text, end)
    words = text.encode("utf-16-le")[2 * units[0] : 2 * units[1]].decode("utf-16-le")
    assert Utf16(text).span(*units).of(text) == words
    assert Utf16(text).flat([Span(start, end)]) == list(units)


@pytest.mark.parametrize("unit", [-1, 4, 10**30, 1.0, "1", None, True, [1], float("nan")])
def test_what_is_no_position_of_the_text_is_refused(unit: object) -> None:
    with pytest.raises(BadValue, match="not in this transcript"):
        Utf16("a😀").to_points(unit)


@pytest.mark.parametrize(("start", "end"), [(1, 1), (3, 1), (0, 0)])
def test_an_empty_stretch_is_refused(start: int, end: int) -> None:
    with pytest.raises(BadValue, match="nothing is selected"):
        Utf16("a😀b").span(start, end)


def test_a_stretch_that_ends_inside_an_emoji_is_refused() -> None:
    with pytest.raises(BadValue, match="inside a character"):
        Utf16("a😀b").span(0, 2)


@pytest.mark.parametrize("point", [-1, 4])
def test_a_code_point_outside_the_text_is_a_mistake_of_ours(point: int) -> None:
    with pytest.raises(ValueError, match="no position"):
        Utf16("a😀b").to_units(point)


def test_a_text_without_wide_characters_counts_the_same_both_ways() -> None:
    assert [Utf16("Қазақ").to_points(u) for u in range(6)] == list(range(6))
