"""Where the marks of another tool stand in our text, held against the words that the tool keeps with them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qcode.domain.ledger import Positions

__all__ = ["Mark", "Placed", "Text", "place"]

MARK = "\ufeff"
NEAR = 2_000
"""Words that stand once within so many letters of their mark are meant."""

BUDGET = 1_000_000_000
"""So many letters are searched for words that do not stand at their marks; the rest is left where it is."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as the tool holds it: in which `text`, from where to where, and its words if it keeps them."""

    text: str
    start: int
    end: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a mark stands; `how` is "agrees", "unchecked" (no words to hold against it) or "found" (elsewhere)."""

    start: int
    end: int
    how: str


@dataclass(frozen=True)
class Text:
    """Our text, and its letters without blanks with the place of each."""

    text: str

    @cached_property
    def letters(self) -> str:
        """Return the text without its blanks."""
        return squeezed(self.text)

    @cached_property
    def places(self) -> Sequence[int]:
        """Return the place in the text of each of the letters."""
        return [place for place, one in enumerate(self.text) if not one.isspace() and one != MARK]

    def holds(self, span: tuple[int, int] | None) -> bool:
        """Return whether this is a stretch of the text."""
        return span is not None and 0 <= span[0] < span[1] <= len(self.text)


Locate = Callable[[str, Mark], tuple[int, int] | None]
"""Where a mark stands by a rule; None where the rule has no such place."""


def squeezed(text: str) -> str:
    """Return the text without its blanks and marks of byte order."""
    return "".join(text.replace(MARK, "").split())


def place(
    marks: Sequence[Mark], texts: Mapping[str, Text], rules: Sequence[str], locate: Locate
) -> tuple[list[Placed | None], Positions | None]:
    """Return the places of the marks by the rule that most of them speak for; of equal ones the first.

    A mark whose words stand elsewhere is moved there if they stand there once; None for one that has no place.
    """
    if not marks:
        return [], None
    checked = [mark for mark in marks if mark.words]
    scores = [sum(_exactly(mark, texts, rule, locate) for mark in checked or marks) for rule in rules]
    rule = rules[scores.index(max(scores))]
    left = [BUDGET]
    placed = [_placed(mark, texts[mark.text], locate(rule, mark), left) for mark in marks]
    agree = sum(one is not None and one.how == ("agrees" if checked else "unchecked") for one in placed)
    return placed, Positions(rule, round(agree / len(checked or marks), 4), len(rules))


def _exactly(mark: Mark, texts: Mapping[str, Text], rule: str, locate: Locate) -> bool:
    text, span = texts[mark.text], locate(rule, mark)
    if span is None or not text.holds(span):
        return False
    return not mark.words or (span[1] - span[0] == len(mark.words) and text.text.startswith(mark.words, span[0]))


def _placed(mark: Mark, text: Text, span: tuple[int, int] | None, left: list[int]) -> Placed | None:
    if span is not None and text.holds(span) and (not mark.words or _same(text.text, span, mark.words)):
        return Placed(*span, "agrees" if mark.words else "unchecked")
    found = _elsewhere(text, squeezed(mark.words), mark.start if span is None else span[0], left)
    return Placed(*found, "found") if found else None


def _same(text: str, span: tuple[int, int], words: str) -> bool:
    """Tell whether the words stand there, whatever blanks are among them."""
    if span[1] - span[0] > 2 * len(words) + NEAR:
        return False
    there = text[span[0] : span[1]]
    return there == words or (squeezed(there) == squeezed(words) != "")


def _elsewhere(text: Text, words: str, near: int, left: list[int]) -> tuple[int, int] | None:
    """Return where the words stand: the only place near by, or the only one at all."""
    if not words or left[0] <= 0:
        return None
    letters, places = text.letters, text.places
    left[0] -= len(letters)
    middle = bisect_left(places, near)
    low = max(0, middle - NEAR)
    high = middle + NEAR + len(words)
    at = _only(letters, words, low, high)
    if at is None and letters.find(words, low, high) < 0:
        at = _only(letters, words, 0, len(letters))
    return None if at is None else (places[at], places[at + len(words) - 1] + 1)


def _only(letters: str, words: str, low: int, high: int) -> int | None:
    at = letters.find(words, low, high)
    return at if at >= 0 and letters.find(words, at + 1, high) < 0 else None
