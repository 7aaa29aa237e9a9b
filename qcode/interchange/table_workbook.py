"""Reads the sheets of an Excel workbook: bounded, without entities, numbers and truths as the text that is shown."""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import islice
from typing import Any

from qcode.errors import BadCodebook, MissingExtra, QcodeError
from qcode.interchange.table_rows import MOST_BYTES, MOST_ROWS, Row, Sheet, too_many_rows

__all__ = ["workbook_sheets"]

RATIO_LIMIT, RATIO_FREE = 150, 8_000_000
"""A part may not inflate to more than so many times its size, unless it stays below so many bytes."""

MOST_PARTS = 10_000
MOST_TAGS = 500_000
"""A row, a shared text, or a part without these, has at most so many tags: openpyxl holds them all at once."""

EXCEL_ROWS = 1_048_576
FAR_TOO_MUCH = "the file unpacks to far more than a codebook can hold and was not opened"
AGAIN = "open it in Excel or LibreOffice and save it again as .xlsx, or as 'CSV UTF-8'"


def workbook_sheets(data: bytes, name: str) -> list[Sheet]:
    """Return the sheets of the workbook `data`, formulas as the values last shown.

    Raises BadCodebook for what is no workbook, broken, locked, too large or declares entities; MissingExtra
    without openpyxl.
    """
    _refuse_unsafe(data, name)
    if find_spec("openpyxl") is None:
        raise MissingExtra("reading .xlsx needs openpyxl, which is not installed", "xlsx")
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with contextlib.redirect_stdout(None):  # openpyxl prints what it finds odd about styles
                book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return list(_sheets(book, name))
            finally:
                book.close()
    except QcodeError:
        raise
    except Exception as error:  # openpyxl tells a broken file by whatever its parser stumbles over
        raise BadCodebook(f"{name}: the workbook cannot be read", mend=AGAIN) from error


def _refuse_unsafe(data: bytes, name: str) -> None:
    """Refuse what openpyxl should not open; zipfile never inflates a part beyond the size that it declares."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_directory(entries, name)
            for entry in entries:
                content = archive.read(entry)
                if any("<!DOCTYPE".encode(code) in content for code in ("ascii", "utf-16-le", "utf-16-be")):
                    what = f"{name}: the file declares XML entities, which no workbook needs, and was not opened"
                    raise BadCodebook(what, mend=AGAIN)
                if any(piece.count(b"<") > MOST_TAGS for piece in re.split(rb"<(?:row|si)\b", content)):
                    raise BadCodebook(f"{name}: {FAR_TOO_MUCH}", mend="is this a codebook?")
    except QcodeError:
        raise
    except Exception as error:  # zipfile tells damage by many errors, of struct and zlib too
        raise BadCodebook(f"{name}: the file is damaged or cut off", mend=AGAIN) from error


def _refuse_directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    if not any(re.fullmatch(r"xl/workbook\w*\.xml", entry.filename, re.IGNORECASE) for entry in entries):
        raise BadCodebook(f"{name}: it is no Excel workbook", mend="save the table as .xlsx, or as 'CSV UTF-8'")
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadCodebook(f"{name}: it is locked with a password", mend="save it without one")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        # bzip2 and LZMA unpack a block of any size at once; no Office program packs with them
        raise BadCodebook(f"{name}: it is packed in a way that Excel does not read", mend=AGAIN)
    bloated = any(e.file_size > max(RATIO_FREE, RATIO_LIMIT * max(1, e.compress_size)) for e in entries)
    if bloated or len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise BadCodebook(f"{name}: {FAR_TOO_MUCH}", mend="is this a codebook?")


def _sheets(book: Any, name: str) -> Iterator[Sheet]:
    characters = 0
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # a sheet may claim a million rows that are not there
        rows: list[Row] = []
        for number, cells in enumerate(islice(sheet.iter_rows(), EXCEL_ROWS), start=1):
            row = _row(number, cells)
            if row.cells:
                rows.append(row)
            characters += sum(map(len, row.cells))
            if len(rows) > MOST_ROWS + 1:
                raise too_many_rows(name)
            if characters > MOST_BYTES:  # one text may stand in any number of cells
                raise BadCodebook(f"{name}: more text than a codebook can hold", mend="is this a codebook?")
        yield Sheet(sheet.title, tuple(rows))


def _row(number: int, cells: Iterable[Any]) -> Row:
    values = list(cells)
    texts = ["" if cell.value is None else _shown(cell.value, cell.number_format) for cell in values]
    while texts and not texts[-1].strip():
        texts.pop()
    dates = frozenset(n for n, _ in enumerate(texts) if isinstance(values[n].value, _DATES))
    return Row(number, tuple(texts), dates)


_DATES = (datetime.date, datetime.time, datetime.timedelta)


def _shown(value: object, number_format: str) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _shown_number(value, number_format)
    if isinstance(value, datetime.datetime):
        return str(value).removesuffix(" 00:00:00")
    return str(value)


def _shown_number(value: int | float, number_format: str) -> str:
    """Return a number as Excel shows it in the formats that keys are likely to have: General, 0.00 and 000."""
    decimals = re.fullmatch(r"0\.(0+)", number_format)
    if decimals:
        return f"{value:.{len(decimals[1])}f}"
    if re.fullmatch("0+", number_format):
        return f"{value:0{len(number_format)}.0f}"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
