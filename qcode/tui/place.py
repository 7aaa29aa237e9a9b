"""Keeps where the coder is, beside the work, so that reading goes on from there the next time."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from qcode.errors import QcodeError

if TYPE_CHECKING:
    from qcode.tui.front import Front

__all__ = ["Place"]


class Place:
    """The place in the transcript that is open.

    Of a `stranger`, who may be a slip of the pen for another coder, nothing is kept before something is read or coded.
    """

    def __init__(self, front: Front, *, stranger: bool = False) -> None:
        self.front, self.stranger = front, stranger
        self._kept: tuple[str, int, int] | None = None
        self._keeping: asyncio.Task[None] | None = None

    def keep_soon(self) -> None:
        """Keep it beside the work; a study that is busy keeps it a little later."""
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self.keep())

    async def keep(self) -> None:
        """Keep it now, if it has changed."""
        session, seen = self.front.session, self.front.seen
        place = (session.page.id, session.selection.start, seen)
        only_looked = self.stranger and not seen and not session.sitting.can_undo
        if place != self._kept and session.cursor is not None and not only_looked:
            with suppress(QcodeError):
                await asyncio.to_thread(session.keep_place, seen)
                self._kept = place
