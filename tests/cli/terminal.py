"""Runs a command in a terminal of its own, 80 columns wide, and types into it: what a person would see."""

from __future__ import annotations

import os
import select
import signal
import struct
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import Ran

__all__ = ["in_terminal"]

QUIET = 0.5
"""Nobody types before a question has stood there for so many seconds."""


def in_terminal(
    *words: str | Path, folder: Path, typed: tuple[str, ...] = (), environment: Mapping[str, str] | None = None
) -> Ran:
    """Run a command line; type each of `typed` at a question (a colon). All that is shown is in `out`."""
    pid, screen = pytest.importorskip("pty").fork()
    if pid == 0:  # pragma: no cover (another process)
        _begin(folder, dict(environment or {}), [str(word) for word in words])
    shown, waiting, until = b"", list(typed), time.monotonic() + 300
    while time.monotonic() < until:
        if not select.select([screen], [], [], QUIET)[0]:
            if waiting and shown.rstrip().endswith(b":"):
                os.write(screen, waiting.pop(0).encode())
            continue
        try:
            part = os.read(screen, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        shown += part
    else:
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    os.close(screen)
    return Ran(os.waitstatus_to_exitcode(status), shown.decode().replace("\r\n", "\n"), "")


def _begin(folder: Path, environment: dict[str, str], words: list[str]) -> None:
    import fcntl  # not on Windows
    import termios

    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    os.chdir(folder)
    os.environ.pop("COLUMNS", None)
    os.environ.update(environment, PYTHONPATH=str(Path(__file__).parents[2]))
    os.execv(sys.executable, [sys.executable, "-m", "qcode", *words])
