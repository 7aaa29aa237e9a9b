"""The codes in a table that another tool wrote, each as the path from the top to its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from qcode.interchange.codebook_table_columns import (
    ATLAS,
    DEDOOSE,
    MAXQDA,
    MAXQDA_LIST,
    NAMED,
    NVIVO,
    QUALCODER,
    TAGUETTE,
    Table,
    is_group,
)
from qcode.interchange.codebook_table_paths import Entry
from qcode.interchange.codebook_yaml_write import MAX_LEVELS
from qcode.interchange.table_cells import plain
from qcode.interchange.table_rows import Row, Trouble, shortened

__all__ = ["other_entries"]

MEMOS = ("description", "definition", "comment", "memo")

Parts = tuple[str, ...]


def other_entries(table: Table, troubles: list[Trouble], remarks: list[str]) -> list[Entry]:
    """Return what the rows of `table` say of their codes."""
    reader = READERS[table.kind]
    kind = "a table without column names, CATEGORY>>CODE" if table.kind == QUALCODER else "its columns"
    remarks.append(f"{table.name}: read as a list of codes from {table.kind}, by {kind}")
    entries = reader(table, troubles, remarks)
    read = {"code", "tag", "path", "codes", "id", "parent id", "parent code", "obercode", "title", "color", *MEMOS}
    read |= {column for column in table.columns if is_group(column)}
    if table.kind == NAMED or not {"tag", "path"} & set(table.columns):
        read.add("name")
    table.tell_unread(read, remarks)
    return entries


def _entry(table: Table, row: Row, path: Parts) -> Entry:
    return Entry(row.number, path, table.text(row, *MEMOS), table.text(row, "color"))


def _line(text: str) -> str:
    return " ".join(text.split())


def _parts(text: str, separator: str) -> Parts:
    """Return the parts of a path that are not empty; no more than are needed to see that they are too many."""
    parts = (_line(part) for part in re.split(separator, text))
    return tuple(part for part in parts if part)[: MAX_LEVELS + 1]


def _by_path(table: Table, columns: Parts, separator: str, troubles: list[Trouble]) -> list[Entry]:
    """Read the tables whose one column holds the whole path."""
    column = next(column for column in columns if column in table.columns)
    entries = []
    for row in table.rows:
        text = plain(table.key_cell(row, column, troubles))
        if table.kind in (NVIVO, NAMED) and "\\\\" in text:
            text = text.partition("\\\\")[2]  # the folder of all codes: Codes\\parent\child
        entries.append(_entry(table, row, _parts(text, separator) or (_line(text),)))
    return entries


def _atlas(table: Table, troubles: list[Trouble], remarks: list[str]) -> list[Entry]:
    """Read ATLAS.ti's code manager: a code stands below its first group, which is no code itself."""
    groups = [column for column in table.columns if is_group(column)]
    names = [_line(plain(table.key_cell(row, "code", troubles))) for row in table.rows]
    taken = {name.casefold() for name in names}
    entries = []
    for row, name in zip(table.rows, names, strict=True):
        held = dict.fromkeys(_line(table.text(row, group)) for group in groups)
        among = [_heading(group, taken) for group in held if group]
        if len(among) > 1:
            others = ", ".join(shortened(group) for group in among[1:])
            what = f"{shortened(name)} is in {len(among)} groups; it stands below {shortened(among[0])}, not {others}"
            remarks.append(f"{table.name}, row {row.number}: {what}")
        entries.append(_entry(table, row, (*among[:1], name)))
    return entries


def _heading(group: str, taken: set[str]) -> str:
    while group.casefold() in taken:
        group += " (group)"
    return group


def _maxqda_list(table: Table, troubles: list[Trouble], remarks: list[str]) -> list[Entry]:
    """Read MAXQDA's list of codes: the parent is a path, or the name of the nearest row above."""
    column = next(column for column in ("parent code", "obercode") if column in table.columns)
    nearest: dict[str, Parts] = {}
    entries = []
    for row in table.rows:
        name = _line(plain(table.key_cell(row, "code", troubles)))
        above = _parts(table.text(row, column), r"[>\\]")
        if len(above) == 1:
            above = nearest.get(above[0].casefold(), above)
        path = (*above[:MAX_LEVELS], name)
        nearest[name.casefold()] = path
        entries.append(_entry(table, row, path))
    return entries


def _dedoose(table: Table, troubles: list[Trouble], remarks: list[str]) -> list[Entry]:
    """Read Dedoose's codes, each of which names the id of its parent."""
    rows = {table.text(row, "id"): row for row in reversed(table.rows)}
    paths: dict[int, Parts] = {}
    for row in table.rows:
        chain = {row.number: row}
        while row.number not in paths and (above := _row_above(table, row, rows, troubles)):
            if above.number in chain:
                troubles.append(Trouble(row.number, "the code stands below itself", "give it another parent id"))
                break
            row = chain[above.number] = above
        path: Parts = ()
        for below in reversed(chain.values()):
            title = _line(plain(table.key_cell(below, "title", troubles))) if below.number not in paths else ""
            path = paths.setdefault(below.number, (*path[:MAX_LEVELS], title))
    return [_entry(table, row, paths[row.number]) for row in table.rows]


def _row_above(table: Table, row: Row, rows: Mapping[str, Row], troubles: list[Trouble]) -> Row | None:
    above = table.text(row, "parent id")
    if above not in rows and above not in ("", "0", "-1"):
        what = f"there is no row with the id {shortened(above)}"
        troubles.append(Trouble(row.number, what, "write the id of another row in parent id, or nothing"))
    return rows.get(above) if above else None


Reader = Callable[[Table, list[Trouble], list[str]], list[Entry]]


def _path_reader(*columns: str, separator: str) -> Reader:
    return lambda table, troubles, remarks: _by_path(table, columns, separator, troubles)


READERS: Mapping[str, Reader] = {
    ATLAS: _atlas,
    DEDOOSE: _dedoose,
    MAXQDA: _path_reader("code", separator=r"[>\\]"),
    MAXQDA_LIST: _maxqda_list,
    NAMED: _path_reader("name", separator=r"\\"),
    NVIVO: _path_reader("codes", separator=r"\\"),
    QUALCODER: _path_reader("code", separator=">>"),
    TAGUETTE: _path_reader("path", "tag", "name", separator=r"(?<=\S)\.(?=\S)"),
}
"""How the columns of each tool are read."""
