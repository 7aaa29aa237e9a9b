"""What a person types is found whatever its case and spelling, and each place is one of whole letters."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qcode.text.typed import find_typed, fold_typed

LETTERS = "aAsSßiIİıеёЁЕйЙиИ\u0306\u0308\u0301é丢脸👍🏽\u200d\ufe0f\u00ad '’‘ʻ\n\t\u00a0\u3000ＡａςσΣﬁŉǰ.(*"
TEXTS = st.text(st.sampled_from(LETTERS) | st.characters(exclude_categories=["Cs"]), max_size=30)
WORDS = st.text(st.sampled_from("abcгдежзийклмё丢脸ßé👍"), min_size=1, max_size=6)


def found(text: str, typed: str) -> list[str]:
    return [span.of(text) for span in find_typed(text, typed)]


@pytest.mark.parametrize(
    ("text", "typed", "quotes"),
    [
        ("I waited. I WAIT.", "wait", ["wait", "WAIT"]),
        ("Ещё и еще, ЕЩЁ.", "еще", ["Ещё", "еще", "ЕЩЁ"]),
        ("Ещё и еще", "ещё", ["Ещё", "еще"]),
        ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Straße, STRASSE", "straße", ["Straße", "STRASSE"]),
        ("aß und ass", "as", ["as"]),
        ("sßs", "ss", ["ß"]),
        ("İstanbul, istanbul", "istanbul", ["İstanbul", "istanbul"]),
        ("за\u0301мок", "ЗАМОК", ["за\u0301мок"]),
        ("мой мои\u0306 мои", "мой", ["мой", "мои\u0306"]),
        ("мой мои\u0306 мои", "мои", ["мои"]),
        ("cafe\u0301 café cafe", "café", ["cafe\u0301", "café"]),
        ("на\u00adпример", "например", ["на\u00adпример"]),
        ("oʻzbek o‘zbek o'zbek", "o’zbek", ["oʻzbek", "o‘zbek", "o'zbek"]),
        ("我怕丢脸。", "丢脸", ["丢脸"]),
        ("so 👍🏽 good", "👍🏽", ["👍🏽"]),
        (
            "two\n  hours, two hours, two\u00a0hours, twohours",
            "two  hours",
            ["two\n  hours", "two hours", "two\u00a0hours"],
        ),
        ("(a.b) axb", "A.B", ["a.b"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("nothing", "some", []),
        ("", "some", []),
        ("nothing", "", []),
        ("nothing", " \u0301 \u00ad", []),
    ],
)
def test_words_are_found_as_a_person_means_them(text: str, typed: str, quotes: list[str]) -> None:
    assert found(text, typed) == quotes


@given(TEXTS, TEXTS, TEXTS)
@example("s", "ss", "s")
@example("мой ", "мои\u0306", " мои")
def test_places_stand_in_order_without_overlap_and_read_as_what_was_typed(before: str, typed: str, after: str) -> None:
    text = before + typed + after + typed
    spans = find_typed(text, typed)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    wanted = fold_typed(typed).split()
    assert all(fold_typed(span.of(text)).split() == wanted for span in spans)
    assert not spans or spans[-1].end <= len(text)


@given(TEXTS, WORDS, TEXTS)
def test_words_that_stand_there_are_found_there(before: str, typed: str, after: str) -> None:
    text = f"{before} {typed.upper()} {after}"
    start = len(before) + 1
    assert any(span.start < start + len(typed.upper()) and start < span.end for span in find_typed(text, typed))


@given(st.text("abAB \n", max_size=40), st.text("abAB", min_size=1, max_size=3))
def test_plain_letters_are_found_as_by_a_plain_search(text: str, typed: str) -> None:
    expected = [match.span() for match in re.finditer(typed.lower(), text.lower())]
    assert [(span.start, span.end) for span in find_typed(text, typed)] == expected


@given(TEXTS, WORDS)
def test_no_place_cuts_a_letter_from_its_marks(text: str, typed: str) -> None:
    whole = text + typed + text
    marks = [n for n, letter in enumerate(whole) if "\u0300" <= letter <= "\u036f" and n > 0]
    spans = find_typed(whole, typed)
    assert not any(n in (span.start, span.end) for n in marks for span in spans)


@given(st.text(st.sampled_from(LETTERS) | st.characters(max_codepoint=0x52F), max_size=30))
def test_composed_and_taken_apart_letters_are_the_same(text: str) -> None:
    composed = fold_typed(unicodedata.normalize("NFC", text))
    assert fold_typed(unicodedata.normalize("NFD", text)) == composed
