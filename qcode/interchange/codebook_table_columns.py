"""The columns of codebooks as tables: ours and other tools', and which tool a head row speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcode.errors import BadCodebook
from qcode.interchange.codebook_table_words import COLUMN_WORDS
from qcode.interchange.table_cells import plain
from qcode.interchange.table_rows import Row, Sheet, Trouble, refusal, shortened

__all__ = [
    *("ATLAS", "DEDOOSE", "MAXQDA", "MAXQDA_LIST", "NAMED", "NVIVO", "OWN", "QUALCODER", "TAGUETTE"),
    *("Table", "folded", "is_group", "kind_in_any_language", "kind_of", "known_heads", "language_of", "table_of"),
]

OWN, ATLAS, TAGUETTE, DEDOOSE, QUALCODER = "qcode", "ATLAS.ti", "Taguette", "Dedoose", "QualCoder"
NVIVO, NAMED = "NVivo", "NVivo (or another tool with the column name)"
MAXQDA, MAXQDA_LIST = "MAXQDA", "MAXQDA (list of codes)"

OWN_SIGNS = frozenset(
    ("parent", "name", "brief", "definition", "when", "when not", "examples", "codable", "aliases", "origin")
)
"""The columns that, beside `code`, only a table of ours has."""

PARENTS = frozenset(("parent code", "obercode"))
DEFINITIONS = frozenset(("description", "definition", "comment", "memo"))
HIGHLIGHTS = frozenset(("number of highlights", "number of documents"))
COUNTS = HIGHLIGHTS | {
    *("files", "references", "sources", "number of coding references", "aggregate number of coding references"),
    *("number of items coded", "aggregate number of items coded", "weighted", "weight minimum", "weight maximum"),
    *("weight default", "depth", "cod. seg. (alle dokumente)", "cod. seg. (all documents)"),
}
"""The columns that are left out without a word."""

PASSAGES = frozenset(
    ("content", "quote", "segment", "coded", "excerpt copy", "quotation content", "codes applied combined")
)
WHERE = frozenset(("document", "transcript", "file", "document name", "media title"))
"""The columns that together only a table of coded passages has."""

EXPECTED = "code, parent, name, brief, definition, when, when_not, examples, color"

KNOWN = OWN_SIGNS | PARENTS | DEFINITIONS | COUNTS
KNOWN |= {"code", "color", "colour", "tag", "path", "codes", "id", "parent id", "title"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head was read: `columns` is the place of each column by its folded name."""

    name: str
    kind: str
    head: Row
    rows: tuple[Row, ...]
    columns: Mapping[str, int]

    def cell(self, row: Row, *columns: str) -> str:
        """Return the cell in the first of `columns` that the table has, as it stands; empty without any."""
        place = next((self.columns[column] for column in columns if column in self.columns), len(row.cells))
        return row.cells[place] if place < len(row.cells) else ""

    def text(self, row: Row, *columns: str) -> str:
        """Return the text that another tool wrote there."""
        return plain(self.cell(row, *columns)).strip()

    def key_cell(self, row: Row, column: str, troubles: list[Trouble]) -> str:
        """Return the cell that names a code as it stands; an empty one, or a date, goes to `troubles`."""
        cell = self.cell(row, column)
        if not plain(cell).strip():
            troubles.append(Trouble(row.number, f"the cell {column} is empty", "fill it, or delete the row"))
        elif self.columns[column] in row.dates:
            what = f"the cell {column} holds a date ({cell})"
            troubles.append(Trouble(row.number, what, "mark the column as text in Excel and type the code again"))
        return cell

    def tell_unread(self, read: Iterable[str], remarks: list[str]) -> None:
        """Tell which columns are neither in `read` nor counts."""
        left = {place for column, place in self.columns.items() if column not in COUNTS and column not in set(read)}
        names = [shortened(plain(self.head.cells[place])) for place in sorted(left)]
        named = set(self.columns.values())
        if any(cell.strip() for row in self.rows for n, cell in enumerate(row.cells) if n not in named):
            names.append("those without a name of their own")
        if names:
            remarks.append(f"{self.name}: columns that were not read: {', '.join(names)}")


def folded(cell: str) -> str:
    """Return a column's name as it is compared: ignoring case, blanks and underscores being equal."""
    return " ".join(plain(cell).replace("_", " ").casefold().split())


def is_group(head: str) -> bool:
    """Return whether a folded name is that of one of ATLAS.ti's columns of code groups."""
    return bool(re.fullmatch(r"code group( \d+)?", head))


