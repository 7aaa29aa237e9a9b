"""The codes in a table with columns of ours: code, parent, name and the parts of an entry."""

from __future__ import annotations

import re

from qcode.domain.codebook import Code
from qcode.interchange.codebook_table_columns import Table, folded, language_of
from qcode.interchange.codebook_table_tree import Placed
from qcode.interchange.table_cells import plain, unpack, unpack_list, unpack_name
from qcode.interchange.table_rows import Row, Trouble, shortened

__all__ = ["COLUMNS", "own_codes"]

COLUMNS = (
    *("code", "parent", "name", "brief", "definition", "when", "when_not", "examples"),
    *("color", "origin", "codable", "aliases"),
)
"""Our columns in writing order; those for each language follow."""

DEFINITION = ("definition", "description", "comment", "memo")
"""The columns that hold the definition, the first of which a table has."""

YES = ("", "yes", "true", "1", "да", "истина", "ja", "wahr")
NO = ("no", "false", "0", "нет", "ложь", "nein", "falsch")

Languages = list[tuple[str, str, str]]
"""("name" or "terms", the language, the folded name of the column), in the order of the head."""


def own_codes(table: Table, troubles: list[Trouble], remarks: list[str]) -> list[Placed]:
    """Return the codes of `table` in the order of its rows."""
    languages = _languages(table)
    read = {folded(column) for column in COLUMNS} | {column for *_, column in languages}
    read.add(next((column for column in DEFINITION if column in table.columns), ""))
    table.tell_unread(read, remarks)
    return [Placed(row.number, _code(table, row, languages, troubles)) for row in table.rows]


def _languages(table: Table) -> Languages:
    found = ((language_of(table.head.cells[place]), column) for column, place in table.columns.items())
    return [(*language, column) for language, column in found if language is not None]


def _code(table: Table, row: Row, languages: Languages, troubles: list[Trouble]) -> Code:
    key = unpack_name(table.key_cell(row, "code", troubles))
    names = ((lang, unpack_name(table.cell(row, column))) for what, lang, column in languages if what == "name")
    terms = ((lang, unpack_list(table.cell(row, column))) for what, lang, column in languages if what == "terms")
    return Code(
        key=key or f"row {row.number}",  # told already
        name=unpack_name(table.cell(row, "name")) or key,
        parent=unpack_name(table.cell(row, "parent")) or None,
        codable=_codable(table, row, troubles),
        names=tuple((language, name) for language, name in names if name),
        brief=unpack(table.cell(row, "brief")),
        definition=unpack(table.cell(row, *DEFINITION)),
        when=unpack(table.cell(row, "when")),
        when_not=unpack(table.cell(row, "when not")),
        examples=unpack_list(table.cell(row, "examples")),
        color=_color(plain(table.cell(row, "color")).strip()),
        origin=plain(table.cell(row, "origin")).strip().casefold(),
        aliases=unpack_list(table.cell(row, "aliases")),
        terms=tuple((language, listed) for language, listed in terms if listed),
    )


def _codable(table: Table, row: Row, troubles: list[Trouble]) -> bool:
    word = plain(table.cell(row, "codable")).strip().casefold()
    if word not in YES + NO:
        what = f"codable is {shortened(word)!r}"
        troubles.append(Trouble(row.number, what, "write yes, or no for a code that is only a heading"))
    return word not in NO


def _color(text: str) -> str:
    return f"#{text}" if re.fullmatch("[0-9a-fA-F]{6}", text) else text
