"""The codes through the versions as a table: for those who do not see the drawing, and for spreadsheets."""

from __future__ import annotations

from qcode.reports.render.lineage_looks import LOOKS
from qcode.reports.report import Cell, Lineage, LineageCode, LineageLink, Table

__all__ = ["lineage_table"]

AS_BEFORE = "as before"
COLUMNS = ("Version", "Key", "Name", "From", "How", "Codings")


def lineage_table(lineage: Lineage, *, changed: bool = False) -> Table:
    """Return each code of each version with what it comes from; `changed` leaves out what is as it was before."""
    rows: list[tuple[Cell, ...]] = []
    for n in range(len(lineage.columns)):
        rows += [row for row in _column(lineage, n) if not changed or row[4] not in ("", AS_BEFORE)]
    counted = len(COLUMNS) if any(row[5] is not None for row in rows) else len(COLUMNS) - 1
    return Table(lineage.caption, COLUMNS[:counted], tuple(row[:counted] for row in rows), sheet="Codes by version")


def _column(lineage: Lineage, n: int) -> list[tuple[Cell, ...]]:
    into: dict[str, list[LineageLink]] = {}
    for link in lineage.links:
        if link.to_column == n:
            into.setdefault(link.to_code, []).append(link)
    version = lineage.versions[n]
    rows: list[tuple[Cell, ...]] = []
    for code in lineage.columns[n]:
        links = into.get(code.id, [])
        begins = LOOKS["add"].word if n < len(lineage.follows) and lineage.follows[n] else ""
        kinds = dict.fromkeys(LOOKS[kind].word for link in links for kind in link.kinds)
        how = ", ".join(kinds) or (AS_BEFORE if links else begins)
        origin = ", ".join(dict.fromkeys(_named(lineage, link.column, link.code) for link in links))
        rows.append((version, code.key, code.name, origin, how, code.codings))
    return rows + _gone(lineage, n)


def _gone(lineage: Lineage, n: int) -> list[tuple[Cell, ...]]:
    """Return a row for each code that version `n` has no more."""
    columns: dict[str, list[int]] = {}
    for end in lineage.ends:
        if end.to_column == n:
            columns.setdefault(end.code, []).append(end.column)
    rows: list[tuple[Cell, ...]] = []
    for id, stood in columns.items():
        code = _code(lineage, stood[0], id)
        origin = ", ".join(_named(lineage, column, id) for column in stood)
        rows.append((lineage.versions[n], code.key, code.name, origin, LOOKS["retire"].word, None))
    return rows


def _code(lineage: Lineage, column: int, id: str) -> LineageCode:
    return next(code for code in lineage.columns[column] if code.id == id)


def _named(lineage: Lineage, column: int, id: str) -> str:
    return f"{lineage.versions[column]} {_code(lineage, column, id).key}"
