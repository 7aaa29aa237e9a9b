"""The tables of RQDA's database: which columns are read, and which rows are not deleted."""

from __future__ import annotations

from qcode.interchange.database_gathering import Gathering
from qcode.interchange.sqlite_file import Tables
from qcode.interchange.sqlite_rows import Row

__all__ = ["OTHERS", "SIGNS", "WANTED", "Living"]

SIGNS = {"source": {"id", "file"}, "freecode": {"id", "name"}, "coding": {"cid", "fid", "selfirst", "selend"}}
"""What every version has, and no other tool."""

WHO = ("owner", "date", "memo", "status")

WANTED = {
    "project": ("date", "memo"),
    "source": ("id", "name", "file", *WHO),
    "freecode": ("id", "name", "color", *WHO),
    "codecat": ("catid", "name", *WHO),
    "treecode": ("cid", "catid", *WHO),
    "coding": ("cid", "fid", "seltext", "selfirst", "selend", *WHO),
    "coding2": ("cid", "status"),
    "cases": ("id", "name", *WHO),
    "caselinkage": ("caseid", "fid", "selfirst", "selend", *WHO),
    "attributes": ("name", *WHO),
    "caseAttr": ("variable", "value", "caseID", "status"),
    "fileAttr": ("variable", "value", "fileID", "status"),
    "journal": ("name", "journal", "owner", "date", "status"),
    "annotation": ("fid", "position", "annotation", "owner", "date", "status"),
    "filecat": ("name", "status"),
    "treefile": ("fid", "status"),
    "image": ("name", "status"),
    "imageCoding": ("cid", "status"),
}

OTHERS = {
    "coding2": ("second codings", "they are a work table of RQDA"),
    "filecat": ("categories of files", "a study groups transcripts by their cases"),
    "treefile": ("files in categories", "a study groups transcripts by their cases"),
    "image": ("pictures", "a study holds texts"),
    "imageCoding": ("codings of pictures", "a study holds codings of texts"),
}
"""The tables that nothing is taken of: what is lost with their rows, and why."""


class Living:
    """The rows of the tables that are not deleted; the others are counted once, as lost."""

    def __init__(self, tables: Tables, gathering: Gathering) -> None:
        self._rows = {table: [row for row in tables[table] if _lives(row)] for table in WANTED}
        for table, rows in self._rows.items():
            gathering.lose("deleted rows", len(tables[table]) - len(rows), table, "RQDA keeps what was deleted in it")

    def __getitem__(self, table: str) -> list[Row]:
        """Return the rows of a table that are not deleted."""
        return self._rows[table]


def _lives(row: Row) -> bool:
    """Return whether a row counts: its status is 1, or its table has none (older files)."""
    return "status" not in row.values or row.whole("status") == 1
