"""The forms of English words: what may stand behind which beginning of a word. Folded: no capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["ENDINGS", "ways"]

ENDINGS = {
    "en word": "(?:e?s|ed|ing|ʻs)?",
    "en e": "e|es|ed|ing",
    "en past": "ed|ing",
    "en y": "y|ies|ied|ying",
    "en plural": "(?:s|es|ʻs)?",
}
SHORT = 3
"""Words of so many letters have no ending but the plural's."""

LONG_PAST = 5
"""So many letters before -ed has a word that is taken for a verb's: refused is of refuse, closed is not of close."""

IRREGULAR = [
    line.split()
    for line in """
beat beats beating beaten
break breaks breaking broke broken
bring brings bringing brought
buy buys buying bought
catch catches catching caught
child children
come comes coming came
cut cuts cutting
die dies died dying
drink drinks drinking drank drunk
feel feels feeling felt
find finds finding found
freeze freezes freezing froze frozen
get gets getting got gotten
give gives giving gave given
go goes going went gone
hide hides hiding hid hidden
hold holds holding held
keep keeps keeping kept
lay lays laying laid
lose loses losing lost
make makes making made
man men
meet meets meeting met
pay pays paying paid
quit quits quitting
run runs running ran
say says saying said
sell sells selling sold
send sends sending sent
shut shuts shutting
sleep sleeps sleeping slept
speak speaks speaking spoke spoken
steal steals stealing stole stolen
take takes taking took taken
tell tells telling told
think thinks thinking thought
wife wives
woman women
write writes writing wrote written
""".strip().splitlines()
]
_irregular = {form: forms for forms in IRREGULAR for form in forms}

SPELLINGS = (("our", "or"), ("is", "iz"), ("centre", "center"), ("licence", "license"), ("programme", "program"))
OTHER_WITHOUT_S = {"arms", "customs", "forces", "goods", "means", "needs", "papers", "rights", "salts", "works"}
"""Plurals that mean another thing than their singular."""


def ways(word: str, alone: bool) -> Iterator[tuple[str, str]]:
    """Yield (beginning, kind of ending) for a word of a term; `alone` where it is the whole term."""
    for spelled in _spellings(word):
        yield from _ways(spelled, alone)


def _spellings(word: str) -> set[str]:
    """Return a word as it is spelled on both sides of the ocean."""
    found = {word}
    if len(word) > SHORT + 2:
        for one, other in SPELLINGS:
            found |= {word.replace(one, other), word.replace(other, one)}
    return found


def _ways(word: str, alone: bool) -> Iterator[tuple[str, str]]:
    yield from ((form, "en plural" if form == word else "exact") for form in _irregular.get(word, ()))
    if len(word) <= SHORT:
        yield word, "en plural"
    elif word.endswith("ed") and not word.endswith("eed"):
        yield from _past(word[:-2], alone)
    elif word.endswith("ing"):
        yield word, "en plural"
        if not alone:
            yield from _regular(word[:-3])
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in OTHER_WITHOUT_S:
        yield from _regular(word[:-3] + "y" if word.endswith("ies") else word[:-1])
    else:
        yield from _regular(word)


def _past(base: str, alone: bool) -> Iterator[tuple[str, str]]:
    yield base, "en past"
    if not alone or len(base) >= LONG_PAST:
        yield base, "en e"
    if not alone or len(base) > LONG_PAST:
        yield base, "en word"


def _regular(word: str) -> Iterator[tuple[str, str]]:
    if word.endswith("ee"):
        yield word, "en plural"
    elif word.endswith("e"):
        yield word[:-1], "en e"
    elif re.fullmatch(".*[^aeiou]y", word):
        yield word[:-1], "en y"
    else:
        yield word, "en word"
        if re.fullmatch(".*[^aeiou][aeiou][bdglmnprt]", word):
            yield word + word[-1], "en past"
