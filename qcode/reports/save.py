"""Write a report to a file, in the format that the file's ending asks for."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO

from qcode.errors import BadValue, StudyBusy
from qcode.leftovers import remove_leftovers
from qcode.reports.report import Report

__all__ = ["ENDINGS", "check_target", "render_to", "save", "write"]

_RENDERERS = {
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".svg": "svg",
    ".png": "png",
}
ENDINGS = tuple(_RENDERERS)
_UNFINISHED = re.compile(r"\.qcode-[a-z0-9_]{8}\.part")
"""What a file is called while it is being written."""


def render_to(report: Report, suffix: str) -> bytes:
    """Return `report` in the format of `suffix` (`.docx`); BadValue where there is none."""
    name = _RENDERERS.get(suffix.lower())
    if name is None:
        shown = f"the ending {suffix!r}" if suffix else "a name without an ending"
        raise BadValue(f"{shown} does not say how to write a report", mend=f"take one of {', '.join(ENDINGS)}")
    renderer: Callable[[Report], bytes] = import_module(f"qcode.reports.render.{name}").render
    return renderer(report)


def save(report: Report, path: str | os.PathLike[str]) -> Path:
    """Write `report` to `path` whole or not at all, and return the path."""
    return write(render_to(report, Path(path).suffix), path)


def write(content: bytes, path: str | os.PathLike[str]) -> Path:
    """Write bytes beside `path` first and put them in its place in one step."""
    target = Path(path)
    check_target(target)
    remove_leftovers(target.parent, _UNFINISHED)
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".qcode-", suffix=".part", delete=False) as part:
            _fill(part, content)
        _replace(Path(part.name), target)
    except OSError as problem:
        raise StudyBusy(
            f"{target} cannot be written ({problem.strerror})", mend="close it in other programs, or write elsewhere"
        ) from None
    return target


def check_target(target: Path) -> None:
    """Raise BadValue where no file can be written."""
    if target.is_dir():
        raise BadValue(f"{target} is a folder", mend="name a file")
    if not target.parent.is_dir():
        raise BadValue(f"there is no folder {target.parent}", mend="make it first, or write somewhere else")


def _fill(part: IO[bytes], content: bytes) -> None:
    try:
        part.write(content)
        part.flush()
    except BaseException:
        Path(part.name).unlink(missing_ok=True)  # it may hold a participant's words
        raise


def _replace(part: Path, target: Path) -> None:
    try:
        part.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
