"""Rows of the acts that other studies brought along when they became one with this: kept as they were, and proven."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from qcode.domain.history import FIRST, Entry, chain_hash

__all__ = [
    "CASES",
    "Known",
    "Told",
    "broken_acts",
    "heads",
    "keep_acts",
    "latest_act",
    "merged_entries",
    "met_before",
    "told_of",
]

_COLUMNS = "n, at, coder, act, version, details, previous, hash"
_OURS = f"SELECT {_COLUMNS} FROM main.history UNION SELECT {_COLUMNS} FROM main.merged_act"
_THEIRS = f"SELECT {_COLUMNS} FROM their_history UNION SELECT {_COLUMNS} FROM their_merged_act"
MERGE = "study.merge"

CASES = "cases_met"
"""In the details of a merge: the identities of cases that met by their names, theirs before ours each time."""


@dataclass(frozen=True, slots=True)
class Told:
    """An act on one thing: when, what, its hash, which is the same in every study that knows of it."""

    at: str
    act: str
    hash: str


@dataclass(frozen=True)
class Known:
    """What the acts of a study tell of each thing (its id), oldest first."""

    acts: dict[str, list[Told]]

    def of(self, *ids: str) -> list[Told]:
        """Return the acts on any of these things, oldest first."""
        return sorted((one for id in ids for one in self.acts.get(id, ())), key=lambda one: (one.at, one.hash))

    def latest(self, *ids: str) -> str:
        """Return when one of these things was last acted on, "" for never."""
        return max((one.at for id in ids for one in self.acts.get(id, ())), default="")


def told_of(connection: Connection, kinds: Iterable[str], *, theirs: bool = False) -> Known:
    """Return what acts of these kinds tell, of this study or the one laid beside it, by the ids in their details."""
    listed = ", ".join(f"'{one}'" for one in kinds)
    source = _THEIRS if theirs else _OURS
    found: dict[str, list[Told]] = defaultdict(list)
    rows = connection.exec_driver_sql(
        f"SELECT at, act, hash, details FROM ({source}) WHERE act IN ({listed}) ORDER BY n"
    )
    for at, act, hash, packed in rows:
        told = Told(at, act, hash)
        for value in json.loads(packed).values():
            for id in value if isinstance(value, list) else [value]:
                if isinstance(id, str) and (not found[id] or found[id][-1] is not told):
                    found[id].append(told)
    return Known(found)


def latest_act(connection: Connection, kinds: Iterable[str], *, theirs: bool = False) -> str:
    """Return when this study or the one laid beside it last did such an act that the other does not know of.

    "" is for never.
    """
    listed = ", ".join(f"'{one}'" for one in kinds)
    one, other = (_THEIRS, _OURS) if theirs else (_OURS, _THEIRS)
    ask = f"SELECT coalesce(max(at), '') FROM ({one}) WHERE act IN ({listed})"
    ask += f" AND hash NOT IN (SELECT hash FROM ({other}))"
    return str(connection.exec_driver_sql(ask).scalar_one())


def met_before(connection: Connection) -> list[set[str]]:
    """Return the identities of each case that has several, as merges that came before this one tell in either study."""
    ask = f"SELECT details FROM ({_OURS} UNION {_THEIRS}) WHERE act = ?"
    found: list[set[str]] = []
    for (packed,) in connection.exec_driver_sql(ask, (MERGE,)).all():
        told = json.loads(packed).get(CASES)
        met = [one for one in told if isinstance(one, str)] if isinstance(told, list) else []
        for pair in (set(met[n : n + 2]) for n in range(0, len(met), 2)):
            same = [one for one in found if one & pair]
            found = [one for one in found if not one & pair] + [pair.union(*same)]
    return found


def keep_acts(connection: Connection) -> int:
    """Keep the acts of the study laid beside this one that it does not have; return how many of them did something.

    (That it became one with another did nothing to what both have.)
    """
    new = f"SELECT {_COLUMNS} FROM ({_THEIRS}) WHERE hash NOT IN (SELECT hash FROM ({_OURS}))"
    ask = connection.exec_driver_sql
    counted = int(ask(f"SELECT count(*) FROM ({new}) WHERE act <> ?", (MERGE,)).scalar_one())
    ask(f"INSERT INTO merged_act ({_COLUMNS}) {new}")
    return counted


def heads(connection: Connection) -> str:
    """Return the hash of the newest act in the history of the study laid beside this one."""
    return str(connection.exec_driver_sql("SELECT hash FROM their_history ORDER BY n DESC LIMIT 1").scalar() or FIRST)


def merged_entries(connection: Connection) -> Iterator[Entry]:
    """Yield the acts that other studies brought along, by time."""
    for row in connection.exec_driver_sql(f"SELECT {_COLUMNS} FROM merged_act ORDER BY at, n, hash"):
        yield Entry(*row)


def broken_acts(connection: Connection) -> Iterator[str]:
    """Yield each act (number and beginning of its hash) that is not as it was, or whose forerunner is not there."""
    there = {FIRST, *(row[0] for row in connection.exec_driver_sql(f"SELECT hash FROM ({_OURS})"))}
    for one in merged_entries(connection):
        content = chain_hash(one.n, one.at, one.coder, one.act, one.version, one.details, one.previous)
        if one.hash != content or one.previous not in there:
            yield f"{one.n} ({one.hash[:8]})"
    acts = "SELECT n, details FROM history WHERE act = ? UNION ALL SELECT n, details FROM merged_act WHERE act = ?"
    for n, packed in connection.exec_driver_sql(acts, (MERGE, MERGE)):
        if (head := json.loads(packed)["head"]) not in there:
            yield f"{n} (the last act that came with it, {head[:8]}, is gone)"
