"""Drafts: the next version of a codebook, written step by step by people who do not write YAML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from qcode.domain import drafting
from qcode.domain.codebook import Code, CodebookVersion, check
from qcode.domain.diff import DEFINING
from qcode.errors import Ambiguous, BadCodebook, Conflict, NotFound
from qcode.interchange import codebook_yaml
from qcode.store import codebooks as rows
from qcode.store import drafts as draft_rows
from qcode.store.drafts import DraftRow
from qcode.study.codebook_files import next_number
from qcode.study.codebooks import CodebookImported
from qcode.study.codes import VersionInUse, choose_version, near_keys
from qcode.study.desk import Desk, now
from qcode.study.following import adopted, take_version, undeclared
from qcode.study.planning import PlannedChange, plan
from qcode.study.versions import former_codes

__all__ = ["Draft", "Drafts"]

Act = Callable[[CodebookVersion, CodebookVersion], CodebookVersion]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands: what it follows, its content, and what it would do; `is_new` where nothing is kept yet."""

    base: VersionInUse
    content: CodebookVersion
    planned: tuple[PlannedChange, ...]
    is_new: bool = False

    @property
    def label(self) -> str:
        """Return `codebook@version` of the version that it would become."""
        return f"{self.content.codebook}@{self.content.version}"


