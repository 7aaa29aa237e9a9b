"""Reshuffling keeps what it says it keeps, and finds codes that belong together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.analysis.codings import Codings
from qcode.analysis.cooccurrence import count
from qcode.analysis.permutation import _Shuffle, permutation_test
from qcode.errors import BadValue
from tests.analysis import brute_cooccurrence as brute
from tests.analysis.small_projects import LENGTH, codings_of, small_projects


@settings(max_examples=150, deadline=None)
@given(small=small_projects(codings=14), seed=st.integers(0, 999), per_coder=st.booleans())
def test_counts_lengths_and_runs_are_kept(small: brute.Small, seed: int, per_coder: bool) -> None:
    codings = codings_of(small)
    lengths = np.full(codings.transcripts, LENGTH)
    drawn = _Shuffle(codings, small.n, lengths, per_coder=per_coder).draw(np.random.default_rng(seed))
    assert (drawn.start >= 0).all() and (drawn.end <= LENGTH).all()
    for one in (codings, drawn):
        one_rows = zip(one.transcript, one.code, one.coder, one.end - one.start, strict=True)
        if one is codings:
            expected = sorted(one_rows)
        else:
            assert sorted(one_rows) == expected
    for what in ("hits", "stretches", "characters"):
        before, after = (count(c, small.n, count=what, per_coder=per_coder).totals for c in (codings, drawn))
        assert (before == after).all()


def clumped() -> tuple[Codings, np.ndarray]:
    """Codes 0 and 1 always together, code 2 anywhere; ten transcripts of 5,000 characters."""
    random = np.random.default_rng(1)
    rows = []
    for t in range(10):
        for _ in range(6):
            start = int(random.integers(0, 4800))
            rows += [(t, start, start + 80, 0, 0), (t, start + 20, start + 120, 1, 0)]
            start = int(random.integers(0, 4800))
            rows += [(t, start, start + 90, 2, 0)]
    t, s, e, c, k = zip(*rows, strict=True)
    return Codings(t, s, e, c, k, range(10)), np.full(10, 5000)


def test_codes_that_go_together_are_found_and_others_are_not() -> None:
    codings, lengths = clumped()
    found = permutation_test(codings, 3, lengths, permutations=199, seed=7)
    assert found.p_values[0, 1] == pytest.approx(1 / 200)
    assert found.p_values[0, 2] > 0.05
    assert np.isnan(np.diagonal(found.p_values)).all()
    assert found.expected[0, 1] < 20


def test_the_same_seed_gives_the_same_values_and_a_drawn_one_is_told() -> None:
    codings, lengths = clumped()
    one = permutation_test(codings, 3, lengths, permutations=20, unit="near", distance="50c")
    two = permutation_test(codings, 3, lengths, permutations=20, unit="near", distance="50c", seed=one.seed)
    assert np.array_equal(one.p_values, two.p_values, equal_nan=True)


def test_under_chance_p_values_are_not_small_too_often() -> None:
    random = np.random.default_rng(3)
    small = 0
    for trial in range(60):
        start = random.integers(0, 900, 20)
        codings = Codings([0] * 20, start, start + 60, [0, 1] * 10, [0] * 20, [0])
        p = permutation_test(codings, 2, [1000], permutations=99, seed=trial, count="characters").p_values[0, 1]
        small += p <= 0.05
    assert small <= 9


def test_codes_that_share_no_transcript_are_not_tested() -> None:
    codings = Codings([0, 1], [0, 0], [5, 5], [0, 1], [0, 0], [0, 1])
    assert np.isnan(permutation_test(codings, 2, [50, 50], permutations=5, seed=1).p_values[0, 1])


@pytest.mark.parametrize(
    "options",
    [{"unit": "follows", "distance": "9c"}, {"count": "segments"}, {"unit": "transcript"}, {"permutations": 0}],
)
def test_what_cannot_be_tested_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(BadValue):
        permutation_test(Codings([0], [0], [5], [0], [0], [0]), 1, [50], **options)
