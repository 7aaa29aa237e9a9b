"""How wide a text is, near enough to lay out tables and labels without a font at hand."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["shorten", "width"]

_NARROW = frozenset("iljItf.,:;'|!()[]{}/\\-· ")
_BROAD = frozenset("mwMW@%—…ЖМШЩЮФжмшщюфыЫДд")


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0.0
    if character in _NARROW:
        return 0.34
    if character in _BROAD:
        return 0.88
    return 0.7 if character.isupper() else 0.58


def width(text: str) -> float:
    """Return the width of `text` in em, rather too wide than too narrow."""
    return sum(map(_em, text))


def shorten(text: str, most: float) -> str:
    """Return `text`, cut with an ellipsis where it is wider than `most` em."""
    if width(text) <= most:
        return text
    kept, room = "", most - 0.88
    for character in text:
        room -= _em(character)
        if room < 0:
            break
        kept += character
    return kept.rstrip() + "…"
