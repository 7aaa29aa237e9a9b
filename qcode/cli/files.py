"""Reads a file that a person named."""

from __future__ import annotations

from pathlib import Path

from qcode.errors import Unreadable

__all__ = ["read_file"]

LIMIT = 500_000_000


def read_file(path: Path) -> bytes:
    """Return the bytes of `path`, or raise Unreadable with a sentence."""
    try:
        if path.is_dir():
            raise Unreadable(f"{path} is a folder", mend="name a file")
        if path.stat().st_size > LIMIT:
            raise Unreadable(f"{path} has more than {LIMIT // 1_000_000} MB", mend="split it")
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"there is no file {path}", mend="look at the spelling of the path") from None
    except OSError as error:
        raise Unreadable(f"{path} cannot be opened ({error.strerror})", mend="look at its permissions") from None
