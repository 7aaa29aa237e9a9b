"""Which words of the terms a word of a text may be a form of: looked up by its beginnings, not term by term."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from qcode.text.stems import fits, ways
from qcode.text.words import APOSTROPHE, fold_word, is_cyrillic, latin_uzbek, plain_word

__all__ = ["WordIndex"]

KEPT = 100_000
"""So many different words of the texts are kept with what they may be."""

LONG = 5
"""So long is an Uzbek word that is found without its apostrophes, or in Cyrillic without a letter of Uzbek's own."""

_Beginnings = dict[str, list[tuple[str, int]]]


class WordIndex:
    """Words of terms as numbers, found again in any of their forms."""

    def __init__(self) -> None:
        """Begin with no words."""
        self._numbers: dict[tuple[str, str, bool], int] = {}
        self._beginnings: _Beginnings = {}
        self._uzbek: _Beginnings = {}
        self._longest = 0
        self.find = lru_cache(maxsize=KEPT)(self._find)
        """Return the numbers of the words that a word of a text, as it stands there, may be a form of."""

    def add(self, word: str, language: str, *, alone: bool) -> int:
        """Return the number of a word of a term; `alone` where it is the whole term."""
        known = self._numbers.get((word, language, alone))
        if known is not None:
            return known
        number = self._numbers[word, language, alone] = len(self._numbers)
        plain, folded = plain_word(word), fold_word(word)
        found = {(folded.replace("ё", "е"), "exact")} if language == "uz" and is_cyrillic(folded) else set()
        if language == "uz":
            folded = latin_uzbek(folded)
        found |= ways(folded.replace("ё", "е"), plain, language, alone=alone)
        for beginning, kind in found:
            self._longest = max(self._longest, len(beginning))
            for spelled in _spellings(beginning):
                self._beginnings.setdefault(spelled, []).append((kind, number))
            if language == "uz" and (len(beginning) >= LONG or APOSTROPHE in beginning or "q" in beginning):
                self._uzbek.setdefault(beginning, []).append((kind, number))
        return number

    def _find(self, word: str) -> tuple[int, ...]:
        folded, plain = fold_word(word), plain_word(word)
        found = dict.fromkeys(self._begun(folded.replace("ё", "е"), plain, self._beginnings))
        if self._uzbek and is_cyrillic(folded):
            found |= dict.fromkeys(self._begun(latin_uzbek(folded), plain, self._uzbek))
        return tuple(found)

    def _begun(self, folded: str, plain: str, beginnings: _Beginnings) -> Iterator[int]:
        for cut in range(1, min(len(folded), self._longest) + 1):
            for kind, number in beginnings.get(folded[:cut], ()):
                if fits(kind, folded, cut, plain):
                    yield number


def _spellings(beginning: str) -> set[str]:
    """Return a beginning as it is spelled, and without apostrophes where that leaves it recognisable."""
    plain = beginning.replace(APOSTROPHE, "")
    return {beginning, plain} if len(plain) >= LONG or beginning.endswith(APOSTROPHE) else {beginning}
