"""Bars in lanes: every coding can be seen or is counted, and a key is written where a coding begins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.domain.transcript import Turn
from qcode.tui.cells import cells_of
from qcode.tui.layout import Layout, lay_out
from qcode.tui.margin import Margin, Mark, Widths

TEXT = "word " * 200
LAYOUT: Layout = lay_out(TEXT, [Turn(1, None, 0, len(TEXT) - 1)], 20)
ROW = LAYOUT.rows[0].end
MARKS = st.lists(
    st.builds(
        lambda n, start, length, key: Mark(str(n), start, min(start + length, len(TEXT)), key),
        st.integers(),
        st.integers(0, len(TEXT) - 1),
        st.integers(1, 300),
        st.sampled_from(["TRUST", "ЖДАТЬ-ДОЛГО", "信任", "A"]),
    ),
    max_size=25,
    unique_by=lambda mark: mark.id,
)


@given(MARKS, st.integers(1, 5), st.integers(4, 20))
def test_each_coding_has_a_bar_on_each_of_its_rows_or_is_counted(marks: list[Mark], lanes: int, labels: int) -> None:
    margin = Margin(marks, LAYOUT, Widths(lanes, labels))
    for number in range(len(LAYOUT)):
        here = [m for m in marks if LAYOUT.rows_of(m.start, m.end)[0] <= number <= LAYOUT.rows_of(m.start, m.end)[1]]
        row = margin.row(number)
        assert len(margin.bars_at(number)) == len(here)
        assert sum(bar is not None for bar in row.lanes) + row.hidden >= len(here)


@given(MARKS, st.integers(1, 5), st.integers(4, 20))
def test_the_margin_is_never_wider_than_asked(marks: list[Mark], lanes: int, labels: int) -> None:
    margin = Margin(marks, LAYOUT, Widths(lanes, labels))
    for number in range(len(LAYOUT)):
        row = margin.row(number)
        more = f"+{row.hidden}" if row.hidden else ""
        words = " ".join([*(label for label, _ in row.labels), *([more] if more else [])])
        assert len(row.lanes) + cells_of(words) <= lanes + labels


@given(MARKS)
def test_each_coding_that_has_a_lane_is_named_once_or_counted_where_it_begins(marks: list[Mark]) -> None:
    margin = Margin(marks, LAYOUT, Widths(30, 12))
    named = [mark.id for number in range(len(LAYOUT)) for _, mark in margin.row(number).labels]
    counted = sum(margin.row(number).hidden for number in range(len(LAYOUT)))
    assert len(set(named)) == len(named)
    assert len(named) + counted >= len(marks)


def test_a_bar_has_corners_on_its_first_and_last_row() -> None:
    margin = Margin([Mark("1", 0, 3 * ROW, "TRUST")], LAYOUT, Widths(3, 10))
    assert [margin.row(n).lanes[0].glyph(n) for n in range(3)] == ["┏", "┃", "┗"]  # type: ignore[union-attr]
    assert [label for label, _ in margin.row(0).labels] == ["TRUST"]


def test_codings_that_begin_on_one_row_are_named_one_below_the_other() -> None:
    marks = [Mark(key, 0, 3 * ROW, key) for key in ("TRUST-CLI", "WAIT-LONG", "HELP-NGO")]
    margin = Margin(marks, LAYOUT, Widths(3, 10))
    assert [[label for label, _ in margin.row(n).labels] for n in range(3)] == [
        ["HELP-NGO"],
        ["TRUST-CLI"],
        ["WAIT-LONG"],
    ]


def test_a_long_key_is_cut() -> None:
    margin = Margin([Mark("1", 0, 4, "COERCION-NARCOLOGY")], LAYOUT, Widths(1, 8))
    assert margin.row(0).labels[0][0] == "COERCIO…"


def test_more_codings_than_lanes_are_counted() -> None:
    margin = Margin([Mark(str(n), 0, 4, f"C{n}") for n in range(4)], LAYOUT, Widths(2, 11))
    assert margin.row(0).hidden == 2


def test_signs_tell_what_a_mark_is_without_colour() -> None:
    assert Mark("1", 0, 1, "A", "pending", pending=True).label == "?A"
    assert Mark("1", 0, 1, "A", "other", coder="ben").label == "A@ben"
    assert Mark("1", 0, 1, "A", "other", coder="ben", pending=True).label == "?A@ben"
    assert Mark("1", 0, 1, "A", "draft").label == "*A"


def test_marks_one_behind_the_other_share_a_lane() -> None:
    margin = Margin([Mark("1", 0, 4, "A"), Mark("2", 2 * ROW, 2 * ROW + 4, "B")], LAYOUT, Widths(3, 8))
    assert margin.lanes == 1


def test_labels_stand_in_the_order_of_their_bars() -> None:
    marks = [
        Mark("1", 0, ROW * 4, "A"),
        Mark("2", 0, 5, "B"),
        Mark("3", ROW + 1, ROW * 3, "C"),
        Mark("4", 0, ROW * 2, "D"),
    ]
    margin = Margin(marks, LAYOUT, Widths(6, 30))
    for number in range(len(LAYOUT)):
        row = margin.row(number)
        lanes = {bar.mark.id: lane for lane, bar in enumerate(row.lanes) if bar}
        order = [lanes[mark.id] for _, mark in row.labels]
        assert order == sorted(order)
