"""Spans against sets of positions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.domain.span import Span, common, union, without

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda p: Span(p[0], p[0] + p[1]))


def positions(*spans: Span) -> set[int]:
    return {p for span in spans for p in range(span.start, span.end)}


@given(SPANS, SPANS)
def test_spans_overlap_where_they_share_a_position(a: Span, b: Span) -> None:
    assert a.overlaps(b) == bool(positions(a) & positions(b))


@given(SPANS, SPANS)
def test_the_intersection_holds_the_shared_positions(a: Span, b: Span) -> None:
    shared = a.intersection(b)
    assert (positions(shared) if shared else set()) == positions(a) & positions(b)


@given(SPANS, SPANS)
def test_a_span_contains_another_whose_positions_are_all_its_own(a: Span, b: Span) -> None:
    assert a.contains(b) == (positions(b) <= positions(a))


@given(SPANS, SPANS)
def test_the_gap_counts_the_positions_between_both(a: Span, b: Span) -> None:
    between = set(range(min(a.end, b.end), max(a.start, b.start)))
    assert a.gap(b) == b.gap(a) == len(between)


@given(st.lists(SPANS, max_size=12))
def test_the_union_holds_the_same_positions(spans: list[Span]) -> None:
    assert positions(*union(spans)) == positions(*spans)


@given(st.lists(SPANS, max_size=12))
def test_between_the_runs_of_a_union_lies_a_position(spans: list[Span]) -> None:
    runs = union(spans)
    assert all(before.end < after.start for before, after in pairwise(runs))


@given(st.lists(SPANS, max_size=12), st.lists(SPANS, max_size=12))
def test_what_two_lists_of_spans_have_in_common_and_what_only_one_has(one: list[Span], other: list[Span]) -> None:
    assert positions(*common(one, other)) == positions(*one) & positions(*other)
    assert positions(*without(one, other)) == positions(*one) - positions(*other)


@given(st.lists(SPANS, max_size=12), st.lists(SPANS, max_size=12))
def test_between_the_runs_of_a_comparison_lies_a_position(one: list[Span], other: list[Span]) -> None:
    for runs in (common(one, other), without(one, other)):
        assert all(before.end < after.start for before, after in pairwise(runs))


@given(SPANS)
def test_a_span_is_as_long_as_its_positions_are_many(span: Span) -> None:
    assert len(span) == len(positions(span))


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3)])
def test_a_stretch_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="0 <= start < end"):
        Span(start, end)


def test_positions_are_code_points_not_bytes() -> None:
    assert Span(1, 3).of("a𝄞жb") == "𝄞ж"
