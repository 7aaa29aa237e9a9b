"""Takes files that a browser sends: in memory only, never on a disk, under names that are only names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from werkzeug.datastructures import FileStorage

from qcode.errors import BadValue
from qcode.study.desk import unnameable
from qcode.study.folders import Found

__all__ = ["found_in", "one_file", "one_table", "plain_name"]

MOST_NAME = 150
"""Bytes of a file's name that are kept."""

MOST_TABLE = 32_000_000
"""Bytes of a table of cases or codings."""


def found_in(files: Sequence[FileStorage], *, asked_for: bool = True) -> Iterator[Found]:
    """Give the files one after the other, as an import takes them; `asked_for` by name rather than met in a folder.

    Each seems to lie in a folder called by the date, which an import puts before a name that is taken.
    """
    for file in files:
        name = plain_name(file.filename or "")
        yield Found(Path(date.today().isoformat()) / name, name, asked_for=asked_for, data=file.stream.read())


def plain_name(name: str) -> str:
    """Return the last part of a path as a name that every system takes, its ending kept."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join("_" if unnameable(c) or c in '<>:"|?*' else c for c in last).strip().strip(".") or "transcript"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 12:
        stem, dot, ending = plain, "", ""
    room = MOST_NAME - len((dot + ending).encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + ending


def one_file(files: Sequence[FileStorage], what: str) -> tuple[bytes, str]:
    """Return the bytes and the name of the one file that came, `what` in a word."""
    if len(files) != 1 or not files[0].filename:
        raise BadValue(f"one {what} is needed, and {len(files)} came", mend="choose one file")
    return files[0].stream.read(), plain_name(files[0].filename)


def one_table(files: Sequence[FileStorage]) -> tuple[bytes, str]:
    """Return the bytes and the name of the one table that came."""
    if len(files) != 1 or not files[0].filename:
        raise BadValue("one table is needed", mend="choose one CSV file")
    data = files[0].stream.read(MOST_TABLE + 1)
    if len(data) > MOST_TABLE:
        raise BadValue(f"the table has more than {MOST_TABLE // 1_000_000} MB", mend="split it")
    return data, plain_name(files[0].filename)
