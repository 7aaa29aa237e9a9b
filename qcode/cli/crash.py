"""Writes a log of our own fault: where it happened, without any value, for values may be a participant's words."""

from __future__ import annotations

import platform
import tempfile
import traceback
from pathlib import Path

from qcode import __version__

__all__ = ["write_log"]


def write_log(error: BaseException) -> str:
    """Write kinds of errors, files and line numbers to a file; return its path. No message, no value, no name."""
    lines = [f"qcode {__version__}, Python {platform.python_version()}, {platform.system()}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} in {frame.name}")
        seen = seen.__cause__ or seen.__context__
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="qcode-error-", suffix=".log", delete=False, encoding="utf-8"
        ) as file:
            file.write("\n".join(lines) + "\n")
            return file.name
    except OSError:
        return "this: " + " ".join(lines)
