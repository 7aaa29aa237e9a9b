"""Finds changes of a table's hidden cells that no total shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.codings import Ints
from qcode.analysis.cooccurrence import Counts

__all__ = ["Grid", "find_move"]

Flags = NDArray[np.bool_]
Costs = NDArray[np.float64]

FREE = 0.5
"""A walk that costs less uses only cells that are hidden already."""

LONGEST = 9
"""Steps of the longest walk that is tried; nearly every cell is protected by three."""


@dataclass(frozen=True, eq=False)
class Grid:
    """A table to protect: `values` and `price` (what hiding a cell costs), n x n."""

    values: Ints
    price: Costs
    symmetric: bool
    kind: str

    @classmethod
    def of(cls, counts: Counts) -> Grid:
        """Return the grid of `counts`: a cell costs more the more cases it has, the diagonal most."""
        price = 1 + counts.cases / max(1, int(counts.cases.max(initial=1)))
        np.fill_diagonal(price, 6.0)
        return cls(counts.values, price, counts.symmetric, counts.count)

    def possible(self, values: Ints) -> bool:
        """Tell whether the diagonal allows these values; what it does not allow of the real ones, it does not bound."""
        bound, real = self._bound(values), self._bound(self.values)
        off = ~np.eye(len(values), dtype=bool)
        return bool(((values <= bound) | (self.values > real))[off].all())

    def part(self, rows: Ints, columns: Ints, *, symmetric: bool) -> Grid:
        """Return a square piece; nothing is known of its cells by its own diagonal."""
        size = max(len(rows), len(columns))
        values, price = np.zeros((size, size), dtype=np.int64), np.ones((size, size))
        values[: len(rows), : len(columns)] = self.values[np.ix_(rows, columns)]
        price[: len(rows), : len(columns)] = self.price[np.ix_(rows, columns)]
        return Grid(values, price, symmetric, "free")

    def _bound(self, values: Ints) -> Ints:
        own = np.diagonal(values)
        if self.kind == "free":
            return np.full_like(values, np.iinfo(np.int64).max)
        if self.kind == "hits":
            return own[:, None] * own[None, :]
        if self.kind == "stretches":
            return own[:, None] + own[None, :]
        if self.kind == "segments":
            return np.broadcast_to(own[:, None], values.shape)
        return np.minimum(own[:, None], own[None, :])


def find_move(grid: Grid, hidden: Flags, i: int, j: int) -> Ints | None:
    """Return n x n changes (+1, -1, 0) with cell (i, j) among them that leave all totals as they are, or None.

    The cheapest in cells not hidden yet, of the shortest walks that exist. No cell falls below 0.
    """
    cost = np.where(hidden, 1e-3, grid.price)
    graph = _Graph(grid, cost, np.where(grid.values > 0, cost, np.inf))
    best: tuple[float, Ints] | None = None
    for sign in (1, -1):
        if sign < 0 and grid.values[i, j] <= 0:
            continue
        for price, move in graph.moves(i, j, sign):
            if (best is None or price < best[0]) and _fits(grid, move, i, j):
                best = (price, move)
                if price < FREE:
                    return move
    return best[1] if best is not None else None


def _fits(grid: Grid, move: Ints, i: int, j: int) -> bool:
    """Tell whether the table stays possible; walks may use a cell twice, so that it falls too far or stays as it is."""
    changed = grid.values + move
    return bool(move[i, j]) and bool((changed >= 0)[move != 0].all()) and grid.possible(changed)


class _Graph:
    """Rows and columns as corners, cells as edges; in a symmetric table row and column of a code are one corner.

    `up` and `down`: what it costs to use a cell in that direction.
    """

    def __init__(self, grid: Grid, up: Costs, down: Costs) -> None:
        self.n, self.symmetric = len(grid.values), grid.symmetric
        self.loops = {sign: np.full(self.n, np.inf) for sign in (1, -1)}
        if grid.symmetric:
            self.edges = {1: up.copy(), -1: down.copy()}
            for sign, table in self.edges.items():
                self.loops[sign] = np.diagonal(table).copy()
                np.fill_diagonal(table, np.inf)
            return
        self.edges = {}
        for sign, table in ((1, up), (-1, down)):
            wide = np.full((2 * self.n, 2 * self.n), np.inf)
            wide[: self.n, self.n :] = table
            wide[self.n :, : self.n] = table.T
            self.edges[sign] = wide
            self.loops[sign] = np.full(2 * self.n, np.inf)

    def moves(self, i: int, j: int, sign: int) -> Iterator[tuple[float, Ints]]:
        """Yield (cost, move) for the cheapest closed walks of each length, and walks between diagonal cells."""
        a, b = (i, j) if self.symmetric else (i, self.n + j)
        if a == b:
            yield from self._from_loop(a, sign)
            return
        edges = {s: _without(table, a, b) for s, table in self.edges.items()}
        for cost, walk in self._walks(edges, b, a, -sign):
            yield cost, self._move([a, *walk], sign)
        tails = [self._tail(edges, corner, -sign) for corner in (a, b)]
        if tails[0] is not None and tails[1] is not None:
            (cost_a, walk_a), (cost_b, walk_b) = tails[0], tails[1]
            move = self._move([a, b], sign)
            move += self._move(walk_a, -sign) + self._move(walk_b, -sign)
            yield cost_a + cost_b, move

    def _from_loop(self, a: int, sign: int) -> Iterator[tuple[float, Ints]]:
        tail = self._tail(self.edges, a, -sign, without=a)
        if tail is not None:
            yield tail[0], self._move([a, a], sign) + self._move(tail[1], -sign)

    def _steps(self, edges: dict[int, Costs], start: int, sign: int) -> Iterator[tuple[int, Costs, list[Ints]]]:
        """Yield (length, cheapest cost to each corner, the steps back) of walks that alternate from `sign`."""
        cost = np.full(len(edges[1]), np.inf)
        cost[start] = 0.0
        back: list[Ints] = []
        for length in range(1, LONGEST + 1):
            options = cost[:, None] + edges[sign]
            back.append(options.argmin(axis=0))
            cost = options.min(axis=0)
            yield length, cost, back
            sign = -sign

    def _walks(self, edges: dict[int, Costs], start: int, end: int, sign: int) -> Iterator[tuple[float, list[int]]]:
        """Yield (cost, corners) of the cheapest walk of each odd length whose first and last step have `sign`."""
        for length, cost, back in self._steps(edges, start, sign):
            if length % 2 == 1 and np.isfinite(cost[end]):
                yield float(cost[end]) + length * 1e-6, _retrace(back, end)

    def _tail(
        self, edges: dict[int, Costs], start: int, sign: int, without: int | None = None
    ) -> tuple[float, list[int]] | None:
        """Return (cost, corners) of the cheapest walk from `start` that ends on a diagonal cell (named twice)."""
        best: tuple[float, list[int]] | None = None
        loops = {s: values.copy() for s, values in self.loops.items()}
        if without is not None:
            loops[1][without] = loops[-1][without] = np.inf
        if np.isfinite(loops[sign][start]):
            best = (float(loops[sign][start]), [start, start])
        for length, cost, back in self._steps(edges, start, sign):
            closing = cost + loops[sign if length % 2 == 0 else -sign]
            end = int(closing.argmin())
            if np.isfinite(closing[end]) and (best is None or closing[end] < best[0]):
                best = (float(closing[end]), [*_retrace(back, end), end])
        return best

    def _move(self, corners: list[int], sign: int) -> Ints:
        """Return the changes along `corners`, the first step with `sign`; twins change together."""
        move = np.zeros((self.n, self.n), dtype=np.int64)
        for a, b in pairwise(corners):
            if self.symmetric:
                move[a, b] += sign
                move[b, a] += sign if a != b else 0
            else:
                move[min(a, b), max(a, b) - self.n] += sign
            sign = -sign
        return move


def _without(table: Costs, a: int, b: int) -> Costs:
    table = table.copy()
    table[a, b] = table[b, a] = np.inf
    return table


def _retrace(back: list[Ints], end: int) -> list[int]:
    corners = [end]
    for steps in reversed(back):
        corners.append(int(steps[corners[-1]]))
    return corners[::-1]
