"""What is to tell of a draft besides its codes: who changed it last, what can be taken back, what can come back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from qcode.domain.declared import Former
from qcode.domain.drafting_said import read
from qcode.store import carry
from qcode.store import codebooks as rows
from qcode.store import in_vivo as mark_rows
from qcode.store.coders import coder_names
from qcode.store.drafts import read_draft
from qcode.store.standing import standing
from qcode.study.codes import choose_version
from qcode.study.desk import Desk
from qcode.study.draft import Draft
from qcode.study.versions import former_codes

__all__ = ["Comeback", "DraftFacts", "draft_facts", "draft_stamp"]


@dataclass(frozen=True, slots=True)
class Comeback:
    """A code that can be brought back: `id` names it, or its key does where the draft itself retired it (`how` here).

    `how` is merge, split or retire, `version` the number of the version in which it ended, "" for the draft.
    """

    id: str
    key: str
    name: str
    how: str
    version: str
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """How a draft came to be as it is. `coder` and `changed_at` are of its last change, "" where none is kept.

    `codings` counts the codings on each code of the version before (by id), those that wait already included.
    """

    kept: bool
    coder: str
    changed_at: str
    can_undo: bool
    stamp: str
    codings: Mapping[str, int]
    former: tuple[Comeback, ...]


def draft_facts(desk: Desk, draft: Draft) -> DraftFacts:
    """Return what is to tell of a draft."""
    base = draft.base.row
    with desk.store.read() as connection:
        kept = read_draft(connection, base.codebook_id)
        ids = {row_id: uuid for uuid, row_id in rows.code_ids(connection, base.codebook_id).items()}
        counted = carry.count_by_code(connection, standing())
        return DraftFacts(
            kept=kept is not None,
            coder=coder_names(connection)[kept.coder_id] if kept else "",
            changed_at=kept.changed_at if kept else "",
            can_undo=kept is not None and kept.before is not None,
            stamp=_stamp(connection, base.codebook),
            codings={ids[row_id]: n for row_id, n in counted.items() if row_id in ids},
            former=(*_retired_here(draft), *_ended_before(connection, draft)),
        )


def draft_stamp(desk: Desk, codebook: str) -> str:
    """Return what is another whenever the draft of a codebook, its marks or the version that it follows is."""
    with desk.store.read() as connection:
        return _stamp(connection, codebook)


def _stamp(connection: Connection, codebook: str) -> str:
    newest = choose_version(connection, codebook).row
    kept = read_draft(connection, newest.codebook_id)
    marks = [(row.uuid, row.key) for row in mark_rows.marks(connection, codebook_id=newest.codebook_id)]
    return hashlib.sha256(repr((newest.uuid, kept, marks)).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _retired_here(draft: Draft) -> list[Comeback]:
    said = [one for one in map(read, draft.content.changes) if one.kind == "retire"]
    codes = [draft.base.content.by_key[key.casefold()] for one in said for key in one.codes]
    return [Comeback("", code.key, code.name, "retire", "") for code in codes]


def _ended_before(connection: Connection, draft: Draft) -> list[Comeback]:
    back = {str(dict(change).get("revive", "")).casefold() for change in draft.content.changes}
    found = []
    for one in former_codes(connection, draft.base.row.id, draft.base.content):
        if one.key.casefold() not in back:
            found.append(Comeback(one.id, one.key, _name(connection, draft, one), one.how, one.version, one.into))
    return sorted(found, key=lambda one: one.key.casefold())


def _name(connection: Connection, draft: Draft, one: Former) -> str:
    last = choose_version(connection, f"{draft.base.row.codebook}@{one.last}").content
    return next((code.name for code in last.codes if code.id == one.id), "")
