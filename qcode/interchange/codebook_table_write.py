"""Writes a codebook version as a CSV or an Excel workbook that people edit: the same version gives the same bytes."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence
from importlib.util import find_spec

from qcode.domain.codebook import Code, CodebookVersion, check
from qcode.errors import BadCodebook, BadValue, MissingExtra
from qcode.interchange.codebook_table_columns import folded, language_of
from qcode.interchange.codebook_table_own import COLUMNS
from qcode.interchange.codebook_table_read import LONGEST
from qcode.interchange.table_cells import pack, pack_list, pack_name
from qcode.interchange.yaml_nodes import SURROGATE

__all__ = ["write"]

EXCEL_LONGEST = 32_767
"""What a cell of Excel holds, in UTF-16 units."""

WIDTHS = {"code": 24, "parent": 20, "name": 28, "color": 10, "origin": 10, "codable": 9}
WIDE = 48


def write(version: CodebookVersion, ending: str) -> bytes:
    """Return `version` as a table, `ending` being .csv or .xlsx.

    Reading it gives equal codes but for their identities, empty entries of lists and empty names (which become the
    key), if no two codes order their languages differently. The codebook's title, language, note and changes have
    no place in a table. The CSV is UTF-8 with a byte order mark, because Excel on Windows needs it; how cells are
    written stands in `table_cells`. Raises BadCodebook for a version that breaks a rule or does not fit a table,
    BadValue for another ending, MissingExtra for a workbook without XlsxWriter.
    """
    if ending.casefold() not in (".csv", ".xlsx"):
        raise BadValue(
            f"a codebook's table is .csv or .xlsx, not {ending!r}", mend="give the file one of these endings"
        )
    wrong = [problem for problem in check(version) if problem.level == "error"]
    if wrong:
        raise BadCodebook(f"{wrong[0].where}: {wrong[0].what}")
    in_csv = ending.casefold() == ".csv"
    rows = _rows(version, guard=in_csv)
    _refuse_unheld(version, rows, LONGEST if in_csv else EXCEL_LONGEST, ending)
    return _csv(rows) if in_csv else _xlsx(rows)


def _rows(version: CodebookVersion, *, guard: bool) -> list[list[str]]:
    names = list(dict.fromkeys(language for code in version.codes for language, _ in code.names))
    terms = list(dict.fromkeys(language for code in version.codes for language, _ in code.terms))
    own = [*COLUMNS, *(f"name_{language}" for language in names), *(f"terms_{language}" for language in terms)]
    head = [pack_name(column, guard=guard) for column in own]
    _refuse_languages(names, head[len(COLUMNS) :], "name")
    _refuse_languages(terms, head[len(COLUMNS) + len(names) :], "terms")
    return [head, *(_cells(code, names, terms, guard=guard) for code in version.codes)]


def _cells(code: Code, names: Sequence[str], terms: Sequence[str], *, guard: bool) -> list[str]:
    named, termed = dict(code.names), dict(code.terms)
    return [
        pack_name(code.key, guard=guard),
        pack_name(code.parent or "", guard=guard),
        pack_name(code.name, guard=guard),
        *(pack(text, guard=guard) for text in (code.brief, code.definition, code.when, code.when_not)),
        pack_list(code.examples, guard=guard),
        code.color,
        code.origin,
        "yes" if code.codable else "no",
        pack_list(code.aliases, guard=guard),
        *(pack_name(named.get(language, ""), guard=guard) for language in names),
        *(pack_list(termed.get(language, ()), guard=guard) for language in terms),
    ]


def _refuse_languages(languages: Sequence[str], heads: Sequence[str], what: str) -> None:
    """Refuse languages that cannot be told from the name of their column."""
    seen = set[str]()
    for language, head in zip(languages, heads, strict=False):
        if language_of(head) != (what, language) or folded(head) in seen or SURROGATE.search(head) or len(head) > 200:
            shown = ascii(language[:30])
            raise BadCodebook(f"the language {shown} cannot name a column", mend="write a short one, such as ru")
        seen.add(folded(head))


def _refuse_unheld(version: CodebookVersion, rows: Sequence[Sequence[str]], longest: int, ending: str) -> None:
    for code, cells in zip(version.codes, rows[1:], strict=True):
        for column, cell in zip(rows[0], cells, strict=True):
            half = SURROGATE.search(cell)
            if half:
                what = f"code {ascii(code.key)[1:-1]}: half a character (U+{ord(half[0]):04X}), which no file can hold"
                raise BadCodebook(what, mend="write the character anew")
            if len(cell) > longest // 2 and len(cell.encode("utf-16-le")) // 2 > longest:
                what = (
                    f"code {code.key}: its {column} is longer than a cell of a {ending} holds ({longest:,} characters)"
                )
                raise BadCodebook(what, mend="write a .yaml instead")


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    if find_spec("xlsxwriter") is None:
        raise MissingExtra("writing .xlsx needs XlsxWriter, which is not installed", "xlsx")
    from xlsxwriter import Workbook

    out = io.BytesIO()
    off = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = Workbook(out, {"in_memory": True, **off})
    book.set_properties({"created": datetime.datetime(1980, 1, 1)})
    as_text = {"num_format": "@", "text_wrap": True, "valign": "top"}  # else Excel makes a date of a code like 1-2
    body, head = book.add_format(as_text), book.add_format({**as_text, "bold": True, "bg_color": "#eef2f6"})
    sheet = book.add_worksheet("Codebook")
    for column, name in enumerate(rows[0]):
        sheet.set_column(column, column, WIDTHS.get(name, WIDE), body)
    for number, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell:
                sheet.write_string(number, column, cell, body if number else head)
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()
