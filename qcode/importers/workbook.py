"""What reading an Excel workbook safely takes, whether its sheets are transcripts or a codebook."""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import islice
from typing import Any

from qcode.errors import MissingExtra

__all__ = ["crowded", "declares_entities", "filled_rows", "is_workbook", "opened"]

MOST_TAGS = 500_000
"""A row, a shared text, or a part without these, has at most so many tags: openpyxl holds them all at once."""

EXCEL_ROWS = 1_048_576
_shared_or_row = re.compile(rb"<(?:row|si)\b")


def is_workbook(names: Iterable[str]) -> bool:
    """Tell whether the parts of a package are those of a workbook, by their names."""
    return any(re.fullmatch(r"xl/workbook\w*\.xml", name, re.IGNORECASE) for name in names)


def declares_entities(part: bytes) -> bool:
    """Tell whether the XML of a part declares types or entities, in any encoding that a parser would guess."""
    return any("<!DOCTYPE".encode(code) in part for code in ("ascii", "utf-16-le", "utf-16-be"))


def crowded(part: bytes) -> bool:
    """Tell whether a part has a row, or a shared text, of more tags than memory should hold."""
    return any(piece.count(b"<") > MOST_TAGS for piece in _shared_or_row.split(part))


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Give the workbook in `data`, whose parts were looked at before, with formulas as the values last shown.

    Raises MissingExtra without openpyxl, which tells a broken file by whatever its parser stumbles over.
    """
    if find_spec("openpyxl") is None:
        raise MissingExtra("reading .xlsx needs openpyxl, which is not installed", "xlsx")
    import openpyxl

    # openpyxl prints what it finds odd about styles
    with warnings.catch_warnings(), contextlib.redirect_stdout(None):
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def filled_rows(sheet: Any) -> Iterator[tuple[int, list[str], frozenset[int]]]:
    """Yield the rows of a sheet that hold anything: number from 1, cells as shown, and which of them are dates."""
    sheet.reset_dimensions()  # a sheet may claim a million rows that are not there
    for number, values in enumerate(islice(sheet.iter_rows(), EXCEL_ROWS), start=1):
        cells = ["" if cell.value is None else _shown(cell.value, cell.number_format) for cell in values]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells, frozenset(n for n, _ in enumerate(cells) if isinstance(values[n].value, _DATES))


_DATES = (datetime.date, datetime.time, datetime.timedelta)


def _shown(value: object, number_format: str) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        return _shown_number(value, number_format)
    if isinstance(value, datetime.datetime):
        return str(value).removesuffix(" 00:00:00")
    return str(value)


def _shown_number(value: float, number_format: str) -> str:
    """Return a number as Excel shows it in the formats that keys are likely to have: General, 0.00 and 000."""
    if decimals := re.fullmatch(r"0\.(0{1,20})", number_format):
        return f"{value:.{len(decimals[1])}f}"
    if re.fullmatch("0{2,40}", number_format):
        return f"{value:0{len(number_format)}.0f}"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
