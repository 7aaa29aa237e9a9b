"""Runs whole commands and tells what they cost, as the operating system counted it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["PYTHON", "QCODE", "Cost", "Row", "beside", "once"]

PYTHON = sys.executable
QCODE = [str(Path(PYTHON).with_name("qcode"))]


@dataclass(frozen=True)
class Cost:
    """Median CPU seconds and the largest resident memory in MB of a command."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Row:
    """A line of the table: qcode beside its peer, and the bound on their ratio."""

    what: str
    ours: Cost
    peer: Cost
    bound: float
    memory_bound: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours.seconds / self.peer.seconds


def once(command: Sequence[str]) -> Cost:
    """Run a command to its end; return its own CPU time and memory as the system counted them."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{' '.join(command)} failed")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def beside(
    ours: Sequence[str], peer: Sequence[str], runs: int, *, before_each: Callable[[], object] = lambda: None
) -> tuple[Cost, Cost]:
    """Run both in turn, so that a machine that slows down slows both; return the medians.

    `before_each` is done before every command, and not measured.
    """

    def run(command: Sequence[str]) -> Cost:
        before_each()
        return once(command)

    run(ours), run(peer)
    pairs = [(run(ours), run(peer)) for _ in range(runs)]
    found = [
        Cost(statistics.median(pair[k].seconds for pair in pairs), max(pair[k].megabytes for pair in pairs))
        for k in (0, 1)
    ]
    return found[0], found[1]
