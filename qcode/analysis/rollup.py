"""Lets a coding count for its code's ancestors too, without ever pairing it with its own copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.codings import Ints

__all__ = ["Tree"]


@dataclass(frozen=True, eq=False)
class Tree:
    """Which codes stand above which.

    A* = A and all codes below it. Whatever the count, codes A and B meet where two *different* facts meet, one of
    A*, one of B*. For a code that is not above or below the other this is the meeting of the two families' union of
    positions; for a code A above B the position (unit) must be covered by a fact of B* and by at least two facts of
    A*: then one of these is another than that of B*. So a lone coding of B never meets A merely by its own copy.

    Set counts therefore add a column "A twice" for every parent A, and read the cell (A, B) of an ancestor and its
    descendant from the meeting of "A twice" with B.
    """

    n: int
    above: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, n: int, ancestors: Sequence[Sequence[int]]) -> Tree:
        """Return the tree in which `ancestors[c]` lists the codes above code c."""
        if len(ancestors) != n:
            raise ValueError(f"{len(ancestors)} lists of ancestors for {n} codes")
        return cls(n, tuple(tuple(above) for above in ancestors))

    @property
    def related(self) -> NDArray[np.bool_]:
        """Return n x n flags: row stands above column."""
        table = np.zeros((self.n, self.n), dtype=bool)
        for code, above in enumerate(self.above):
            table[list(above), code] = True
        return table

    @property
    def twice(self) -> Ints:
        """Return per code the number of its column "twice", -1 for a code without descendants."""
        parents = self.related.any(axis=1)
        return np.where(parents, self.n + np.cumsum(parents) - 1, -1)

    @property
    def width(self) -> int:
        """Return the number of columns, those "twice" included."""
        return self.n + int(self.related.any(axis=1).sum())

    def copies(self, code: Ints) -> tuple[Ints, Ints]:
        """Return (row, code) of every row and of its copies for the ancestors, in order of row."""
        families = [(c, *above) for c, above in enumerate(self.above)]
        size = np.array([len(f) for f in families], dtype=np.int64)
        flat = np.array([c for family in families for c in family], dtype=np.int64)
        first = np.cumsum(size) - size
        repeats = size[code]
        row = np.repeat(np.arange(len(code)), repeats)
        ends = np.cumsum(repeats)
        offset = np.arange(len(row)) - np.repeat(ends - repeats, repeats)
        return row, flat[first[code][row] + offset]

    def add_up(self, values: NDArray[Any], axis: int) -> NDArray[Any]:
        """Return `values` (numbers are added, flags joined) with each code's share given to its ancestors too."""
        rolled = values.copy()
        source, target = np.moveaxis(values, axis, -1), np.moveaxis(rolled, axis, -1)
        for code, above in enumerate(self.above):
            for ancestor in above:
                target[..., ancestor] += source[..., code]
        return rolled

    def read(self, table: Ints) -> Ints:
        """Return the n x n cells from a symmetric width x width `table` with columns "twice"."""
        cells = table[: self.n, : self.n].copy()
        above, below = np.nonzero(self.related)
        twice = self.twice[above]
        cells[above, below] = table[twice, below]
        cells[below, above] = table[below, twice]
        return cells
