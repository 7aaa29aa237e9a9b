"""Hides cells that too few cases stand behind, and as many more as keep totals from giving them away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qcode.analysis.codings import Ints
from qcode.analysis.cooccurrence import Counts
from qcode.analysis.moves import Grid, find_move
from qcode.errors import BadValue

__all__ = ["Suppression", "suppress"]

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Suppression:
    """`hidden` (n x n flags), twins of a symmetric table together.

    `exposed`: hidden cells that nothing can protect from someone who knows all totals (a table of one code, say);
    totals must not be printed beside them.
    """

    hidden: Flags
    exposed: list[tuple[int, int]]


def suppress(counts: Counts, min_cases: int, *, whole_rows: bool = False) -> Suppression:
    """Return the cells of `counts` to hide so that none with fewer than `min_cases` cases behind it shows.

    Hidden first: cells with fewer than `min_cases` contributing cases, zeros among them: that a cell is 0 says
    something of everybody, and behind the hidden zeros the small numbers cannot be told, so that far fewer large
    ones have to be hidden with them. Then complementary cells, by this argument. A reader may know all shown cells,
    the totals of all rows and columns and with them the grand total, that no cell is below 0, and what the diagonal
    says of a cell (n_AB cannot exceed n_A among sets).
    A hidden cell is safe if another table exists that agrees with all of this and has another number there. Such a
    table is made with a *move*: cells changed by +1 and -1 in turn along a closed walk of rows and columns (or
    between two diagonal cells of a symmetric table, which count once in their row), so that all totals stay. For
    every hidden cell a move through hidden cells is sought; the missing cells of the cheapest one are hidden too,
    those with few cases first, the diagonal last. Every cell of a move is then safe, and later hiding cannot undo it.
    (Cox 1980, JASA 75:377-385, for the problem; Kelly, Golden & Assad 1992, Networks 22:397-417, for moves as cycles
    of a network.)

    Where no such move exists the cell is listed as exposed (the zeros of a code that nobody used, say).

    Rolled up, a cell with a parent can be the sum of those with its children. Cells that the linear equations of
    totals and parents together determine get companions in their lines and families until none is left.
    `whole_rows`: hide everything about a code whose own number is hidden, for measures that could tell it.
    Raises BadValue for a `min_cases` below 1.
    """
    if min_cases < 1:
        raise BadValue(f"--min-cases {min_cases} hides nothing", mend="use 2 or more")
    hidden = counts.cases < min_cases
    if not len(hidden):
        return Suppression(hidden, [])
    grid = Grid.of(counts)
    if counts.related is None:
        exposed = _protect(grid, hidden, np.zeros_like(hidden))
    else:
        exposed = _protect_families(counts, grid, hidden)
    if whole_rows:
        own = np.diagonal(hidden).copy()
        hidden |= own[:, None] | own[None, :]
    return Suppression(hidden, sorted(exposed))


def _protect(grid: Grid, hidden: Flags, safe: Flags) -> set[tuple[int, int]]:
    """Add to `hidden` what every hidden cell needs that is not `safe`; return those that cannot be protected.

    The largest numbers come first: what they need protects most of the others too.
    """
    safe = safe.copy()
    cells = np.argwhere(hidden & ~safe)
    for i, j in cells[np.argsort(-grid.values[cells[:, 0], cells[:, 1]], kind="stable")].tolist():
        move = None if safe[i, j] else find_move(grid, hidden, i, j)
        if move is not None:
            hidden |= move != 0
            safe |= move != 0
    return {(int(i), int(j)) for i, j in zip(*np.nonzero(hidden & ~safe), strict=True)}


def _protect_families(counts: Counts, grid: Grid, hidden: Flags) -> set[tuple[int, int]]:
    """Repeat the protection until parents and children do not tell of each other.

    Every cell that the equations still determine gets a companion in its row, its column and its families; hiding
    more never determines a cell that was not, so this ends, at the latest with all cells hidden.
    """
    parent = _parents(counts.related)
    safe = np.zeros_like(hidden)
    while True:
        _move_among_siblings(grid, hidden, safe, parent)
        exposed = _protect(grid, hidden, safe)
        told = determined(hidden, parent, symmetric=counts.symmetric)
        before = int(hidden.sum())
        for i, j in np.argwhere(told).tolist():
            _add_companions(grid, hidden, parent, i, j)
            if counts.symmetric:
                hidden |= hidden.T
        if int(hidden.sum()) == before:
            return exposed | {(i, j) for i, j in np.argwhere(told).tolist()}


def _move_among_siblings(grid: Grid, hidden: Flags, safe: Flags, parent: Ints) -> None:
    """Hide what a move needs that keeps to the siblings of a cell's row and column: no parent's sum shows it."""
    childless = np.flatnonzero(~np.isin(np.arange(len(parent)), parent))
    for i, j in np.argwhere(hidden & ~safe).tolist():
        if safe[i, j] or (grid.symmetric and j < i) or i not in childless or j not in childless:
            continue
        rows, columns = (childless[parent[childless] == parent[code]] for code in (i, j))
        square = grid.symmetric and parent[i] == parent[j]
        part = grid.part(rows, columns, symmetric=square)
        covered = np.zeros_like(part.values, dtype=bool)
        covered[: len(rows), : len(columns)] = hidden[np.ix_(rows, columns)]
        place = int(np.searchsorted(rows, i)), int(np.searchsorted(columns, j))
        move = find_move(part, covered, *place)
        if move is None:
            continue
        moved = np.zeros_like(grid.values)
        moved[np.ix_(rows, columns)] = move[: len(rows), : len(columns)]
        moved = moved + moved.T if grid.symmetric and not square else moved
        if grid.possible(grid.values + moved):
            hidden |= moved != 0
            safe |= moved != 0


def _add_companions(grid: Grid, hidden: Flags, parent: Ints, i: int, j: int) -> None:
    """Hide the cheapest cell that is not zero in each line and family that cell (i, j) stands in."""
    everyone = np.ones(len(parent), dtype=bool)
    for group in (everyone, *_families(parent, j)):
        _hide_cheapest(grid, hidden, [(i, k) for k in np.flatnonzero(group).tolist()])
    for group in (everyone, *_families(parent, i)):
        _hide_cheapest(grid, hidden, [(k, j) for k in np.flatnonzero(group).tolist()])


def _families(parent: Ints, code: int) -> list[Flags]:
    """Return the families of `code`, each a parent with its children: as a child, and as a parent."""
    heads = [head for head in (int(parent[code]), code if (parent == code).any() else -1) if head >= 0]
    return [(parent == head) | (np.arange(len(parent)) == head) for head in heads]


def _hide_cheapest(grid: Grid, hidden: Flags, cells: list[tuple[int, int]]) -> None:
    open_cells = [cell for cell in cells if not hidden[cell] and grid.values[cell] > 0]
    if open_cells:
        hidden[min(open_cells, key=lambda cell: (grid.price[cell], cell))] = True


def _parents(related: Flags | None) -> Ints:
    """Return the parent of each code, the nearest above it, or -1."""
    if related is None:
        return np.zeros(0, dtype=np.int64)
    depth = related.sum(axis=0)
    above = np.where(related, depth[:, None], -1)
    return np.where(depth > 0, above.argmax(axis=0), -1)


def determined(hidden: Flags, parent: Ints, *, symmetric: bool) -> Flags:
    """Return the hidden cells that are the only solution of the linear equations.

    Equations: the totals of rows (and columns), and for every parent its cell = the sum of its children's, as if it
    had no codings of its own. A variable is determined where its unit vector lies in the row space.
    """
    n = len(hidden)
    i, j = np.nonzero(np.triu(hidden) if symmetric else hidden)
    if not len(i):
        return np.zeros_like(hidden)
    number = np.full((n, n), -1)
    number[i, j] = np.arange(len(i))
    if symmetric:
        number[j, i] = np.arange(len(i))
    equations = [row for row in _equations(number, parent, len(i), symmetric=symmetric) if row.any()]
    system = np.array(equations)
    size, axes = np.linalg.eigh(system @ system.T)
    kept = size > 1e-9 * size.max(initial=1.0)
    told = (((axes[:, kept].T @ system) ** 2) / size[kept, None]).sum(axis=0) > 1 - 1e-6
    found = np.zeros_like(hidden)
    found[i, j] = told
    return found | found.T if symmetric else found


def _equations(number: Ints, parent: Ints, width: int, *, symmetric: bool) -> list[NDArray[np.float64]]:
    lines = list(number) if symmetric else [*number, *number.T]
    equations = []
    for line in lines:
        equations.append(np.bincount(line[line >= 0], minlength=width).astype(np.float64))
        for above in sorted(set(parent.tolist()) - {-1}):
            row = np.zeros(width)
            children = line[parent == above]
            row += np.bincount(children[children >= 0], minlength=width)
            if line[above] >= 0:
                row[line[above]] -= 1
            equations.append(row)
    return equations
