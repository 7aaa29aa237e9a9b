"""Chooses the codings whose words hold what a person typed."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.domain.coding import Coding
from qcode.study.searching import find_words

__all__ = ["holding"]


def holding(codings: Iterable[Coding], words: str) -> list[Coding]:
    """Return the codings whose quote holds `words`, ignoring case and ё, in their order; all where none are typed."""
    if not words.strip():
        return list(codings)
    held: dict[str, bool] = {}
    found = []
    for one in codings:
        if one.quote not in held:
            held[one.quote] = bool(find_words(one.quote, words))
        if held[one.quote]:
            found.append(one)
    return found
