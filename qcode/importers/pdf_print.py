"""What is printed around a talk and is no part of it: numbers in the margin, page marks, print heads and feet."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qcode.importers.pdf_lines import GAP, Line

__all__ = ["without_margin_numbers", "without_print"]

EDGE = 4
"""How many lines a head or foot may have."""

_number = re.compile(r"\d{1,5}[.)]?\Z")
_digits = re.compile(r"\d+")
_page = re.compile(
    r"[-–—|\[(\s]*(?:(?:page|seite|страница|стр|бет|p|s|с|第)\.?\s{0,3})?(\d{1,4})\s{0,3}(?:页|頁)?"
    r"(\s{0,3}(?:/|of|von|из|共|de|sur|\|)\s{0,3}\d{1,4}\s{0,3}(?:页|頁)?)?[-–—|\])\s]*\Z",
    re.I,
)


def without_margin_numbers(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], int]:
    """Return the pages without the paragraph or line numbers in a margin, and how many there were.

    They stand left of where text begins, or beside it right of where it ends, below each other, and rise.
    """
    words = [line for page in pages for line in page if not _number.match(line.text.strip())]
    if not words:
        return [_rejoined(page) for page in pages], 0
    edge = _common([line.left for line in words])
    end = max(line.right for line in words)
    kept, number = list(pages), 0
    for side in ("left", "right"):
        found = {
            id(line)
            for page, heights in zip(kept, map(_heights, kept), strict=True)
            for line in page
            if _number.match(line.text.strip())
            and (line.right < edge if side == "left" else line.left > end and round(line.base / 5) in heights)
        }
        standing = [line for page in kept for line in page if id(line) in found]
        if len(standing) >= 3 and _rises(standing) and _below(standing):
            kept = [[line for line in page if id(line) not in found] for page in kept]
            number += len(standing)
    return [_rejoined(page) for page in kept], number


def _rejoined(page: Sequence[Line]) -> list[Line]:
    """Return a page whose numbers that are no margin numbers stand in their lines again."""
    found: list[Line] = []
    for line in page:
        before = found[-1] if found else None
        if before is not None and abs(before.base - line.base) < 0.1 * line.size and before.right < line.left:
            far = line.left - before.right > GAP * line.size
            runs = (*before.runs, ("\t" if far else " ", False), *line.runs)
            inner = line.inner or (line.left if far else before.inner)
            found[-1] = replace(before, runs=runs, right=line.right, inner=inner)
        else:
            found.append(line)
    return found


def _heights(page: Sequence[Line]) -> set[int]:
    """Return the heights on which words stand, in steps of half a usual letter."""
    steps = (round(line.base / 5) for line in page if not _number.match(line.text.strip()))
    return {near for step in steps for near in (step - 1, step, step + 1)}


def _rises(lines: Sequence[Line]) -> bool:
    numbers = [int(_digits.findall(line.text)[0]) for line in lines]
    return sum(a < b for a, b in pairwise(numbers)) >= 0.8 * (len(numbers) - 1)


def _below(lines: Sequence[Line]) -> bool:
    """Tell whether numbers stand below each other, at their left or their right end."""
    lefts, rights = Counter(round(line.left / 3) for line in lines), Counter(round(line.right / 3) for line in lines)
    return max(lefts.most_common(1)[0][1], rights.most_common(1)[0][1]) >= 0.4 * len(lines)


def _common(places: Sequence[float]) -> float:
    """Return the leftmost place where at least a tenth of the lines begin."""
    count = Counter(round(place) for place in places)
    return float(min(place for place, n in count.items() if n >= 0.1 * len(places) or n == max(count.values()))) - 1


def without_print(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], int, int]:
    """Return the pages without page marks and without heads and feet, and how many lines of each there were.

    A head or foot stands at the edge of most pages on one height, the same but for its digits, and nowhere else.
    """
    kept = [list(page) for page in pages]
    marks = heads = 0
    inside = {_form(line) for page in pages for line in page[EDGE:-EDGE]} | _spoken(pages)
    for end in (0, -1):
        for _ in range(EDGE):
            gone = _marks(kept, end)
            marks += len(gone)
            if not gone:
                gone = _repeated(kept, end, inside)
                heads += len(gone)
            if not gone:
                break
            for number in gone:
                kept[number].pop(end)
    return kept, marks, heads


def _marks(pages: Sequence[list[Line]], end: int) -> set[int]:
    """Return the pages whose outermost line is a page mark: it counts with the pages, or counts them all."""
    found: dict[int, tuple[int, bool]] = {}
    for number, page in enumerate(pages):
        match = _page.match(page[end].text.strip()) if page else None
        if match is not None:
            found[number] = int(match[1]), match[2] is not None or not match[0].strip().isdecimal()
    steps = Counter(shown - number for number, (shown, _) in found.items())
    step, often = steps.most_common(1)[0] if steps else (0, 0)
    if often < 2 and not (len(pages) == 1 and any(clear for _, clear in found.values())):
        return set()
    return {number for number, (shown, _) in found.items() if shown - number == step}


def _repeated(pages: Sequence[list[Line]], end: int, inside: set[str]) -> set[int]:
    """Return the pages whose outermost line is one that most pages have there."""
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, page in enumerate(pages):
        if page and _form(page[end]) not in inside and not page[end].text.rstrip().endswith((":", "：")):
            for height in (round(page[end].base / 6), round(page[end].base / 6 + 0.5)):
                places[_form(page[end]), height].add(number)
    filled = sum(bool(page) for page in pages)
    gone: set[int] = set()
    for numbers in places.values():
        if len(numbers) >= 2 and len(numbers) >= (0.4 if filled > 3 else 1.0) * filled:
            gone |= numbers
    return gone


def _spoken(pages: Sequence[list[Line]]) -> set[str]:
    """Return the forms of lines that begin as other lines do, up to a colon: who speaks says more than one thing."""
    begun: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for line in page:
            begin, colon, _ = line.text.replace("：", ":").partition(":")
            if colon:
                begun[begin].add(_form(line))
    return {form for forms in begun.values() if len(forms) > 1 for form in forms}


def _form(line: Line) -> str:
    return _digits.sub("#", line.text.strip())
