"""Sets text for a terminal: lines that break between words, tables that fit or turn into records."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence

from qcode.analysis.layout import clip, display_width, pad

__all__ = ["as_table", "pointer", "terminal_width", "wrapped"]

READABLE = 100
"""How wide a paragraph is at the most, and how wide lines are where there is no terminal."""

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

    Only the last column is broken over lines; nothing is cut or left out.
    """
    widths = [max(display_width(row[k]) for row in (head, *cells)) for k in range(len(head))]
    before = sum(widths[:-1]) + 2 * (len(head) - 1)
    if width is not None and before + min(widths[-1], 24) > width:
        return "\n".join(_record(head, row) for row in cells)
    last = widths[-1] if width is None else min(widths[-1], width - before)
    return "\n".join(_row(row, widths[:-1], last, right) for row in (head, *cells))


def _row(row: Sequence[str], widths: Sequence[int], last: int, right: Sequence[bool]) -> str:
    fixed = [pad(cell, width, right=r) for cell, width, r in zip(row, widths, right, strict=False)]
    lines = [line for part in row[-1].splitlines() or [""] for line in _broken(part, max(last, 1))]
    if right[-1]:
        lines = [pad(line, last, right=True) for line in lines]
    margin = " " * sum(w + 2 for w in widths)
    return "\n".join(("  ".join([*fixed, line]) if n == 0 else margin + line).rstrip() for n, line in enumerate(lines))


def _record(head: Sequence[str], row: Sequence[str]) -> str:
    names = max(map(len, head[1:]), default=0)
    lines = [row[0]]
    for name, cell in zip(head[1:], row[1:], strict=True):
        if cell:
            lines.append(f"  {name:<{names}}  " + wrapped(cell, indent=names + 4).lstrip())
    return "\n".join(lines)
