"""The report on the network of codes: a drawing of which codes occur together, and its lines as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qcode.domain.code_colors import color_of
from qcode.domain.codebook import Code, CodebookVersion
from qcode.reports import words
from qcode.reports.matrix_figure import named, no_pair, weights
from qcode.reports.matrix_report import counted_blocks
from qcode.reports.report import Block, Cell, Heading, Network, NetworkCode, NetworkTie, Report, Table, Text, printed

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix

__all__ = ["MOST", "drawing", "network", "network_blocks", "networks"]

MOST = 60
"""How many lines are drawn unless told otherwise: more are not told apart by the eye."""

NOTHING = "There are no groups, so there is nothing to draw."
CASES = "Cases: distinct cases behind the value; a transcript without a case is its own case."


def network(
    matrix: Matrix,
    *,
    codebook: CodebookVersion | None = None,
    most: int = MOST,
    title: str = "The network of codes",
    study: str = "",
    made_by: Sequence[tuple[str, str]] = (),
) -> Report:
    """Return the report on the `most` strongest pairs of `matrix`, drawn as a network.

    `codebook` is the version the codes are from: it gives them families and colours.
    """
    return Report(title, tuple(network_blocks(matrix, codebook, most)), subtitle=study, made_by=tuple(made_by))


def networks(
    groups: Sequence[tuple[str | None, Matrix]],
    by: str,
    *,
    codebook: CodebookVersion | None = None,
    most: int = MOST,
    study: str = "",
    made_by: Sequence[tuple[str, str]] = (),
) -> Report:
    """Return the report with one network for each value of the attribute `by`; None is for cases that lack it."""
    blocks: list[Block] = []
    for value, one in groups:
        blocks.append(Heading(f"{by}: {value}" if value is not None else f"{by} not known"))
        for block in network_blocks(one, codebook, most):
            blocks.append(Heading(block.text, block.level + 1) if isinstance(block, Heading) else block)
    title = f"The network of codes, by {by}"
    return Report(title, tuple(blocks or [Text(NOTHING)]), subtitle=study, made_by=tuple(made_by))


def network_blocks(matrix: Matrix, codebook: CodebookVersion | None = None, most: int = MOST) -> list[Block]:
    """Return what a report says about the network of `matrix`, headings from level 1."""
    blocks = counted_blocks(matrix)
    if matrix.nothing:
        return blocks
    pairs = matrix.top_pairs()
    if not pairs:
        return [*blocks, Text(no_pair(matrix))]
    drawn = drawing(matrix, codebook, most)
    notes = [Text(note, "note") for note in _left_out(matrix, len(pairs), drawn)]
    return [*blocks, Heading("The network"), drawn, *notes, Heading("Its lines"), _table(matrix, most)]


def drawing(matrix: Matrix, codebook: CodebookVersion | None = None, most: int = MOST) -> Network:
    """Return the drawing of the `most` strongest pairs of `matrix`, with the codes that stand in one of them."""
    place = {code: i for i, code in enumerate(matrix.codes)}
    pairs = [(place[a], place[b], value) for a, b, value, _ in matrix.top_pairs()[:most]]
    kept = sorted({i for pair in pairs for i in pair[:2]})
    new = {i: n for n, i in enumerate(kept)}
    strength, low, high, _ = weights(matrix)
    found = [(a, b, strength[a][b] or 0.0, value) for a, b, value in pairs]
    ties = tuple(NetworkTie(new[a], new[b], weight, printed(value)) for a, b, weight, value in found)
    signed, middle = words.scale(matrix.measure)
    negative = any(tie.weight < 0 for tie in ties)
    value = words.measured(matrix.unit, matrix.count, matrix.measure)
    return Network(
        f"The network of codes: {value.lower() if value[1:].islower() else value}",
        _alt(matrix, pairs, len(kept), value),
        _codes(matrix, codebook, kept),
        ties,
        directed=not matrix.symmetric,
        measure=f"Lines: {value}, {matrix.reading}" if matrix.reading else f"Lines: {value}",
        low=f"{middle:.0f}" if signed else low,
        high=high,
        least=low if negative else "",
        sized=f"Size of a dot: {value.lower()} of the code alone" if matrix.measure == "count" else "",
    )


def _codes(matrix: Matrix, codebook: CodebookVersion | None, kept: Sequence[int]) -> tuple[NetworkCode, ...]:
    colors = color_of(codebook) if codebook is not None else {}
    alone = [matrix.matrix[i][i] if matrix.measure == "count" else None for i in kept]
    most = max((value for value in alone if value is not None), default=0) or 1
    made = []
    for i, value in zip(kept, alone, strict=True):
        key = matrix.codes[i]
        says = printed(value) if value is not None else ""
        size = (value or 0) / most
        made.append(NetworkCode(key, matrix.names[i], _family(codebook, key), colors.get(key, ""), size, says))
    return tuple(made)


def _family(codebook: CodebookVersion | None, key: str) -> str:
    """Return the name of the topmost code above `key`, its own at the top; nothing for a code that stands alone."""
    if codebook is None or key.casefold() not in codebook.by_key:
        return ""
    own = codebook.by_key[key.casefold()]
    top: Code = [own, *codebook.ancestors(key)][-1]
    return top.name or top.key if top is not own or codebook.children(own.key) else ""


def _alt(matrix: Matrix, pairs: Sequence[tuple[int, int, float | None]], codes: int, value: str) -> str:
    leads = "leads from one code to another" if not matrix.symmetric else "joins two codes that occur together"
    said = f"Network of {words.plural(codes, 'code')} in a circle; a line {leads}, wider for stronger. {value}."
    said += f" {words.plural(len(pairs), 'line')}."
    if not pairs:
        return said
    a, b, most = pairs[0]
    return f"{said} The strongest is {named(matrix, a)} with {named(matrix, b)}: {printed(most)}."


def _left_out(matrix: Matrix, met: int, drawn: Network) -> list[str]:
    """Return the sentences that say what is not in the drawing."""
    lines, codes = len(drawn.ties), len(matrix.codes) - len(drawn.codes)
    said = []
    if lines < met:
        said.append(f"Only the {lines:,} strongest of {met:,} pairs are drawn.")
    if codes:
        none = "stands in none of these pairs and is" if codes == 1 else "stand in none of these pairs and are"
        said.append(f"{words.plural(codes, 'code')} {none} left out.")
    return [" ".join(said)] if said else []


def _table(matrix: Matrix, most: int) -> Table:
    place = {code: i for i, code in enumerate(matrix.codes)}
    rows: list[tuple[Cell, ...]] = []
    for a, b, value, cases in matrix.top_pairs()[:most]:
        row = (named(matrix, place[a]), named(matrix, place[b]), value)
        rows.append(row if matrix.counts_cases else (*row, cases))
    measured = words.measured(matrix.unit, matrix.count, matrix.measure)
    codes = ("Code", "with") if matrix.symmetric else ("Code (row)", "Code (column)")
    return Table(
        f"The lines of the network{f' ({matrix.reading})' if matrix.reading else ''}, the strongest first",
        (*codes, measured, *(() if matrix.counts_cases else ("Cases",))),
        tuple(rows),
        note=" ".join([*([words.STRETCH] if matrix.count == "stretches" else []), CASES]),
        data=True,
        sheet="Lines",
    )
