"""Projects that other tools keep in SQLite files: which tool it was is decided by the tables, not by the name."""

from __future__ import annotations

from qcode.domain.parcel import Parcel
from qcode.errors import BadValue, Unreadable
from qcode.interchange import qualcoder, rqda, taguette
from qcode.interchange.qualcoder_tables import SIGNS as QUALCODER
from qcode.interchange.rqda_tables import SIGNS as RQDA
from qcode.interchange.sqlite_file import AGAIN, has_log, is_sqlite, table_names
from qcode.interchange.taguette import SIGNS as TAGUETTE

__all__ = ["knows", "read"]

TOOLS = {"QualCoder": QUALCODER, "Taguette": TAGUETTE, "RQDA": RQDA}


def knows(data: bytes) -> bool:
    """Return whether the bytes are a project of QualCoder, Taguette or RQDA that can be opened."""
    try:
        return is_sqlite(data) and _tool(data) is not None
    except Unreadable:
        return False


def read(data: bytes, name: str, *, project: str | None = None) -> Parcel:
    """Return the project in the bytes of a file called `name`.

    Where a file of Taguette's holds several, `project` is the name or number of the one that is meant. Raises
    Unreadable for a file that is damaged or of another program, and for several projects with none named.
    """
    tool = _tool(data)
    if tool is None:
        what = "the file is an SQLite database, but no project of QualCoder, Taguette or RQDA"
        if has_log(data) and not table_names(data):
            raise Unreadable("all that the file holds still stands in a second file (-wal)", mend=AGAIN)
        raise Unreadable(what, mend="export the project from its program as REFI-QDA (.qdpx) and import that")
    if tool == "Taguette":
        return taguette.read(data, name, project=project)
    if project is not None:
        raise BadValue(f"a file of {tool} holds one project", mend="leave --project out")
    return qualcoder.read(data, name) if tool == "QualCoder" else rqda.read(data, name)


def _tool(data: bytes) -> str | None:
    there = table_names(data)
    for tool, signs in TOOLS.items():
        if all(columns <= there.get(table, set()) for table, columns in signs.items()):
            return tool
    return None
