"""The codebooks of a study: import, list, show, export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from qcode.domain.codebook import Code, CodebookVersion, Problem, check
from qcode.domain.told import tell
from qcode.errors import BadCodebook, Conflict
from qcode.interchange import codebook_table as table_file
from qcode.interchange import codebook_yaml
from qcode.store import codebooks as rows
from qcode.store.drafts import read_draft
from qcode.store.lookup import by_name
from qcode.store.schema import codebook as codebook_table
from qcode.store.standing import standing
from qcode.study.codebook_files import RawChange, filled_up, read_changes, read_file
from qcode.study.codes import VersionInUse, choose_version, find_code, newest_versions
from qcode.study.desk import Desk, clean_name, new_id, now
from qcode.study.following import adopted, followed, foreseen, take_version, undeclared
from qcode.study.in_vivo_marks import after_version
from qcode.study.past import PastVersion, past
from qcode.study.planning import PlannedChange, counted, plan
from qcode.study.versions import changes_between, identities

if TYPE_CHECKING:
    from qcode.domain.ledger import Loss
    from qcode.study.joining import Joined

__all__ = ["CodebookImported", "Codebooks", "Difference"]

IN_A_FILE = "into a YAML file of its own, name that with --changes"
"""Where the changes of a table are written."""


@dataclass(frozen=True, slots=True)
class CodebookImported:
    """What an import did: `known` where this very version was in the study already.

    Where the version `follows` another, `plan` says what each change does to the codings, `queued` how many of them
    wait now and `moved` how many went to another code; in a dry run, how many would.
    """

    codebook: str
    version: str
    codes: int
    codable: int
    known: bool
    problems: tuple[Problem, ...]
    follows: str = ""
    plan: tuple[PlannedChange, ...] = ()
    queued: int = 0
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between two versions, with the codings on the codes concerned as the first version was left."""

    old: VersionInUse
    new: VersionInUse
    planned: tuple[PlannedChange, ...]


