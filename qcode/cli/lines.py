"""Sets text for a terminal: lines that break between words, tables that fit or turn into records."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from qcode.analysis.layout import clip, display_width, pad

__all__ = ["as_table", "pointer", "terminal_width", "wrapped"]

READABLE = 100
"""How wide a paragraph is at the most, and how wide lines are where there is no terminal."""

LAST, NARROW = 24, 12
"""How narrow the last column of a table becomes at the most, and any other that holds words."""

NEVER_FIRST = "，。、；：？！…）」』》〉】〕”’"
"""What no line of a text without blanks begins with."""


def terminal_width() -> int | None:
    """Return how many cells the terminal is wide, or None where the output goes elsewhere."""
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else None


def wrapped(text: str, indent: int = 0, width: int | None = None) -> str:
    """Return `text` as lines of at most `width` cells (default: the terminal's, up to READABLE), broken between words.

    Chinese letters count two cells; a text without blanks is broken anywhere.
    """
    room = max(20, (width or min(READABLE, terminal_width() or READABLE)) - indent)
    lines = [line for part in text.splitlines() or [""] for line in _broken(part, room)]
    return "\n".join(" " * indent + line for line in lines)


def pointer(sentence: str) -> str:
    """Return `-> SENTENCE`, indented; what is to be typed (behind `: qcode`) stays in one piece where it fits."""
    said, colon, typed = sentence.partition(": qcode ")
    joined = (colon + typed).replace(" ", "\0").replace("\0", " ", 1)
    fits = display_width(joined) < (terminal_width() or READABLE) - 5
    text = said + joined if fits else sentence
    return f"  -> {wrapped(text, indent=5).lstrip()}".replace("\0", " ")


def _broken(text: str, room: int) -> Iterator[str]:
    if display_width(text) <= room:
        yield text
        return
    line = ""
    for word in text.split(" "):
        if line and display_width(line) + 1 + display_width(word) > room:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
        while display_width(line) > room:
            cut = len(clip(line, room + 1)) - 1
            cut -= next((n for n in range(3) if line[cut - n] not in NEVER_FIRST), 0)
            yield line[:cut]
            line = line[cut:]
    yield line


def as_table(head: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool], width: int | None) -> str:
    """Return a table at most `width` cells wide (None: as wide as it is), or records where it does not fit.

    Columns of words are broken over lines between words, the last one first. Where that is not enough the last one
    stands below the others, on lines of its own. Nothing is cut or left out.
    """
    rows = (head, *cells)
    widths = [max(display_width(row[k]) for row in rows) for k in range(len(head))]
    if width is None:
        return "\n".join(_row(row, widths, right) for row in rows)
    least = [_least(k, head, cells, right, w) for k, w in enumerate(widths)]
    if fitted := _fitted(widths, least, width):
        return "\n".join(_row(row, fitted, right) for row in rows)
    if len(head) > 2 and (fitted := _fitted(widths[:-1], least[:-1], width)):
        return "\n".join(_above(row, fitted, right, width) for row in rows)
    return "\n".join(_record(head, row) for row in cells)


def _above(row: Sequence[str], widths: Sequence[int], right: Sequence[bool], width: int) -> str:
    first = _row(row[:-1], widths, right[:-1])
    return f"{first}\n{wrapped(row[-1], indent=4, width=width)}" if row[-1] else first


def _least(column: int, head: Sequence[str], cells: Sequence[Sequence[str]], right: Sequence[bool], widest: int) -> int:
    """Return how narrow a column may become: the last one may break its words, the others keep each in one piece."""
    if column == len(head) - 1:
        return min(widest, LAST)
    if right[column]:
        return widest
    words = (word for row in (head, *cells) for word in row[column].split(" "))
    return max(min(widest, NARROW), *map(display_width, words))


def _fitted(widths: Sequence[int], least: Sequence[int], width: int) -> list[int] | None:
    """Return the widths of the columns within `width`, the widest narrowed first; None where they do not fit."""
    fitted, room = list(widths), width - 2 * (len(widths) - 1)
    fitted[-1] = max(least[-1], min(widths[-1], room - sum(widths[:-1])))
    while sum(fitted) > room:
        wide = max((k for k, w in enumerate(fitted) if w > least[k]), key=lambda k: fitted[k], default=None)
        if wide is None:
            return None
        fitted[wide] -= 1
    return fitted


def _row(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    columns = [_lines(cell, width) for cell, width in zip(row, widths, strict=True)]
    lines = zip_longest(*columns, fillvalue="")
    return "\n".join(
        "  ".join(pad(cell, width, right=r) for cell, width, r in zip(line, widths, right, strict=True)).rstrip()
        for line in lines
    )


def _lines(cell: str, width: int) -> list[str]:
    return [line for part in cell.splitlines() or [""] for line in _broken(part, max(width, 1))]


def _record(head: Sequence[str], row: Sequence[str]) -> str:
    names = max(map(len, head[1:]), default=0)
    lines = [row[0]]
    for name, cell in zip(head[1:], row[1:], strict=True):
        if cell:
            lines.append(f"  {name:<{names}}  " + wrapped(cell, indent=names + 4).lstrip())
    return "\n".join(lines)
