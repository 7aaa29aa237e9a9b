"""The report on a matrix: what was counted, the strongest pairs, a heat map, all cells, the codes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qcode.reports import words
from qcode.reports.report import Block, Cell, Facts, Figure, Heading, Report, Table, Text, printed

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix

__all__ = ["by_group", "matrix", "matrix_blocks"]

TOP = 20
"""How many pairs the first table lists."""

NAMED, LANDSCAPE = 20, 14
"""Up to so many codes the heat map writes names beside keys; from more than so many the table lies on its side."""

NOTHING = (
    "No coding was found with these options, so there is nothing to count. The page at the end says what was asked for."
)


def matrix(
    matrix: Matrix,
    *,
    title: str = "Which codes occur together",
    study: str = "",
    made_by: Sequence[tuple[str, str]] = (),
) -> Report:
    """Return the report on one matrix; `study` is the study's title, `made_by` the pairs of the last page."""
    return Report(title, tuple(matrix_blocks(matrix)), subtitle=study, made_by=tuple(made_by))


def by_group(
    groups: Sequence[tuple[str | None, Matrix]],
    by: str,
    *,
    title: str = "",
    study: str = "",
    made_by: Sequence[tuple[str, str]] = (),
) -> Report:
    """Return the report on one matrix for each value of the attribute `by`; None is for cases that lack it."""
    blocks: list[Block] = []
    for value, one in groups:
        name = f"{by}: {value}" if value is not None else f"{by} not known"
        blocks += [Heading(name), *_deeper(matrix_blocks(one))]
    title = title or f"Which codes occur together, by {by}"
    return Report(title, tuple(blocks or [Text(NOTHING)]), subtitle=study, made_by=tuple(made_by))


def _deeper(blocks: Sequence[Block]) -> list[Block]:
    return [Heading(b.text, b.level + 1, b.color) if isinstance(b, Heading) else b for b in blocks]


def matrix_blocks(matrix: Matrix) -> list[Block]:
    """Return what a report says about `matrix`, headings from level 1."""
    blocks: list[Block] = [Heading("What was counted"), Text(_counted(matrix)), Facts(tuple(_numbers(matrix)))]
    blocks += [Text(note, "note") for note in _notes(matrix)]
    if not _has_codings(matrix):
        return [*blocks, Text(NOTHING)]
    blocks += [Heading("Strongest pairs"), _top(matrix)]
    blocks += [Heading("Heat map"), _figure(matrix)]
    blocks += [Heading("All cells"), _cells(matrix)]
    if list(matrix.names) != list(matrix.codes):
        blocks += [Heading("The codes"), _codes(matrix)]
    return blocks


def _counted(matrix: Matrix) -> str:
    return words.how_counted(
        matrix.unit,
        matrix.count,
        matrix.measure,
        matrix.distance,
        per_coder=matrix.per_coder,
        rollup=matrix.rollup,
    )


def _numbers(matrix: Matrix) -> list[tuple[str, str]]:
    pairs = [(i, j) for i, j in _pairs(matrix) if matrix.matrix[i][j] is not None]
    together = sum(1 for i, j in pairs if matrix.matrix[i][j])
    facts = [
        ("Codebook", f"{matrix.codebook} {matrix.version}".strip()),
        ("Codes", f"{len(matrix.codes):,}"),
        ("Transcripts", f"{matrix.transcripts:,}"),
        ("Units", words.material(matrix.unit, matrix.units)),
        ("Coders", ", ".join(matrix.coders)),
        ("Filters", "; ".join(f"{key}: {_plain(value)}" for key, value in dict(matrix.filters).items())),
    ]
    if matrix.measure == "count":
        facts.append(
            ("Pairs that occur", f"{together:,} of {len(pairs):,}" + (" not withheld" if matrix.hidden else ""))
        )
    return [(name, value) for name, value in facts if value]


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else str(value)


