"""When a coding can be withdrawn, and when one that was can stand again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from qcode.errors import Conflict
from qcode.store import codebooks as codebook_rows
from qcode.store import codings as rows
from qcode.store import revisions as revision_rows
from qcode.store.pending import heirs_of, live_at

__all__ = ["has_ended", "must_be_restorable", "newest_of"]


def newest_of(connection: Connection, made_under: dict[int, int]) -> dict[int, int]:
    """Return the newest version of its codebook for each coding, by the version that it was made under (row ids)."""
    versions = codebook_rows.versions(connection)
    book = {v.id: v.codebook_id for v in versions}
    newest = {v.codebook_id: v.id for v in versions}
    return {coding: newest[book[version]] for coding, version in made_under.items()}


def has_ended(connection: Connection, coding_id: int) -> Conflict:
    """Return why a coding cannot be withdrawn: it is already, or others have taken its place."""
    row = rows.row_of(connection, coding_id)
    heirs = [uuid[:8] for uuid, _ in rows.uuids_of(connection, heirs_of(connection, coding_id))]
    if row.ended_how == "withdrawn" or not heirs:
        return Conflict(f"the coding {row.uuid[:8]} is withdrawn already")
    since = "its transcript was corrected" if row.ended_how in ("revised", "placed") else "the codebook changed"
    return Conflict(
        f"the coding {row.uuid[:8]} has become {' and '.join(heirs)} since {since}",
        mend=f"withdraw {'that' if len(heirs) == 1 else 'those'} instead",
    )


def must_be_restorable(connection: Connection, row: Any, newest_id: int) -> None:
    """Raise Conflict where a coding cannot stand again."""
    name = f"the coding {row.uuid[:8]}"
    if row.ended_version_id is None:
        raise Conflict(f"{name} stands: it is not withdrawn")
    if row.ended_how != "withdrawn":
        raise Conflict(f"{name} was not withdrawn: others took its place, or it was taken back with a decision")
    if row.ended_version_id != newest_id:
        raise Conflict(
            f"{name} was withdrawn before the newest version of the codebook came", mend="code the passage anew"
        )
    if not (revision_rows.stands_on_newest(connection, row.id) or revision_rows.has_lost_its_place(connection, row.id)):
        raise Conflict(
            f"{name} cannot stand again: its transcript was corrected since it was withdrawn",
            mend="code the passage anew",
        )
    if live_at(connection, row.id, [row.code_id]):
        raise Conflict(f"{name} cannot stand again: the same passage was coded anew", mend="withdraw that coding first")
