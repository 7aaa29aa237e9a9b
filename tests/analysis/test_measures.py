"""Coefficients keep their ranges, say NaN where they are undefined, and go only with what they stand on."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, fisher_exact

from qcode.analysis.codings import Codings
from qcode.analysis.cooccurrence import Counts, count
from qcode.analysis.fisher import two_sided
from qcode.analysis.measures import benjamini_hochberg, leaves_range, measure
from qcode.analysis.redundant import redundant
from qcode.errors import BadValue
from tests.analysis import brute_cooccurrence as brute
from tests.analysis.small_projects import ancestors_of, codings_of, small_projects, spans_array


@settings(max_examples=150, deadline=None)
@given(small=small_projects(), per_coder=st.booleans(), rollup=st.booleans())
def test_jaccard_and_dice_stay_between_0_and_1(small: brute.Small, per_coder: bool, rollup: bool) -> None:
    ancestors = ancestors_of(small) if rollup else None
    for unit, what in (("overlap", "characters"), ("turn", "units"), ("case", "units")):
        spans = spans_array(small)
        counts = count(
            codings_of(small), small.n, unit=unit, count=what, units=spans, per_coder=per_coder, ancestors=ancestors
        )
        for name in ("jaccard", "dice"):
            values = measure(counts, name)
            known = ~np.isnan(values)
            assert (values[known] >= 0).all() and (values[known] <= 1).all()
            assert (np.diagonal(values)[counts.totals > 0] == 1).all()
            assert np.isnan(np.diagonal(values)[counts.totals == 0]).all()


@settings(max_examples=100, deadline=None)
@given(small=small_projects())
def test_jaccard_over_characters_is_that_of_sets(small: brute.Small) -> None:
    values = measure(count(codings_of(small), small.n, count="characters"), "jaccard")
    covered = [{(t, p) for t, s, e, c, _ in small.codings if c == k for p in range(s, e)} for k in range(small.n)]
    for i, a in enumerate(covered):
        for j, b in enumerate(covered):
            assert values[i, j] == pytest.approx(len(a & b) / len(a | b) if a | b else float("nan"), nan_ok=True)


@settings(max_examples=150, deadline=None)
@given(n=st.integers(0, 60), data=st.data())
def test_fisher_is_that_of_scipy(n: int, data: st.DataObject) -> None:
    a, b = data.draw(st.integers(0, n)), data.draw(st.integers(0, n))
    both = data.draw(st.integers(max(0, a + b - n), min(a, b)))
    found = two_sided(np.array([both]), np.array([a]), np.array([b]), n)[0]
    assert found == pytest.approx(fisher_exact([[both, a - both], [b - both, n - a - b + both]])[1], rel=1e-9)


def test_fisher_of_many_large_tables_is_that_of_scipy() -> None:
    random = np.random.default_rng(5)
    n, a, b = 40_000, random.integers(1, 3000, 40), random.integers(1, 3000, 40)
    both = np.minimum(random.poisson(a * b / n), np.minimum(a, b))
    found = two_sided(both, a, b, n)
    rows = zip(both, a, b, strict=True)
    expected = [fisher_exact([[k, i - k], [j - k, n - i - j + k]])[1] for k, i, j in rows]
    assert found == pytest.approx(expected, rel=1e-6)


@settings(max_examples=80, deadline=None)
@given(p=st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_benjamini_hochberg_is_that_of_scipy(p: list[float]) -> None:
    assert benjamini_hochberg(np.array(p)) == pytest.approx(false_discovery_control(p))


def test_in_a_symmetric_table_each_pair_is_one_test_and_untested_pairs_count_for_nothing() -> None:
    nan = np.nan
    p = np.array([[nan, 0.01, nan], [0.01, nan, 0.04], [nan, 0.04, nan]])
    assert benjamini_hochberg(p) == pytest.approx(
        np.array([[nan, 0.02, nan], [0.02, nan, 0.04], [nan, 0.04, nan]]), nan_ok=True
    )


def test_undefined_is_nan_and_never_zero() -> None:
    values = np.array([[5, 0, 2], [0, 0, 0], [2, 0, 10]])
    counts = Counts("turn", "units", values, values, 10)
    for name in ("jaccard", "dice", "given"):
        assert np.isnan(measure(counts, name)[1, 1])
    for name in ("lift", "npmi", "phi", "fisher"):
        assert np.isnan(measure(counts, name)[0, 1])
    assert np.isnan(measure(counts, "phi")[0, 2])  # every unit holds the third code
    assert np.isnan(measure(counts, "fisher")[0, 2])
    never = Counts("turn", "units", np.array([[3, 0], [0, 4]]), np.zeros((2, 2)), 10)
    assert measure(never, "npmi")[0, 1] == -1
    assert measure(never, "lift")[0, 1] == 0


@pytest.mark.parametrize("name", ["phi", "fisher"])
def test_coder_by_coder_codes_without_a_two_by_two_table_have_no_value(name: str) -> None:
    """Three of four units hold each code, but only in one has the same coder both: no table has these margins."""
    counts = Counts("turn", "units", np.array([[3, 1], [1, 3]]), np.zeros((2, 2)), 4)
    assert np.isnan(measure(counts, name)[0, 1])


@pytest.mark.parametrize(
    ("unit", "what", "name"),
    [
        ("overlap", "stretches", "jaccard"),
        ("near", "hits", "jaccard"),
        ("turn", "units", "c"),
        ("overlap", "hits", "lift"),
        ("turn", "cases", "phi"),
        ("overlap", "stretches", "c"),
        ("overlap", "hits", "tau"),
    ],
)
def test_a_measure_goes_only_with_what_it_stands_on(unit: str, what: str, name: str) -> None:
    with pytest.raises(BadValue):
        measure(Counts(unit, what, np.eye(2, dtype=np.int64), np.eye(2, dtype=np.int64), 5), name)


@settings(max_examples=200, deadline=None)
@given(small=small_projects(codings=14), per_coder=st.booleans(), rollup=st.booleans())
def test_where_c_leaves_its_range_a_coding_meets_several(small: brute.Small, per_coder: bool, rollup: bool) -> None:
    options = {"per_coder": per_coder, "ancestors": ancestors_of(small) if rollup else None}
    codings = codings_of(small)
    counts = count(codings, small.n, count="hits", **options)
    cells = leaves_range(measure(counts, "c"), counts)
    for cell, found in zip(cells, redundant(codings, small.n, cells, **options), strict=True):
        assert (found.row, found.column) == cell
        assert found.several
        assert all(0 <= k < len(codings) for k in (*found.several, *found.overlapping))


def test_the_redundant_codings_of_the_worked_project() -> None:
    """Transcript d3: A at 0-40 and 10-20, B at 12-18: c = 2, because B meets two codings of A that overlap."""
    codings = Codings([0, 0, 0], [12, 0, 10], [18, 40, 20], [1, 0, 0], [0, 0, 0], [0])
    counts = count(codings, 2, count="hits")
    cells = leaves_range(measure(counts, "c"), counts)
    assert cells == [(0, 1), (1, 0)]
    found = redundant(codings, 2, [(0, 1)])[0]
    assert found.several == (0,)
    assert found.overlapping == (1, 2)
