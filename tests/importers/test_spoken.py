"""Names from files are cleaned, words are one line, talk of several tiers is one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.importers.registry import read
from qcode.importers.spoken import distinct, listed, name_of, one_line, seconds_of, shared_time
from tests.importers.xml_talks import eaf


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("  Ана\n\tМ. ", "Ана М."),
        ("a\x00\x1b[31mb", "a [31mb"),
        ("\u202eevil", "evil"),
        ("a\u2028b", "a b"),
        ("<script>", "<script>"),
        ("نازنین\u200cزهرا", "نازنین\u200cزهرا"),
    ],
)
def test_a_name_is_one_line_without_control_characters(raw: str, name: str) -> None:
    assert name_of(raw) == name


def test_the_first_that_is_a_name_is_taken() -> None:
    assert name_of(None, " \n", "x") == "x"
    assert name_of("", "\x00") is None


def test_long_names_are_cut_and_stay_apart() -> None:
    one, other = name_of("a" * 10_000), name_of("a" * 9_999 + "b")
    assert one is not None
    assert len(one) <= 100
    assert one != other


def test_a_name_that_is_markup_or_endless_breaks_no_import() -> None:
    data = eaf({"T1|&lt;script&gt;alert(1)&lt;/script&gt;": ["0-1 one"], f"{'x' * 10_000}": ["1-2 two"]})
    found = read(data, "a.eaf")
    assert found.speakers[0].name == "<script>alert(1)</script>"
    assert len(found.speakers[1].name) <= 100
    assert len(found.turns) == 2


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_name_is_short_and_one_line(raw: str) -> None:
    name = name_of(raw)
    assert name is None or (len(name) <= 100 and name == " ".join(name.split()) and len(name.splitlines()) == 1)


def test_line_breaks_in_words_become_one_blank() -> None:
    assert one_line(" a \r\n b\u2028c  d ") == "a b c  d"


@pytest.mark.parametrize("text", ["nan", "inf", "-1", "1e99", "", "x", None])
def test_what_is_no_time_is_none(text: str | None) -> None:
    assert seconds_of(text) is None


def test_a_time_may_have_a_comma() -> None:
    assert seconds_of(" 1,5 ") == 1.5


def test_two_people_of_one_name_are_told_apart_by_their_ids() -> None:
    assert distinct({"a": "X", "b": "X", "c": "Y"}) == {"a": "X (a)", "b": "X (b)", "c": "Y"}


def test_talk_at_the_same_time_is_measured_over_the_shorter() -> None:
    assert shared_time([(0, 10)], [(8, 12)]) == 0.5
    assert shared_time([(0, 1), (5, 6)], [(1, 5)]) == 0.0
    assert shared_time([], [(1, 5)]) == 0.0


def test_a_long_list_is_cut_with_a_count() -> None:
    assert listed(str(n) for n in range(14)).endswith("11 and 2 more")
