"""The codings that wait, as one coder goes through them: which there are, in which order, and which one is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qcode.study.queue import QueueItem

__all__ = ["Waiting"]


class Waiting:
    """Those of `coder`, or of everyone; those of the transcript `here` come first."""

    def __init__(self, coder: str = "", here: str = "") -> None:
        self.coder, self.here = coder, here
        self.everyone = False
        self.all: list[QueueItem] = []
        self.items: list[QueueItem] = []
        self.at = 0

    def take(self, waiting: Iterable[QueueItem], coding: str = "") -> None:
        """Take in what waits now, and go to `coding`, if it does."""
        self.all = sorted(waiting, key=lambda one: one.coding.transcript != self.here)
        self.choose(coding)

    def choose(self, coding: str = "") -> None:
        """Keep to what this coder may decide on now, and go to `coding`, if it is there."""
        self.items = [one for one in self.all if self.everyone or one.coding.coder == self.coder]
        found = (n for n, one in enumerate(self.items) if one.coding.id == coding)
        self.at = max(0, min(next(found, self.at), len(self.items) - 1))

    def drop(self, coding: str) -> None:
        """Let a coding go that has been decided on."""
        self.all = [one for one in self.all if one.coding.id != coding]
        self.choose()

    def go(self, step: int) -> bool:
        """Go on or back, and tell whether there was anything."""
        there = self.at + step
        if not 0 <= there < len(self.items):
            return False
        self.at = there
        return True

    @property
    def item(self) -> QueueItem | None:
        """Return the coding that is shown."""
        return self.items[self.at] if self.items else None

    @property
    def title(self) -> str:
        """Return the title of the sheet: how many wait in this transcript, and how many in all."""
        near = sum(one.coding.transcript == self.here for one in self.items)
        counted = f": {near:,} here, {len(self.items):,} in all" if self.here and self.items else ""
        return f"Codings that wait for a decision{counted}"
