"""What was counted, in sentences: the options of a matrix as a reader of the report needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from qcode.reports.report import printed

__all__ = [
    "ADJUSTED",
    "NONE_PENDING",
    "P_DRAWN",
    "P_FISHER",
    "STRETCH",
    "clock",
    "few_permutations",
    "how_counted",
    "in_words",
    "left_out",
    "listed",
    "material",
    "measured",
    "plural",
    "scale",
]

UNITS = {
    "overlap": "Two codes occur together where a coding of one and a coding of the other share at least one character.",
    "exact": "Two codes occur together where their codings begin and end at the same characters.",
    "within": "The code of the row occurs together with the code of the column where a coding of the first lies inside "
    "a coding of the second, or covers exactly the same words.",
    "near": "Two codes occur together where their codings overlap or lie at most {distance} apart.",
    "follows": "The code of the column occurs after the code of the row where its coding begins at or after the end of "
    "the other, at most {distance} later.",
    "sentence": "Two codes occur together in a sentence that holds at least one character coded with each.",
    "turn": "Two codes occur together in a turn (what one speaker says before the next) that holds at least one "
    "character coded with each.",
    "paragraph": "Two codes occur together in a paragraph that holds at least one character coded with each.",
    "transcript": "Two codes occur together in a transcript that holds at least one character coded with each.",
    "case": "Two codes occur together in a case whose transcripts hold at least one character coded with each.",
}

COUNTS = {
    "stretches": ("passages that both codes cover, each once", "passages that the code covers"),
    "hits": ("pairs of codings that stand in this relation", "codings of the code"),
    "segments": (
        "codings of the row's code that stand in this relation to at least one coding of the column's",
        "codings of the code",
    ),
    "characters": ("characters that both codes cover", "characters that the code covers"),
    "units": ("{units} that hold both codes", "{units} that hold the code"),
    "transcripts": ("transcripts with at least one co-occurrence", "transcripts that hold the code"),
    "cases": ("cases with at least one co-occurrence", "cases that hold the code"),
}

MEASURES = {
    "count": "",
    "jaccard": "The measure is Jaccard's coefficient: what both codes cover, divided by what either covers, 0 to 1.",
    "dice": "The measure is Dice's coefficient: twice what both codes cover, divided by the sum of what each covers; "
    "from 0 to 1.",
    "c": "The measure is ATLAS.ti's c coefficient, n(AB) / (n(A) + n(B) − n(AB)), over pairs of codings. Codings that "
    "repeat each other can carry it above 1 or below 0; such values are left as they are.",
    "given": "The measure is the share of the row's code that occurs together with the column's: n(AB) / n(A).",
    "lift": "The measure is lift, N n(AB) / (n(A) n(B)) over N {units}: how many times more {units} hold both "
    "codes than would be expected if the two were independent; 1 is independence.",
    "npmi": "The measure is normalised pointwise mutual information (Bouma 2009): −1 if the codes never occur "
    "together, 0 if they are independent, 1 if they only occur together.",
    "phi": "The measure is the phi coefficient, the correlation of both codes over the {units}: −1 to 1, 0 is none.",
    "fisher": "The measure is the two-sided p-value of Fisher's exact test: the probability of a result no more "
    "likely than the one found, if the two codes were spread over the {units} independently of each other, each over "
    "as many as now. A small p is evidence against independence; the codes may occur together more often, or less "
    "often, than expected. It says nothing of the strength of the association, and takes the {units} to be independent "
    "of each other.",
}

STRETCH = "A stretch is a passage that both codes cover (on the diagonal: that the code covers)."

P_FISHER = "p: two-sided, from Fisher's exact test; small where codes occur together more often than expected, or less."
P_DRAWN = "p: how often reshuffled codings gave at least as many, the count itself included (one-sided)."
ADJUSTED = "q: p adjusted for the number of pairs tested, after Benjamini and Hochberg."

NONE_PENDING: Mapping[str, int] = MappingProxyType({})
"""No coding waits for a decision."""

_NAMES = {
    "c": "c coefficient",
    "npmi": "NPMI",
    "phi": "Phi",
    "jaccard": "Jaccard",
    "dice": "Dice",
    "fisher": "Fisher's p",
}


def how_counted(unit: str, count: str, measure: str, distance: str | None, *, per_coder: bool, rollup: bool) -> str:
    """Return the sentences that say when two codes occur together and what a cell holds."""
    cell, alone = (words.format(units=_units(unit)) for words in COUNTS.get(count, (count, count)))
    said = [UNITS.get(unit, f"The unit is {unit}.").format(distance=in_words(distance))]
    if measure == "count":
        said.append(f"A cell counts the {cell}; the diagonal counts the {alone}.")
    else:
        said.append(MEASURES.get(measure, f"The measure is {measure}.").format(units=_units(unit)))
        said.append(f"The measure rests on the {cell}, n(AB), and on the {alone}, n(A) and n(B).")
    if per_coder:
        said.append("Only codings by the same coder are compared, and the results are added up over coders.")
    else:
        said.append("The codings of all coders are pooled; equal ones (same words, same code) count once.")
    if rollup:
        said.append("A coding counts for the codes above its code too.")
    return " ".join(said)


def in_words(distance: str | None) -> str:
    """Return a distance like `200c` or `1t` in words."""
    if not distance:
        return "the given distance"
    number, kind = distance[:-1], {"c": "character", "t": "turn"}.get(distance[-1], distance[-1])
    return plural(int(number), kind) if number.isdigit() else distance


def material(unit: str, units: int | None) -> str:
    """Return how many units were looked at, or nothing where the unit is none of the containing ones."""
    return plural(units, unit) if units is not None else ""


def measured(unit: str, count: str, measure: str) -> str:
    """Return the short name of what a cell holds: the head of a column, the title of a scale."""
    if measure != "count":
        return _NAMES.get(measure, measure.capitalize())
    return {"units": _units(unit).capitalize(), "hits": "Pairs of codings"}.get(count, count.capitalize())


def scale(measure: str) -> tuple[bool, float]:
    """Return whether the values of `measure` have a middle with two sides, and that middle."""
    return measure in ("npmi", "phi", "lift"), 1.0 if measure == "lift" else 0.0


def few_permutations(permutations: int, tested: int, wanted: int, *, more: bool = False) -> str:
    """Return the sentence that says that a test has too few permutations; `more` pairs may be tested."""
    return (
        f"With {permutations:,} permutations the smallest possible p is {printed(1 / (permutations + 1))}; over "
        f"{'at least ' * more}{plural(tested, 'tested pair')} a pair that alone has it cannot have q below 0.05. "
        f"{wanted:,} permutations would do."
    )


def listed(words: Sequence[str]) -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def left_out(pending: Mapping[str, int], *, numbers: bool = True) -> str:
    """Return the sentence on the codings, by code, that wait for a decision and are not in a report; "" if none do.

    Without `numbers`, where cells are withheld, it says only under which codes they wait.
    """
    waiting = {code: number for code, number in pending.items() if number}
    if not waiting:
        return ""
    every = sum(waiting.values())
    codes = listed([f"{code} ({number:,})" if numbers else code for code, number in waiting.items()])
    who = plural(every, "coding") if numbers else "codings"
    wait = "waits" if numbers and every == 1 else "wait"
    what = f"{who} that {wait} for a decision after a change of the codebook, under {codes}"
    return f"Left out: {what}. qcode codebook queue lists them."


def plural(number: int, what: str, several: str = "") -> str:
    """Return `1 turn`, `2 turns`, `1,204 turns`; `several` is a plural that is not made with an s."""
    return f"{number:,} {what if number == 1 else several or f'{what}s'}"


def clock(seconds: float | None) -> str:
    """Return `01:02:03`, or nothing where the moment is not known."""
    if seconds is None:
        return ""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _units(unit: str) -> str:
    return f"{unit}s" if unit in ("sentence", "turn", "paragraph", "transcript", "case") else "units"
