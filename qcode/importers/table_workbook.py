"""The sheets of an Excel workbook as text: bounded, without entities, formulas as the values last shown."""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from typing import Any

from qcode.errors import MissingExtra, QcodeError, Unreadable
from qcode.importers.package import AGAIN, Package
from qcode.importers.table_sheets import MOST_CHARACTERS, MOST_ROWS, Row, too_long

__all__ = ["workbook_rows"]

MOST_TAGS = 500_000
"""A row, a shared text, or a part without these, has at most so many tags: openpyxl holds them all at once."""

EXCEL_ROWS = 1_048_576
MOST_SHEETS = 300
_shared_or_row = re.compile(rb"<(?:row|si)\b")


def workbook_rows(data: bytes) -> list[tuple[str, list[Row]]]:
    """Return the title and the filled rows of each sheet, hidden ones too. Raises Unreadable, MissingExtra."""
    _refuse_unsafe(data)
    if find_spec("openpyxl") is None:
        raise MissingExtra("reading .xlsx needs openpyxl, which is not installed", "xlsx")
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with contextlib.redirect_stdout(None):  # openpyxl prints what it finds odd about styles
                book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return list(_sheets(book))
            finally:
                book.close()
    except QcodeError:
        raise
    except Exception as error:  # openpyxl tells a broken file by whatever its parser stumbles over
        raise Unreadable("the workbook cannot be read", mend=AGAIN) from error


def _refuse_unsafe(data: bytes) -> None:
    package = Package(data)
    if not any(re.fullmatch(r"xl/workbook\w*\.xml", name, re.IGNORECASE) for name in package.names()):
        raise Unreadable("the file is no Excel workbook", mend="save the table as .xlsx, or as 'CSV UTF-8'")
    for name in package.names():
        content = package.bytes_of(name) or b""
        if any("<!DOCTYPE".encode(code) in content for code in ("ascii", "utf-16-le", "utf-16-be")):
            raise Unreadable("the file declares XML entities, which no table needs, and was not opened", where=name)
        if any(piece.count(b"<") > MOST_TAGS for piece in _shared_or_row.split(content)):
            raise Unreadable("the file unpacks to far more than a table can hold and was not opened", where=name)


def _sheets(book: Any) -> Iterator[tuple[str, list[Row]]]:
    characters = 0
    for sheet in islice(book.worksheets, MOST_SHEETS):
        sheet.reset_dimensions()  # a sheet may claim a million rows that are not there
        rows: list[Row] = []
        for number, values in enumerate(islice(sheet.iter_rows(), EXCEL_ROWS), start=1):
            cells = _cells(values)
            if cells:
                rows.append(Row(number, tuple(cells)))
            characters += sum(map(len, cells))
            if len(rows) > MOST_ROWS or characters > MOST_CHARACTERS:  # one text may stand in any number of cells
                raise too_long()
        yield str(sheet.title), rows


def _cells(values: Sequence[Any]) -> list[str]:
    texts = ["" if cell.value is None else _shown(cell.value, cell.number_format) for cell in values]
    while texts and not texts[-1].strip():
        texts.pop()
    return [text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "") for text in texts]


def _shown(value: object, number_format: str) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        return _shown_number(value, number_format)
    if isinstance(value, datetime.datetime):
        return str(value).removesuffix(" 00:00:00")
    return _escaped(str(value))


def _shown_number(value: float, number_format: str) -> str:
    """Return a number as Excel shows it in the formats that keys are likely to have: General, 0.00 and 000."""
    if decimals := re.fullmatch(r"0\.(0{1,20})", number_format):
        return f"{value:.{len(decimals[1])}f}"
    if re.fullmatch("0{2,40}", number_format):
        return f"{value:0{len(number_format)}.0f}"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _escaped(text: str) -> str:
    """Return the text with the signs that Excel writes as `_x000d_`."""
    if "_x00" not in text:
        return text
    return re.sub(r"_x(00[0-9A-Fa-f]{2})_", lambda sign: chr(int(sign[1], 16)), text)
