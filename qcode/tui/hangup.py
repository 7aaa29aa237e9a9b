"""What happens when the terminal goes away: the window is closed, the connection breaks, the computer is shut down."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

__all__ = ["on_hangup"]

FAREWELLS = ("SIGHUP", "SIGTERM")


def on_hangup(leave: Callable[[], None]) -> None:
    """Call `leave` instead of dying on the spot; where signals cannot be caught this way (Windows), do nothing."""
    loop = asyncio.get_running_loop()
    for name in FAREWELLS:
        number = getattr(signal, name, None)
        if number is not None:
            try:
                loop.add_signal_handler(number, leave)
            except (NotImplementedError, RuntimeError):
                return
