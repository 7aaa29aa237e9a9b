"""Removes what a killed program left of a file that it was writing: it may hold words of participants."""

from __future__ import annotations

import re
import stat
import time
from contextlib import suppress
from pathlib import Path

__all__ = ["remove_leftovers"]

LEFT = 3600.0
"""Nobody writes a file for so many seconds."""


def remove_leftovers(folder: Path, name: re.Pattern[str]) -> None:
    """Remove the files of a folder that are called so and that nobody has written to for an hour.

    What cannot be removed stays, without a word: it hinders nobody.
    """
    with suppress(OSError):
        for one in folder.iterdir():
            if name.fullmatch(one.name):
                _remove_if_left(one)


def _remove_if_left(path: Path) -> None:
    with suppress(OSError):
        found = path.lstat()
        if stat.S_ISREG(found.st_mode) and time.time() - found.st_mtime > LEFT:
            path.unlink()
