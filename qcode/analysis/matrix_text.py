"""Writes a matrix as plain text: what was counted, the strongest pairs, as much of the matrix as fits, notes."""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING

from qcode.analysis.layout import clip, columns, display_width, filters_in_words, grid, grid_widths, number, wrap

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix

__all__ = ["groups_text", "matrix_text"]

BEYOND = (("expected", "expected"), ("p_values", "p"), ("q_values", "q"))
"""What a test adds to a pair: its key in the matrix, and the head of its column."""

STRETCH = "a stretch is a passage that both codes cover (on the diagonal: that the code covers)"


def matrix_text(matrix: Matrix, width: int, top: int) -> str:
    """Return `matrix` as text at most `width` cells wide, with its `top` strongest pairs."""
    return "\n".join(_part(matrix, _Axis([matrix], width), width, top) + _stretch([matrix], width))


def groups_text(by: str, groups: Sequence[tuple[str | None, Matrix]], width: int, top: int) -> str:
    """Return one text for each value of the attribute `by`, all over the same codes in the same order."""
    matrices = [one for _, one in groups]
    axis, parts = _Axis(matrices, width), []
    for value, one in groups:
        name = wrap(f"{by}: {value if value is not None else '(not known)'}", width)
        parts.append("\n".join([*name, *_part(one, axis, width, top)]))
    return "\n\n".join([*parts, *_stretch(matrices, width)])


class _Axis:
    """The codes that are printed: all, or those that meet others most, with the widths of columns and labels."""

    def __init__(self, matrices: Sequence[Matrix], width: int) -> None:
        self.every = _in_order(matrices)
        self.groups = len(matrices) > 1
        self.codes, self.column, self.label = self.every, *(0, 0)
        used = [code for code in self.every if any(_used(one, code) for one in matrices)]
        for codes in (self.every, used):
            rows = [row for one in matrices for row in _printed(one, codes)]
            self.column, self.label, fitting = grid_widths(codes, rows, width)
            self.codes = codes
            if fitting >= len(codes):
                break
        else:
            weight = {code: sum(_weight(one, code) for one in matrices) for code in used}
            kept = set(sorted(used, key=lambda code: -weight[code])[:fitting])
            self.codes = [code for code in used if code in kept]
        self.unused = len(self.every) - len(used)

    def left_out(self) -> str:
        """Return the sentence that says which codes are printed, nothing where all are."""
        if len(self.codes) == len(self.every):
            return ""
        if len(self.codes) + self.unused == len(self.every):
            return f"{len(self.codes)} of {len(self.every)} codes, the others have no coding; all with " + _ALL
        most = "those that meet others most" + (", all groups together" if self.groups else "")
        return f"{len(self.codes)} of {len(self.every)} codes, {most}; all with {_ALL}"


_ALL = "--format json, csv or -o FILE"


def _in_order(matrices: Sequence[Matrix]) -> list[str]:
    """Return the codes of all matrices in an order that each of them keeps."""
    order: TopologicalSorter[str] = TopologicalSorter()
    for one in matrices:
        for code in one.codes[:1]:
            order.add(code)
        for before, after in pairwise(one.codes):
            order.add(after, before)
    return list(order.static_order())


def _used(matrix: Matrix, code: str) -> bool:
    """Tell whether a coding of `code` counts here; what is withheld does."""
    if code not in matrix.codes:
        return False
    i = matrix.codes.index(code)
    return matrix.contributing_cases[i][i] != 0 or _weight(matrix, code) > 0


def _weight(matrix: Matrix, code: str) -> int:
    if code not in matrix.codes:
        return 0
    i, cases = matrix.codes.index(code), matrix.contributing_cases
    return sum((cases[i][j] or 0) + (cases[j][i] or 0) for j in range(len(cases)) if j != i)


def _printed(matrix: Matrix, codes: Sequence[str]) -> list[list[str]]:
    """Return the cells of `codes`; a code that the matrix lacks has no codings there."""
    place, hidden = {code: i for i, code in enumerate(matrix.codes)}, set(matrix.hidden)
    lacking = "0" if matrix.measure == "count" else number(None)

    def cell(row: str, column: str) -> str:
        if row not in place or column not in place:
            return lacking
        return number(matrix.matrix[place[row]][place[column]], hidden=(row, column) in hidden)

    return [[cell(row, column) for column in codes] for row in codes]


def _part(matrix: Matrix, axis: _Axis, width: int, top: int) -> list[str]:
    notes = [line for note in _notes(matrix) for line in wrap(note, width)]
    if matrix.nothing:
        return [*_head(matrix, width), "", matrix.nothing, *notes]
    lines = [*_head(matrix, width), "", *_pairs(matrix, width, top)]
    if not matrix.empty:
        cells = grid(axis.codes, _printed(matrix, axis.codes), axis.column, axis.label)
        lines += ["", *cells, *wrap(axis.left_out(), width)]
    return lines + notes


