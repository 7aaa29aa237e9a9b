"""Finds the files that a person named: files, folders with all below them, and patterns."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from glob import glob, has_magic
from pathlib import Path

from qcode.importers import registry

__all__ = ["Found", "find_files"]


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import, or with `why` one that cannot be; `asked_for` by name rather than met in a folder.

    With `data` its bytes are here already, and `path` is only what it is called.
    """

    path: Path
    shown: str
    asked_for: bool
    why: str | None = None
    data: bytes | None = field(default=None, repr=False)


def find_files(paths: Iterable[str | Path]) -> list[Found]:
    """Return the files behind `paths` in order, each once."""
    found: dict[Path, Found] = {}
    for given in paths:
        for one in _behind(given):
            found.setdefault(one.path, one)
    return list(found.values())


def _behind(given: str | Path) -> list[Found]:
    text = str(given)
    if not text.strip():
        return [Found(Path(text), text, asked_for=True, why="the path is empty; name a file or a folder")]
    path = Path(os.path.expanduser(text))  # noqa: PTH111 (pathlib's fails at a file called ~$lock.docx)
    if os.path.isdir(path):  # noqa: PTH112 (pathlib's fails at a name too long for the disk)
        return _in_folder(path)
    if os.path.exists(path):  # noqa: PTH110
        return [Found(path, text, asked_for=True)]
    if has_magic(text) and (matches := sorted(glob(text, recursive=True))):  # noqa: PTH207
        return [one for match in matches for one in _behind(match)]
    return [Found(path, text, asked_for=True, why="there is no such file; look at the spelling of the path")]


def _in_folder(folder: Path) -> list[Found]:
    found = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        ours = ".qcode" in path.name  # a study beside the interviews, its log, a copy of it
        if not path.is_file() or ours or any(part.startswith((".", "~$")) for part in inside.parts):
            continue
        known = path.suffix.lower() in registry.TRANSCRIPT_SUFFIXES
        why = None if known else f"qcode does not read {path.suffix or 'files without an ending'}"
        found.append(Found(path, str(path), asked_for=False, why=why))
    return found
