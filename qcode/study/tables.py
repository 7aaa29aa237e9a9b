"""Reads the tables that people make in Excel or LibreOffice: CSV with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from qcode.errors import BadValue, Unreadable

__all__ = ["read_source", "table_lines"]

MOST_BYTES = 500_000_000

Line = tuple[int, list[str]]


def read_source(source: bytes | str | Path, name: str = "") -> tuple[bytes, str]:
    """Return the bytes of a table and the name to call it by; `source` is bytes or a path. Raises Unreadable."""
    if isinstance(source, bytes):
        return source, name or "the table"
    path = Path(os.path.expanduser(source))  # noqa: PTH111 (pathlib's fails at a file called ~$lock.csv)
    try:
        if path.is_dir():
            raise Unreadable(f"{path} is a folder", mend="name a file")
        if path.exists() and not path.is_file():  # a pipe may never come, and a device never end
            raise Unreadable(f"{path} is not an ordinary file", mend="save it as a file first")
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(f"{path} has more than {MOST_BYTES // 1_000_000} MB", mend="split it")
        return path.read_bytes(), name or path.name
    except FileNotFoundError:
        raise Unreadable(f"there is no file {path}", mend="look at the spelling of the path") from None
    except OSError as error:
        raise Unreadable(f"{path} cannot be opened ({error.strerror})", mend="look at its permissions") from None


def table_lines(data: bytes, name: str) -> tuple[list[str], list[Line]]:
    """Return the names of the columns and (row number, cells) of the rows that are not empty; the head is row 1.

    Raises BadValue where it is no table.
    """
    text = _decoded(data, name)
    csv.field_size_limit(MOST_BYTES)  # a quote may be as long as its transcript
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        raise BadValue(f"{name}: it is not a table ({error})", mend="save it as CSV (UTF-8)") from None
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise BadValue(f"{name}: the table is empty", mend="give it a row of column names first")
    head = [cell.strip() for cell in lines[0]]
    named = [cell.casefold() for cell in head if cell]
    if len(set(named)) != len(named):
        raise BadValue(f"{name}, row 1: two columns have one name", mend="rename one of them")
    rows = [(n, line) for n, line in enumerate(lines[1:], start=2) if any(cell.strip() for cell in line)]
    for n, line in rows:
        if any(cell.strip() for cell in line[len(head) :]):
            what = f"{name}, row {n}: it has more cells than there are columns"
            raise BadValue(what, mend="put quotes around a cell that holds a comma or semicolon")
    return head, rows


def _decoded(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise BadValue(f"{name}: it is not UTF-8", mend="save it as 'CSV UTF-8' and try again") from None
    if "\0" in text:
        raise BadValue(f"{name}: it holds NUL bytes, so it is not a table", mend="save it as 'CSV UTF-8'")
    return text
