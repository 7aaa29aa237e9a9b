"""A folder for words of participants that are needed for a moment; folders that were left behind are removed."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

__all__ = ["out_of_sight"]

MEMORY = Path("/dev/shm")
PREFIX = "qcode-proof-"
YOUNG = 60 if sys.platform != "win32" else 86_400
"""Seconds in which a folder may not be marked as in use yet; Windows has no such mark."""


@contextmanager
def out_of_sight(size: int) -> Iterator[Path]:
    """Give a folder that only this person may enter, in memory where the system has room of about `size` bytes there.

    It is removed, and so are those of earlier processes that were killed: what is in them holds words of participants.
    """
    _remove_left_behind()
    fits = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > size + 100_000_000
    with TemporaryDirectory(prefix=PREFIX, dir=MEMORY if fits else None) as name, _in_use(Path(name)):
        yield Path(name)


def _remove_left_behind() -> None:
    for place in (MEMORY, Path(gettempdir())):
        for folder in place.glob(f"{PREFIX}*"):
            if _is_left_behind(folder):
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _in_use(folder: Path) -> Iterator[None]:
    """Mark a folder as in use; the mark goes with the process, however that ends."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    mark = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(mark, fcntl.LOCK_SH)
        yield
    finally:
        os.close(mark)


def _is_left_behind(folder: Path) -> bool:
    with suppress(OSError):
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or time.time() - found.st_mtime < YOUNG:
            return False
        return sys.platform == "win32" or (found.st_uid == os.getuid() and not _is_in_use(folder))
    return False


def _is_in_use(folder: Path) -> bool:
    if sys.platform == "win32":
        return False
    import fcntl

    mark = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(mark)
    return False
