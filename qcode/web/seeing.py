"""Who codes blind does not come to the codings of others by their ids either: they have to be shown first."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.errors import NotFound
from qcode.web.sessions import WebSession

__all__ = ["must_see"]


def must_see(session: WebSession, ids: Iterable[str], *, transcript: str | None = None, all_do: bool = False) -> None:
    """Raise NotFound for a coding of a coder who is not shown, or of another `transcript`; whole ids only.

    `all_do`: it is enough that the queue or the memos of everyone were asked for.
    """
    wanted = list(ids)
    seen = set(session.seen)
    there = session.study.codings.whose(*wanted)
    for id in wanted:
        place, coder = there.get(id, ("", ""))
        shown = coder in seen or (all_do and session.sees_all and coder)
        if not shown or transcript not in (None, place):
            raise NotFound(
                "this coding is not here", mend="somebody removed it, or it is not shown to you; reload the page"
            )
