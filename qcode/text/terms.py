"""The words of a passage that suggest a code: found by the codebook's terms, in whatever form they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from qcode.text.common_words import languages_of
from qcode.text.word_index import WordIndex
from qcode.text.words import fold_word, is_nothing, words

__all__ = ["Hit", "TermFinder"]

_sentence_end = re.compile(r"[.!?…]+[^\w\s]*\s|[。！？｡]|\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found at a place: `text[start:end]` are the words as they stand there.

    `by` names the trained pipeline whose lemma it was found by, and is empty for what our own rules find.
    """

    term: str
    language: str
    start: int
    end: int
    by: str = ""


@dataclass(frozen=True, slots=True)
class _Term:
    """A term to look for: its place in the order given, the number of its code, and its words as numbers.

    `joined` tells for each word behind the first whether nothing stands before it, as in Chinese;
    `across` whether the term itself goes beyond the end of a sentence.
    """

    term: str
    language: str
    order: int
    code: int
    numbers: tuple[int, ...]
    joined: tuple[bool, ...]
    across: bool


_Found = tuple[int, int, tuple[int, int], _Term]
"""Where a term starts, and ends (negative), how it ranks among those at the same place, and which it is."""


class TermFinder:
    """Finds the terms of many codes in one run over a text; made once and used on many passages."""

    def __init__(self, terms: Mapping[str, Iterable[tuple[str, Iterable[str]]]]) -> None:
        """Take the terms of each code by its key, in the form of `Code.terms`: (language, terms) pairs."""
        self._codes = list(terms)
        self._index = WordIndex()
        self._by_first: dict[int, list[_Term]] = {}
        given = (
            (code, language, term) for code, pairs in enumerate(terms.values()) for language, of in pairs for term in of
        )
        for order, (code, language, term) in enumerate(given):
            self._add(term, language, order, code)

    def hits(self, text: str) -> dict[str, list[Hit]]:
        """Return the hits by code: codes in the order given, hits in order of place, of nested ones only the widest.

        A word that is frequent in another language is no hit where the passage has as many words of that language.
        Where terms of several languages stand at one place, that of the passage's language is returned.
        """
        passage = _Passage(text, self._index)
        found: list[list[_Found]] = [[] for _ in self._codes]
        for place, numbers in enumerate(passage.numbers):
            for number in numbers:
                for term in self._by_first.get(number, ()):
                    end = passage.end_of(term, place)
                    if end:
                        rank = (-passage.spoken[term.language], term.order)
                        found[term.code].append((passage.starts[place], -end, rank, term))
        return {key: _widest(hits) for key, hits in zip(self._codes, found, strict=True) if hits}

    def _add(self, term: str, language: str, order: int, code: int) -> None:
        found = [match for match in words(term) if fold_word(match[0])]
        if not found:
            return
        gaps = [term[one.end() : other.start()] for one, other in pairwise(found)]
        numbers = tuple(self._index.add(match[0], language, alone=not gaps) for match in found)
        across = any(_sentence_end.search(gap) for gap in gaps)
        made = _Term(term, language, order, code, numbers, tuple(not gap for gap in gaps), across)
        self._by_first.setdefault(numbers[0], []).append(made)


class _Passage:
    """A text taken apart into words: where each stands, and the words of terms that it may be."""

    def __init__(self, text: str, index: WordIndex) -> None:
        self._text = text
        matches = [match for match in words(text) if fold_word(match[0])]
        self._words = [match[0] for match in matches]
        self.starts = [match.start() for match in matches]
        self._ends = [match.end() for match in matches]
        self.numbers = [index.find(word) for word in self._words]

    def end_of(self, term: _Term, place: int) -> int:
        """Return where a term ends whose first word stands at `place`, or 0 where the rest does not follow."""
        if not term.joined:
            return 0 if self._is_foreign(place, term.language) else self._ends[place]
        last = place + len(term.joined)
        if last >= len(self.numbers):
            return 0
        for number, joined, here in zip(term.numbers[1:], term.joined, range(place + 1, last + 1), strict=True):
            if number not in self.numbers[here]:
                return 0
            gap = self._text[self._ends[here - 1] : self.starts[here]]
            if gap != " " and ((joined and not is_nothing(gap)) or (not term.across and _sentence_end.search(gap))):
                return 0
        return self._ends[last]

    def _is_foreign(self, place: int, language: str) -> bool:
        """Tell whether a word rather belongs to another language: German er, not Uzbek er, a husband."""
        frequent_in = languages_of(fold_word(self._words[place]))
        if not frequent_in or language in frequent_in:
            return False
        others = max(self.spoken[other] - 1 for other in frequent_in)
        return 0 < others >= self.spoken[language]

    @cached_property
    def spoken(self) -> Counter[str]:
        """The languages of the passage, by the number of their frequent words in it."""
        folded = {fold_word(word) for word in set(self._words)}
        return Counter(language for word in folded for language in languages_of(word))


def _widest(found: list[_Found]) -> list[Hit]:
    kept, last = [], 0
    for start, end, _, term in sorted(found, key=lambda one: one[:3]):
        if -end > last:
            last = -end
            kept.append(Hit(term.term, term.language, start, last))
    return kept
