"""Coding in vivo: a passage becomes the example of a new code in the words of whoever speaks.

The code stands in the codebook's draft until a version is published; so long the passage is a mark, then a coding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from qcode.domain import drafting
from qcode.domain.codebook import Code, key_problem
from qcode.domain.coding import Coder
from qcode.domain.drafting_desk import Desk as DraftingDesk
from qcode.errors import BadValue, Conflict, NotFound
from qcode.store import codebooks as codebook_rows
from qcode.store import in_vivo as rows
from qcode.store import transcripts as transcript_rows
from qcode.store.codings import places_of
from qcode.store.drafts import forget_before
from qcode.study.desk import Desk, new_id, now
from qcode.study.draft import Draft
from qcode.study.draft_content import key_of, refuse_former_keys
from qcode.study.drafts import Drafts
from qcode.study.in_vivo_keys import free_key, key_of_words
from qcode.study.in_vivo_marks import DraftMark, marks_of
from qcode.study.quotes import current_text, find_quote
from qcode.study.versions import former_codes

__all__ = ["DraftMark", "InVivo"]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a mark is made, and by whom."""

    revision_id: int
    revision: str
    start: int
    end: int
    quote: str
    coder_id: int
    who: Coder


class InVivo:
    """The passages marked in vivo: `add`, `list`, `remove`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._drafts = Drafts(desk)

    def add(
        self,
        transcript: str,
        *,
        start: int | None = None,
        end: int | None = None,
        quote: str | None = None,
        key: str | None = None,
        under: str | None = None,
        codebook: str | None = None,
        coder: str | None = None,
        revision: str | None = None,
    ) -> DraftMark:
        """Mark a passage with a code that is to come with the next version of the codebook.

        The code is added to the draft, below `under`, unless the draft has it; without `key` its key is made from the
        words. `revision` (an id) is the text that positions are meant in. Raises Conflict for a code that the newest
        version has: the passage can be coded with that; and where the transcript was corrected.
        """
        with self._desk.store.write() as connection:
            row = transcript_rows.transcript_row(connection, transcript)
            text = current_text(connection, row, revision)
            span = find_quote(text.text, start=start, end=end, quote=quote, where=row.name)
            coder_id, who = self._desk.acting(connection, coder)
            words = span.of(text.text)
            spot = _Spot(text.id, text.uuid, span.start, span.end, words, coder_id, who)
            draft = self._drafts.of(connection, codebook)
            if draft.late:
                raise draft.late
            uuid = self._mark(connection, draft, spot, key, under)
            return next(one for one in marks_of(connection, transcript_id=row.id) if one.id == uuid)

    def _mark(self, connection: Connection, draft: Draft, spot: _Spot, key: str | None, under: str | None) -> str:
        wanted = key_of_words(spot.quote) if key is None else _usable(key)
        code = None if key is None else _code_to_come(draft, wanted)
        self._refuse_double(connection, draft, spot, code.key if code else wanted)
        made = code is None
        if code is None:
            if key is None:
                wanted = free_key(wanted, _taken(connection, draft))
            code = self._add_code(connection, draft, wanted, under, spot.who.name)
        elif under is not None:
            raise Conflict(f"{code.key} is in the draft already", mend="move it there with: qcode codebook move")
        book = draft.base.row.codebook_id
        others = rows.marks(connection, codebook_id=book)
        values = {
            "uuid": new_id(),
            "codebook_id": book,
            "key": code.key,
            "made": made or any(one.made and _same(one.key, code.key) for one in others),
            "revision_id": spot.revision_id,
            "start": spot.start,
            "end": spot.end,
            "quote": spot.quote,
            "coder_id": spot.coder_id,
            "created_at": now(),
        }
        rows.add_mark(connection, values)
        details = {"mark": values["uuid"], "revision": spot.revision, "start": spot.start, "end": spot.end}
        self._desk.record(connection, spot.who, "in_vivo.add", details, version=draft.base.label)
        return str(values["uuid"])

    def _refuse_double(self, connection: Connection, draft: Draft, spot: _Spot, key: str) -> None:
        """Raise Conflict where this coder has this mark already; one that has lost its code makes room."""
        here = rows.same_mark(connection, spot.revision_id, spot.start, spot.end, spot.coder_id)
        same = [one for one in here if one.codebook_id == draft.base.row.codebook_id and _same(one.key, key)]
        if same and key.casefold() in draft.content.by_key:
            raise Conflict(f"{spot.who.name} has marked this passage with {same[0].key} already")
        rows.remove_marks(connection, [one.id for one in same])

    def _add_code(self, connection: Connection, draft: Draft, key: str, under: str | None, coder: str) -> Code:
        above = None if under is None else key_of(draft.content, under)
        new = drafting.add(draft.base.content, draft.content, key, parent=above, name=key, origin="data")
        refuse_former_keys(connection, draft.base, draft.content, new)
        return self._drafts.keep(connection, draft, new, coder=coder).content.by_key[key.casefold()]

    def list(self, transcript: str | None = None) -> list[DraftMark]:
        """Return the marks, of one transcript or of all, in order of transcript and place."""
        with self._desk.store.read() as connection:
            row = None if transcript is None else transcript_rows.transcript_row(connection, transcript)
            return marks_of(connection, transcript_id=None if row is None else row.id)

    def remove(self, *names: str, coder: str | None = None) -> int:
        """Remove marks by their ids, all of them or none; return how many.

        A code that came with a mark leaves the draft with the last one, unless it was worked on since.
        """
        with self._desk.store.write() as connection:
            _, who = self._desk.acting(connection, coder)
            found = {row.id: row for row in (_row(connection, name) for name in names)}
            rows.remove_marks(connection, found)
            for row in found.values():
                self._take_out(connection, row, who.name)
                self._desk.record(connection, who, "in_vivo.remove", {"mark": row.uuid})
        return len(found)

    def forget(self, connection: Connection, transcript_id: int, coder: str) -> int:
        """Remove the marks of a transcript that is being removed, and the codes that came with them; return how many.

        A draft says no more what it was before: the words could stand there.
        """
        found = rows.marks(connection, transcript_id=transcript_id)
        rows.remove_marks(connection, [row.id for row in found])
        for row in found:
            self._take_out(connection, row, coder)
        forget_before(connection)
        return len(found)

    def _take_out(self, connection: Connection, row: Any, coder: str) -> None:
        others = rows.marks(connection, codebook_id=row.codebook_id)
        if not row.made or any(_same(one.key, row.key) for one in others):
            return
        draft = self._drafts.of(connection, dict(codebook_rows.codebooks(connection))[row.codebook_id])
        code = draft.content.by_key.get(row.key.casefold())
        if code is None or draft.late or not _untouched(draft, code):
            return
        new = drafting.retire(draft.base.content, draft.content, code.key)
        self._drafts.keep(connection, draft, new, coder=coder)


def _row(connection: Connection, name: str) -> Any:
    """Return the row of a mark, or raise NotFound with what became of it."""
    found = rows.mark_row(connection, name)
    if found is not None:
        return found
    if places_of(connection, [name.strip().lower()]):
        raise NotFound(f"the mark {name[:8]} is a coding since the codebook changed", mend="withdraw the coding")
    raise NotFound(f"there is no mark {name!r} in this study", mend="see: qcode coding in-vivo")


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _usable(key: str) -> str:
    wrong = key_problem(key.strip())
    if wrong:
        raise BadValue(f"{key!r} cannot be a key, {wrong}", mend="choose another key")
    return key.strip()


def _code_to_come(draft: Draft, name: str) -> Code | None:
    """Return the code of the draft that `name` names, if it has one; raises Conflict for one that is in use."""
    key = key_of(draft.content, name)
    code = draft.content.by_key.get(key.casefold())
    if code is None:
        return None
    if DraftingDesk(draft.base.content, draft.content).origin(code) is not None:
        raise Conflict(f"{code.key} is a code of {draft.base.label} already", mend="code the passage with it")
    if not code.codable:
        raise Conflict(f"{code.key} is only a heading", mend="choose another key")
    return code


def _taken(connection: Connection, draft: Draft) -> set[str]:
    """Return what names a code of the draft, of the version before or of an earlier one, casefolded."""
    codes = (*draft.content.codes, *draft.base.content.codes)
    former = former_codes(connection, draft.base.row.id, draft.base.content)
    named = {one for code in codes for one in (code.key, *code.aliases)} | {one.key for one in former}
    return {one.casefold() for one in named}


def _untouched(draft: Draft, code: Code) -> bool:
    """Tell whether a code of the draft is as it came with a mark: nobody's work goes with it."""
    bare = Code(code.key, code.name, parent=code.parent, origin="data")
    said = any(code.key in str(change) for change in draft.content.changes)
    return code == bare and not draft.content.children(code.key) and not said
