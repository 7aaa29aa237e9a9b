"""Identities and dates of REFI-QDA as a parcel has them: UUIDs in lower case, UTC to the second."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from uuid import UUID, uuid5

__all__ = ["Identities", "utc"]

LONGEST = 64
SPACE = UUID("8a2e5d0c-52c5-5a0e-9d6a-0d6c8f1f2b7e")
"""The namespace of identities that we derive."""

_uuid = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_moment = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?", re.I)


class Identities:
    """Gives each thing of a project an identity of its own, the same at each reading; `project` sets it apart."""

    def __init__(self, project: str) -> None:
        self._project = project
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()
        self._counts: Counter[tuple[str, str]] = Counter()

    def of(self, kind: str, guid: str) -> str:
        """Return the identity of the thing of this kind with a folded GUID: the GUID itself where it can be."""
        if (kind, guid) not in self._given:
            self._given[kind, guid] = self.anew(kind, guid)
        return self._given[kind, guid]

    def anew(self, kind: str, guid: str) -> str:
        """Return an identity for one more thing that calls itself so."""
        found = guid if _uuid.fullmatch(guid) else self._derived(f"{kind}:{guid}")
        while found in self._taken:
            self._counts[kind, guid] += 1
            found = self._derived(f"{kind}:{guid}:{self._counts[kind, guid] + 1}")
        self._taken.add(found)
        self._given.setdefault((kind, guid), found)
        return found

    def _derived(self, words: str) -> str:
        return str(uuid5(SPACE, f"{self._project}:{words}"))


@lru_cache(maxsize=10_000)
def utc(written: str) -> str | None:
    """Return a moment as UTC, ISO 8601 to the second; None for none. Without a zone it is taken for UTC."""
    found = _moment.fullmatch(written.strip()[:LONGEST])
    if not found:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC) - _shift(found[7] or "Z")
    except (ValueError, OverflowError):
        return None
    return f"{moment.isoformat()[:19]}Z" if moment.year >= 1000 else None


def _shift(zone: str) -> timedelta:
    if zone in "Zz":
        return timedelta()
    shift = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return -shift if zone[0] == "-" else shift
