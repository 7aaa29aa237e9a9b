"""Takes files that a browser sends: into a private folder that is removed again, under names that are only names."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from werkzeug.datastructures import FileStorage

from qcode.errors import BadValue
from qcode.study.desk import unnameable

__all__ = ["kept", "one_table", "plain_name"]

MOST_NAME = 150
"""Bytes of a file's name that are kept."""

MOST_TABLE = 32_000_000
"""Bytes of a table of cases or codings."""


@contextmanager
def kept(files: Sequence[FileStorage]) -> Iterator[list[tuple[Path, str]]]:
    """Give the (path, name) of files in a folder that only this account can read, as long as the block lasts.

    Each lies in a folder called by the date, which an import puts before a name that is taken.
    """
    with tempfile.TemporaryDirectory(prefix="qcode-") as folder:
        placed = []
        for n, file in enumerate(files):
            name = plain_name(file.filename or "")
            path = Path(folder) / str(n) / date.today().isoformat() / name
            path.parent.mkdir(parents=True)
            path.write_bytes(file.stream.read())
            placed.append((path, name))
        yield placed


def plain_name(name: str) -> str:
    """Return the last part of a path as a name that every system takes, its ending kept."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join("_" if unnameable(c) or c in '<>:"|?*' else c for c in last).strip().strip(".") or "transcript"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 12:
        stem, dot, ending = plain, "", ""
    room = MOST_NAME - len((dot + ending).encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + ending


def one_table(files: Sequence[FileStorage]) -> tuple[bytes, str]:
    """Return the bytes and the name of the one table that came; nothing of it is put on a disk."""
    if len(files) != 1 or not files[0].filename:
        raise BadValue("one table is needed", mend="choose one CSV file")
    data = files[0].stream.read(MOST_TABLE + 1)
    if len(data) > MOST_TABLE:
        raise BadValue(f"the table has more than {MOST_TABLE // 1_000_000} MB", mend="split it")
    return data, plain_name(files[0].filename)
