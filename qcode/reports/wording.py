"""Which words differ between two texts, so that a reader of a changed definition sees them at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby

from qcode.reports.report import Wording

__all__ = ["wording"]

UNLIKE = 0.3
"""Texts that have less in common than this (0 to 1) are told without marks: all of it differs."""

MOST = 4_000
"""The most words of both texts together that are compared."""

Pieces = tuple[tuple[str, bool], ...]


def wording(name: str, before: str, after: str) -> Wording:
    """Return both texts in pieces, marked where they differ; unmarked where they have little in common."""
    first, then = _words(before), _words(after)
    if not first or not then or len(first) + len(then) > MOST:
        return Wording(name, _whole(before), _whole(after))
    gone, come = [True] * len(first), [True] * len(then)
    for block in SequenceMatcher(None, first, then, autojunk=False).get_matching_blocks():
        gone[block.a : block.a + block.size] = [False] * block.size
        come[block.b : block.b + block.size] = [False] * block.size
    if before != after and _common(first, gone, then, come) < UNLIKE:
        return Wording(name, _whole(before), _whole(after))
    return Wording(name, _pieces(first, gone), _pieces(then, come))


def _common(first: Sequence[str], gone: Sequence[bool], then: Sequence[str], come: Sequence[bool]) -> float:
    """Return what share of the letters of both texts stands in both; blanks and points do not count."""
    letters = [
        (len(word), mark) for word, mark in zip((*first, *then), (*gone, *come), strict=True) if word[0].isalnum()
    ]
    return sum(size for size, mark in letters if not mark) / max(1, sum(size for size, _ in letters))


def _whole(text: str) -> Pieces:
    return ((text, False),) if text else ()


def _words(text: str) -> list[str]:
    """Return the words, runs of blanks and other characters of `text`, each Chinese or Japanese one by itself."""
    found: list[str] = []
    kinds = [_kind(character) for character in text]
    for kind, group in groupby(zip(text, kinds, strict=True), key=lambda pair: pair[1]):
        characters = [character for character, _ in group]
        found += ["".join(characters)] if kind in ("word", "blank") else characters
    return found


def _kind(character: str) -> str:
    if character.isspace():
        return "blank"
    if unicodedata.east_asian_width(character) in "WF":
        return "single"
    return "word" if character.isalnum() or unicodedata.category(character)[0] in "MC" else "other"


def _pieces(words: Sequence[str], differ: Sequence[bool]) -> Pieces:
    """Return runs of words that differ or do not; a blank differs with the words on both sides, or all by itself."""
    marks = list(differ)
    for n, word in enumerate(words):
        beside = [*differ[max(n - 1, 0) : n], *differ[n + 1 : n + 2]]
        if word.isspace() and any(beside):
            marks[n] = len(beside) == 2 and all(beside)
    runs = groupby(zip(words, marks, strict=True), key=lambda pair: pair[1])
    return tuple(("".join(word for word, _ in group), mark) for mark, group in runs)
