"""Passages that are marked in vivo: what they are, how they read, and what becomes of them when a version comes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from qcode.domain.codebook import Code, CodebookVersion
from qcode.interchange import codebook_yaml
from qcode.store import codebooks as codebook_rows
from qcode.store import codings as coding_rows
from qcode.store import in_vivo as rows
from qcode.store import transcripts as transcript_rows
from qcode.store.drafts import read_draft
from qcode.store.revisions import wait_where_lost
from qcode.study.desk import Desk
from qcode.study.version_in_use import VersionInUse

__all__ = ["DraftMark", "after_version", "become_codings", "marks_of", "tell_of_marks"]


@dataclass(frozen=True, slots=True)
class DraftMark:
    """A passage marked with a code that the codebook's draft has and no version yet; it becomes a coding with it.

    `key` and `name` are those of the code in the draft; where `lost`, the draft does not have it any more. Where it is
    not `placed`, its words are gone since the transcript was corrected; `revision` is the text that it stands in.
    """

    id: str
    codebook: str
    key: str
    name: str
    transcript: str
    start: int
    end: int
    quote: str
    coder: str
    created_at: str
    lost: bool = False
    placed: bool = True
    revision: str = ""


def marks_of(
    connection: Connection, *, transcript_id: int | None = None, coders: Collection[int] | None = None
) -> list[DraftMark]:
    """Return the marks on a transcript or on all, by some coders (row ids) or by all, in order of place."""
    found = rows.marks(connection, transcript_id=transcript_id, coders=coders)
    drafts = {book: _draft_of(connection, book) for book in {row.codebook_id for row in found}}
    newest = {row.revision_id for row in transcript_rows.revision_rows(connection)} if found else set()
    return [_mark(row, drafts[row.codebook_id], placed=row.revision_id in newest) for row in found]


def _mark(row: Any, draft: CodebookVersion | None, *, placed: bool) -> DraftMark:
    code = _code_of(row, draft)
    place = (row.transcript, row.start, row.end, row.quote, row.coder, row.created_at)
    if code is None:
        return DraftMark(row.uuid, row.book, row.key, row.key, *place, True, placed, row.revision)
    return DraftMark(row.uuid, row.book, code.key, code.name or code.key, *place, False, placed, row.revision)


def _code_of(row: Any, content: CodebookVersion | None) -> Code | None:
    code = content.by_key.get(row.key.casefold()) if content is not None else None
    return code if code is not None and code.codable else None


def _draft_of(connection: Connection, codebook_id: int) -> CodebookVersion | None:
    kept = read_draft(connection, codebook_id)
    return None if kept is None else _read(kept.content)


@lru_cache(maxsize=4)
def _read(text: str) -> CodebookVersion:
    return codebook_yaml.read(text, "the draft")


def after_version(connection: Connection, desk: Desk, new: VersionInUse) -> None:
    """Let the marks meet a version that did not come from a draft; those that have a draft still wait for it."""
    if read_draft(connection, new.row.codebook_id) is None:
        become_codings(connection, desk, new)


def become_codings(connection: Connection, desk: Desk, new: VersionInUse) -> int:
    """Make codings of the marks whose code a new version has, by who marked them; return how many.

    A coding has the identity of its mark, and waits where its words are gone from the corrected transcript. A mark
    whose code did not come with the version stays, and that is told.
    """
    marks = rows.marks(connection, codebook_id=new.row.codebook_id)
    coded = [row for row in marks if _code_of(row, new.content) is not None]
    made = _codings(connection, new, coded)
    coding_rows.add_codings(connection, made)
    wait_where_lost(connection, [str(one["uuid"]) for one in made])
    rows.remove_marks(connection, [row.id for row in coded])
    if coded:
        _, who = desk.acting(connection)
        details = {"codings": [one["uuid"] for one in made], "doubles": len(coded) - len(made)}
        desk.record(connection, who, "in_vivo.coded", details, version=new.label)
    tell_of_marks(desk, len(made), len(marks) - len(coded))
    return len(made)


def _codings(connection: Connection, new: VersionInUse, marks: Collection[Any]) -> list[dict[str, object]]:
    """Return the codings that marks become, as rows; a coder gets no code twice on the same segment."""
    ids = codebook_rows.code_ids(connection, new.row.codebook_id)
    taken = set(coding_rows.live_doubles(connection, {row.revision_id for row in marks}))
    made = []
    for row in marks:
        code_id = ids[new.content.by_key[row.key.casefold()].id]
        place = (row.revision_id, row.start, row.end, code_id, row.coder_id)
        if place not in taken:
            taken.add(place)
            columns = ("uuid", "revision_id", "start", "end", "coder_id", "created_at", "quote")
            kept = {name: getattr(row, name) for name in columns}
            made.append({**kept, "code_id": code_id, "version_id": new.row.id})
    return made


def tell_of_marks(desk: Desk, coded: int, left: int) -> None:
    """Tell what became of the marks: how many are codings now, and how many have no code."""
    if coded:
        desk.remarks.append(f"{_passages(coded)} marked in vivo {'is a coding' if coded == 1 else 'are codings'} now")
    if left:
        have = "has no code" if left == 1 else "have no code"
        desk.remarks.append(
            f"{_passages(left)} marked in vivo {have} any more; see: qcode coding in-vivo, and code them anew"
        )


def _passages(n: int) -> str:
    return "1 passage" if n == 1 else f"{n:,} passages"
