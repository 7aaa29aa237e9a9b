"""Text set for a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.layout import display_width
from qcode.cli.lines import as_table, wrapped

WORDS = st.text(alphabet="ab жы 访谈者。", max_size=120)


@given(WORDS, st.integers(20, 60))
def test_no_line_is_wider_than_the_terminal(text: str, width: int) -> None:
    assert all(display_width(line) <= width for line in wrapped(text, width=width).splitlines())


@given(WORDS, st.integers(20, 60))
def test_nothing_of_the_text_is_lost(text: str, width: int) -> None:
    assert "".join(wrapped(text, width=width).split()) == "".join(text.split())


def test_words_are_not_broken_where_they_fit() -> None:
    assert wrapped("one two three four five six", width=20) == "one two three four\nfive six"


def test_a_table_that_does_not_fit_becomes_records_with_every_column() -> None:
    head = ["case", "settlement", "organisation", "transcripts"]
    shown = as_table(
        head, [["P07", "a very large city in the south", "a network of networks", "P07; P08"]], [False] * 4, 60
    )
    assert shown.splitlines()[0] == "P07"
    assert "settlement    a very large city in the south" in shown
    assert "transcripts   P07; P08" in shown


def test_a_table_that_fits_breaks_only_its_last_column() -> None:
    shown = as_table(["id", "words"], [["1", "one two three four five six seven eight nine ten"]], [True, False], 30)
    assert shown.splitlines() == ["id  words", " 1  one two three four five", "    six seven eight nine ten"]


def test_without_a_terminal_a_table_is_as_wide_as_it_is() -> None:
    assert len(as_table(["a", "b"], [["x", "y" * 300]], [False, False], None).splitlines()) == 2
