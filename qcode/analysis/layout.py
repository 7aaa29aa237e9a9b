"""Sets numbers, columns and filters as plain text within a width."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

__all__ = [
    "WIDTH",
    "clip",
    "columns",
    "display_width",
    "filters_in_words",
    "grid",
    "grid_widths",
    "number",
    "pad",
    "wrap",
]

WIDTH = 100


def display_width(text: str) -> int:
    """Return how many terminal cells `text` takes: two for wide letters (Chinese), none for combining marks."""
    return len(text) if text.isascii() else sum(map(_cells, text))


@lru_cache(maxsize=8192)
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


def wrap(text: str, width: int) -> list[str]:
    """Return `text` as lines of at most `width` cells, broken between words; a longer word is cut."""
    lines: list[str] = []
    for word in text.split():
        if lines and display_width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(clip(word, width))
    return lines


def number(value: float | None, *, hidden: bool = False) -> str:
    """Return a cell as text: `*` withheld, `–` undefined, integers whole, others to three digits."""
    if hidden:
        return "*"
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, int):
        return str(value)
    if value != 0 and abs(value) < 0.001:
        return "<0.001" if value > 0 else ">-0.001"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def columns(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Return `rows` as lines, each column as wide as its widest cell, two blanks between."""
    widths = [max(display_width(row[k]) for row in rows) for k in range(len(right))]
    return [
        "  ".join(pad(cell, w, right=r) for cell, w, r in zip(row, widths, right, strict=True)).rstrip() for row in rows
    ]


def grid_widths(labels: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> tuple[int, int, int]:
    """Return how wide a column is and the labels are, and how many columns fit; `cells` may be of several matrices.

    Labels are cut before columns are left out; at least one column fits.
    """
    digits = len(str(len(labels)))
    column = max(digits, max((display_width(c) for row in cells for c in row), default=1)) + 1
    longest = max((display_width(label) for label in labels), default=0)
    label_width = max(12, min(longest, width - digits - 2 - column * len(labels)))
    label_width = min(longest, label_width, max(12, width // 3))
    return column, label_width, max(1, min(len(labels), (width - digits - 2 - label_width) // column))


def grid(labels: Sequence[str], cells: Sequence[Sequence[str]], column: int, label_width: int) -> list[str]:
    """Return a square matrix as lines, columns numbered as the rows are; zeros are points."""
    digits = len(str(len(labels)))
    numbers = "".join(pad(str(k + 1), column, right=True) for k in range(len(labels)))
    lines = [" " * (digits + 2 + label_width) + numbers]
    for k, (label, row) in enumerate(zip(labels, cells, strict=True)):
        head = f"{k + 1:>{digits}}  {pad(clip(label, label_width), label_width)}"
        lines.append(head + "".join(pad("·" if c == "0" else c, column, right=True) for c in row))
    return lines


_FLAGS = {"pending": "pending codings", "no_children": "without the codes below"}


def filters_in_words(filters: Mapping[str, object]) -> str:
    """Return filters as a person would say them: `where role=client; code STIG, COER`; nothing where there are none.

    What could be taken for two (a comma, a semicolon, an equals sign inside a name) stands in quotation marks.
    """
    return "; ".join(_filter(name, filters[name]) for name in sorted(filters, key=lambda name: name != "where"))


def _filter(name: str, value: object) -> str:
    if isinstance(value, Mapping):
        return f"{name} {' and '.join(f'{_quoted(key)}={_quoted(one)}' for key, one in value.items())}"
    if isinstance(value, list | tuple):
        return f"{name} {', '.join(map(_quoted, value))}"
    return _FLAGS.get(name, name) if value is True else f"{name} {_quoted(value)}"


def _quoted(value: object) -> str:
    text = str(value)
    plain = text and text == text.strip() and not re.search(r'[,;="\n]| and ', text)
    return text if plain else json.dumps(text, ensure_ascii=False)
