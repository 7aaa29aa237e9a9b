"""Reads the marks in the log beside a study, which tell whether the log continues a file.

A file's mark is one of those in the log, or the one right before the first. A log that was begun anew still holds what
it held before, all of which is in the file then, until its first change is whole: there the last mark is the file's.
(For the bytes see sqlite.org/fileformat2.html, "The Write-Ahead Log".)
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from struct import iter_unpack
from typing import BinaryIO

__all__ = ["HEAD", "MARK", "continues"]

HEAD = 100
"""The bytes of a study's head."""

MARK = slice(60, 64)
"""Where a mark stands in it: in the "user version" of a SQLite file, which is for whoever uses SQLite."""

LOG_HEAD, FRAME_HEAD = 32, 24
SALTS = slice(16, 24)  # other ones each time the log is begun anew
LITTLE_ENDIAN_SUMS = b"\x37\x7f\x06\x82"


def continues(log: Path, mark: bytes, *, empty: bool) -> bool:
    """Tell whether the log continues a file with this mark; `empty` is what a log does that holds no change."""
    try:
        with log.open("rb") as file:
            head = file.read(LOG_HEAD)
            size = int.from_bytes(head[8:12], "big")
            marks = _marks(file, size, head[SALTS])
            first = next(marks, None)
            if first is not None and (first == mark or first[:2] == mark[2:] or mark in marks):
                return True
            file.seek(LOG_HEAD)
            frame, page = file.read(FRAME_HEAD), file.read(size)
            if first is not None and _is_whole(head, frame, page):
                return False
            return empty or _last(file, LOG_HEAD + (FRAME_HEAD + size) * _is_begun(head, frame), size) == mark
    except OSError:  # there is none; or it cannot be read, which SQLite will say
        return empty


def _is_begun(head: bytes, frame: bytes) -> bool:
    return frame[8:16] == head[SALTS]


def _is_whole(head: bytes, frame: bytes, page: bytes) -> bool:
    """Tell whether the first frame of a log was written to its end: its checksum continues the head's."""
    if not page or len(page) % 8 or not _is_begun(head, frame):
        return False
    one, two = int.from_bytes(head[24:28], "big"), int.from_bytes(head[28:32], "big")
    for a, b in iter_unpack("<II" if head[:4] == LITTLE_ENDIAN_SUMS else ">II", frame[:8] + page):
        one = (one + a + two) & 0xFFFFFFFF
        two = (two + b + one) & 0xFFFFFFFF
    return frame[16:24] == one.to_bytes(4, "big") + two.to_bytes(4, "big")


def _last(file: BinaryIO, start: int, size: int) -> bytes | None:
    """Return the last mark of those that follow one another from `start` on."""
    file.seek(start)
    salts = file.read(FRAME_HEAD)[8:16]
    file.seek(start)
    last = None
    for mark in _marks(file, size, salts):
        if last not in (None, mark) and mark[:2] != last[2:]:
            break
        last = mark
    return last


def _marks(file: BinaryIO, size: int, salts: bytes) -> Iterator[bytes]:
    """Give the marks of the changes with these salts, oldest first."""
    while len(frame := file.read(FRAME_HEAD)) == FRAME_HEAD and frame[8:16] == salts:
        page = file.read(HEAD) if frame[:4] == b"\0\0\0\1" else b""
        if page:
            yield page[MARK]
        file.seek(size - len(page), os.SEEK_CUR)
