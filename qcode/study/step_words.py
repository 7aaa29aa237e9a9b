"""Says what a step of a sitting was about: a passage, some codes, so many codings."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["listed", "several", "words"]

SHOWN = 40
"""So many characters of a passage stand in a sentence."""


def words(quote: str) -> str:
    """Return a passage on one line in quotation marks, cut where it is long."""
    line = " ".join(quote.split())
    return f"“{line}”" if len(line) <= SHOWN else f"“{line[: SHOWN - 1]}…”"


def listed(keys: Sequence[str]) -> str:
    """Return `wait, trust and leave`."""
    return keys[0] if len(keys) == 1 else f"{', '.join(keys[:-1])} and {keys[-1]}"


def several(n: int) -> str:
    """Return `1 coding`, `2 codings`."""
    return "1 coding" if n == 1 else f"{n:,} codings"