def _notes(matrix: Matrix) -> list[str]:
    notes = []
    waiting = {code: n for code, n in dict(matrix.pending_left_out).items() if n}
    if waiting:
        listed = ", ".join(f"{code} ({n:,})" for code, n in waiting.items())
        notes.append(
            f"Left out: {words.plural(sum(waiting.values()), 'pending coding')} that a change of the codebook put into "
            f"the queue, under {listed}."
        )
    hidden = len(_hidden(matrix))
    if hidden:
        notes.append(
            f"{words.plural(hidden, 'cell')} withheld (*): too few cases stand behind a cell, or a total would give "
            "another withheld cell away."
        )
    return notes


def _has_codings(matrix: Matrix) -> bool:
    return any(matrix.matrix[i][j] for i in range(len(matrix.codes)) for j in range(len(matrix.codes))) or bool(
        _hidden(matrix)
    )


def _hidden(matrix: Matrix) -> frozenset[tuple[int, int]]:
    """Return the withheld cells as (row, column) places, however the matrix names them."""
    place = {code: i for i, code in enumerate(matrix.codes)}
    found = set()
    for pair in matrix.hidden:
        row, column = pair[0], pair[1]
        found.add((place.get(row, row), place.get(column, column)))
    return frozenset((int(i), int(j)) for i, j in found)


def _pairs(matrix: Matrix) -> list[tuple[int, int]]:
    """Return the cells off the diagonal; where both halves are equal, only the upper."""
    size, cells, hidden = len(matrix.codes), matrix.matrix, _hidden(matrix)
    both = [(i, j) for i in range(size) for j in range(i + 1, size)]
    if all(cells[i][j] == cells[j][i] and ((i, j) in hidden) == ((j, i) in hidden) for i, j in both):
        return both
    return [(i, j) for i in range(size) for j in range(size) if i != j]


def _named(matrix: Matrix, i: int) -> str:
    name, code = matrix.names[i], matrix.codes[i]
    return code if name == code or not name else f"{name} ({code})"


def _top(matrix: Matrix) -> Block:
    least_first, neutral = matrix.measure == "fisher", words.scale(matrix.measure)[1]
    pairs = [(i, j) for i, j in _pairs(matrix) if matrix.matrix[i][j] is not None]
    if not least_first:
        pairs = [(i, j) for i, j in pairs if (matrix.matrix[i][j] or 0) > neutral]
    if not pairs:
        return Text("No two codes occur together.")
    cases = matrix.contributing_cases
    direction = 1 if least_first else -1
    pairs.sort(key=lambda p: (direction * (matrix.matrix[p[0]][p[1]] or 0), -cases[p[0]][p[1]], p))
    rows = tuple((_named(matrix, i), _named(matrix, j), matrix.matrix[i][j], cases[i][j]) for i, j in pairs[:TOP])
    value = words.measured(matrix.unit, matrix.count, matrix.measure)
    kept = f"the {len(rows)} strongest of {len(pairs):,} pairs" if len(pairs) > TOP else "all pairs"
    return Table(
        f"Codes that occur together: {kept}",
        ("Code", "with", value, "Cases"),
        rows,
        row_headers=True,
        note="Cases: distinct cases behind the value; a transcript without a case is its own case.",
        sheet="Pairs",
        widths=(41, 41, 11, 8),
    )


def _weights(matrix: Matrix) -> tuple[tuple[tuple[float | None, ...], ...], str, str, bool]:
    """Return each cell's weight in [-1, 1], and what its scale's ends stand for."""
    size = range(len(matrix.codes))
    signed, middle = words.scale(matrix.measure)
    raw = [[None if i == j else _strength(matrix.measure, matrix.matrix[i][j]) for j in size] for i in size]
    most = max((abs(v) for row in raw for v in row if v is not None), default=0.0) or 1.0
    values = tuple(tuple(None if v is None else v / most for v in row) for row in raw)
    if matrix.measure == "fisher":
        return values, "1", printed(float(10**-most)) if most < 3 else f"{10**-most:.0e}", False
    if matrix.measure == "lift":
        return values, f"1/{2**most:.3g}", f"{2**most:.3g}", True
    high = f"{most:,.0f}" if matrix.measure == "count" else f"{most:.3g}"
    return values, f"−{high}" if signed else f"{middle:.0f}", high, signed