class Drafts:
    """The drafts: `show`, the changes one by one, `undo`, `publish`, `discard`.

    `codebook` names the codebook; where a study has one only, it need not be named.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show(self, codebook: str | None = None) -> Draft:
        """Return the draft of a codebook, or one that is as its newest version."""
        with self._desk.store.read() as connection:
            return self._draft(connection, codebook)

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

        return self._act(codebook, ("key",), {"key": key}, act)

    def move(self, key: str, *, codebook: str | None = None, **place: Any) -> Draft:
        """Move a code `under` another (None: to the top), `before` or `after` one that stands there."""
        names = {"key": key, **place}
        return self._act(codebook, tuple(names), names, lambda b, d, o: drafting.move(b, d, **o))

    def parent_of(self, key: str, *, codebook: str | None = None) -> str | None:
        """Return the key of the code above one of the draft, or None."""
        content = self.show(codebook).content
        return content.by_key[_key(content, key).casefold()].parent

    def redefine(
        self, key: str, *, codebook: str | None = None, effect: str | None = None, why: str = "", **fields: Any
    ) -> Draft:
        """Change the parts of a code's entry.

        Another definition, `when` or `when_not` needs the `effect` of it: clarify, widen or narrow.
        """
        defining = {name: fields.pop(name) for name in DEFINING if name in fields}

        def act(base: CodebookVersion, draft: CodebookVersion, named: dict[str, Any]) -> CodebookVersion:
            now = drafting.edit(base, draft, named["key"], **fields) if fields else draft
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
            codebook, tuple(names), names, lambda b, d, o: drafting.merge(b, d, list(o.values()), into, **options)
        )

    def retire(self, key: str, *, codebook: str | None = None, why: str = "") -> Draft:
        """Take a code out of use; its codings are frozen."""
        return self._act(codebook, ("key",), {"key": key}, lambda b, d, o: drafting.retire(b, d, o["key"], why=why))

    def revive(self, key: str, *, codebook: str | None = None, under: str | None = None, why: str = "") -> Draft:
        """Take a code that an earlier version had back into use, with what it was."""
        with self._desk.store.read() as connection:
            code = _former(connection, self._draft(connection, codebook), key)
        names = {"under": under}
        return self._act(codebook, ("under",), names, lambda b, d, o: drafting.revive(b, d, code, **o, why=why))

    def text(self, codebook: str | None = None) -> str:
        """Return the draft as YAML, to be edited."""
        return codebook_yaml.write(self.show(codebook).content)

    def replace(self, text: str, *, codebook: str | None = None) -> Draft:
        """Take an edited draft in place of the one that is kept; raises BadCodebook for one that breaks a rule."""
        with self._desk.store.write() as connection:
            draft = self._draft(connection, codebook)
            edited = replace(codebook_yaml.read(text, "the draft"), codebook=draft.content.codebook)
            return self._keep(connection, draft, edited)

    def undo(self, codebook: str | None = None) -> Draft:
        """Take the last change of the draft back; a second time brings it again."""
        with self._desk.store.write() as connection:
            draft = self._draft(connection, codebook)
            kept = draft_rows.read_draft(connection, draft.base.row.codebook_id)
            if kept is None or kept.before is None:
                raise NotFound("there is no change of the draft to take back", mend="see: qcode codebook draft")
            return self._keep(connection, draft, codebook_yaml.read(kept.before, "the draft"))

    def discard(self, codebook: str | None = None) -> bool:
        """Throw the draft away; tell whether there was one."""
        with self._desk.store.write() as connection:
            return draft_rows.discard_draft(connection, choose_version(connection, codebook).row.codebook_id)

    def publish(
        self, codebook: str | None = None, *, note: str = "", version: str = "", dry_run: bool = False
    ) -> CodebookImported:
        """Make the draft the next version, and carry the codings over. Raises Conflict where nothing was changed."""
        with self._desk.store.write() as connection:
            draft = self._draft(connection, codebook)
            if draft.is_new:
                raise Conflict("the draft changes nothing yet", mend="see: qcode codebook --help")
            content = replace(draft.content, note=note, version=version or draft.content.version)
            taken = [row.version for row in rows.versions(connection) if row.codebook_id == draft.base.row.codebook_id]
            if content.version in taken:
                raise Conflict(
                    f"{content.codebook} has a version {content.version} already", mend="give another with --as"
                )
            found = adopted(connection, draft.base, content)
            _raise_errors(content)
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
                return done
            carried = take_version(connection, self._desk, found, draft.base)
            draft_rows.discard_draft(connection, draft.base.row.codebook_id)
            return replace(done, queued=carried.queued, moved=carried.moved)

    def _draft(self, connection: Connection, codebook: str | None) -> Draft:
        newest = choose_version(connection, codebook)
        kept = draft_rows.read_draft(connection, newest.row.codebook_id)
        if kept is None:
            number = next_number(newest.row.version)
            fresh = replace(newest.content, version=number, follows=(newest.row.version,), note="", changes=())
            return Draft(newest, fresh, (), is_new=True)
        base = newest if kept.base_id == newest.row.id else _version(connection, kept.base_id)
        content = codebook_yaml.read(kept.content, "the draft")
        return Draft(base, content, tuple(plan(connection, base, adopted(connection, base, content))))

    def _act(
        self,
        codebook: str | None,
        named: Sequence[str],
        options: dict[str, Any],
        act: Callable[[CodebookVersion, CodebookVersion, dict[str, Any]], CodebookVersion],
    ) -> Draft:
        """Change the draft; the options that are `named` name codes of it."""
        with self._desk.store.write() as connection:
            draft = self._draft(connection, codebook)
            found = {
                name: _key(draft.content, value) if name in named and value is not None else value
                for name, value in options.items()
            }
            return self._keep(connection, draft, act(draft.base.content, draft.content, found))

    def _keep(self, connection: Connection, draft: Draft, content: CodebookVersion) -> Draft:
        newest = choose_version(connection, draft.base.row.codebook)
        if newest.row.id != draft.base.row.id:
            raise Conflict(
                f"the draft follows {draft.base.label}, and the study is at {newest.row.version} by now",
                mend="write it to a file (qcode codebook draft -o mine.yaml), discard it (--discard) and join it: "
                "qcode codebook merge mine.yaml",
            )
        _raise_errors(content)
        found = adopted(connection, draft.base, content)
        if found.problems:
            raise undeclared(found, draft.base.label)
        coder_id, _ = self._desk.acting(connection)
        written, before = codebook_yaml.write(content), codebook_yaml.write(draft.content)
        row = DraftRow(draft.base.row.id, written, before, coder_id, now())
        draft_rows.keep_draft(connection, draft.base.row.codebook_id, row)
        return Draft(draft.base, content, tuple(plan(connection, draft.base, found)))


def _raise_errors(content: CodebookVersion) -> None:
    errors = [problem for problem in check(content) if problem.level == "error"]
    if errors:
        raise BadCodebook("\n".join(f"the draft, {problem.where}: {problem.what}" for problem in errors[:10]))


def _version(connection: Connection, version_id: int) -> VersionInUse:
    row = next(row for row in rows.versions(connection) if row.id == version_id)
    return VersionInUse(row, rows.read_version(connection, version_id))


def _key(content: CodebookVersion, name: str) -> str:
    """Return the key of the code of the draft that `name` names."""
    found = content.find(name)
    if len(found) > 1:
        raise Ambiguous(f"{name!r} may be {' or '.join(code.key for code in found)}", mend="type the key")
    if not found:
        near = near_keys(name, [code.key for code in content.codes])
        mend = f"did you mean {' or '.join(near)}?" if near else "see: qcode codebook draft"
        raise NotFound(f"there is no code {name!r} in the draft", mend=mend)
    return found[0].key


def _former(connection: Connection, draft: Draft, name: str) -> Code:
    """Return the code that an earlier version had, or one taken out in this draft, as the last that had it says."""
    base = draft.base
    was = base.content.by_key.get(name.strip().casefold())
    if was is not None:
        return was
    for one in former_codes(connection, base.row.id, base.content):
        if name.strip().casefold() in (one.key.casefold(), one.id):
            last = choose_version(connection, f"{base.row.codebook}@{one.last}")
            return last.content.by_key[one.key.casefold()]
    raise NotFound(
        f"no version before {base.label} had a code {name!r} that is not there now",
        mend="what was retired or merged is told by: qcode codebook log",
    )
