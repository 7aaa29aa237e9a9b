"""Every unit and count agrees with double loops over sets of positions, on random small projects."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis import containing, pairs, tally
from qcode.analysis.codings import Codings, Spans
from qcode.analysis.cooccurrence import Counts, count
from qcode.errors import BadValue
from tests.analysis import brute_cooccurrence as brute
from tests.analysis.small_projects import ancestors_of, codings_of, small_projects, spans_array

PAIR_COUNTS = ("hits", "segments", "transcripts", "cases")
KINDS = [
    *[("overlap", c, None) for c in ("stretches", "characters", *PAIR_COUNTS)],
    *[(u, c, None) for u in ("exact", "within") for c in PAIR_COUNTS],
    *[(u, c, d) for u in ("near", "follows") for c in PAIR_COUNTS for d in ("0c", "3c", "0t", "1t")],
    *[(u, c, None) for u in ("turn", "transcript") for c in ("units", "transcripts", "cases")],
    *[("case", c, None) for c in ("units", "cases")],
]


@pytest.mark.parametrize(("unit", "what", "distance"), KINDS)
@settings(max_examples=80, deadline=None)
@given(small=small_projects(), per_coder=st.booleans(), rollup=st.booleans())
def test_counts_are_those_of_double_loops(
    unit: str, what: str, distance: str | None, small: brute.Small, per_coder: bool, rollup: bool
) -> None:
    spans = spans_array(small)
    found = count(
        codings_of(small),
        small.n,
        unit=unit,
        count=what,
        distance=distance,
        per_coder=per_coder,
        units=spans,
        turns=spans,
        ancestors=ancestors_of(small) if rollup else None,
    )
    values, cases = brute.count(small, unit, what, distance=distance, per_coder=per_coder, rollup=rollup)
    assert found.values.tolist() == values
    assert found.cases.tolist() == cases
    assert not found.symmetric or (found.values == found.values.T).all()


@settings(max_examples=60, deadline=None)
@given(small=small_projects(codings=16), per_coder=st.booleans(), rollup=st.booleans())
def test_small_chunks_give_the_same_counts(small: brute.Small, per_coder: bool, rollup: bool) -> None:
    """Chunks and blocks of the smallest size: nothing depends on where they are cut."""
    spans, codings = spans_array(small), codings_of(small)
    ancestors = ancestors_of(small) if rollup else None

    def counted(unit: str, what: str, distance: str | None) -> Counts:
        named = {"distance": distance, "per_coder": per_coder, "units": spans, "turns": spans, "ancestors": ancestors}
        return count(codings, small.n, unit=unit, count=what, **named)

    whole = [counted(*kind) for kind in KINDS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs.expand, "__defaults__", (1,))
        patch.setattr(pairs.blocks, "__defaults__", (1,))
        patch.setattr(tally, "PAIRS_AT_ONCE", 1)
        patch.setattr(containing, "CELLS_AT_ONCE", 1)
        cut = [counted(*kind) for kind in KINDS]
    for one, other in zip(whole, cut, strict=True):
        assert (one.values == other.values).all()
        assert (one.cases == other.cases).all()


@settings(max_examples=60, deadline=None)
@given(small=small_projects(), seed=st.integers(0, 99))
def test_the_order_of_codings_does_not_matter(small: brute.Small, seed: int) -> None:
    codings = codings_of(small)
    order = np.random.default_rng(seed).permutation(len(codings))
    names = ("transcript", "start", "end", "code", "coder")
    shuffled = Codings(*(getattr(codings, name)[order] for name in names), codings.case_of_transcript)
    for what in ("stretches", "hits", "characters"):
        one, other = count(codings, small.n, count=what), count(shuffled, small.n, count=what)
        assert (one.values == other.values).all()


def test_touching_codings_do_not_overlap_but_are_near() -> None:
    codings = Codings([0, 0], [0, 5], [5, 9], [0, 1], [0, 0], [0])
    assert count(codings, 2, count="hits").values.tolist() == [[1, 0], [0, 1]]
    assert count(codings, 2, unit="near", distance="0c").values.tolist() == [[1, 1], [1, 1]]
    assert count(codings, 2, unit="follows", distance="0c").values.tolist() == [[1, 1], [0, 1]]


def test_a_coding_that_runs_on_to_the_line_break_does_not_stand_in_the_next_turn() -> None:
    """Two turns at 3-8 and 13-20: the first coding takes the line break and a label with it."""
    turns = Spans([0, 0], [3, 13], [8, 20])
    codings = Codings([0, 0], [3, 13], [12, 20], [0, 1], [0, 0], [0])
    for unit in ("near", "follows"):
        assert count(codings, 2, unit=unit, distance="0t", turns=turns).values[0, 1] == 0
        assert count(codings, 2, unit=unit, distance="1t", turns=turns).values[0, 1] == 1


def test_codings_that_share_only_a_label_are_near_for_they_overlap() -> None:
    turns = Spans([0, 0], [3, 13], [8, 20])
    codings = Codings([0, 0], [3, 9], [12, 20], [0, 1], [0, 0], [0])
    assert count(codings, 2, unit="near", distance="0t", turns=turns).values[0, 1] == 1


def test_a_lone_coding_never_meets_its_own_copy() -> None:
    """Rolled up, one coding of child 1 counts for parent 0, and the two do not co-occur in any count."""
    codings = Codings([0], [3], [9], [1], [0], [0])
    for unit, what in [
        ("overlap", "stretches"),
        ("overlap", "characters"),
        ("overlap", "hits"),
        ("transcript", "units"),
    ]:
        found = count(codings, 2, unit=unit, count=what, ancestors=[[], [0]])
        assert found.values[0, 0] == found.values[1, 1] > 0
        assert found.values[0, 1] == found.values[1, 0] == 0


def test_no_codings_give_zeros() -> None:
    empty = Codings([], [], [], [], [], [0, 1])
    spans = Spans([0, 1], [0, 0], [5, 5])
    for unit in ("overlap", "exact", "within", "turn", "transcript", "case"):
        assert count(empty, 3, unit=unit, units=spans).values.tolist() == [[0] * 3] * 3
    nothing = Codings([], [], [], [], [], [])
    assert count(nothing, 0).values.shape == (0, 0)
    assert count(nothing, 2, unit="case").n_units == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"unit": "turn", "count": "hits"}, "count units, transcripts or cases"),
        ({"unit": "exact", "count": "stretches"}, "count hits, segments, transcripts or cases"),
        ({"unit": "overlap", "count": "units"}, "count stretches, hits"),
        ({"unit": "case", "count": "transcripts"}, "count units or cases"),
        ({"unit": "word"}, "use one of overlap"),
        ({"count": "words"}, "use one of stretches"),
        ({"unit": "near"}, "add --distance"),
        ({"unit": "overlap", "distance": "5c"}, "near or follows"),
        ({"unit": "near", "distance": "five"}, "200c"),
        ({"unit": "near", "distance": "-5c"}, "200c"),
    ],
)
def test_what_does_not_go_together_is_refused_with_a_way_out(options: dict[str, str], said: str) -> None:
    with pytest.raises(BadValue, match=said):
        count(Codings([], [], [], [], [], [0]), 2, **options)
