"""The report on a matrix: what was counted, the strongest pairs, a heat map, all cells, the codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qcode.reports import words
from qcode.reports.matrix_figure import figure, hidden_places, named, weights
from qcode.reports.report import Block, Cell, Facts, Heading, Report, Table, Text

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix

__all__ = ["by_group", "matrix", "matrix_blocks"]

TOP = 20
"""How many pairs the first table lists."""

LANDSCAPE = 14
"""A matrix of more codes lies on its side."""

BEYOND = (("expected", "Expected"), ("p_values", "p"), ("q_values", "q"))
"""What a test adds to a pair: its key in the matrix, and the name of the column."""

CASES = "Cases: distinct cases behind the value; a transcript without a case is its own case."
ADJUSTED = "q: p-values adjusted after Benjamini and Hochberg."

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
        blocks += [Heading(name), *_deeper(matrix_blocks(one, codes=False))]
    if groups:
        blocks += _codes(groups[0][1])
    title = title or f"Which codes occur together, by {by}"
    return Report(title, tuple(blocks or [Text(NOTHING)]), subtitle=study, made_by=tuple(made_by))


def _deeper(blocks: Sequence[Block]) -> list[Block]:
    return [Heading(b.text, b.level + 1, b.color) if isinstance(b, Heading) else b for b in blocks]


def matrix_blocks(matrix: Matrix, *, codes: bool = True) -> list[Block]:
    """Return what a report says about `matrix`, headings from level 1; `codes`: with the list of the codes."""
    blocks: list[Block] = [Heading("What was counted"), Text(_counted(matrix)), Facts(tuple(_numbers(matrix)))]
    blocks += [Text(note, "note") for note in _notes(matrix)]
    if not _has_codings(matrix):
        return [*blocks, Text(NOTHING)]
    blocks += [Heading("Strongest pairs"), _top(matrix), *_out_of_range(matrix)]
    blocks += [Heading("Heat map"), figure(matrix)]
    blocks += [Heading("All cells"), _cells(matrix)]
    return [*blocks, *_codes(matrix)] if codes else blocks


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
    met, shown = len(matrix.top_pairs()), len(_pairs(matrix))
    facts = [
        ("Codebook", f"{matrix.codebook} {matrix.version}".strip()),
        ("Codes", f"{len(matrix.codes):,}"),
        ("Transcripts", f"{matrix.transcripts:,}"),
        ("Units", words.material(matrix.unit, matrix.units)),
        ("Coders", ", ".join(matrix.coders)),
        ("Filters", "; ".join(f"{key}: {_plain(value)}" for key, value in dict(matrix.filters).items())),
    ]
    facts.append(("Pairs that occur", f"{met:,} of {shown:,}" + (" not withheld" if matrix.hidden else "")))
    if "seed" in matrix.extra:
        drawn = f"{matrix.extra['permutations']:,} permutations within each transcript, seed {matrix.extra['seed']}"
        facts.append(("Permutation test", drawn))
    return [(name, value) for name, value in facts if value]


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {_plain(one)}" for key, one in value.items())
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
    hidden = len(hidden_places(matrix))
    if hidden:
        notes.append(
            f"{words.plural(hidden, 'cell')} withheld (*): too few cases stand behind a cell, or a total would give "
            "another withheld cell away."
        )
    return notes


def _has_codings(matrix: Matrix) -> bool:
    return any(matrix.matrix[i][j] for i in range(len(matrix.codes)) for j in range(len(matrix.codes))) or bool(
        hidden_places(matrix)
    )


def _pairs(matrix: Matrix) -> list[tuple[int, int]]:
    """Return the cells off the diagonal that are not withheld; of a symmetric matrix the upper half."""
    size, hidden = range(len(matrix.codes)), hidden_places(matrix)
    every = [(i, j) for i in size for j in size if i != j and (i < j or not matrix.symmetric)]
    return [pair for pair in every if pair not in hidden]


def _top(matrix: Matrix) -> Block:
    pairs, place = matrix.top_pairs(), {code: i for i, code in enumerate(matrix.codes)}
    if not pairs:
        return Text("No two codes occur together.")
    beyond = [(name, matrix.extra[key]) for key, name in BEYOND if key in matrix.extra]
    rows: list[tuple[Cell, ...]] = []
    for code, other, value, cases in pairs[:TOP]:
        i, j = place[code], place[other]
        rows.append((named(matrix, i), named(matrix, j), value, *(table[i][j] for _, table in beyond), cases))
    kept = f"the {len(rows)} strongest of {len(pairs):,} pairs" if len(pairs) > TOP else "all pairs"
    value_name = words.measured(matrix.unit, matrix.count, matrix.measure)
    return Table(
        f"Codes that occur together: {kept}",
        ("Code", "with", value_name, *(name for name, _ in beyond), "Cases"),
        tuple(rows),
        note=" ".join((CASES, *(ADJUSTED for name, _ in beyond if name == "q"))),
        sheet="Pairs",
    )


def _out_of_range(matrix: Matrix) -> list[Block]:
    """Return the cells whose c is not between 0 and 1, with the codings that cause it."""
    found = matrix.extra.get("redundant")
    if not found:
        return []
    place = {code: i for i, code in enumerate(matrix.codes)}
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        i, j = (place[code] for code in one["codes"])
        causes = (", ".join(str(coding)[:8] for coding in one[key]) for key in ("several", "overlapping"))
        rows.append((named(matrix, i), named(matrix, j), matrix.matrix[i][j], *causes))
    columns = ("Code", "with", "c", "Codings that meet several", "Codings that overlap one of the same code")
    caption = "Values of c outside 0 to 1, and the codings that cause them"
    return [Heading("Where c leaves its range"), Table(caption, columns, tuple(rows), sheet="Out of range")]


def _cells(matrix: Matrix) -> Table:
    size, hidden = len(matrix.codes), hidden_places(matrix)
    note = "The diagonal (grey) is the code alone."
    note += " * withheld." if hidden else ""
    empty = any(matrix.matrix[i][j] is None and (i, j) not in hidden for i in range(size) for j in range(size))
    note += " – undefined." if empty else ""
    rows: tuple[tuple[Cell, ...], ...] = tuple((matrix.codes[i], *matrix.matrix[i]) for i in range(size))
    return Table(
        f"{words.measured(matrix.unit, matrix.count, matrix.measure)}: row code by column code",
        ("Code", *matrix.codes),
        rows,
        shades=weights(matrix)[0],
        wide=size > LANDSCAPE,
        note=note,
        hidden=frozenset((i, j + 1) for i, j in hidden),
        square=True,
        data=True,
        sheet="Matrix",
    )


def _codes(matrix: Matrix) -> list[Block]:
    """Return the list of the codes, or nothing where their keys are their names."""
    if list(matrix.names) == list(matrix.codes):
        return []
    rows = tuple(zip(matrix.codes, matrix.names, strict=True))
    caption = "The codes, in the order of the codebook"
    return [Heading("The codes"), Table(caption, ("Code", "Name"), rows, sheet="Codes")]
