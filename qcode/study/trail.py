"""The trail of a coding: what it came from, why it waited, what was decided, what it became."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from qcode.store import codebooks as codebook_rows
from qcode.store import codings as coding_rows
from qcode.store import lineage
from qcode.store import pending as rows
from qcode.store.newest import revision_row
from qcode.study.codes import choose_version
from qcode.study.versions import frozen_codes

__all__ = ["Step", "trail"]

_KINDS = {"uncodable": "became a heading"}
_HOW = {
    "kept": "kept",
    "allocated": "allocated to other codes",
    "withdrawn": "withdrawn",
    "moved": "moved with its code",
    "joined": "decided by the version that joined the lines",
    "revised": "went over to the corrected text",
    "placed": "placed anew",
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
    steps = [*_before(connection, row.id, versions, keys), *_decided(connection, row.id, versions)]
    steps += _frozen(connection, row, versions, keys)
    heirs = rows.heirs_of(connection, row.id)
    for one in heirs:
        heir = coding_rows.row_of(connection, one)
        corrected = row.ended_how in ("revised", "placed")
        under = _text(connection, heir) if corrected else f"under {versions[heir.version_id].version}"
        steps.append(Step(f"became a coding of {keys[heir.code_id][1]} {under}", heir.uuid))
    return steps


def _before(connection: Connection, coding_id: int, versions: Any, keys: Any) -> list[Step]:
    """Return where a coding came from, and where that came from, the oldest first."""
    steps = []
    for one in rows.origins_of(connection, coding_id):
        steps += [*_before(connection, one, versions, keys), _origin(connection, one, versions, keys)]
        if coding_rows.row_of(connection, one).ended_how in ("revised", "placed"):
            steps += _decided(connection, one, versions)
    return steps


def _decided(connection: Connection, coding_id: int, versions: Any) -> list[Step]:
    """Return why a coding waited and what was decided."""
    steps = []
    for waited in rows.trail_rows(connection, coding_id):
        if waited.ended_how == "revised":  # (it goes on to wait as what it became)
            continue
        steps.append(_waited(connection, waited, versions))
        if waited.ended_how:
            why = f": {waited.why}" if waited.why else ""
            by = f" by {waited.by} on {waited.ended_at[:10]}" if waited.ended_how != "moved" else ""
            steps.append(Step(f"{_HOW.get(waited.ended_how, waited.ended_how)}{by}{why}"))
    return steps


def _text(connection: Connection, row: Any) -> str:
    """Return which revision of its transcript a coding stands on."""
    revision = revision_row(connection, row.revision_id)
    return f"in revision {revision.n} at {row.start}-{row.end}"


def _frozen(connection: Connection, row: Any, versions: Any, keys: Any) -> list[Step]:
    """Return since when and why a coding that stands is on a code that is used no more, if it is."""
    if row.ended_version_id is not None:
        return []
    book, key = keys[row.code_id]
    newest = choose_version(connection, book)
    ids = {row_id: uuid for uuid, row_id in codebook_rows.code_ids(connection, newest.row.codebook_id).items()}
    code_id = ids[row.code_id]
    if code_id not in frozen_codes(connection, newest.row.id, newest.content):
        return []
    line = codebook_rows.ancestry(connection, newest.row.id)
    ended = [
        (version_id, one)
        for version_id, declared in lineage.changes_of(connection, line).items()
        for one in declared
        if one.kind == "retire" and code_id in one.codes
    ]
    why = f" ({ended[-1][1].why})" if ended and ended[-1][1].why else ""
    since = f" since {versions[ended[-1][0]].version}" if ended else ""
    return [Step(f"frozen{since}: {key} is used no more{why}")]


def _origin(connection: Connection, coding_id: int, versions: Any, keys: Any) -> Step:
    origin = coding_rows.row_of(connection, coding_id)
    made = versions[origin.version_id].version
    ended = versions[origin.ended_version_id].version if origin.ended_version_id else None
    if origin.ended_how in ("revised", "placed"):
        how = f" {_text(connection, origin)}, until the transcript was corrected"
    else:
        how = f", {_HOW.get(origin.ended_how, origin.ended_how)} in {ended}" if ended else ""
    key = keys[origin.code_id][1]
    decided = next((one for one in rows.trail_rows(connection, coding_id) if one.ended_how == "allocated"), None)
    if decided is not None:
        how += f" by {decided.by} on {decided.ended_at[:10]}{f': {decided.why}' if decided.why else ''}"
    return Step(f"came from a coding of {key} of {origin.created_at[:10]}, made under {made}{how}", origin.uuid)


def _waited(connection: Connection, waited: Any, versions: Any) -> Step:
    if waited.n < 0:
        return Step("waited since the transcript was corrected: its words are gone")
    declared = lineage.changes_of(connection, [waited.version_id])[waited.version_id][waited.n]
    kind = _KINDS.get(declared.kind, declared.kind)
    why = f" ({declared.why})" if declared.why else ""
    effect = f" ({declared.effect})" if declared.effect else ""
    return Step(f"waited since {versions[waited.version_id].version}: {kind}{effect}{why}")
