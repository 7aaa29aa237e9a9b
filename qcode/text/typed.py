"""Finds what a person typed in a text, whatever its case and spelling: ё is е, and blanks are any blanks."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

from qcode.domain.span import Span

__all__ = ["find_typed", "fold_typed"]

_quotes = "`´ʹʻʼʽʾʿ‘’‛′＇"
_marks = "\u0300-\u036f"
_unseen = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_clusters = re.compile(rf"[^{_marks}][{_marks}]+|.", re.DOTALL)
_marked = re.compile(rf"[{_marks}]")
_dropped = re.compile(rf"[{_marks}{_unseen}]")
_spelled = str.maketrans({"ё": "е"} | dict.fromkeys(_quotes, "'"))


def find_typed(text: str, typed: str) -> list[Span]:
    """Return all places of the words typed, in order and without overlap; none where nothing that counts is typed.

    A place never begins or ends inside a letter and its marks.
    """
    wanted = r"\s+".join(map(re.escape, fold_typed(typed).split()))
    if not wanted:
        return []
    folded, pattern = _Folded(text), re.compile(wanted)
    found, at = list[Span](), 0
    while match := pattern.search(folded.text, at):
        span = folded.span(match.start(), match.end())
        at = match.end() if span else match.start() + 1
        if span:
            found.append(span)
    return found


def fold_typed(text: str) -> str:
    """Return a text as it is compared: in small letters, е for ё, one apostrophe, no stress marks, nothing unseen."""
    return "".join(_fold(cluster) for cluster in _clusters.findall(text))


@lru_cache(maxsize=20_000)
def _fold(cluster: str) -> str:
    """Return a letter with its marks as it is compared; й and é stay what they are, however they are written."""
    whole = unicodedata.normalize("NFC", cluster)
    if unicodedata.east_asian_width(whole[0]) in "FH":
        whole = unicodedata.normalize("NFKC", whole)
    return _dropped.sub("", whole.casefold()).translate(_spelled)


class _Folded:
    """A text as it is compared, with the way back to its positions.

    Most letters stay one letter, so that a text is a few long pieces, in which positions only move together.
    """

    def __init__(self, text: str) -> None:
        letters = {letter: _fold(letter) for letter in set(text)}
        table = {ord(letter): folded for letter, folded in letters.items()}
        odd = "".join(re.escape(letter) for letter, folded in letters.items() if len(folded) != 1)
        alone = rf"|[{odd}]" if odd else ""
        parts, self._from, self._to, self._is_odd = list[str](), list[int](), list[int](), list[bool]()
        length = at = 0
        for match in _odd_pieces(text, alone):
            for start, end, is_odd in ((at, match.start(), False), (match.start(), match.end(), True)):
                if start < end:
                    piece = text[start:end]
                    parts.append(_fold(piece) if is_odd else piece.translate(table))
                    self._add(length, start, is_odd)
                    length += len(parts[-1])
            at = match.end()
        parts.append(text[at:].translate(table))
        self._add(length, at, False)
        self._add(length + len(parts[-1]), len(text), False)
        self.text = "".join(parts)

    def _add(self, folded: int, original: int, is_odd: bool) -> None:
        self._from.append(folded)
        self._to.append(original)
        self._is_odd.append(is_odd)

    def span(self, start: int, end: int) -> Span | None:
        """Return what stands at a stretch of the folded text, or None where it begins or ends inside a letter."""
        first, last = bisect_right(self._from, start) - 1, bisect_right(self._from, end - 1) - 1
        if (self._is_odd[first] and start != self._from[first]) or (self._is_odd[last] and end != self._from[last + 1]):
            return None
        after = self._to[last + 1] if self._is_odd[last] else self._to[last] + end - self._from[last]
        return Span(self._to[first] + start - self._from[first], after)


def _odd_pieces(text: str, alone: str) -> list[re.Match[str]]:
    """Return the letters that carry marks, and those that are not one letter when they are folded."""
    if not alone and not _marked.search(text):
        return []
    return list(re.finditer(rf"[^{_marks}][{_marks}]+{alone}", text, re.DOTALL))