def _head(matrix: Matrix, width: int) -> list[str]:
    what = matrix.count if matrix.measure == "count" else f"{matrix.measure} over {matrix.count}"
    where = f"{matrix.unit} {matrix.distance}" if matrix.distance else matrix.unit
    where += f" ({matrix.reading})" if matrix.reading else ""
    ways = [w for w, chosen in (("each coder by itself", matrix.per_coder), ("rolled up", matrix.rollup)) if chosen]
    of = f"{matrix.transcripts} transcript{'s' * (matrix.transcripts != 1)}"
    of += f", {matrix.units} unit{'s' * (matrix.units != 1)}" if matrix.units is not None else ""
    lines = [", ".join([f"{matrix.codebook} {matrix.version}: {what}, unit {where}", *ways, of])]
    lines += [f"coders: {', '.join(matrix.coders)}"] if matrix.coders else []
    lines += [f"only: {filters_in_words(matrix.filters)}"] if matrix.filters else []
    return [part for line in lines for part in wrap(line, width)]


def _pairs(matrix: Matrix, width: int, top: int) -> list[str]:
    pairs = matrix.top_pairs()
    if not pairs:
        return [_no_pair(matrix)]
    place = {code: i for i, code in enumerate(matrix.codes)}
    beyond = [(head, matrix.extra[key]) for key, head in BEYOND if key in matrix.extra]
    numbers = [[_value_head(matrix), *(_beyond_head(matrix, head) for head, _ in beyond), "cases"]]
    for a, b, value, cases in pairs[:top]:
        tables = (number(table[place[a]][place[b]]) for _, table in beyond)
        numbers.append([number(value), *tables, str(cases)])
    if matrix.counts_cases:
        numbers = [row[:-1] for row in numbers]
    taken = sum(max(map(display_width, column)) + 2 for column in zip(*numbers, strict=True))
    each = max(6, (width - taken - 2) // 2)
    names = [["", ""] if matrix.symmetric else ["row", "column"]]
    names += [[clip(_named(matrix, place[code]), each) for code in pair[:2]] for pair in pairs[:top]]
    lines = columns([[*n, *v] for n, v in zip(names, numbers, strict=True)], [False, False] + [True] * len(numbers[0]))
    return lines + ([f"… and {len(pairs) - top} pairs more"] if len(pairs) > top else [])


def _no_pair(matrix: Matrix) -> str:
    if matrix.hidden:
        return "No pair of codes can be shown."
    return "No pair has a value: the measure is undefined here." if matrix.meeting else "No two codes meet."


def _value_head(matrix: Matrix) -> str:
    if matrix.measure == "count":
        return f"{matrix.unit}s" if matrix.count == "units" else matrix.count
    return "Fisher's p" if matrix.measure == "fisher" else matrix.measure


def _beyond_head(matrix: Matrix, head: str) -> str:
    """Return the head of a test's column: what was expected are counts, whatever the measure."""
    return f"{head} {matrix.count}" if head == "expected" and matrix.measure != "count" else head


def _named(matrix: Matrix, i: int) -> str:
    key, name = matrix.codes[i], matrix.names[i]
    return key if not name or name == key else f"{key} {name}"


def _notes(matrix: Matrix) -> list[str]:
    notes = []
    if matrix.hidden:
        notes.append(f"* {len(matrix.hidden)} cells withheld: too few cases, or a total would give another one away")
    left_out = {code: n for code, n in matrix.pending_left_out.items() if n}
    if left_out:
        total = sum(left_out.values())
        under = ", ".join(f"{code} {n}" for code, n in left_out.items())
        waiting = "coding that waits" if total == 1 else "codings that wait"
        notes.append(f"left out: {total} {waiting} for a decision ({under}); see: qcode codebook queue")
    if matrix.extra.get("redundant"):
        notes.append(f"c leaves its range in {len(matrix.extra['redundant'])} cells; see redundant in --format json")
    return notes if matrix.nothing else notes + _tests(matrix)


def _tests(matrix: Matrix) -> list[str]:
    notes = []
    if matrix.measure == "fisher":
        notes.append("Fisher's p is two-sided: small where codes meet more often than expected, or less often")
    if "seed" in matrix.extra:
        drawn, seed = matrix.extra["permutations"], matrix.extra["seed"]
        notes.append(f"permutation test: {drawn} permutations, seed {seed}; p: at least as many as counted (one-sided)")
    if "q_values" in matrix.extra:
        notes.append("q: p adjusted for the number of pairs tested (Benjamini-Hochberg)")
    if (wanted := matrix.permutations_wanted) is not None:
        drawn, tested = matrix.extra["permutations"], f"{'at least ' * bool(matrix.hidden)}{matrix.pairs_tested}"
        notes.append(
            f"{drawn} permutations are few: the smallest possible p is {number(1 / (drawn + 1))}, and times {tested} "
            f"pairs tested a pair that alone has it cannot have q below 0.05; --permutations {wanted} would do"
        )
    return notes


def _stretch(matrices: Sequence[Matrix], width: int) -> list[str]:
    return wrap(STRETCH, width) if any(one.count == "stretches" and not one.empty for one in matrices) else []
