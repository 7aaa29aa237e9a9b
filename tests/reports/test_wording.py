"""Which words of a changed text are marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.reports.wording import wording


def marked(pieces: tuple[tuple[str, bool], ...]) -> list[str]:
    return [words for words, differs in pieces if differs]


@given(st.text(max_size=60), st.text(max_size=60))
def test_both_texts_stand_in_full(before: str, after: str) -> None:
    made = wording("definition", before, after)
    assert "".join(words for words, _ in made.before) == before
    assert "".join(words for words, _ in made.after) == after


@given(st.text(max_size=60))
def test_equal_texts_carry_no_marks(text: str) -> None:
    made = wording("definition", text, text)
    assert marked(made.before) == marked(made.after) == []


def test_one_word_more_is_one_mark() -> None:
    made = wording("when", "Any wait on the phone.", "Any long wait on the phone.")
    assert (marked(made.before), marked(made.after)) == ([], ["long"])


def test_words_are_marked_whole_with_the_blank_between_them() -> None:
    made = wording("when", "She tells of a long wait at the clinic.", "She tells of short rests at the clinic.")
    assert (marked(made.before), marked(made.after)) == (["a long wait"], ["short rests"])


def test_chinese_is_compared_character_by_character() -> None:
    made = wording("name", "对医务人员的信任", "对管理人员的信任")
    assert (marked(made.before), marked(made.after)) == (["医务"], ["管理"])


def test_texts_with_little_in_common_carry_no_marks() -> None:
    made = wording("when", "Outreach stopped, staff unpaid.", "What the reader sees first.")
    assert marked(made.before) == marked(made.after) == []


def test_an_empty_text_has_no_pieces() -> None:
    assert wording("brief", "", "Something").before == ()


def test_very_long_texts_stand_without_marks() -> None:
    made = wording("when", "word " * 3000, "words " * 3000)
    assert len(made.before) == len(made.after) == 1
