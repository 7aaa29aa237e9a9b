"""Write a report's tables as a workbook: numbers as numbers, words as words, never a formula."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from math import isfinite
from typing import Any

from qcode.errors import MissingExtra
from qcode.reports.render.clean import clean
from qcode.reports.render.colors import APART, APART_INK, background, ink
from qcode.reports.render.lineage_table import lineage_table
from qcode.reports.render.widths import width
from qcode.reports.report import (
    HOW_MADE,
    Cell,
    Facts,
    Heading,
    Lineage,
    Picture,
    Quote,
    Quotes,
    Report,
    Table,
    Text,
    Wording,
)

__all__ = ["render"]

LONGEST, MOST_ROWS = 32_767, 1_048_575
"""What a cell and a sheet of Excel hold."""

CUT = "… (cut here: a cell of Excel holds 32,767 characters)"
STEPS = 32


@dataclass(slots=True)
class _Book:
    """The workbook being written, its formats and the names already given to sheets."""

    workbook: Any
    formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def style(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format(properties)
        return self.formats[key]

    def sheet(self, name: str) -> Any:
        """Return a new sheet; its name is what Excel allows, and no other sheet's."""
        base = re.sub(r"[\[\]:*?/\\]", " ", clean(name)).strip(" '")[:28] or "Sheet"
        taken, number = base, 1
        while taken.casefold() in self.names or taken.casefold() == "history":
            number += 1
            taken = f"{base[:25]} {number}"
        self.names.add(taken.casefold())
        return self.workbook.add_worksheet(taken)


def render(report: Report) -> bytes:
    """Return `report` as an .xlsx file: a sheet about it, a sheet for each table, one for all quotes."""
    if find_spec("xlsxwriter") is None:
        raise MissingExtra("writing .xlsx needs XlsxWriter, which is not installed", "xlsx")
    from xlsxwriter import Workbook

    out = io.BytesIO()
    off = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    workbook = Workbook(out, {"in_memory": True, **off})
    workbook.set_properties({"title": clean(report.title)[:255], "created": datetime.datetime(1980, 1, 1)})
    book = _Book(workbook)
    about = book.sheet("About")
    tables = [lineage_table(block) if isinstance(block, Lineage) else block for block in report.blocks]
    listed = [(_table(book, block), block.caption) for block in tables if isinstance(block, Table)]
    quotes = [quote for block in report.blocks if isinstance(block, Quotes) for quote in block.quotes]
    if quotes:
        listed.append((_table(book, _quotes_table(quotes)), "The quotes"))
    _about(book, about, report, listed)
    workbook.close()
    return out.getvalue()


def _about(book: _Book, sheet: Any, report: Report, listed: Iterable[tuple[str, str]]) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    plain, bold = book.style(text_wrap=True, valign="top"), book.style(bold=True, text_wrap=True, valign="top")
    sheet.write_string(0, 0, _text(report.title), book.style(bold=True, font_size=16, font_color="#0b3c6f"))
    sheet.write_string(1, 0, _text(report.subtitle), book.style(font_color="#5b656f"))
    sheet.set_row(0, 24)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    row = 3
    for left, right in (*_words(report), ("", ""), ("Sheets", ""), *listed, ("", ""), (HOW_MADE, ""), *report.made_by):
        sheet.write_string(row, 0, _text(left), bold)
        sheet.write_string(row, 1, _text(right), plain)
        sheet.set_row(row, 15.0 * max(1, -(-width(right) // 55), -(-width(left) // 14)))
        row += 1


def _words(report: Report) -> Iterator[tuple[str, str]]:
    for block in report.blocks:
        if isinstance(block, Text):
            yield "", block.text
        elif isinstance(block, Heading) and block.level == 1:
            yield block.text, ""
        elif isinstance(block, Facts):
            yield from block.pairs
        elif isinstance(block, Table) and block.note:
            yield "", f"{block.caption}. {block.note}"
        elif isinstance(block, Picture):
            yield "", block.alt
        elif isinstance(block, Wording):
            yield f"{block.name}, before", "".join(words for words, _ in block.before)
            yield f"{block.name}, after", "".join(words for words, _ in block.after)


def _quotes_table(quotes: list[Quote]) -> Table:
    keys = list(dict.fromkeys(key for quote in quotes for key, _ in quote.fields))
    rows: list[tuple[Cell, ...]] = []
    for quote in quotes:
        fields = dict(quote.fields)
        row = (", ".join(quote.codes), quote.text, quote.memo, quote.language or "", quote.source)
        rows.append((*row, *(fields.get(key) for key in keys)))
    columns = ("code", "quote", "memo", "language", "source", *keys)
    return Table("Quotes", columns, tuple(rows), row_headers=False, sheet="Quotes")


def _table(book: _Book, table: Table) -> str:
    """Write `table` on a sheet of its own and return the sheet's name."""
    sheet = book.sheet(table.sheet or table.caption)
    head = book.style(bold=True, bg_color="#eef2f6", bottom=1, text_wrap=True, valign="bottom")
    turned = book.style(bold=True, bg_color="#eef2f6", bottom=1, rotation=90)
    for column, words in enumerate(table.columns):
        sheet.write_string(0, column, _text(words), turned if table.square and column else head)
    for i, row in enumerate(table.rows[:MOST_ROWS]):
        for j, cell in enumerate(row):
            _cell(book, sheet, table, i, j, cell)
    sheet.freeze_panes(1, int(table.row_headers))
    if table.rows and not table.square:
        sheet.autofilter(0, 0, min(len(table.rows), MOST_ROWS), len(table.columns) - 1)
    for column in range(len(table.columns)):
        sheet.set_column(column, column, _wide(table, column))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    return str(sheet.get_name())


def _wide(table: Table, column: int) -> float:
    if table.square and column:
        return 7 if any(isinstance(row[column], float) for row in table.rows) else 5
    words = [table.columns[column], *(table.printed(i, column) for i in range(min(len(table.rows), 200)))]
    return min(70.0, max(width(line) for text in words for line in text.split("\n")) * 1.7 + 2)


def _cell(book: _Book, sheet: Any, table: Table, i: int, j: int, cell: Cell) -> None:
    properties: dict[str, Any] = {"valign": "top"}
    offset = int(table.row_headers)
    if table.square and j == i + offset:
        properties |= {"bg_color": APART, "font_color": APART_INK}
    elif table.shades and j >= offset and (weight := table.shades[i][j - offset]):
        fill = background(round(weight * STEPS) / STEPS)
        properties |= {"bg_color": fill, "font_color": ink(fill)}
    if (i, j) in table.hidden:
        sheet.write_string(i + 1, j, table.printed(i, j), book.style(align="center", **properties))
    elif isinstance(cell, float) and isfinite(cell):
        sheet.write_number(i + 1, j, cell, book.style(num_format="0.000", **properties))
    elif isinstance(cell, int):
        sheet.write_number(i + 1, j, cell, book.style(**properties))
    elif cell is not None:
        sheet.write_string(i + 1, j, _text(str(cell)), book.style(text_wrap=True, **properties))


def _text(words: str) -> str:
    words = clean(words)
    return words if len(words) <= LONGEST else words[: LONGEST - len(CUT)] + CUT
