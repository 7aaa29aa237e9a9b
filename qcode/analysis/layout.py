"""Sets a matrix as plain text: the strongest pairs, then as much of the matrix as fits the width."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

__all__ = ["WIDTH", "clip", "columns", "display_width", "grid", "number", "pad"]

WIDTH = 100


def display_width(text: str) -> int:
    """Return how many terminal cells `text` takes: two for wide letters (Chinese), none for combining marks."""
    return sum(_cells(letter) for letter in text)


def _cells(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return `text` filled with blanks to `width` cells, in front of it if `right`."""
    blanks = " " * max(0, width - display_width(text))
    return blanks + text if right else text + blanks


def clip(text: str, width: int) -> str:
    """Return `text`, cut to `width` cells with an ellipsis where it is longer."""
    if display_width(text) <= width:
        return text
    kept, used = "", 0
    for letter in text:
        if used + _cells(letter) > width - 1:
            break
        kept += letter
        used += _cells(letter)
    return f"{kept}…"


def number(value: float | None, *, hidden: bool = False) -> str:
    """Return a cell as text: `*` withheld, `–` undefined, integers whole, others to three digits."""
    if hidden:
        return "*"
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, int):
        return str(value)
    if value != 0 and abs(value) < 0.001:
        return f"{value:.0e}"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def columns(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Return `rows` as lines, each column as wide as its widest cell, two blanks between."""
    widths = [max(display_width(row[k]) for row in rows) for k in range(len(right))]
    return [
        "  ".join(pad(cell, w, right=r) for cell, w, r in zip(row, widths, right, strict=True)).rstrip() for row in rows
    ]


def grid(labels: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> tuple[list[str], int]:
    """Return a square matrix as lines, columns numbered as the rows are, and how many columns fit.

    Zeros are points. Labels are cut before columns are left out; at least one column is printed.
    """
    if not labels:
        return [], 0
    digits = len(str(len(labels)))
    column = max(digits, max((display_width(c) for row in cells for c in row), default=1)) + 1
    longest = max(display_width(label) for label in labels)
    label_width = max(12, min(longest, width - digits - 2 - column * len(labels)))
    label_width = min(longest, label_width, max(12, width // 3))
    fitting = max(1, min(len(labels), (width - digits - 2 - label_width) // column))
    lines = [" " * (digits + 2 + label_width) + "".join(pad(str(k + 1), column, right=True) for k in range(fitting))]
    for k, (label, row) in enumerate(zip(labels[:fitting], cells[:fitting], strict=True)):
        head = f"{k + 1:>{digits}}  {pad(clip(label, label_width), label_width)}"
        lines.append(head + "".join(pad("·" if c == "0" else c, column, right=True) for c in row[:fitting]))
    return lines, fitting
