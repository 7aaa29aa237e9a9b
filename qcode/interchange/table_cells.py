"""The cells of a codebook's table: lists in one cell, signs that no cell holds, words that look like a formula.

A cell holds its text as it is, with three exceptions, which a reader undoes exactly:

- A text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break, after any number of
  apostrophes) gets an apostrophe in front in a CSV; in a workbook, whose cells are marked as text, only one that begins
  with an apostrophe gets another.
- What a cell cannot hold is written as Excel writes it: `_x000d_` is the sign with the number 000d. So stand control
  characters, line breaks inside an entry of a list, ` | ` inside an entry, blanks at the ends of an entry or name, and
  the x of a text that itself looks like such a sign.
- A list stands one entry a line. A reader also takes a cell of one line whose entries are parted by ` | `.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["pack", "pack_list", "pack_name", "plain", "unpack", "unpack_list", "unpack_name"]

FORMULA = "=+\\-@\t\n＝＋－＠"
UNHELD = "\x00-\x08\x0b-\x1f\ufffe\uffff"

_TEXT = re.compile(f"[{UNHELD}]|(?<=[_{UNHELD}])x(?=[0-9A-Fa-f]{{4}})|x(?=005F)")
"""What a text cannot hold; openpyxl drops every x005F_ that it meets."""
_NAME = re.compile(rf"\A\s|\s\Z|(?<=\A\s)x(?=[0-9A-Fa-f]{{4}})|{_TEXT.pattern}")
_ENTRY = re.compile(rf"\n|(?<= )\|(?= )|(?<=[\n|])x(?=[0-9A-Fa-f]{{4}})|{_NAME.pattern}")
_SIGN = re.compile("_x([0-9A-Fa-f]{4})_")
_GUARDED = re.compile(f"'+[{FORMULA}]")
_FORMULA = re.compile(f"'*[{FORMULA}]")


def pack(text: str, *, guard: bool) -> str:
    """Return the cell of a long text; `guard` is for files whose cells are not marked as text."""
    return _guarded(_TEXT.sub(_sign, text), guard=guard)


def pack_name(text: str, *, guard: bool) -> str:
    """Return the cell of a short text, whose blanks at the ends a reader drops."""
    return _guarded(_NAME.sub(_sign, text), guard=guard)


def pack_list(texts: Iterable[str], *, guard: bool) -> str:
    """Return the cell of a list; empty entries are left out."""
    return _guarded("\n".join(_ENTRY.sub(_sign, text) for text in texts if text), guard=guard)


def unpack(cell: str) -> str:
    """Return the text that a cell holds."""
    return _plain_signs(_unguarded(_lines(cell)))


def unpack_name(cell: str) -> str:
    """Return the short text that a cell holds."""
    return _plain_signs(_unguarded(_lines(cell)).strip())


def unpack_list(cell: str) -> tuple[str, ...]:
    """Return the entries of a cell, one a line, or parted by ` | ` where it has one line."""
    held = _unguarded(_lines(cell)).strip()
    entries = (entry.strip() for entry in held.split("\n" if "\n" in held else " | "))
    return tuple(_plain_signs(entry) for entry in entries if entry)


def plain(cell: str) -> str:
    """Return the text of a cell that another tool wrote: without apostrophes of ours, and with LF alone."""
    return _lines(_plain_signs(_lines(cell)))


def _lines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def _sign(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04x}_"


def _plain_signs(text: str) -> str:
    return _SIGN.sub(_unsigned, text) if "_x" in text else text


def _unsigned(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return found[0] if 0xD800 <= number <= 0xDFFF else chr(number)


def _guarded(cell: str, *, guard: bool) -> str:
    return f"'{cell}" if (_FORMULA if guard else _GUARDED).match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
