"""A segment named by its words: where they stand, and what to type where they nearly do."""

from __future__ import annotations

import pytest

from qcode.domain.span import Span
from qcode.errors import BadValue
from qcode.study.quotes import find_quote

TEXT = "ANA: Ещё в марте Фонд  ушёл — «насовсем».\nBEN: And the fund left... twice. The fund left."


def refusal(quote: str) -> str:
    with pytest.raises(BadValue) as refused:
        find_quote(TEXT, start=None, end=None, quote=quote, where="P1")
    return str(refused.value)


def test_words_that_stand_there_once_are_found() -> None:
    assert find_quote(TEXT, start=None, end=None, quote="в марте", where="P1") == Span(9, 16)


@pytest.mark.parametrize(
    ("quote", "start", "end"),
    [("в марте фонд ушел", 9, 27), ('ушёл - "насовсем"', 23, 40), ("left… twice", 60, 73), ("АНА", None, None)],
)
def test_a_quote_with_other_capitals_blanks_or_signs_is_led_to_its_place(
    quote: str, start: int | None, end: int | None
) -> None:
    told = refusal(quote)
    assert (f"stands at {start} to {end}: give these two numbers" in told) == (start is not None)
    assert start is None or find_quote(TEXT, start=start, end=end, quote=None, where="P1") == Span(start, end or 0)


def test_a_place_is_not_told_where_there_are_several() -> None:
    assert refusal("THE FUND LEFT").endswith("copy it exactly from the text")


def test_the_sentence_holds_no_word_of_the_text() -> None:
    assert "марте" not in refusal("В МАРТЕ")


def test_a_blank_quote_stands_nowhere() -> None:
    assert "copy it exactly" in refusal("     ")
