"""The report on a matrix: what was counted, the strongest pairs, a heat map, all cells, the codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qcode.analysis.layout import filters_in_words
from qcode.reports import words
from qcode.reports.matrix_figure import figure, hidden_places, named, no_pair, weights
from qcode.reports.report import Block, Cell, Facts, Heading, Report, Table, Text

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix

__all__ = ["by_group", "counted_blocks", "matrix", "matrix_blocks"]

TOP = 20
"""How many pairs the first table lists."""

LANDSCAPE = 14
"""A matrix of more codes lies on its side."""

BEYOND = (("expected", "Expected"), ("p_values", "p"), ("q_values", "q"))
"""What a test adds to a pair: its key in the matrix, and the name of the column."""

CASES = "Cases: distinct cases behind the value; a transcript without a case is its own case."
NOTHING = "There are no groups, so there is nothing to count."
ASKED = "There is nothing to count; the page at the end says what was asked for."


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
    blocks = counted_blocks(matrix)
    if matrix.nothing:
        return blocks
    blocks += [Heading("Strongest pairs"), _top(matrix), *_out_of_range(matrix)]
    if not matrix.empty:
        blocks += [Heading("Heat map"), figure(matrix)]
    blocks += [Heading("All cells"), _cells(matrix)]
    return [*blocks, *_codes(matrix)] if codes else blocks


def counted_blocks(matrix: Matrix) -> list[Block]:
    """Return what a report says first of a matrix: what was counted, in words and numbers, and what is left out."""
    blocks: list[Block] = [Heading("What was counted"), Text(_counted(matrix)), Facts(tuple(_numbers(matrix)))]
    blocks += [Text(note, "note") for note in _notes(matrix)]
    return [*blocks, Text(f"{matrix.nothing} {ASKED}")] if matrix.nothing else blocks


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
        ("Filters", filters_in_words(matrix.filters)),
        ("How to read a cell", matrix.reading),
    ]
    facts.append(("Pairs that occur", f"{met:,} of {shown:,}" + (" not withheld" if matrix.hidden else "")))
    if "seed" in matrix.extra:
        drawn = f"{matrix.extra['permutations']:,} permutations within each transcript, seed {matrix.extra['seed']}"
        facts.append(("Permutation test", drawn))
    return [(name, value) for name, value in facts if value]


def _notes(matrix: Matrix) -> list[str]:
    notes = []
    if waiting := words.left_out(matrix.pending_left_out, numbers=not matrix.hidden):
        notes.append(waiting)
    hidden = len(hidden_places(matrix))
    if hidden:
        notes.append(
            f"{words.plural(hidden, 'cell')} withheld (*): too few cases stand behind a cell, or a total would give "
            "another withheld cell away."
        )
    if (wanted := matrix.permutations_wanted) is not None and not matrix.nothing:
        drawn = matrix.extra["permutations"]
        notes.append(words.few_permutations(drawn, matrix.pairs_tested, wanted, more=bool(matrix.hidden)))
    return notes


def _pairs(matrix: Matrix) -> list[tuple[int, int]]:
    """Return the cells off the diagonal that are not withheld; of a symmetric matrix the upper half."""
    size, hidden = range(len(matrix.codes)), hidden_places(matrix)
    every = [(i, j) for i in size for j in size if i != j and (i < j or not matrix.symmetric)]
    return [pair for pair in every if pair not in hidden]


def _top(matrix: Matrix) -> Block:
    pairs, place = matrix.top_pairs(), {code: i for i, code in enumerate(matrix.codes)}
    if not pairs:
        return Text(no_pair(matrix))
    beyond = [(_beyond_name(matrix, name), matrix.extra[key]) for key, name in BEYOND if key in matrix.extra]
    rows: list[tuple[Cell, ...]] = []
    for code, other, value, cases in pairs[:TOP]:
        i, j = place[code], place[other]
        row = (named(matrix, i), named(matrix, j), value, *(table[i][j] for _, table in beyond))
        rows.append(row if matrix.counts_cases else (*row, cases))
    kept = f"the {len(rows)} strongest of {len(pairs):,} pairs" if len(pairs) > TOP else "all pairs"
    value_name = words.measured(matrix.unit, matrix.count, matrix.measure)
    codes = ("Code", "with") if matrix.symmetric else ("Code (row)", "Code (column)")
    cases_too = () if matrix.counts_cases else ("Cases",)
    return Table(
        f"Codes that occur together{f' ({matrix.reading})' if matrix.reading else ''}: {kept}",
        (*codes, value_name, *(name for name, _ in beyond), *cases_too),
        tuple(rows),
        note=" ".join(_explained(matrix)),
        sheet="Pairs",
    )


def _beyond_name(matrix: Matrix, name: str) -> str:
    """Return the head of a test's column: what was expected are counts, whatever the measure."""
    counted = words.measured(matrix.unit, matrix.count, "count").lower()
    return f"{name} {counted}" if name == "Expected" and matrix.measure != "count" else name


def _explained(matrix: Matrix) -> list[str]:
    """Return what the columns of the table of pairs mean."""
    return [
        *([words.STRETCH] if matrix.count == "stretches" else []),
        CASES,
        *([words.P_FISHER] if matrix.measure == "fisher" else []),
        *([words.P_DRAWN] if "p_values" in matrix.extra else []),
        *([words.ADJUSTED] if "q_values" in matrix.extra else []),
    ]


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
    note += f" {words.STRETCH}" if matrix.count == "stretches" and not matrix.top_pairs(1) else ""
    note += " * withheld." if hidden else ""
    empty = any(matrix.matrix[i][j] is None and (i, j) not in hidden for i in range(size) for j in range(size))
    note += " – undefined." if empty else ""
    rows: tuple[tuple[Cell, ...], ...] = tuple((matrix.codes[i], *matrix.matrix[i]) for i in range(size))
    value = words.measured(matrix.unit, matrix.count, matrix.measure)
    return Table(
        f"{value}: {matrix.reading or 'row code by column code'}",
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
