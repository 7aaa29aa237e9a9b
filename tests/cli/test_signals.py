"""A signal that ends a program ends it as Ctrl+C does."""

from __future__ import annotations

import signal
import sys

import pytest

from qcode.cli.signals import ended_by_signals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows raises no such signals")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_terminal_that_closes_lets_the_program_tidy_up(name: str) -> None:
    number = getattr(signal, name)
    before, tidied = signal.getsignal(number), False
    with pytest.raises(KeyboardInterrupt), ended_by_signals():
        try:
            signal.raise_signal(number)
        finally:
            tidied = True
    assert tidied
    assert signal.getsignal(number) is before


def test_what_was_to_be_ignored_is_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with ended_by_signals():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)