class Codebooks:
    """The codebooks: `add`, `list`, `show`, `export`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self,
        path: str | Path,
        *,
        name: str = "",
        changes: str | Path | None = None,
        data: bytes | None = None,
        dry_run: bool = False,
    ) -> CodebookImported:
        """Import a codebook file (YAML, CSV or Excel), or a starter by its name.

        `name` is NAME or NAME@V for a table, which says neither; `changes` a file with the changes of a table that
        follows a version. With `data` the bytes are here already, and `path` is only what the file is called. Raises
        BadCodebook with the list of what breaks a rule.
        """
        file = read_file(Path(path), label=name, data=data)
        file.raise_errors()
        declared = read_changes(Path(changes)) if changes is not None else ()
        self._desk.remarks += file.remarks
        if file.is_table:
            version = self._numbered(file.version, declared)
            return self.add_version(version, problems=tuple(check(version)), dry_run=dry_run, pasted=IN_A_FILE)
        version = replace(file.version, changes=(*file.version.changes, *declared))
        return self.add_version(version, problems=file.problems, dry_run=dry_run)

    def _numbered(self, table: CodebookVersion, changes: tuple[RawChange, ...]) -> CodebookVersion:
        """Return a table as the version that it is: the first, or the one after the newest."""
        with self._desk.store.read() as connection:
            if by_name(connection, codebook_table, table.codebook) is None:
                title, number = table.title or table.codebook, table.version or "1.0"
                return replace(table, version=number, title=title, changes=changes)
            return filled_up(table, choose_version(connection, table.codebook).content, changes)

    def add_version(
        self,
        version: CodebookVersion,
        *,
        problems: tuple[Problem, ...] = (),
        dry_run: bool = False,
        pasted: str = "",
    ) -> CodebookImported:
        """Take a version of a codebook into the study: the first one, or one that follows the newest.

        Raises Conflict for one that does not fit into the line of versions, BadCodebook with a block of changes ready
        to be `pasted` (if not into the file itself, where else) where not everything that changed is declared.
        """
        clean_name(version.codebook, "codebook")
        _must_keep_the_rules(version)
        codable = sum(c.codable for c in version.codes)
        done = CodebookImported(version.codebook, version.version, len(version.codes), codable, False, problems)
        with self._desk.store.write() as connection:
            book = by_name(connection, codebook_table, version.codebook)
            there = [v for v in rows.versions(connection) if book is not None and v.codebook_id == book.id]
            if self._known(connection, version, there):
                return replace(done, known=True)
            if there and there[-1].version != version.version:
                version = replace(version, codebook=there[-1].codebook)
                return self._follow(connection, version, done, dry_run=dry_run, pasted=pasted)
            _must_be_first(version)
            if not dry_run:
                self._clear_unused(connection, version)
                self._write(connection, version)
        return done

    def _known(self, connection: Connection, version: CodebookVersion, there: Sequence[rows.VersionRow]) -> bool:
        same = next((v for v in there if v.version == version.version), None)
        if same is None:
            return False
        if replace(version, codebook=same.codebook).sha256 == same.sha256:
            return True
        if len(there) == 1 and not rows.is_used(connection, same.codebook_id):
            return False
        raise Conflict(
            f"version {version.version} of {version.codebook} is in the study already, with other content",
            mend="a version never changes once it is used: give the file the next number and its changes",
        )

    def _follow(
        self, connection: Connection, version: CodebookVersion, done: CodebookImported, *, dry_run: bool, pasted: str
    ) -> CodebookImported:
        base = followed(connection, version)
        found = adopted(connection, base, version)
        if found.problems:
            raise undeclared(found, base.label, pasted)
        planned = tuple(plan(connection, base, found))
        if dry_run:
            carried = foreseen(connection, found.declared, base.row.codebook_id)
        else:
            carried = take_version(connection, self._desk, found, base)
            after_version(connection, self._desk, choose_version(connection, version.codebook))
        return replace(done, follows=base.row.version, plan=planned, queued=carried.queued, moved=carried.moved)

    def _clear_unused(self, connection: Connection, version: CodebookVersion) -> None:
        """Take out the same version with other content, which no coding uses."""
        book = by_name(connection, codebook_table, version.codebook)
        if book is not None:
            if read_draft(connection, book.id) is not None:
                raise Conflict(
                    f"a draft follows {version.codebook}@{version.version}, which would be replaced",
                    mend="write it to a file (qcode codebook draft -o mine.yaml) and discard it (--discard) first",
                )
            rows.remove_codebook(connection, book.id)
            self._desk.remarks.append(f"{version.codebook}@{version.version} was replaced; no coding used it")

    def _write(self, connection: Connection, version: CodebookVersion) -> None:
        row_id, who = self._desk.acting(connection)
        identity = identities(version.codebook, set(), version.version)
        codes = tuple(replace(code, id=code.id or identity(code.key)) for code in version.codes)
        book_id = rows.add_codebook(connection, uuid=new_id(), key=version.codebook)
        rows.add_version(
            connection,
            book_id,
            replace(version, codes=codes),
            uuid=new_id(),
            created_at=now(),
            coder_id=row_id,
        )
        label = f"{version.codebook}@{version.version}"
        details = {"sha256": version.sha256, "codes": len(codes)}
        self._desk.record(connection, who, "codebook.add", details, version=label)

    def list(self) -> list[tuple[rows.VersionRow, int]]:
        """Return every version of every codebook with the number of its codes."""
        with self._desk.store.read() as connection:
            return [(row, len(rows.read_version(connection, row.id).codes)) for row in rows.versions(connection)]

    def show(self, name: str | None = None) -> VersionInUse:
        """Return the version that `NAME@V` names, the newest without `@V`, the only codebook without a name."""
        with self._desk.store.read() as connection:
            return choose_version(connection, name)

    def show_for(self, name: str | None) -> CodebookVersion | None:
        """Return the version that `name` names; without a name the only codebook, or None where there are several."""
        with self._desk.store.read() as connection:
            if name is None and len(newest := newest_versions(connection)) != 1:
                return None
            return choose_version(connection, name or newest[0].row.codebook).content

    def show_code(self, name: str, *, codebook: str | None = None) -> Code:
        """Return the code that `name` names, in a version or in the newest versions of all codebooks."""
        with self._desk.store.read() as connection:
            return find_code(connection, name, codebook=codebook).code

    def diff(self, first: str, second: str) -> Difference:
        """Return what differs between two versions of one codebook, and the codings that stood under the first.

        Raises Conflict for versions of different codebooks.
        """
        with self._desk.store.read() as connection:
            old, new = choose_version(connection, first), choose_version(connection, second)
            if old.row.codebook_id != new.row.codebook_id:
                raise Conflict(
                    f"{old.label} and {new.label} are versions of different codebooks",
                    mend="compare two versions of one: see qcode codebook list",
                )
            told = tell(changes_between(connection, old, new), old.content, new.content)
            where = standing(rows.ancestry(connection, old.row.id))
            return Difference(old, new, tuple(counted(connection, old.row.codebook_id, told, new.content, where)))

    def log(self, name: str | None = None) -> Sequence[PastVersion]:
        """Return the versions of a codebook with their past, oldest first; with NAME@V those that lead to it."""
        with self._desk.store.read() as connection:
            return past(connection, name)

    def merge(
        self,
        path: str | Path,
        *,
        settle: Mapping[str, str] | None = None,
        version: str = "",
        note: str = "",
        dry_run: bool = False,
    ) -> Joined:
        """Join a file that follows an earlier version with the newest one; see `qcode.study.joining.join`."""
        from qcode.study.joining import join

        return join(self._desk, Path(path), settle=settle or {}, version=version, note=note, dry_run=dry_run)

    def newest(self) -> Mapping[str, CodebookVersion]:
        """Return the newest version of every codebook by its key."""
        with self._desk.store.read() as connection:
            return {v.row.codebook: v.content for v in newest_versions(connection)}

    def export(self, name: str | None = None, *, ending: str = ".yaml") -> bytes:
        """Return a version as a file of this ending (.yaml, .csv, .xlsx, .qdc), byte for byte the same each time."""
        if ending == ".qdc":
            data, lost = self.as_qdc(name)
            self._desk.remarks += [f"left out: {one.n:,} {one.what} ({one.why})" for one in lost]
            return data
        version = self.show(name)
        if ending in (".yaml", ".yml"):
            return codebook_yaml.write(version.content).encode()
        return table_file.write(version.content, ending)

    def as_qdc(self, name: str | None = None) -> tuple[bytes, tuple[Loss, ...]]:
        """Return the codes of a version as a REFI-QDA codebook, and what that leaves out."""
        from qcode.interchange.refi_write import write_codebook

        return write_codebook(self.show(name).content)


def _must_keep_the_rules(version: CodebookVersion) -> None:
    errors = [problem for problem in check(version) if problem.level == "error"]
    if errors:
        label = f"{version.codebook}@{version.version}"
        raise BadCodebook("\n".join(f"{label}, {one.where}: {one.what}" for one in errors[:10]))


def _must_be_first(version: CodebookVersion) -> None:
    if version.changes or version.follows:
        which = version.follows[0] if version.follows else "a version"
        raise Conflict(
            f"version {version.version} of {version.codebook} follows {which}, which the study does not have",
            mend="import the earlier version first",
        )
