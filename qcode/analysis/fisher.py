"""Fisher's exact test for many 2 x 2 tables at once, from a table of log factorials."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.codings import Ints

__all__ = ["two_sided"]

_SLACK = 1e-7
"""Tables whose probabilities differ by less than this share count as equally probable (as R and SciPy do)."""

_CELLS_AT_ONCE = 1 << 20


def two_sided(both: Ints, first: Ints, second: Ints, n: int) -> NDArray[np.float64]:
    """Return the two-sided p-value of each table; of `n` units `first` hold A, `second` hold B, `both` hold both.

    The sum of the hypergeometric probabilities of all tables with these margins that are no more probable than the
    one observed (Fisher 1935; the rule of R's fisher.test and scipy.stats.fisher_exact).
    """
    found = np.ones(len(both))
    if not len(both):
        return found
    log_factorial = np.zeros(n + 1)
    log_factorial[1:] = np.cumsum(np.log(np.arange(1, n + 1)), dtype=np.longdouble)
    lowest, highest = np.maximum(0, first + second - n), np.minimum(first, second)
    order = np.argsort(highest - lowest, kind="stable")
    begin = 0
    while begin < len(order):
        widest = int((highest - lowest)[order[begin:]].max()) + 1
        rows = order[begin : begin + max(1, _CELLS_AT_ONCE // widest)]
        found[rows] = _some(both[rows], first[rows], second[rows], n, log_factorial, lowest[rows], highest[rows])
        begin += len(rows)
    return found


def _some(
    both: Ints, first: Ints, second: Ints, n: int, log_factorial: NDArray[np.float64], lowest: Ints, highest: Ints
) -> NDArray[np.float64]:
    """Return the p-values of some tables; every possible value of n_11 is a column."""
    column = lowest[:, None] + np.arange(int((highest - lowest).max()) + 1)
    possible = column <= highest[:, None]
    k = np.where(possible, column, lowest[:, None])
    a, b = first[:, None], second[:, None]
    weight = -(log_factorial[k] + log_factorial[a - k] + log_factorial[b - k] + log_factorial[n - a - b + k])
    observed = np.take_along_axis(weight, (both - lowest)[:, None], axis=1)
    top = weight.max(axis=1, keepdims=True)
    share = np.where(possible, np.exp(weight - top), 0.0)
    as_rare = share <= np.exp(observed - top) * (1 + _SLACK)
    return np.asarray(np.minimum(1.0, (share * as_rare).sum(axis=1) / share.sum(axis=1)))
