"""How wide text stands in a terminal, and what is painted for each character of it.

A character is painted as itself wherever a terminal can be trusted with it. Control characters become visible
signs, so that no text can give orders to the terminal; joiners and marks of direction are left out, so that every
terminal agrees with us on where the next character stands.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rich.cells import get_character_cell_size

__all__ = ["TAB", "cell_width", "cells_of", "cut", "cut_in_the_middle", "is_narrow", "is_wide", "painted", "place_at"]

TAB = "  "
"""What a tab is painted as: its place, not its distance, has a meaning in a transcript."""

_NARROW = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u037b-\u0482\u048a-\u0556\u1e00-\u1fbc\u2010-\u2027\u2030-\u205e]*"
)
"""Text of letters that are one cell each and painted as themselves; found without a look at each character."""

_WIDE = re.compile("[\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*")
"""The same for letters and signs that are two cells each."""


def is_narrow(text: str) -> bool:
    """Tell whether every character is one cell wide and painted as it is; False only means: look closer."""
    return _NARROW.fullmatch(text) is not None


def is_wide(text: str) -> bool:
    """Tell whether every character is two cells wide and painted as it is; False only means: look closer."""
    return _WIDE.fullmatch(text) is not None


@lru_cache(maxsize=8192)
def _painted_character(character: str) -> str:
    code = ord(character)
    if character == "\t":
        return TAB
    if character == "\n":
        return ""
    if code < 0x20:
        return chr(0x2400 + code)
    if 0x7F <= code < 0xA0:
        return "\N{SYMBOL FOR DELETE}" if code == 0x7F else "\N{MIDDLE DOT}"
    kind = unicodedata.category(character)
    if kind == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    if kind in ("Cf", "Zl", "Zp") or 0xFE00 <= code <= 0xFE0F:
        return ""
    return " " if kind == "Zs" and code != 0x3000 else character


@lru_cache(maxsize=8192)
def cell_width(character: str) -> int:
    """Return how many cells the painted character takes: 0, 1 or 2."""
    return sum(get_character_cell_size(each) for each in _painted_character(character))


def painted(text: str) -> str:
    """Return what is painted for `text`."""
    return text if is_narrow(text) or is_wide(text) else "".join(map(_painted_character, text))


def cells_of(text: str) -> int:
    """Return how many cells `text` takes as it is painted."""
    if is_narrow(text):
        return len(text)
    return 2 * len(text) if is_wide(text) else sum(map(cell_width, text))


def place_at(text: str, cell: int) -> int:
    """Return which character of `text` stands at a cell; behind the text, its length."""
    if cell < 0:
        return 0
    if is_narrow(text):
        return min(cell, len(text))
    behind = 0
    for at, character in enumerate(text):
        behind += cell_width(character)
        if behind > cell:
            return at
    return len(text)


def cut(text: str, width: int) -> str:
    """Return `text` as one painted line of at most `width` cells, with … where something is left out."""
    line = painted(text.replace("\n", " "))
    if cells_of(line) <= width:
        return line
    return _first_cells(line, width - 1) + "…" if width > 0 else ""


def cut_in_the_middle(text: str, width: int) -> str:
    """Return `text` as one painted line of at most `width` cells, with … in its middle where something is left out."""
    if len(text) > 4 * width:  # never look at more of a long text than can be shown
        text = text[: 2 * width] + text[-2 * width :]
    line = " ".join(painted(text.replace("\n", " ")).split())
    if cells_of(line) <= width:
        return line
    if width < 4:
        return cut(line, width)
    before = _first_cells(line, (width - 1) // 2).rstrip()
    room = width - 1 - cells_of(before)
    after = len(line)
    while after and cells_of(line[after - 1 :]) <= room:
        after -= 1
    return before + "…" + line[after:].lstrip()


def _first_cells(line: str, width: int) -> str:
    """Return the longest beginning of a painted line that fits into `width` cells, with its combining marks."""
    taken = 0
    for at, character in enumerate(line):
        taken += cell_width(character)
        if taken > width:
            return line[:at]
    return line
