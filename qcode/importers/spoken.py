"""What the formats that time their talk have in common: clean names, one line of words, seconds, order by time."""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcode.importers.base import Notice
from qcode.importers.said import Said

__all__ = [
    "MOST_SECONDS",
    "Piece",
    "counted",
    "distinct",
    "in_order",
    "listed",
    "name_of",
    "one_line",
    "seconds_of",
    "shared_time",
]

LONGEST_NAME = 100
MOST_LISTED = 12
MOST_SECONDS = 10_000_000.0
_breaks = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_turning = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with their place among those of all tiers: what is smaller comes first."""

    order: tuple[float, ...]
    said: Said


def in_order(pieces: Iterable[Piece]) -> list[Said]:
    """Return the talk of several tiers as one, by the time at which each piece begins."""
    return [piece.said for piece in sorted(pieces, key=lambda piece: piece.order)]


def name_of(*candidates: str | None) -> str | None:
    """Return the first that is a name: one line without control characters, of a length that a page can show."""
    for candidate in candidates:
        visible = "".join(
            " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in candidate or "" if c not in _turning
        )
        name = " ".join(visible.split())
        if len(name) > LONGEST_NAME:
            # two long names that begin alike are two people
            name = f"{name[: LONGEST_NAME - 12].rstrip()}… {zlib.crc32(name.encode('utf-8', 'replace')):08x}"
        if name:
            return name
    return None


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Return names by id; where two ids bear the same one, each has its id in brackets behind it."""
    bearers: dict[str, int] = {}
    for name in names.values():
        bearers[name] = bearers.get(name, 0) + 1
    return {
        key: name if bearers[name] == 1 else name_of(f"{name} ({name_of(key)})") or name for key, name in names.items()
    }


def one_line(text: str | None) -> str:
    """Return words as one line: line breaks become a blank, blanks at both ends are dropped."""
    return " ".join(line for line in (part.strip(" \t") for part in _breaks.split(text or "")) if line).strip()


def seconds_of(text: str | None) -> float | None:
    """Return a number of seconds, None for what is none."""
    try:
        seconds = float((text or "").strip().replace(",", "."))
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and 0 <= seconds <= MOST_SECONDS else None


def shared_time(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> float:
    """Return how much of the shorter talk, from 0 to 1, is said during the other; both are starts and ends."""
    a, b = sorted(one), sorted(other)
    both = 0.0
    i = j = 0
    while i < len(a) and j < len(b):
        both += max(0.0, min(a[i][1], b[j][1]) - max(a[i][0], b[j][0]))
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1
    shorter = min(sum(end - start for start, end in talk) for talk in (a, b))
    return both / shorter if shorter > 0 else 0.0


def counted(what: str, numbers: Mapping[str, int]) -> list[Notice]:
    """Return one notice that says what was left out or changed, and how often; none where nothing was."""
    some = {name_of(name) or "?": number for name, number in numbers.items() if number}
    if not some:
        return []
    return [Notice("", f"{what}: {listed(f'{name} {number}' for name, number in some.items())}")]


def listed(items: Iterable[str]) -> str:
    """Return items in a row, the first dozen of them."""
    every = list(items)
    more = f" and {len(every) - MOST_LISTED} more" if len(every) > MOST_LISTED else ""
    return ", ".join(every[:MOST_LISTED]) + more
