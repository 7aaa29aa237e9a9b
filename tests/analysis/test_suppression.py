"""Nobody who knows all shown cells and all totals can tell the number in a hidden cell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from qcode.analysis.cooccurrence import Counts, count
from qcode.analysis.moves import Grid, find_move
from qcode.analysis.suppression import determined, suppress
from qcode.errors import BadValue
from tests.analysis import brute_cooccurrence as brute
from tests.analysis.small_projects import ancestors_of, codings_of, small_projects


def ranges(counts: Counts, hidden: np.ndarray) -> dict[tuple[int, int], float]:
    """Return how much room each hidden cell has, by linear programming over all that an attacker knows."""
    n = len(hidden)
    i, j = np.nonzero(np.triu(hidden) if counts.symmetric else hidden)
    number = {(a, b): k for k, (a, b) in enumerate(zip(i.tolist(), j.tolist(), strict=True))}
    if counts.symmetric:
        number |= {(b, a): k for (a, b), k in number.items()}
    lines = [[(r, c) for c in range(n)] for r in range(n)]
    lines += [] if counts.symmetric else [[(r, c) for r in range(n)] for c in range(n)]
    equations = [[sum(number.get(cell) == k for cell in line) for k in range(len(i))] for line in lines]
    totals = [sum(int(counts.values[cell]) for cell in line if cell in number) for line in lines]
    room = {}
    for k, cell in enumerate(zip(i.tolist(), j.tolist(), strict=True)):
        goal = np.eye(len(i))[k]
        ends = [linprog(s * goal, A_eq=equations, b_eq=totals, bounds=(0, None)) for s in (1, -1)]
        assert all(end.success for end in ends)
        room[cell] = -ends[1].fun - ends[0].fun
    return room


@st.composite
def tables(draw: st.DrawFn) -> Counts:
    n = draw(st.integers(1, 6))
    symmetric = draw(st.booleans())
    cell = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 7])
    values = np.array(draw(st.lists(cell, min_size=n * n, max_size=n * n))).reshape(n, n)
    values = np.triu(values) + np.triu(values, 1).T if symmetric else values
    np.fill_diagonal(values, values.max(axis=1) + values.max(axis=0) + draw(st.integers(0, 3)))
    cases = np.minimum(
        values, np.array(draw(st.lists(st.integers(1, 4), min_size=n * n, max_size=n * n))).reshape(n, n)
    )
    cases = np.minimum(cases, cases.T) if symmetric else cases
    return Counts("overlap", "hits" if symmetric else "segments", values, cases)


@settings(max_examples=250, deadline=None)
@given(counts=tables(), least=st.integers(2, 4))
def test_every_hidden_cell_has_room(counts: Counts, least: int) -> None:
    found = suppress(counts, least)
    few = counts.cases < least
    assert found.hidden[few].all()
    assert not found.hidden.any() or few.any()
    assert not counts.symmetric or (found.hidden == found.hidden.T).all()
    for cell, room in ranges(counts, found.hidden).items():
        assert room > 1 - 1e-6 or cell in found.exposed, (cell, counts.values, found.hidden)


@settings(max_examples=200, deadline=None)
@given(counts=tables())
def test_a_move_keeps_all_totals_and_what_the_diagonal_says(counts: Counts) -> None:
    """Of characters no two codes share more than either has: a table that breaks this protects nothing."""
    kind = "characters" if counts.symmetric else "segments"
    grid = Grid.of(Counts("overlap", kind, counts.values, counts.cases))
    for i, j in np.argwhere(counts.values > 0).tolist():
        move = find_move(grid, np.zeros(counts.values.shape, dtype=bool), i, j)
        if move is None:
            continue
        changed = counts.values + move
        own = np.diagonal(changed)
        assert move[i, j] != 0
        assert not move.sum(axis=0).any() and not move.sum(axis=1).any()
        assert (changed[move != 0] >= 0).all()
        assert (changed <= own[:, None]).all()
        assert not counts.symmetric or ((changed <= own[None, :]).all() and (move == move.T).all())


def test_hidden_zeros_spare_the_large_numbers() -> None:
    values = np.diag(np.full(8, 9))
    values[0, 1] = values[1, 0] = 8
    for a, b in ((0, 2), (1, 3), (4, 5), (6, 7), (2, 6), (3, 5)):
        values[a, b] = values[b, a] = 1
    found = suppress(Counts("overlap", "hits", values, values), 3)
    assert not found.hidden[0, 1]
    assert found.exposed == []


@settings(max_examples=120, deadline=None)
@given(small=small_projects(codings=14), what=st.sampled_from(["stretches", "hits", "segments", "characters"]))
def test_counts_of_projects_are_protected_rolled_up_or_not(small: brute.Small, what: str) -> None:
    for ancestors in (None, ancestors_of(small)):
        counts = count(codings_of(small), small.n, count=what, ancestors=ancestors)
        found = suppress(counts, 2)
        assert found.hidden[counts.cases < 2].all()
        for cell, room in ranges(counts, found.hidden).items():
            assert room > 1 - 1e-6 or cell in found.exposed


@settings(max_examples=120, deadline=None)
@given(small=small_projects(codings=14), what=st.sampled_from(["hits", "segments"]))
def test_parents_do_not_give_children_away(small: brute.Small, what: str) -> None:
    counts = count(codings_of(small), small.n, count=what, ancestors=ancestors_of(small))
    found = suppress(counts, 2)
    parent = np.array([-1 if p is None else p for p in small.parents or []])
    told = determined(found.hidden, parent, symmetric=counts.symmetric)
    assert {(int(i), int(j)) for i, j in zip(*np.nonzero(told), strict=True)} <= set(found.exposed)


def test_one_hidden_cell_in_a_row_takes_three_more_with_it() -> None:
    values = np.array([[40, 1, 9, 8], [1, 40, 7, 6], [9, 7, 40, 5], [8, 6, 5, 40]])
    cases = np.where(values == 1, 1, 5)
    found = suppress(Counts("overlap", "hits", values, cases), 3)
    assert found.hidden.sum() == 8  # a closed walk over four codes, with twins
    assert not np.diagonal(found.hidden).any()
    assert found.exposed == []


def test_nothing_is_hidden_where_cases_suffice() -> None:
    values = np.array([[4, 3], [3, 4]])
    found = suppress(Counts("overlap", "hits", values, values), 3)
    assert not found.hidden.any()


def test_a_table_of_one_code_is_hidden_but_its_total_would_tell() -> None:
    one = np.array([[3]])
    found = suppress(Counts("overlap", "hits", one, np.array([[1]])), 2)
    assert found.hidden.all()
    assert found.exposed == [(0, 0)]


def test_measures_hide_all_about_a_code_whose_own_number_is_hidden() -> None:
    values = np.array([[1, 0, 1], [0, 9, 3], [1, 3, 9]])
    cases = np.array([[1, 0, 1], [0, 5, 3], [1, 3, 5]])
    assert suppress(Counts("turn", "units", values, cases, 20), 2, whole_rows=True).hidden[0].all()


def test_fewer_than_one_case_is_refused() -> None:
    with pytest.raises(BadValue, match="use 2 or more"):
        suppress(Counts("overlap", "hits", np.array([[3]]), np.array([[1]])), 0)


def test_a_rolled_up_table_without_codes_hides_nothing() -> None:
    none = np.zeros((0, 0), dtype=np.int64)
    assert suppress(Counts("turn", "units", none, none, 4, none.astype(bool)), 2).hidden.shape == (0, 0)
