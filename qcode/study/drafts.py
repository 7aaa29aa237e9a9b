"""Drafts: the next version of a codebook, written step by step by people who do not write YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from qcode.domain import drafting
from qcode.domain.codebook import CodebookVersion, check
from qcode.domain.diff import DEFINING
from qcode.errors import Conflict, NotFound
from qcode.interchange import codebook_yaml
from qcode.store import codebooks as rows
from qcode.store import drafts as draft_rows
from qcode.store import in_vivo as mark_rows
from qcode.store.drafts import DraftRow
from qcode.study.codebook_files import free_number
from qcode.study.codebooks import CodebookImported
from qcode.study.codes import VersionInUse, choose_version
from qcode.study.desk import Desk, now
from qcode.study.draft import Draft
from qcode.study.draft_content import (
    former_code,
    key_of,
    of_this_draft,
    raise_errors,
    refuse_former_keys,
    with_more,
    without_ids,
)
from qcode.study.following import adopted, foreseen, take_version, undeclared
from qcode.study.in_vivo_marks import become_codings, tell_of_marks
from qcode.study.planning import plan

__all__ = ["Draft", "Drafts"]

Act = Callable[[CodebookVersion, CodebookVersion], CodebookVersion]


class Drafts:
    """The drafts: `show`, the changes one by one, `undo`, `publish`, `discard`.

    `codebook` names the codebook; where a study has one only, it need not be named.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show(self, codebook: str | None = None) -> Draft:
        """Return the draft of a codebook, or one that is as its newest version."""
        with self._desk.store.read() as connection:
            return self.of(connection, codebook)

    def add(self, key: str, *, codebook: str | None = None, **options: Any) -> Draft:
        """Add a code; the options are those of `qcode.domain.drafting.add`, places named by key, alias or name."""
        return self._act(codebook, ("parent", "after"), options, lambda b, d, o: drafting.add(b, d, key, **o))

    def rename(
        self, key: str, to: str | None = None, *, name: str = "", codebook: str | None = None, why: str = ""
    ) -> Draft:
        """Give a code another key, which leaves the old one to find it by, or another name, or both."""

        def act(base: CodebookVersion, draft: CodebookVersion, named: dict[str, Any]) -> CodebookVersion:
            now = drafting.rename(base, draft, named["key"], to, why=why) if to is not None else draft
            return drafting.edit(base, now, to or named["key"], name=name) if name else now

        return self._act(codebook, ("key",), {"key": key}, act, keys={} if to is None else {key: to})

    def move(self, key: str, *, codebook: str | None = None, **place: Any) -> Draft:
        """Move a code `under` another (None: to the top), `before` or `after` one that stands there."""
        names = {"key": key, **place}
        return self._act(codebook, tuple(names), names, lambda b, d, o: drafting.move(b, d, **o))

    def move_beside(
        self, key: str, *, codebook: str | None = None, before: str | None = None, after: str | None = None
    ) -> Draft:
        """Move a code `before` or `after` another, wherever that stands."""
        content = self.show(codebook).content
        beside = content.by_key.get(key_of(content, before or after or "").casefold())
        under = beside.parent if beside is not None else None
        return self.move(key, codebook=codebook, under=under, before=before, after=after)

    def redefine(
        self,
        key: str,
        *,
        codebook: str | None = None,
        effect: str | None = None,
        why: str = "",
        more: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> Draft:
        """Change the parts of a code's entry; `more` are examples, aliases and terms beside those that are there.

        Another definition, `when` or `when_not` needs the `effect` of it: clarify, widen or narrow.
        """
        defining = {name: fields.pop(name) for name in DEFINING if name in fields}

        def act(base: CodebookVersion, draft: CodebookVersion, named: dict[str, Any]) -> CodebookVersion:
            edited = fields | with_more(draft, named["key"], more or {})
            now = drafting.edit(base, draft, named["key"], **edited) if edited else draft
            if not defining:
                return now
            return drafting.redefine(base, now, named["key"], effect=effect or "", why=why, **defining)

        return self._act(codebook, ("key",), {"key": key}, act)

    def split(self, key: str, into: Sequence[str | tuple[str, str]], *, codebook: str | None = None, **o: Any) -> Draft:
        """Split a code into others, given by key or (key, name); `keep` lets it take codings itself."""
        return self._act(codebook, ("key",), {"key": key}, lambda b, d, n: drafting.split(b, d, n["key"], into, **o))

    def merge(self, keys: Sequence[str], into: str, *, codebook: str | None = None, **options: Any) -> Draft:
        """Merge codes into one of them, another code or a new one."""
        names = {str(n): key for n, key in enumerate(keys)}
        return self._act(
            codebook,
            tuple(names),
            names,
            lambda b, d, o: drafting.merge(b, d, list(o.values()), into, **options),
            keys=dict.fromkeys(keys, into.strip()),
        )

    def retire(self, key: str, *, codebook: str | None = None, why: str = "") -> Draft:
        """Take a code out of use; its codings are frozen."""
        return self._act(codebook, ("key",), {"key": key}, lambda b, d, o: drafting.retire(b, d, o["key"], why=why))

    def revive(self, key: str, *, codebook: str | None = None, under: str | None = None, why: str = "") -> Draft:
        """Take a code that an earlier version had back into use, with what it was."""
        with self._desk.store.write() as connection:
            draft = self.of(connection, codebook)
            code = former_code(connection, draft.base, key)
            above = None if under is None else key_of(draft.content, under)
            new = drafting.revive(draft.base.content, draft.content, code, under=above, why=why)
            return self.keep(connection, draft, new)

    def text(self, codebook: str | None = None) -> str:
        """Return the draft as YAML, to be edited; one that came too late has a number that can be joined."""
        with self._desk.store.read() as connection:
            draft = self.of(connection, codebook)
            number, taken = draft.content.version, self._taken(connection, draft.base)
            while draft.late and number in taken:
                number += "-draft"
            return codebook_yaml.write(replace(draft.content, version=number))

    def replace(self, text: str | bytes, *, codebook: str | None = None, was: str | None = None) -> Draft:
        """Take an edited draft in place of the one that is kept, if that still is as it `was`.

        Raises BadCodebook for one that breaks a rule, Conflict for one of another codebook or after another version.
        """
        with self._desk.store.write() as connection:
            draft = self.of(connection, codebook)
            if draft.late:
                raise draft.late
            edited = codebook_yaml.read(text, "the draft")
            if was is not None and codebook_yaml.write(draft.content) != was:
                raise Conflict(
                    "the draft was changed by someone else in the meantime", mend="see: qcode codebook draft"
                )
            self._must_be_free(connection, draft, edited.version)
            return self.keep(connection, draft, of_this_draft(edited, draft.base))

    def undo(self, codebook: str | None = None) -> Draft:
        """Take the last change of the draft back; a second time brings it again."""
        with self._desk.store.write() as connection:
            draft = self.of(connection, codebook)
            kept = draft_rows.read_draft(connection, draft.base.row.codebook_id)
            if kept is None or kept.before is None:
                raise NotFound("there is no change of the draft to take back", mend="see: qcode codebook draft")
            return self.keep(connection, draft, codebook_yaml.read(kept.before, "the draft"), back=True)

    def discard(self, codebook: str | None = None) -> bool:
        """Throw the draft away; tell whether there was one. Marks in vivo stay, without a code."""
        with self._desk.store.write() as connection:
            book = choose_version(connection, codebook).row.codebook_id
            gone = draft_rows.discard_draft(connection, book)
            if gone:
                tell_of_marks(self._desk, 0, len(mark_rows.marks(connection, codebook_id=book)))
            return gone

    def publish(
        self, codebook: str | None = None, *, note: str = "", version: str = "", dry_run: bool = False
    ) -> CodebookImported:
        """Make the draft the next version, and carry the codings over. Raises Conflict where nothing was changed."""
        with self._desk.store.write() as connection:
            draft = self.of(connection, codebook)
            if draft.changes_nothing:
                raise Conflict("the draft changes nothing yet", mend="see: qcode codebook --help")
            if draft.late:
                raise draft.late
            given, number = draft.content, version.strip() or draft.content.version
            self._must_be_free(connection, draft, number)
            content = replace(given, note=note.strip() or given.note, version=number)
            raise_errors(content)
            found = adopted(connection, draft.base, content)
            done = CodebookImported(
                content.codebook,
                content.version,
                len(content.codes),
                sum(code.codable for code in content.codes),
                False,
                tuple(check(content)),
                draft.base.row.version,
                tuple(plan(connection, draft.base, found)),
            )
            if dry_run:
                would = foreseen(connection, found.declared, draft.base.row.codebook_id)
                return replace(done, queued=would.queued, moved=would.moved)
            carried = take_version(connection, self._desk, found, draft.base)
            draft_rows.discard_draft(connection, draft.base.row.codebook_id)
            become_codings(connection, self._desk, choose_version(connection, content.codebook))
            return replace(done, queued=carried.queued, moved=carried.moved)

    def _taken(self, connection: Connection, base: VersionInUse) -> set[str]:
        """Return the numbers that versions of a draft's codebook have."""
        return {row.version for row in rows.versions(connection) if row.codebook_id == base.row.codebook_id}

    def _must_be_free(self, connection: Connection, draft: Draft, number: str) -> None:
        if number in self._taken(connection, draft.base):
            what = f"{draft.content.codebook} has a version {number} already"
            raise Conflict(what, mend="give another: qcode codebook publish --as V")

    def of(self, connection: Connection, codebook: str | None) -> Draft:
        """Return the draft of a codebook, within an act that is under way."""
        newest = choose_version(connection, codebook)
        number = free_number(newest.row.version, self._taken(connection, newest))
        bare = without_ids(newest.content)
        fresh = replace(bare, version=number, follows=(newest.row.version,), note="", changes=())
        kept = draft_rows.read_draft(connection, newest.row.codebook_id)
        if kept is None:
            return Draft(newest, newest.row.version, fresh)
        base = newest if kept.base_id == newest.row.id else _version(connection, kept.base_id)
        content = codebook_yaml.read(kept.content, "the draft")
        planned = tuple(plan(connection, base, adopted(connection, base, content)))
        draft = Draft(base, newest.row.version, content, planned)
        return Draft(newest, newest.row.version, fresh) if draft.late and draft.changes_nothing else draft

    def _act(
        self,
        codebook: str | None,
        named: Sequence[str],
        options: dict[str, Any],
        act: Callable[[CodebookVersion, CodebookVersion, dict[str, Any]], CodebookVersion],
        *,
        keys: Mapping[str, str] | None = None,
    ) -> Draft:
        """Change the draft; the options that are `named` name codes of it, `keys` says which get which key."""
        with self._desk.store.write() as connection:
            draft = self.of(connection, codebook)
            found = {
                name: key_of(draft.content, value) if name in named and value is not None else value
                for name, value in options.items()
            }
            new = act(draft.base.content, draft.content, found)
            refuse_former_keys(connection, draft.base, draft.content, new)
            goes_to = {key_of(draft.content, old): to for old, to in (keys or {}).items()}
            return self.keep(connection, draft, new, keys=goes_to)

    def keep(
        self,
        connection: Connection,
        draft: Draft,
        content: CodebookVersion,
        *,
        keys: Mapping[str, str] | None = None,
        back: bool = False,
        coder: str | None = None,
    ) -> Draft:
        """Keep what a change made of a draft, within an act that is under way.

        Marks in vivo follow the codes that get another key (`keys`, old to new), and `back` again.
        """
        if draft.late:
            raise draft.late
        raise_errors(content)
        found = adopted(connection, draft.base, content)
        if found.problems:
            raise undeclared(found, draft.base.label)
        coder_id, _ = self._desk.acting(connection, coder)
        written, before = codebook_yaml.write(content), codebook_yaml.write(draft.content)
        row = DraftRow(draft.base.row.id, written, before, coder_id, now())
        book = draft.base.row.codebook_id
        draft_rows.keep_draft(connection, book, row)
        if back:
            mark_rows.swap_keys(connection, book)
        else:
            mark_rows.follow_keys(connection, book, keys or {})
        return replace(draft, content=without_ids(content), planned=tuple(plan(connection, draft.base, found)))


def _version(connection: Connection, version_id: int) -> VersionInUse:
    row = next(row for row in rows.versions(connection) if row.id == version_id)
    return VersionInUse(row, rows.read_version(connection, version_id))
