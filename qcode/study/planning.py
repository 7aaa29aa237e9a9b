"""Says what a following version means for the codings that are there, before anything is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from qcode.domain.codebook import CodebookVersion
from qcode.domain.declared import Adopted
from qcode.domain.diff import diff
from qcode.domain.told import ToldChange, tell
from qcode.store import carry
from qcode.store import codebooks as rows
from qcode.store.standing import standing, waiting
from qcode.study.codes import VersionInUse

__all__ = ["PlannedChange", "counted", "plan"]


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One change with what it means for the codings that are there: how many, in how many transcripts, what happens."""

    told: ToldChange
    codings: int
    transcripts: int
    happens: str


def plan(connection: Connection, base: VersionInUse, found: Adopted) -> list[PlannedChange]:
    """Return what a following version would change, and what would happen to the codings."""
    told = tell(diff(base.content, found.version, found.declared), base.content, found.version)
    planned = counted(connection, base.row.codebook_id, told, found.version, standing())
    return [_with_those_that_wait(connection, base.row.codebook_id, one) for one in planned]


def _with_those_that_wait(connection: Connection, codebook_id: int, one: PlannedChange) -> PlannedChange:
    """Return a merge with the number of codings that wait for a decision and would not any more."""
    if one.told.change != "merge":
        return one
    ids = rows.code_ids(connection, codebook_id)
    queued, _ = carry.touched(connection, [ids[id] for id in one.told.ids], f"{standing()} AND id IN ({waiting()})")
    return replace(one, happens=f"{one.happens}; {queued:,} of them wait no more") if queued else one


def counted(
    connection: Connection, codebook_id: int, told: Iterable[ToldChange], new: CodebookVersion, where: str
) -> list[PlannedChange]:
    """Return changes with the number of codings that `where` holds for and that each touches."""
    ids, split = rows.code_ids(connection, codebook_id), set[str]()
    planned = []
    for one in told:
        touched = carry.touched(connection, [ids[id] for id in one.ids if id in ids], where)
        repeats = one.change in ("edit", "redefine") and bool(split & set(one.ids))
        happens = "wait, as the split says" if repeats else _effect_on(one, new)
        planned.append(PlannedChange(one, *touched, happens))
        split |= set(one.ids) if one.change == "split" else set()
    return planned


_EFFECTS = {
    "clarify": "stand; tell the coders",
    "widen": "stand; look for passages that were left out",
    "narrow": "wait: keep, move or withdraw",
}


def _effect_on(told: ToldChange, new: CodebookVersion) -> str:
    """Return what a change does to the codings that it touches, in a few words."""
    match told.change:
        case "split":
            kept = any(code.id == told.ids[0] and code.codable for code in new.codes)
            keep = ", keep" if kept else ""
            return f"wait: allocate to {' or '.join(told.into)}{keep} or withdraw"
        case "merge":
            return f"move to {told.into[0]}; exact doubles become one"
        case "retire":
            return "are frozen"
        case "revive":
            return "are back"
        case "redefine":
            return _EFFECTS.get(told.effect or "", "stand")
        case "edit" if ("codable", "yes", "no") in told.texts:
            return "wait: it is only a heading now; allocate to the codes below it, or withdraw"
    return "stand"
