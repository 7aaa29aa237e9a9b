"""The keys of codes that come from another tool: the name, or the path `Parent/Name` where the name repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["keyed"]

LONGEST = 200
UNHELD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def keyed(entries: Sequence[tuple[str, int | None]]) -> list[str]:
    """Return a key for each code: valid, and unique ignoring case. An entry is a name and the place of its parent.

    A name that repeats gets its parent in front, and the whole path where that repeats too; the parents must not run
    in a circle. A comma becomes a semicolon, control characters blanks, and what is too long is cut; of keys that would
    be equal the later ones get a number.
    """
    names = [_mended(name) for name, _ in entries]
    parents = [parent for _, parent in entries]
    wanted = names
    for most in (2, LONGEST):
        times = Counter(key.casefold() for key in wanted)
        wanted = [
            key if times[key.casefold()] == 1 else _path(names, parents, place, most)
            for place, key in enumerate(wanted)
        ]
    return _numbered([_mended(key) or f"code {place + 1}" for place, key in enumerate(wanted)])


def _numbered(wanted: Sequence[str]) -> list[str]:
    taken, tries, keys = set[str](), Counter[str](), list[str]()
    for one in wanted:
        key = one
        while key.casefold() in taken:
            tries[one.casefold()] += 1
            key = f"{one[: LONGEST - 12].rstrip(' /')} ({tries[one.casefold()] + 1})"
        taken.add(key.casefold())
        keys.append(key)
    return keys


def _path(names: Sequence[str], parents: Sequence[int | None], place: int, most: int) -> str:
    """Return the names down to that at `place`, at most so many and not many more than a key holds."""
    parts, length = list[str](), 0
    here: int | None = place
    while here is not None and len(parts) < most and length <= LONGEST:
        parts.append(names[here])
        length += len(names[here]) + 1
        here = parents[here]
    return "/".join(reversed(parts))


def _mended(name: str) -> str:
    text = " ".join(UNHELD.sub(" ", name[: 4 * LONGEST].replace(",", ";")).split())[:LONGEST]
    while text != (stripped := text.strip().strip("/")):
        text = stripped
    return text
