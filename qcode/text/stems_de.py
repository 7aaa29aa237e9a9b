"""The forms of German words: what may stand behind which beginning of a word. Folded: no capitals, ss for ß."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["CAPITAL", "ENDINGS", "ways"]

ADJECTIVE = "(?:e|en|er|es|em)?"
ENDINGS = {
    "de noun": "(?:e|en|er|ern|es|n|s|nen)?",
    "de noun in e": "e|en|n",
    "de umlaut": "(?:e|en|er|ern|n)?",
    "de compound": r"(?:e?s|e?n)?[^\W\d_]{4,}",
    "de verb": f"e|st|t|en|et|te|ten|tet|test|end{ADJECTIVE}|(?:en|e?t){ADJECTIVE}",
    "de adjective": ADJECTIVE,
}
CAPITAL = frozenset({"de noun", "de noun in e", "de umlaut", "de compound"})
"""Endings of a word that must begin with a capital: Stelle, a job, but not stelle, I put."""

SHORT, LONG = 3, 7
"""So many letters has a word without endings; a name that may begin a compound; a plural in -s."""

APART = "(?:ab|an|auf|aus|bei|durch|ein|fest|her|hin|los|mit|nach|um|vor|weg|weiter|zu|zurück)"
_participle = re.compile(f"({APART}?)ge(.{{3,}})t|({APART})ge(.{{3,}})en")
_last_vowel = re.compile("(.*?)(au|[aou])([^aeiouäöü]*(?:er|el)?)")
_umlauts = {"a": "ä", "o": "ö", "u": "ü", "au": "äu"}
_no_umlauts = str.maketrans("äöü", "aou")


def ways(word: str, name: bool) -> Iterator[tuple[str, str]]:
    """Yield (beginning, kind of ending) for a word of a term; `name` where it begins with a capital."""
    if len(word) <= SHORT:
        yield word, "exact"
        return
    if name:
        yield from _name(word)
        return
    yield from ((word, "exact"), (word.removesuffix("e"), "de adjective"))
    participle = _participle.fullmatch(word)
    if participle:
        yield from _verb("".join(part for part in participle.groups() if part))
    elif word.endswith(("en", "ern", "eln")):
        yield from _verb(re.sub("e?n$", "", word))
    elif word.endswith("iert"):
        yield word[:-1], "de verb"


def _name(word: str) -> Iterator[tuple[str, str]]:
    base = re.sub("(?:e|en|(?<=[rl])n)$", "", word)
    if not word.endswith("e"):
        yield word, "exact"
        yield word, "de noun"
    if base != word:
        yield base, "de noun in e"
        if len(base) > LONG - 2:
            yield base, "de noun"
    if len(base) >= LONG:
        yield base, "de compound"
    yield from _plurals(word, base)


def _plurals(word: str, base: str) -> Iterator[tuple[str, str]]:
    vowel = _last_vowel.fullmatch(base)
    if vowel:
        yield vowel[1] + _umlauts[vowel[2]] + vowel[3], "de umlaut"
    if word.endswith("er") and set("äöü") & set(word):
        yield word.translate(_no_umlauts), "de noun"
    if len(word) >= LONG and re.fullmatch(".*[^aeiousäöü]s", word):
        yield word[:-1], "de noun"
    for ending, instead in (("nis", "niss"), ("um", "en"), ("a", "en")):
        if word.endswith(ending):
            yield word.removesuffix(ending) + instead, "de noun"


def _verb(stem: str) -> Iterator[tuple[str, str]]:
    yield stem, "de verb"
    yield "ge" + stem, "de verb"
    apart = re.match(APART, stem)
    if apart:
        yield from ((apart[0] + between + stem[apart.end() :], "de verb") for between in ("ge", "zu"))
