"""The trail of a coding: what it came from, why it waited, what was decided, what it became."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from qcode.store import codebooks as codebook_rows
from qcode.store import codings as coding_rows
from qcode.store import lineage
from qcode.store import pending as rows

__all__ = ["Step", "trail"]

_KINDS = {"uncodable": "became a heading"}
_HOW = {
    "kept": "kept",
    "allocated": "allocated to other codes",
    "withdrawn": "withdrawn",
    "moved": "moved with its code",
    "joined": "decided by the version that joined the lines",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `what` in words, and the coding (id) that it leads to or comes from, if it is another."""

    what: str
    coding: str | None = None


def trail(connection: Connection, name: str) -> list[Step]:
    """Return the steps of a coding's life besides its making, in order. Raises NotFound."""
    row = coding_rows.coding_row(connection, name)
    row = coding_rows.row_of(connection, row.id)
    versions = {one.id: one for one in codebook_rows.versions(connection)}
    keys = codebook_rows.code_keys(connection)
    steps = [_origin(connection, one, versions, keys) for one in rows.origins_of(connection, row.id)]
    for waited in rows.trail_rows(connection, row.id):
        steps.append(_waited(connection, waited, versions))
        if waited.ended_how:
            why = f": {waited.why}" if waited.why else ""
            by = f" by {waited.by} on {waited.ended_at[:10]}" if waited.ended_how != "moved" else ""
            steps.append(Step(f"{_HOW.get(waited.ended_how, waited.ended_how)}{by}{why}"))
    heirs = rows.heirs_of(connection, row.id)
    for one in heirs:
        heir = coding_rows.row_of(connection, one)
        version = versions[heir.version_id].version
        steps.append(Step(f"became a coding of {keys[heir.code_id][1]} under {version}", heir.uuid))
    return steps


def _origin(connection: Connection, coding_id: int, versions: Any, keys: Any) -> Step:
    origin = coding_rows.row_of(connection, coding_id)
    made = versions[origin.version_id].version
    ended = versions[origin.ended_version_id].version if origin.ended_version_id else None
    how = f", {_HOW.get(origin.ended_how, origin.ended_how)} in {ended}" if ended else ""
    key = keys[origin.code_id][1]
    decided = next((one for one in rows.trail_rows(connection, coding_id) if one.ended_how == "allocated"), None)
    if decided is not None:
        how += f" by {decided.by} on {decided.ended_at[:10]}{f': {decided.why}' if decided.why else ''}"
    return Step(f"came from a coding of {key} of {origin.created_at[:10]}, made under {made}{how}", origin.uuid)


def _waited(connection: Connection, waited: Any, versions: Any) -> Step:
    declared = lineage.changes_of(connection, [waited.version_id])[waited.version_id][waited.n]
    kind = _KINDS.get(declared.kind, declared.kind)
    why = f" ({declared.why})" if declared.why else ""
    effect = f" ({declared.effect})" if declared.effect else ""
    return Step(f"waited since {versions[waited.version_id].version}: {kind}{effect}{why}")
