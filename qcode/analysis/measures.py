"""Turns counts of co-occurrence into coefficients; what is undefined is NaN."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.cooccurrence import Counts
from qcode.analysis.fisher import two_sided
from qcode.analysis.rules import choose_count

__all__ = ["Floats", "benjamini_hochberg", "leaves_range", "measure"]

Floats = NDArray[np.float64]


class _Table(NamedTuple):
    """n_AB, n_A (as a column), n_B (as a row) and N, and which cells pair a code with one above or below it."""

    ab: Floats
    a: Floats
    b: Floats
    n: float
    related: NDArray[np.bool_]


def measure(counts: Counts, name: str) -> Floats:
    """Return n x n values of the measure `name` over `counts`.

    `count` gives the counts themselves. Raises BadValue where unit, count and measure do not go together.
    """
    choose_count(counts.unit, counts.count, name)
    ab = counts.values.astype(np.float64)
    if name == "count":
        return ab
    totals = counts.totals.astype(np.float64)
    related = np.zeros(ab.shape, dtype=bool) if counts.related is None else counts.related | counts.related.T
    n = float("nan") if counts.n_units is None else float(counts.n_units)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _FORMULAS[name](_Table(ab, totals[:, None], totals[None, :], n, related))


def _jaccard(t: _Table) -> Floats:
    """|A ∩ B| / |A ∪ B| (Jaccard 1901); the union of a family and one of its own branches is the family."""
    union = np.where(t.related, np.maximum(t.a, t.b), t.a + t.b - t.ab)
    return _divide(t.ab, union)


def _dice(t: _Table) -> Floats:
    """2 |A ∩ B| / (|A| + |B|) (Dice 1945)."""
    return _divide(2 * t.ab, t.a + t.b)


def _c(t: _Table) -> Floats:
    """n_AB / (n_A + n_B - n_AB) over hits (ATLAS.ti 22 manual, Code Co-occurrence Coefficient).

    Not a Jaccard index: a coding that meets several of the other code is counted with each, so that the value can
    exceed 1, be negative, or be undefined. It is never clipped; see `leaves_range`.
    """
    return _divide(t.ab, t.a + t.b - t.ab)


def _given(t: _Table) -> Floats:
    """n_AB / n_A: of what is coded A, the part that is coded B; over stretches and hits it can exceed 1."""
    return _divide(t.ab, np.broadcast_to(t.a, t.ab.shape))


def _lift(t: _Table) -> Floats:
    """p_AB / (p_A p_B): 1 for independence (Brin, Motwani, Ullman & Tsur 1997)."""
    return _unrelated(t, _divide(t.ab * t.n, t.a * t.b))


def _npmi(t: _Table) -> Floats:
    """ln(p_AB / (p_A p_B)) / -ln p_AB, -1 where A and B never meet (Bouma 2009, GSCL 2009:31-40)."""
    pmi = np.log(_divide(t.ab * t.n, t.a * t.b))
    values = _divide(pmi, -np.log(t.ab / t.n))
    values = np.where((t.ab == 0) & (t.a * t.b > 0), -1.0, values)
    return _unrelated(t, values)


def _phi(t: _Table) -> Floats:
    """(n_11 n_00 - n_10 n_01) / sqrt of the product of the margins (Yule 1912; Pearson's r of two yes-no variables)."""
    margins = t.a * t.b * (t.n - t.a) * (t.n - t.b)
    values = _unrelated(t, _divide(t.n * t.ab - t.a * t.b, np.sqrt(margins)))
    return np.asarray(np.where(_has_table(t), values, np.nan))


def _fisher(t: _Table) -> Floats:
    """Fisher's exact test, two-sided (Fisher 1935): the sum over all tables that are no more probable.

    Not tested, and NaN: a code with itself, codes that no unit or every unit holds (only one table is possible), and
    codes without a 2 x 2 table.
    """
    tested = (t.a > 0) & (t.a < t.n) & (t.b > 0) & (t.b < t.n) & ~np.eye(len(t.ab), dtype=bool) & ~t.related
    tested &= _has_table(t)
    values = np.full(t.ab.shape, np.nan)
    row, column = np.nonzero(np.triu(tested))
    a, b = t.a[:, 0].astype(np.int64), t.b[0].astype(np.int64)
    found = two_sided(t.ab[row, column].astype(np.int64), a[row], b[column], 0 if np.isnan(t.n) else int(t.n))
    values[row, column] = values[column, row] = found
    return values


def _divide(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.where(below == 0, np.nan, above / np.where(below == 0, 1, below)))


def _has_table(t: _Table) -> NDArray[np.bool_]:
    """Tell which cells have a 2 x 2 table: coder by coder, a unit may hold both codes and yet not count as such."""
    return np.asarray(t.a + t.b - t.ab <= t.n)


def _unrelated(t: _Table, values: Floats) -> Floats:
    """Rolled up, a code and its ancestor never meet by the same coding alone: they have no 2 x 2 table."""
    return np.asarray(np.where(t.related, np.nan, values))


_FORMULAS: dict[str, Callable[[_Table], Floats]] = {
    "jaccard": _jaccard,
    "dice": _dice,
    "c": _c,
    "given": _given,
    "lift": _lift,
    "npmi": _npmi,
    "phi": _phi,
    "fisher": _fisher,
}


def leaves_range(values: Floats, counts: Counts) -> list[tuple[int, int]]:
    """Return the cells (row, column) of c that leave [0, 1], or are undefined although the codes meet."""
    outside = (values < 0) | (values > 1) | (np.isnan(values) & (counts.values > 0))
    np.fill_diagonal(outside, False)
    return [(int(i), int(j)) for i, j in zip(*np.nonzero(outside), strict=True)]


def benjamini_hochberg(p: Floats, *, symmetric: bool = True) -> Floats:
    """Return adjusted p-values: the smallest false discovery rate at which each would be rejected.

    `p` is one-dimensional, or n x n; of a symmetric table each pair is one test. NaN: not tested, and stays NaN.
    Source: Benjamini & Hochberg 1995, JRSS B 57(1):289-300; adjusted values as in Yekutieli & Benjamini 1999.
    """
    if p.ndim == 2 and symmetric:
        upper = np.triu_indices(len(p))
        q = np.full(p.shape, np.nan)
        q[upper] = benjamini_hochberg(p[upper])
        q.T[upper] = q[upper]
        return q
    flat = p.ravel()
    tested = np.flatnonzero(~np.isnan(flat))
    order = tested[np.argsort(flat[tested], kind="stable")]
    scaled = flat[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted = np.full(len(flat), np.nan)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted.reshape(p.shape)
