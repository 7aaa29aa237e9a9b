"""Writes to the terminal only what does not stand there already: over a slow connection every row counts."""

from __future__ import annotations

import os
import re
import sys

__all__ = ["Sparing", "driver", "forget"]

_move = re.compile("\x1b\\[([0-9]+);([0-9]+)H")


class Sparing:
    """Knows what was written in each row last, and since when nothing else was written over it."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, str]] = {}

    def forget(self) -> None:
        """Take it that nothing is known of the screen: it has another size now, or somebody else wrote on it."""
        self._rows.clear()

    def spare(self, written: str) -> str:
        """Return what of `written` has to go out; what paints no rows goes out as it is."""
        before, *moves = _move.split(written)
        if before:
            return written
        kept, fresh = [], set[int]()
        for row, column, words in zip(moves[::3], moves[1::3], moves[2::3], strict=True):
            words = words.removesuffix("\n")
            if not words or not self._stands(int(row), int(column), words, fresh):
                kept.append(f"\x1b[{row};{column}H{words}")
        return "".join(kept)

    def _stands(self, row: int, column: int, words: str, fresh: set[int]) -> bool:
        """Tell whether a piece stands there already, and note it.

        Pieces that are written together do not cover each other; of any that were written before it cannot be told,
        so a row in which something is new (`fresh`) keeps those only that are written with it.
        """
        pieces = self._rows.setdefault(row, {})
        if pieces.get(column) == words and row not in fresh:
            return True
        if row not in fresh:
            fresh.add(row)
            pieces.clear()
        pieces[column] = words
        return False


if sys.platform != "win32":
    from textual.drivers.linux_driver import LinuxDriver

    class SparingDriver(LinuxDriver):
        """Textual's driver of a terminal, that spares what it can."""

        sparing: Sparing

        def start_application_mode(self) -> None:
            """Begin on an empty screen."""
            self.sparing = Sparing()
            super().start_application_mode()  # type: ignore[no-untyped-call]

        def write(self, data: str) -> None:
            """Write what is new."""
            super().write(self.sparing.spare(data))


def forget(driver: object) -> None:
    """Let a driver forget what stands on the screen, if it knows."""
    known = getattr(driver, "sparing", None)
    if isinstance(known, Sparing):
        known.forget()


def driver() -> type[LinuxDriver] | None:
    """Return the driver to use, or None for that which Textual takes by itself."""
    return None if sys.platform == "win32" or "TEXTUAL_DRIVER" in os.environ else SparingDriver
