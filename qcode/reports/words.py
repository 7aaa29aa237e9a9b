"""What was counted, in sentences: the options of a matrix as a reader of the report needs them."""

from __future__ import annotations

__all__ = ["how_counted", "in_words", "material", "measured", "plural", "scale"]

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
    "lift": "The measure is lift: how many times more often the codes occur together than if each were spread over the "
    "units by chance; 1 is chance.",
    "npmi": "The measure is normalised pointwise mutual information: −1 never together, 0 by chance, 1 always.",
    "phi": "The measure is the phi coefficient, the correlation of both codes over the units: −1 to 1, 0 is none.",
    "fisher": "The measure is the two-sided p-value of Fisher's exact test over the units; small: not by chance.",
}

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
        said.append(MEASURES.get(measure, f"The measure is {measure}."))
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


def plural(number: int, what: str) -> str:
    """Return `1 turn`, `2 turns`, `1,204 turns`."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _units(unit: str) -> str:
    return f"{unit}s" if unit in ("sentence", "turn", "paragraph", "transcript", "case") else "units"