def _strength(measure: str, value: float | None) -> float | None:
    if value is None:
        return None
    if measure == "fisher":
        return min(6.0, -math.log10(max(value, 1e-6)))
    if measure == "lift":
        return max(-6.0, math.log2(value)) if value > 0 else -6.0
    return float(value)


def _figure(matrix: Matrix) -> Figure:
    values, low, high, signed = _weights(matrix)
    size = range(len(matrix.codes))
    few = len(matrix.codes) <= NAMED
    value = words.measured(matrix.unit, matrix.count, matrix.measure)
    return Figure(
        f"{value}: which codes occur together (empty cells: 0)",
        _alt(matrix, value),
        tuple(_label(matrix, i) if few else matrix.codes[i] for i in size),
        values,
        tuple(tuple(_short(matrix.matrix[i][j]) for j in size) for i in size),
        heads=tuple(matrix.codes),
        names=tuple(_named(matrix, i) for i in size),
        hidden=_hidden(matrix),
        measure=f"{value} (rows: {'the inner or first code' if matrix.unit in ('within', 'follows') else 'code'})"
        if matrix.unit in ("within", "follows")
        else value,
        low=low,
        high=high,
        signed=signed,
    )


def _label(matrix: Matrix, i: int) -> str:
    name, code = matrix.names[i], matrix.codes[i]
    return code if name == code or not name else f"{code} · {name}"


def _short(value: float | None) -> str:
    """Return a cell as the heat map prints it: no zero, two decimals without the leading 0."""
    if not value:
        return ""
    if isinstance(value, int):
        return str(value)
    words = f"{value:.2f}".replace("0.", ".", 1) if abs(value) < 0.995 else f"{value:.3g}"
    return words.replace("-", "−")


def _alt(matrix: Matrix, value: str) -> str:
    pairs = [(i, j) for i, j in _pairs(matrix) if matrix.matrix[i][j]]
    said = f"Heat map of {words.plural(len(matrix.codes), 'code')}, rows by columns, darker for more. {value}."
    if not pairs:
        return f"{said} No two codes occur together."
    i, j = max(pairs, key=lambda p: matrix.matrix[p[0]][p[1]] or 0)
    largest = printed(matrix.matrix[i][j])
    return f"{said} The largest value is {largest}: {_named(matrix, i)} with {_named(matrix, j)}."


def _cells(matrix: Matrix) -> Table:
    size, hidden = len(matrix.codes), _hidden(matrix)
    note = "The diagonal (grey) is the code alone."
    note += " * withheld." if hidden else ""
    empty = any(matrix.matrix[i][j] is None and (i, j) not in hidden for i in range(size) for j in range(size))
    note += " – undefined." if empty else ""
    rows: tuple[tuple[Cell, ...], ...] = tuple((matrix.codes[i], *matrix.matrix[i]) for i in range(size))
    return Table(
        f"{words.measured(matrix.unit, matrix.count, matrix.measure)}: row code by column code",
        ("Code", *matrix.codes),
        rows,
        shades=_weights(matrix)[0],
        wide=size > LANDSCAPE,
        note=note,
        hidden=frozenset((i, j + 1) for i, j in hidden),
        square=True,
        data=True,
        sheet="Matrix",
    )


def _codes(matrix: Matrix) -> Table:
    rows = tuple(zip(matrix.codes, matrix.names, strict=True))
    return Table("The codes, in the order of the codebook", ("Code", "Name"), rows, sheet="Codes")
