"""One row painted: exactly as wide as asked, marks seen without colours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from qcode.domain.span import Span
from qcode.domain.transcript import Turn
from qcode.tui.cells import painted
from qcode.tui.layout import lay_out
from qcode.tui.margin import Margin, Mark
from qcode.tui.painter import GUTTER, Painter, measures

WORDS = st.text(st.sampled_from("ab ждғ 我们，e\u0301\t\n\x1b\u200d\U0001f600"), min_size=1, max_size=200)
TEXT = "I waited two hours."


def painter(text: str, width: int = 60, *, selected: tuple[int, int] = (0, 1), marks: tuple[Mark, ...] = ()) -> Painter:
    share = measures(width)
    layout = lay_out(text, [Turn(1, None, 0, len(text))], share.words)
    coded = tuple(Span(mark.start, mark.end) for mark in marks)
    return Painter(layout, Margin(marks, layout, share.margin), share, selection=Span(*selected), coded=coded)


@given(st.integers(50, 250))
def test_gutter_words_and_margin_share_the_width(width: int) -> None:
    share = measures(width)
    assert share.margin_at + share.margin.lanes + 1 + share.margin.labels <= width
    assert share.words >= 25


@given(WORDS, st.integers(50, 120), st.data())
def test_each_row_is_exactly_as_wide_as_the_others(text: str, width: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    drawn = painter(text, width, selected=(start, end), marks=(Mark("1", start, end, "КОД"), Mark("2", 0, end, "信任")))
    widths = {sum(cell_len(segment.text) for segment in drawn.row(n)) for n in range(len(drawn.layout))}
    assert len(widths) == 1 and widths.pop() <= width


@given(WORDS, st.data())
def test_the_selected_characters_and_no_others_are_reversed(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    drawn = painter(text, 200, selected=(start, end))
    seen = "".join(s.text for n in range(len(drawn.layout)) for s in drawn.row(n) if s.style and s.style.reverse)
    assert "".join(seen.split()) == "".join(painted(text[start:end]).split())


def test_the_selection_has_a_sign_in_the_gutter() -> None:
    assert painter(TEXT, selected=(2, 8)).row(0)[0].text == "▌ "


def test_a_coded_stretch_is_underlined() -> None:
    row = painter(TEXT, marks=(Mark("1", 2, 8, "WAIT"),)).row(0)
    assert [s.text for s in row if s.style and s.style.underline] == ["waited"]


def test_a_place_of_a_search_is_bold() -> None:
    drawn = painter(TEXT)
    drawn.matches = [Span(9, 12)]
    assert [s.text for s in drawn.row(0)[1:] if s.text.strip() and s.style and s.style.bold] == ["two"]


@given(WORDS, st.integers(0, 100))
def test_a_cell_leads_to_a_character_of_its_row(text: str, cell: int) -> None:
    drawn = painter(text)
    for number, row in enumerate(drawn.layout.rows):
        assert row.start <= drawn.position_at(number, cell) <= row.end


def test_a_click_beside_a_bar_or_on_its_key_means_its_coding() -> None:
    one, other = Mark("1", 0, 8, "WAIT"), Mark("2", 0, 4, "TRUST")
    drawn = painter(TEXT, marks=(one, other))
    lanes = drawn.measures.margin_at
    assert drawn.marks_at(0, lanes) == [one]
    assert drawn.marks_at(0, lanes + 1) == [other]
    assert drawn.marks_at(0, lanes + 3) == [one]
    assert drawn.marks_at(0, lanes + 8) == [other]


def test_a_wide_window_gives_its_blanks_to_the_labels() -> None:
    share = measures(200)
    assert share.words == 100 and share.margin.labels > 50
    assert share.left + GUTTER + share.words + 2 + share.margin.lanes + 1 + share.margin.labels == 200
