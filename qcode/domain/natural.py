"""The order of names as people put them: P2 before P10, `Ёлка` among the names with Е."""

from __future__ import annotations

import re
from unicodedata import normalize

__all__ = ["natural"]

DIAERESIS = "\u0308"

_number = re.compile("([0-9]+)")


def natural(name: str) -> tuple[tuple[str | tuple[int, str], ...], str]:
    """Return what to sort a name by: numbers in it count as numbers, case does not, nor do the two dots of ё, ä, ö, ü.

    Names that differ in nothing else, such as `P1` and `p01`, still have an order.
    """
    plain = normalize("NFKC", normalize("NFKD", name.casefold()).replace(DIAERESIS, ""))
    parts = _number.split(plain)
    return tuple(_size(part) if n % 2 else part for n, part in enumerate(parts)), name


def _size(digits: str) -> tuple[int, str]:
    """Return what orders digits like the number that they are, however long it is."""
    number = digits.lstrip("0")
    return len(number), number
