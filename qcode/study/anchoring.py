"""Says where a coding stands in a corrected text: by where it stands now, else by where it stood in an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from qcode.text.align import Alignment, Placed

__all__ = ["place_on"]

VERBATIM = ("same", "moved")


def place_on(beside: Callable[[int], Alignment], row: Any, earlier: Iterable[Any]) -> Placed:
    """Return where a coding (its row) stands in a text; `beside` lays a revision (row id) beside that text.

    Where its words are not there, those count that it stood on in `earlier` texts, newest first: a correction that is
    taken back gives back what the coding was made on.
    """
    found = beside(row.revision_id).place(row.start, row.end)
    if found.verdict in VERBATIM:
        return found
    for one in earlier:
        before = beside(one.revision_id).place(one.start, one.end)
        if before.verdict in VERBATIM:
            return Placed("adjusted", before.span, reordered=before.reordered)
    return found