def language_of(cell: str) -> tuple[str, str] | None:
    """Return ("name" or "terms", language) of a column for one language, such as name_ru; None for another column."""
    found = re.fullmatch(
        r"(name|terms)(?:_(?P<any>.+)| (?P<tag>[a-z]{2,3}(?:-[a-z0-9]+)*))", plain(cell).strip(), re.I | re.S
    )
    language = ((found["any"] or found["tag"]) if found else "").strip()
    return (found[1].casefold(), language) if found and language else None


def known_heads(cells: Sequence[str]) -> int:
    """Return how many of the cells of a head are columns that are known."""
    heads = {folded(cell): cell for cell in cells if len(cell) <= 200}
    known = KNOWN | COLUMN_WORDS.keys()
    return sum(head in known or is_group(head) or language_of(cell) is not None for head, cell in heads.items())


def kind_in_any_language(heads: set[str]) -> str | None:
    """Return whose columns these folded names are, also where they are ours in another language."""
    return kind_of(heads) or kind_of(set(_in_our_words(dict.fromkeys(heads, 0))))


def kind_of(heads: set[str]) -> str | None:
    """Return whose columns these folded names are, None if nobody's."""
    if "code" in heads:
        return _kind_with_codes(heads)
    if heads & {"tag", "path"} or ("name" in heads and heads & HIGHLIGHTS):
        return TAGUETTE
    if "codes" in heads:
        return NVIVO
    if {"id", "parent id", "title"} <= heads:
        return DEDOOSE
    return NAMED if "name" in heads else None


def _kind_with_codes(heads: set[str]) -> str:
    if heads & PARENTS:
        return MAXQDA_LIST
    if any(is_group(head) for head in heads):
        return ATLAS
    if heads & OWN_SIGNS:
        return OWN
    if "memo" in heads or any(head.startswith("cod. seg") for head in heads):
        return MAXQDA
    return ATLAS if "comment" in heads else OWN


def table_of(sheet: Sheet, name: str) -> Table:
    """Return the table on a sheet that is not empty. Raises BadCodebook if its columns are nobody's, or doubled."""
    head, *rows = sheet.rows
    columns: dict[str, int] = {}
    for place, cell in enumerate(head.cells):
        key = "color" if folded(cell) == "colour" else folded(cell)
        if key in columns and (key in KNOWN or language_of(cell)):
            raise refusal(name, [Trouble(head.number, f"two columns are called {shortened(cell)}", "delete one")])
        if key:
            columns.setdefault(key, place)
    if _holds_passages(set(columns)):
        raise BadCodebook(
            f"{name}: a table of coded passages, not of codes",
            mend="let the other program export its codebook, and import that; passages come in with its whole "
            "project (qcode import FILE), or where the columns are called transcript, code and quote "
            "(qcode coding import FILE)",
        )
    kind = kind_of(set(columns))
    if kind in (None, OWN, NAMED):
        columns = _in_our_words(columns)
        kind = kind_of(set(columns))
    if kind is None and _is_qualcoder(sheet):
        return Table(name, QUALCODER, Row(0, ("code", "memo")), sheet.rows, {"code": 0, "memo": 1})
    if kind is None:
        what = f"{name}, row {head.number}: no column is called code"
        raise BadCodebook(what, mend=f"name the columns {EXPECTED} (code alone will do)")
    if not rows:
        raise BadCodebook(f"{name}: the table has column names and no codes", mend="write a code in each row")
    return Table(name, kind, head, tuple(rows), columns)


def _holds_passages(heads: set[str]) -> bool:
    parts = OWN_SIGNS - {"codable", "origin", "aliases"}
    return bool(heads & PASSAGES and heads & WHERE) and not heads & parts


def _in_our_words(columns: Mapping[str, int]) -> dict[str, int]:
    """Return `columns` with ours under our names, whatever language they stand in; the first of two is taken."""
    ours = dict(columns)
    for head in columns:
        if head in COLUMN_WORDS and COLUMN_WORDS[head] not in ours:
            ours[COLUMN_WORDS[head]] = ours.pop(head)
    return ours


def _is_qualcoder(sheet: Sheet) -> bool:
    """Return whether these are rows without a head: CATEGORY>>CATEGORY>>CODE and a memo."""
    narrow = all(len(row.cells) <= 2 for row in sheet.rows)
    return narrow and any(">>" in row.cells[0] for row in sheet.rows)
