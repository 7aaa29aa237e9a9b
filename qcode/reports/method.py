"""The method in paragraphs that can stand in a paper: texts, coders, codebook, counting, hiding, tests, program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qcode import __version__
from qcode.analysis.layout import filters_in_words
from qcode.domain.case import Case
from qcode.domain.codebook import CodebookVersion
from qcode.domain.transcript import Transcript
from qcode.reports import words
from qcode.reports.quotes_report import CodedQuote
from qcode.reports.report import Block, Text

if TYPE_CHECKING:
    from qcode.analysis.matrix import Matrix

__all__ = ["hides", "method_blocks", "withheld_cells"]

IMPORT = (
    "They were imported as plain text, without formatting, comments, headers and footnotes, and the text of a revision "
    "has not changed since; its SHA-256 stands at the end of this report. Positions are counted in Unicode characters "
    "from the beginning of the text."
)
HISTORY = (
    "A passage may have any length and carry several codes. Every coding keeps the words of its passage; codings were "
    "added and withdrawn, never edited, so that the history of the study says who did what, and when."
)
PERMUTED = (
    "Whether two codes occur together more often than expected was tested by permutation: within each transcript the "
    "passages of every code were put at random places, their number and lengths kept ({drawn}, seed {seed}). "
    "p = (1 + permutations with at least as many) / (1 + permutations), one-sided (Phipson and Smyth 2010)."
)
Q = "q is p adjusted for {pairs} after Benjamini and Hochberg (1995)."


def method_blocks(
    *,
    transcripts: Sequence[Transcript],
    cases: Sequence[Case],
    codebook: CodebookVersion | None,
    matrix: Matrix | None,
    coded: Sequence[CodedQuote],
    withheld: int | None,
) -> list[Block]:
    """Return the paragraphs; what is not given is left out."""
    telling = hides(matrix, withheld) and matrix is not None and bool(matrix.filters.get("code"))
    said = [_texts(transcripts, cases), _coding(codebook, coded, with_numbers=not telling)]
    if matrix is not None:
        said += [_counting(matrix, len(transcripts), withheld), _hiding(matrix, withheld), _tests(matrix)]
    said.append(f"Everything was counted with qcode {__version__}; the same study and options give the same report.")
    return [Text(one) for one in said if one]


def hides(matrix: Matrix | None, withheld: int | None) -> bool:
    """Tell whether cells of `matrix` are withheld, or would be if they had too few cases."""
    return (withheld or 0) > 1 or (matrix is not None and bool(matrix.hidden))


def withheld_cells(withheld: int | None) -> str:
    """Return `cells with fewer than 3 cases are withheld`."""
    return f"cells with {f'fewer than {withheld}' if withheld else 'too few'} cases are withheld"


def _texts(transcripts: Sequence[Transcript], cases: Sequence[Case]) -> str:
    if not transcripts:
        return ""
    languages = sorted({t.language for t in transcripts if t.language})
    characters, turns = sum(t.characters for t in transcripts), sum(t.turns for t in transcripts)
    size = f"{words.plural(characters, 'character')} in {words.plural(turns, 'turn')}"
    spoken = f"; {'languages' if len(languages) > 1 else 'language'}: {', '.join(languages)}" if languages else ""
    of = f" of {words.plural(len(cases), 'case')}" if cases else ""
    verb = "makes" if len(transcripts) == 1 else "make"
    return f"{words.plural(len(transcripts), 'transcript')}{of} {verb} the material ({size}{spoken}). {IMPORT}"


def _coding(codebook: CodebookVersion | None, coded: Sequence[CodedQuote], *, with_numbers: bool) -> str:
    """Return who coded with what; of few chosen codes the numbers of the coders would give withheld ones away."""
    number = Counter(one.coding.coder for one in coded)
    names = sorted(number, key=str.casefold)
    if not names:
        return ""
    if with_numbers:
        names = [f"{name} ({words.plural(number[name], 'coding')})" for name in names]
    who = f"{words.plural(len(names), 'coder')}, {words.listed(names)}"
    under = ""
    if codebook is not None:
        codable = sum(code.codable for code in codebook.codes)
        title = f"{codebook.title} ({codebook.codebook})" if codebook.title else codebook.codebook
        under = f", under the codebook {title}, version {codebook.version} ({words.plural(codable, 'code')})"
    followed = f" {_followed(codebook)}" if codebook is not None and codebook.follows else ""
    return f"The passages were coded by {who}{under}.{followed} {HISTORY}"


def _followed(codebook: CodebookVersion) -> str:
    between = "them" if len(codebook.follows) == 1 else "these versions"
    return (
        f"Version {codebook.version} follows {words.listed(codebook.follows)}; "
        f"what changed between {between}, and why, is told by qcode codebook log."
    )


def _counting(matrix: Matrix, every: int, withheld: int | None) -> str:
    rule = words.how_counted(
        matrix.unit,
        matrix.count,
        matrix.measure,
        matrix.distance,
        per_coder=matrix.per_coder,
        rollup=matrix.rollup,
    )
    some = "" if matrix.transcripts == every else f"{matrix.transcripts:,} of "
    part = f"The counts cover {some}{words.plural(every, 'transcript')}"
    part += f", with {words.material(matrix.unit, matrix.units)}" if matrix.units is not None else ""
    part += f", with these filters: {filters_in_words(matrix.filters)}" if matrix.filters else ""
    waiting = words.left_out(matrix.pending_left_out, numbers=not hides(matrix, withheld))
    return " ".join(one for one in (f"{rule} {part}.", waiting) if one)


def _hiding(matrix: Matrix, withheld: int | None) -> str:
    if not hides(matrix, withheld):
        return ""
    return (
        f"To protect the participants, {withheld_cells(withheld)}, and as many more as are needed so that no total "
        "gives one away (complementary suppression, Cox 1980); a transcript without a case is its own case."
    )


def _tests(matrix: Matrix) -> str:
    said = []
    if "seed" in matrix.extra:
        drawn = words.plural(matrix.extra["permutations"], "permutation")
        said.append(PERMUTED.format(drawn=drawn, seed=matrix.extra["seed"]))
    if "q_values" in matrix.extra:
        tested = words.plural(matrix.pairs_tested, "pair")
        said.append(Q.format(pairs="all pairs tested" if matrix.hidden else f"the {tested} tested"))
    return " ".join(said)
