"""What every step of taking in a parcel shares: the act that is under way, its times, and the list of what is lost."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain

from sqlalchemy import Connection

from qcode.domain.coding import Coder
from qcode.domain.ledger import Loss
from qcode.domain.parcel import Parcel
from qcode.errors import BadValue
from qcode.store.lookup import fold
from qcode.study.desk import TIME, Desk, clean_name, now, unnameable

__all__ = ["Arrival", "Names", "arriving", "plain", "time_of", "usable"]

EARLIEST = 1900
"""No coding and no interview is from before this year."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_KEPT = re.compile(r"\d{4}-\d\d-\d\dT(?!24)\d\d:\d\d:\d\dZ", re.ASCII)


@dataclass
class Arrival:
    """A parcel on its way into a study, within the act that takes it in.

    `name` and `format` are those of its file, `date` the time that things carry which say none.
    """

    connection: Connection
    desk: Desk
    parcel: Parcel
    name: str
    format: str
    who: Coder
    who_id: int
    at: str
    date: str
    lost: list[Loss] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    undated: int = 0

    def lose(self, what: str, n: int = 1, *, where: str = "", why: str) -> None:
        """Note that things did not come in, or not whole."""
        self.lost.append(Loss(what, n, where, why))

    def dated(self, given: str | None) -> str:
        """Return a time as it is kept; a thing without one is counted, and gets that of the file."""
        found = time_of(given)
        if found is None:
            self.undated += 1
        return found or self.date


def arriving(connection: Connection, desk: Desk, parcel: Parcel, name: str, format: str) -> Arrival:
    """Return a parcel as it arrives at a desk."""
    who_id, who = desk.acting(connection)
    at = now()
    return Arrival(connection, desk, parcel, name, format, who, who_id, at, min(_date_of(parcel) or at, at))


def _date_of(parcel: Parcel) -> str | None:
    """Return the latest time that anything in a parcel carries."""
    every: Iterable[str | None] = chain(
        (one.created_at for one in parcel.codings),
        (one.created_at for one in parcel.memos),
        (one.created_at for one in parcel.transcripts),
    )
    return max(filter(None, map(time_of, every)), default=None)


def usable(id: str | None) -> str | None:
    """Return an identity as it is kept, or None where it is none."""
    plain_id = (id or "").strip().strip("{}").lower()
    return plain_id if _UUID.fullmatch(plain_id) else None


def time_of(given: str | None) -> str | None:
    """Return a time as it is kept, in UTC to the second, or None where nothing is said, or no time.

    (A program that knows no time may write the year 1.)
    """
    if not given:
        return None
    try:
        found = datetime.fromisoformat(given)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if found.year < EARLIEST:
        return None
    return given if _KEPT.fullmatch(given) else found.strftime(TIME)


def plain(name: str, kind: str, *, otherwise: str) -> str:
    """Return a foreign name as one that can be typed; `otherwise` where nothing of it is left."""
    typed = "".join("_" if unnameable(one) else one for one in " ".join(name.split()))[:150].strip()
    try:
        return clean_name(typed, kind)
    except BadValue:
        return clean_name(otherwise, kind)


class Names:
    """Names that are taken; each that is given out is taken from then on."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {fold(name) for name in taken}
        self._reached: dict[str, int] = defaultdict(lambda: 2)

    def free(self, wanted: str, *, folder: str = "") -> str:
        """Return `wanted` as a free name: itself, or with the folder in front, or with a number behind that."""
        last = f"{folder}/{wanted}" if folder else wanted
        name = wanted if fold(wanted) not in self._taken else last
        while fold(name) in self._taken:
            name = f"{last} ({self._reached[last]})"
            self._reached[last] += 1
        self._taken.add(fold(name))
        return name
