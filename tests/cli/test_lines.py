"""Text set for a terminal."""

from __future__ import annotations

from collections import Counter

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
        head, [["P07", "a very large city in the south", "a network of networks", "P07; P08"]], [False] * 4, 30
    )
    assert shown.splitlines()[0] == "P07"
    assert "settlement    a very large city in the south" in shown
    assert "transcripts   P07; P08" in shown


def test_a_table_that_fits_breaks_only_its_last_column() -> None:
    shown = as_table(["id", "words"], [["1", "one two three four five six seven eight nine ten"]], [True, False], 30)
    assert shown.splitlines() == ["id  words", " 1  one two three four five", "    six seven eight nine ten"]


def test_long_names_go_over_two_lines_before_a_table_becomes_records() -> None:
    head, row = (
        ["id", "transcript", "start", "quote"],
        ["1b1aa4ca", "Interview 1 Saule (final)", "300", "afraid of them"],
    )
    shown = as_table(head, [row], [False, False, True, False], 50)
    assert shown.splitlines() == [
        "id        transcript         start  quote",
        "1b1aa4ca  Interview 1 Saule    300  afraid of them",
        "          (final)",
    ]


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4), st.integers(30, 90))
def test_a_table_is_never_wider_than_the_terminal_and_keeps_every_word(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    shown = as_table(["id", "transcript", "quote"], cells, [False, True, False], width)
    letters = sorted("".join(cell for row in cells for cell in row).replace(" ", ""))
    assert not Counter(letters) - Counter(shown)
    if not shown.startswith("id"):
        return
    assert all(display_width(line) <= width for line in shown.splitlines())


def test_a_last_column_without_room_stands_below_the_others() -> None:
    head, row = (
        ["id", "transcript", "code", "quote"],
        ["1b1aa4ca", "KG-CLI-01", "STIG-REG", "afraid of all the neighbours"],
    )
    shown = as_table(head, [row], [False] * 4, 40)
    assert shown.splitlines() == [
        "id        transcript  code",
        "    quote",
        "1b1aa4ca  KG-CLI-01   STIG-REG",
        "    afraid of all the neighbours",
    ]


def test_without_a_terminal_a_table_is_as_wide_as_it_is() -> None:
    assert len(as_table(["a", "b"], [["x", "y" * 300]], [False, False], None).splitlines()) == 2
