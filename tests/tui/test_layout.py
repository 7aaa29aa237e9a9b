"""A transcript in rows: each character on exactly one, no row wider than asked."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qcode.domain.transcript import Turn
from qcode.tui.cells import cell_width, cells_of, painted
from qcode.tui.layout import heading_of, lay_out, wrap

LETTERS = st.text(
    st.sampled_from("ab  ждғәқ我们，。（）“”e\u0301й\u0306\t\n-\u200d\u3000\U0001f600が\u3099\u00a0"), max_size=120
)
TEXTS = LETTERS | st.text(max_size=60)
WIDTHS = st.integers(2, 30)


def rows_of(text: str, width: int) -> list[str]:
    return [text[span.start : span.end] for span in wrap(text, 0, len(text), width)]


@given(TEXTS, WIDTHS)
@example("我们，。（）", 2)
def test_each_character_stands_on_exactly_one_row(text: str, width: int) -> None:
    assert "".join(rows_of(text, width)) == text


@given(TEXTS, WIDTHS)
def test_no_row_is_wider_than_asked_but_for_blanks_that_hang_over_its_edge(text: str, width: int) -> None:
    assert all(cells_of(row.rstrip()) <= width for row in rows_of(text, width))


@given(TEXTS, WIDTHS)
def test_no_row_begins_inside_a_cluster(text: str, width: int) -> None:
    for row, before in zip(rows_of(text, width)[1:], rows_of(text, width), strict=False):
        assert cell_width(row[0]) or before.endswith("\n") or row[0] == "\n"


@given(st.lists(st.text(st.sampled_from("abжғә"), min_size=1, max_size=8), min_size=1), st.integers(8, 30))
def test_a_word_that_fits_is_never_broken(words: list[str], width: int) -> None:
    assert [word for row in rows_of(" ".join(words), width) for word in row.split()] == words


def test_chinese_breaks_anywhere_but_not_before_a_full_stop() -> None:
    assert rows_of("我们等了两个小时。", 6) == ["我们等", "了两个", "小时。"]
    assert rows_of("我们等。了", 6) == ["我们", "等。了"]


def test_a_latin_word_among_chinese_stays_whole() -> None:
    assert rows_of("我们的AIDS中心", 8) == ["我们的", "AIDS中心"]


def test_a_stress_mark_stays_with_its_vowel() -> None:
    assert rows_of("жда\u0301лаа", 3) == ["жда\u0301", "лаа"]


def test_a_word_longer_than_the_row_is_broken_at_the_edge() -> None:
    assert rows_of("a abcdefgh", 4) == ["a ", "abcd", "efgh"]


def test_a_blank_at_the_edge_hangs_over_it() -> None:
    assert rows_of("abcd efgh", 4) == ["abcd ", "efgh"]


@given(LETTERS, st.data())
def test_each_character_of_a_transcript_stands_on_exactly_one_row(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    speakers = st.sampled_from([None, "ANA"])
    turns = [
        Turn(n, data.draw(speakers), start, end)
        for n, (start, end) in enumerate(zip(edges[::2], edges[1::2], strict=False), start=1)
    ]
    layout = lay_out(text, turns, 10)
    assert "".join(text[row.start : row.end] for row in layout.rows) == text
    for position in range(len(text)):
        row = layout.rows[layout.row_at(position)]
        assert row.start <= position < row.end


def test_a_turn_has_a_heading_with_speaker_and_time_and_an_empty_row_before_it() -> None:
    text = "ANA: yes\nBEN: no"
    layout = lay_out(text, [Turn(1, "ANA", 5, 8, 3725.0), Turn(2, "BEN", 14, 16)], 10)
    assert [row.kind for row in layout.rows] == ["heading", "text", "blank", "heading", "text"]
    assert [heading_of(turn) for turn in layout.turns] == ["ANA  1:02:05", "BEN"]


def test_words_between_turns_that_no_heading_stands_for_are_shown() -> None:
    layout = lay_out("a\n[laughs]\nb", [Turn(1, None, 0, 1), Turn(2, None, 11, 12)], 10)
    assert "[laughs]" in [layout.text[row.start : row.end].strip() for row in layout.rows if row.kind == "text"]


def test_an_empty_text_has_one_empty_row() -> None:
    assert [row.kind for row in lay_out("", [], 10).rows] == ["blank"]


@pytest.mark.parametrize("text", ["a", "a\n", "a\n\n\n"])
def test_the_last_place_of_a_text_has_a_row(text: str) -> None:
    layout = lay_out(text, [Turn(1, None, 0, 1)], 10)
    assert layout.row_at(len(text)) == 0
    assert painted(layout.text[layout.rows[0].start : layout.rows[0].end]).strip() == "a"
