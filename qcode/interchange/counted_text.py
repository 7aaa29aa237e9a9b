"""A text whose positions another tool counts in its own way: line ends as one or two, letters or UTF-16 halves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qcode.domain.parcel import ParcelTranscript
from qcode.interchange.quote_places import Locate, Mark, Text

__all__ = ["CountedText", "Source", "locate_in", "rules_of", "words_of"]

LETTERS, UTF16 = "code points", "UTF-16"


class CountedText:
    """A text as a tool holds it, as we keep it, and the way from its positions to ours.

    NUL characters, which we do not keep, are replaced one by one.
    """

    def __init__(self, held: str) -> None:
        self.nuls = held.count("\0")
        held = held.replace("\0", "\ufffd")
        self._mark = held.startswith("\ufeff")
        self.kept = Text(_stored(held.removeprefix("\ufeff")))
        self._pairs = self._places_of(held.removeprefix("\ufeff"))
        self._points: dict[str, Sequence[int]] = {}

    @staticmethod
    def _places_of(held: str) -> list[int]:
        """Return the places in our text of the line ends that were CR and LF."""
        return [found.start() - n for n, found in enumerate(re.finditer("\r\n", held))]

    @property
    def text(self) -> str:
        """Return the text as we keep it."""
        return self.kept.text

    @cached_property
    def _wide(self) -> list[int]:
        return [found.start() for found in re.finditer("[\U00010000-\U0010ffff]", self.text)]

    @property
    def traits(self) -> tuple[bool, bool, bool]:
        """Return whether it has line ends of two characters, characters of two halves, and a byte order mark."""
        return bool(self._pairs), bool(self._wide), self._mark

    def length(self, rule: str) -> int:
        """Return how long the text is as counted by the rule."""
        return len(self.text) + len(self._extra(rule)) + (self._mark and "BOM counted" in rule)

    def place(self, rule: str, position: int) -> int | None:
        """Return our position for one that is counted by the rule; None for one outside, or within a character."""
        if self._mark and "BOM counted" in rule and position > 0:
            position -= 1
        extra = self._extra(rule)
        if not 0 <= position <= len(self.text) + len(extra):
            return None
        # the place p, k-th of those that count two, ends at p + k + 2 in the tool's counting
        k = bisect_right(range(len(extra)), position, key=lambda at: extra[at] + at + 2)
        place = position - k
        if k < len(extra) and place == extra[k] + 1:
            return extra[k] if self.text[extra[k]] == "\n" else None
        return place

    def _extra(self, rule: str) -> Sequence[int]:
        """Return the places in our text that the rule counts twice."""
        if rule not in self._points:
            points = self._pairs if "CRLF two" in rule else []
            self._points[rule] = sorted([*points, *self._wide]) if UTF16 in rule else points
        return self._points[rule]


@dataclass(frozen=True, slots=True)
class Source:
    """A text of a project, as a transcript and as the tool counts its positions."""

    transcript: ParcelTranscript
    counted: CountedText


def words_of(text: str) -> str:
    """Return the words that are kept with a coding, with LF at the ends of lines: Qt parts paragraphs by a sign."""
    lines = _stored(text).replace("\u2029", "\n").replace("\u2028", "\n")
    return lines.replace("\0", "\ufffd")


def locate_in(counted: Mapping[str, CountedText]) -> Locate:
    """Return the way to where a mark stands in the counted texts by a rule."""

    def locate(rule: str, mark: Mark) -> tuple[int, int] | None:
        start = counted[mark.text].place(rule, mark.start)
        end = counted[mark.text].place(rule, mark.end)
        return None if start is None or end is None else (start, end)

    return locate


def _stored(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def rules_of(texts: Iterable[CountedText]) -> list[str]:
    """Return the rules that may differ in these texts, the likeliest first."""
    traits = [text.traits for text in texts]
    pairs, wide, mark = (any(one[place] for one in traits) for place in range(3))
    return [
        ", ".join(filter(None, (letters, lines, bom)))
        for bom in (("BOM counted", "BOM not counted") if mark else ("",))
        for letters in ((LETTERS, UTF16) if wide else (LETTERS,))
        for lines in (("CRLF two", "CRLF one") if pairs else ("",))
    ]
