"""The whole report: the material, the codebook, which codes occur together, quotes for each code, the method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qcode.domain.case import Case
from qcode.domain.codebook import CodebookVersion
from qcode.domain.transcript import Transcript
from qcode.reports.codebook_report import codebook_blocks
from qcode.reports.matrix_report import matrix_blocks
from qcode.reports.method import hides, method_blocks, withheld_cells
from qcode.reports.quotes_report import CodedQuote, quotes_blocks
from qcode.reports.report import Block, Cell, Facts, Heading, Report, Table, Text
from qcode.reports.words import NONE_PENDING, left_out, plural

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix

__all__ = ["full"]

QUOTES_PER_CODE = 5


def full(
    *,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case] = (),
    codebook: CodebookVersion | None = None,
    counts: Mapping[str, int] | None = None,
    matrix: Matrix | None = None,
    coded: Sequence[CodedQuote] = (),
    quotes_per_code: int | None = QUOTES_PER_CODE,
    withheld: int | None = None,
    pending: Mapping[str, int] = NONE_PENDING,
    title: str = "Report on the study",
    study: str = "",
    made_by: Sequence[tuple[str, str]] = (),
) -> Report:
    """Return the report on a whole study; what is not given is left out.

    `counts` are codings per key, `quotes_per_code` caps the quotes (None: all of them). `withheld`: cells of `matrix`
    with fewer cases are hidden; what would give them away is left out too, as it is where `matrix` hides any.
    `pending` are the codings by code that wait for a decision and are in none of this.
    """
    less = _left_out(withheld, matrix)
    waiting = left_out(pending, numbers=not less)
    blocks: list[Block] = [Text(waiting)] if waiting else []
    blocks += [Heading("The material"), *_material(transcripts, cases, less)]
    if codebook is not None:
        said = f"{codebook.title or codebook.codebook}: codebook {codebook.codebook}, version {codebook.version}."
        blocks += [
            Heading("The codebook"),
            Text(said),
            *([Text(f"The number of codings of each code is {less}")] if less else []),
        ]
        blocks += codebook_blocks(codebook, counts=None if less else counts, level=2)
    if matrix is not None:
        blocks += [Heading("Which codes occur together"), *_below(matrix_blocks(matrix))]
    blocks.append(Heading("Quotes"))
    if less:
        blocks.append(Text(f"The passages of each code, their number and that of their cases are {less}"))
    else:
        blocks += quotes_blocks(coded, codebook=codebook, most=quotes_per_code, level=2)
    method = method_blocks(
        transcripts=transcripts, cases=cases, codebook=codebook, matrix=matrix, coded=coded, withheld=withheld
    )
    blocks += [Heading("Method"), *method]
    return Report(title, tuple(blocks), subtitle=study, made_by=tuple(made_by))


def _left_out(withheld: int | None, matrix: Matrix | None) -> str:
    """Return the end of the sentence that stands for what is left out, or nothing where all is shown."""
    return f"left out, because {withheld_cells(withheld)}." if hides(matrix, withheld) else ""


def _below(blocks: Sequence[Block]) -> list[Block]:
    return [Heading(b.text, b.level + 1, b.color) if isinstance(b, Heading) else b for b in blocks]


def _material(transcripts: Sequence[Transcript], cases: Sequence[Case], less: str) -> list[Block]:
    if not transcripts:
        return [Text("The study has no transcripts yet.")]
    languages = sorted({t.language for t in transcripts if t.language})
    facts = [
        ("Transcripts", f"{len(transcripts):,}"),
        ("Cases", f"{len(cases):,}"),
        ("Turns", f"{sum(t.turns for t in transcripts):,}"),
        ("Characters", f"{sum(t.characters for t in transcripts):,}"),
        ("Codings", f"{sum(t.codings for t in transcripts):,}"),
        ("Languages", ", ".join(languages)),
    ]
    blocks: list[Block] = [Facts(tuple((name, value) for name, value in facts if value))]
    blocks.append(_transcripts(transcripts, with_codings=not less))
    if less:
        return [*blocks, Text(f"The table of cases and the numbers of codings of the transcripts are {less}")]
    return [*blocks, _cases(cases)] if cases else blocks


def _transcripts(transcripts: Sequence[Transcript], *, with_codings: bool) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (t.name, t.case or "", t.language or "", t.turns, t.characters) for t in transcripts
    ]
    columns: tuple[str, ...] = ("Transcript", "Case", "Language", "Turns", "Characters")
    if with_codings:
        rows = [(*row, t.codings) for row, t in zip(rows, transcripts, strict=True)]
        columns = (*columns, "Codings")
    return Table(plural(len(transcripts), "transcript"), columns, tuple(rows), data=True, sheet="Transcripts")


def _cases(cases: Sequence[Case]) -> Table:
    keys = list(dict.fromkeys(key for case in cases for key, _ in case.attributes))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (case.name, *(case.attribute(key) or "" for key in keys)) for case in cases
    )
    return Table(
        f"{plural(len(cases), 'case')} and what is known of them",
        ("Case", *keys),
        rows,
        wide=len(keys) > 6,
        sheet="Cases",
    )
