"""The sheets of an Excel workbook as text: bounded, without entities, formulas as the values last shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from qcode.errors import QcodeError, Unreadable
from qcode.importers.package import AGAIN, Package
from qcode.importers.table_sheets import MOST_CHARACTERS, MOST_ROWS, Row, too_long
from qcode.importers.workbook import crowded, declares_entities, filled_rows, is_workbook, opened

__all__ = ["workbook_rows"]

MOST_SHEETS = 300


def workbook_rows(data: bytes) -> list[tuple[str, list[Row]]]:
    """Return the title and the filled rows of each sheet, hidden ones too. Raises Unreadable, MissingExtra."""
    _refuse_unsafe(data)
    try:
        with opened(data) as book:
            return list(_sheets(book))
    except QcodeError:
        raise
    except Exception as error:  # openpyxl tells a broken file by whatever its parser stumbles over
        raise Unreadable("the workbook cannot be read", mend=AGAIN) from error


def _refuse_unsafe(data: bytes) -> None:
    package = Package(data)
    if not is_workbook(package.names()):
        raise Unreadable("the file is no Excel workbook", mend="save the table as .xlsx, or as 'CSV UTF-8'")
    for name in package.names():
        content = package.bytes_of(name) or b""
        if declares_entities(content):
            raise Unreadable("the file declares XML entities, which no table needs, and was not opened", where=name)
        if crowded(content):
            raise Unreadable("the file unpacks to far more than a table can hold and was not opened", where=name)


def _sheets(book: Any) -> Iterator[tuple[str, list[Row]]]:
    characters = 0
    for sheet in islice(book.worksheets, MOST_SHEETS):
        rows: list[Row] = []
        for number, shown, _ in filled_rows(sheet):
            texts = map(_escaped, shown)
            cells = [text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "") for text in texts]
            rows.append(Row(number, tuple(cells)))
            characters += sum(map(len, cells))
            if len(rows) > MOST_ROWS or characters > MOST_CHARACTERS:  # one text may stand in any number of cells
                raise too_long()
        yield str(sheet.title), rows


def _escaped(text: str) -> str:
    """Return the text with the signs that Excel writes as `_x000d_`."""
    if "_x00" not in text:
        return text
    return re.sub(r"_x(00[0-9A-Fa-f]{2})_", lambda sign: chr(int(sign[1], 16)), text)
