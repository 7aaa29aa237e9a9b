"""Finds the files that a person named: files, folders with all below them, and patterns."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, field
from glob import glob, has_magic
from pathlib import Path

from qcode.errors import Unreadable
from qcode.importers import registry
from qcode.importers.elsewhere import refuse_by_ending
from qcode.study.receiving_files import ENDINGS, INSIDE, PROJECT_FOLDER, project_file

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
        if (inside := project_file(path)) != path:
            return [Found(inside, text, asked_for=True)]
        return _in_folder(path)
    if os.path.exists(path):  # noqa: PTH110
        return [Found(path, text, asked_for=True)]
    if has_magic(text) and (matches := sorted(glob(text, recursive=True))):  # noqa: PTH207
        return [one for match in matches for one in _behind(match)]
    return [Found(path, text, asked_for=True, why="there is no such file; look at the spelling of the path")]


def _in_folder(folder: Path) -> list[Found]:
    found, tried = [], registry.suffixes()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        ours = ".qcode" in path.name  # a study beside the interviews, its log, a copy of it
        if not path.is_file() or ours or any(part.startswith((".", "~$")) for part in inside.parts):
            continue
        if any(one.suffix.lower() == PROJECT_FOLDER for one in inside.parents) and path.name != INSIDE:
            continue  # what a project keeps beside its file
        known = path.suffix.lower() in tried
        why = None if known else _why_not(path)
        found.append(Found(path, str(path), asked_for=False, why=why))
    return found


def _why_not(path: Path) -> str:
    if path.suffix.lower() in ENDINGS:
        named = path.parent if path.name == INSIDE else path
        return f"this is a project; import it by its name: qcode import {shlex.quote(str(named))}"
    try:
        refuse_by_ending(path.suffix.lower())
    except Unreadable as refused:
        return refused.sentence
    return f"qcode does not read {path.suffix or 'files without an ending'}"
