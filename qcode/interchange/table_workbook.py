"""Reads the sheets of an Excel workbook that may hold a codebook: bounded, numbers and truths as the text shown."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from qcode.errors import BadCodebook, QcodeError
from qcode.importers.workbook import crowded, declares_entities, filled_rows, is_workbook, opened
from qcode.interchange.table_rows import MOST_BYTES, MOST_ROWS, Row, Sheet, too_many_rows

__all__ = ["workbook_sheets"]

RATIO_LIMIT, RATIO_FREE = 150, 8_000_000
"""A part may not inflate to more than so many times its size, unless it stays below so many bytes."""

MOST_PARTS = 10_000
FAR_TOO_MUCH = "the file unpacks to far more than a codebook can hold and was not opened"
AGAIN = "open it in Excel or LibreOffice and save it again as .xlsx, or as 'CSV UTF-8'"


def workbook_sheets(data: bytes, name: str) -> list[Sheet]:
    """Return the sheets of the workbook `data`, formulas as the values last shown.

    Raises BadCodebook for what is no workbook, broken, locked, too large or declares entities; MissingExtra
    without openpyxl.
    """
    _refuse_unsafe(data, name)
    try:
        with opened(data) as book:
            return list(_sheets(book, name))
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
                if declares_entities(content):
                    what = f"{name}: the file declares XML entities, which no workbook needs, and was not opened"
                    raise BadCodebook(what, mend=AGAIN)
                if crowded(content):
                    raise BadCodebook(f"{name}: {FAR_TOO_MUCH}", mend="is this a codebook?")
    except QcodeError:
        raise
    except Exception as error:  # zipfile tells damage by many errors, of struct and zlib too
        raise BadCodebook(f"{name}: the file is damaged or cut off", mend=AGAIN) from error


def _refuse_directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    if not is_workbook(entry.filename for entry in entries):
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
        rows: list[Row] = []
        for number, cells, dates in filled_rows(sheet):
            rows.append(Row(number, tuple(cells), dates))
            characters += sum(map(len, cells))
            if len(rows) > MOST_ROWS + 1:
                raise too_many_rows(name)
            if characters > MOST_BYTES:  # one text may stand in any number of cells
                raise BadCodebook(f"{name}: more text than a codebook can hold", mend="is this a codebook?")
        yield Sheet(sheet.title, tuple(rows))
