"""Tells projects of other programs from transcripts, by their first bytes and then by their name, and reads them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path, PurePath

from qcode.domain.parcel import Parcel
from qcode.errors import BadValue, QcodeError, Unreadable
from qcode.study.tables import read_source

__all__ = [
    "ENDINGS",
    "INSIDE",
    "PROJECT_FOLDER",
    "is_project",
    "is_project_file",
    "project_file",
    "read_project",
    "refusal",
]

ENDINGS = (".qdpx", ".qda", ".sqlite3", ".rqda")
"""How the names of projects end: REFI-QDA (most programs), QualCoder, Taguette, RQDA."""

CODEBOOK = ".qdc"
"""How a REFI-QDA file ends that holds codes alone."""

DATABASE = b"SQLite format 3\0"
INSIDE = "data.qda"
"""The file that matters in the folder of a QualCoder project."""

PROJECT_FOLDER = ".qda"
"""How the folder of a QualCoder project ends."""

TAIL = 1_000_000
"""So many bytes at the end of an archive are looked at for its list."""

LISTED = re.compile(rb"PK\x01\x02[\s\S]{42}[^\0]{0,200}?\.qde", re.IGNORECASE)
"""How the list of an archive names a project."""

OURS = b"qcod"
"""What stands in the head of a study, which is a database, too."""


def project_file(path: Path) -> Path:
    """Return the file of a project: in the folder that QualCoder makes, the one inside."""
    inside = path / INSIDE
    return inside if path.suffix.lower() == PROJECT_FOLDER and inside.is_file() else path


def is_project(data: bytes, name: str) -> bool:
    """Tell whether a file is a project of another program, from its bytes (or its first bytes) and its name."""
    if data.startswith(DATABASE):
        return data[68:72] != OURS
    return PurePath(name).suffix.lower() in (*ENDINGS, CODEBOOK) or _holds_qde(data)


def is_project_file(path: Path) -> bool:
    """Tell whether a file on the disk is a project of another program; one that cannot be read is none."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(100)
            file.seek(max(0, path.stat().st_size - TAIL))
            return is_project(head + file.read(), path.name)
    except OSError:
        return False


def _holds_qde(data: bytes) -> bool:
    """Tell whether the list of an archive, which stands at its end, names a project (whatever else it lists)."""
    return data.startswith(b"PK") and LISTED.search(data[-TAIL:]) is not None


def refusal(name: str) -> Unreadable:
    """Return the sentence for a project where a transcript is wanted."""
    what = "this is a project of another program, not a transcript"
    return Unreadable(what, mend=f"import it in the terminal: qcode import {shlex.quote(name)}")


def read_project(
    source: str | Path | bytes, name: str = "", *, rule: str | None = None, project: str | None = None
) -> tuple[Parcel, str, str]:
    """Return the parcel that a file holds, the name of the file, and its format. Raises Unreadable or BadValue.

    `rule` says how its positions are counted, where that is not to be found out; `project` which one of several in a
    database is meant.
    """
    path = None if isinstance(source, bytes) else project_file(Path(source).expanduser())
    data, called = read_source(source if path is None else path, name)
    name = name or (called if path is None or path.name != INSIDE else path.parent.name)
    if not is_project(data, name):
        raise Unreadable(f"{name} is no project of another program", mend=f"qcode reads {', '.join(ENDINGS)}")
    if PurePath(name).suffix.lower() == CODEBOOK:
        return _of_codebook(data, name, rule, project), name, "qdc"
    if data.startswith(DATABASE) or (PurePath(name).suffix.lower() != ".qdpx" and not _holds_qde(data)):
        kind = PurePath(name).suffix.lower()
        return _of_database(data, name, rule, project), name, kind[1:] if kind in ENDINGS else "database"
    return _of_refi(data, name, rule, project), name, "qdpx"


def _of_refi(data: bytes, name: str, rule: str | None, project: str | None) -> Parcel:
    if project is not None:
        raise BadValue(f"{name} holds one project", mend="leave out --project")
    from qcode.interchange import refi

    return _safely(lambda: refi.read(data, name, rule=rule), name)


def _of_codebook(data: bytes, name: str, rule: str | None, project: str | None) -> Parcel:
    if rule is not None or project is not None:
        raise BadValue(f"{name} holds codes alone", mend="leave out --positions and --project")
    from qcode.interchange import refi

    def read() -> Parcel:
        version, remarks = refi.read_codebook_with_remarks(data, name)
        return Parcel(version.title or version.codebook, "a codebook", versions=(version,), remarks=remarks)

    return _safely(read, name)


def _of_database(data: bytes, name: str, rule: str | None, project: str | None) -> Parcel:
    if rule is not None:
        raise BadValue(f"{name} counts letters, which needs no rule", mend="leave out --positions")
    from qcode.interchange import databases

    return _safely(lambda: databases.read(data, name, project=project), name)


def _safely(reading: Callable[[], Parcel], name: str) -> Parcel:
    """Return what a reader gives; what goes wrong in it for any file becomes Unreadable."""
    try:
        return reading()
    except QcodeError:
        raise
    except Exception as error:  # (the cause may quote the file)
        what = f"{name} could not be read ({type(error).__name__})"
    raise Unreadable(what, mend="open it in the program that made it, and export it again")
