"""Joins two lines of a codebook that parted: a file that follows an earlier version, and the newest of the study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from qcode.domain.codebook import CodebookVersion, check
from qcode.domain.declared import Adopted, adopt
from qcode.domain.three_way import Conflict as Difference
from qcode.domain.three_way import merge
from qcode.errors import BadCodebook, BadValue, Conflict, NotFound
from qcode.store import carry
from qcode.store import codebooks as rows
from qcode.store.lookup import by_name
from qcode.store.schema import codebook as codebook_table
from qcode.store.standing import standing
from qcode.study.codebook_files import free_number, read_file
from qcode.study.codes import VersionInUse, choose_version
from qcode.study.desk import Desk, now
from qcode.study.following import adopted, carry_beside, carry_over, foreseen, undeclared, write_version
from qcode.study.in_vivo_marks import after_version
from qcode.study.planning import PlannedChange, plan
from qcode.study.versions import declared_between, former_codes

__all__ = ["Joined", "join"]


@dataclass(frozen=True, slots=True)
class Joined:
    """What a join did, or the conflicts that keep it from being done: then nothing has changed.

    `version` is the joined one, which follows `ours` and `theirs`; both follow `base`.
    """

    codebook: str
    version: str
    base: str
    ours: str
    theirs: str
    conflicts: tuple[Difference, ...]
    plan: tuple[PlannedChange, ...] = ()
    queued: int = 0
    moved: int = 0
    done: bool = False


def join(
    desk: Desk, path: Path, *, settle: Mapping[str, str], version: str = "", note: str = "", dry_run: bool = False
) -> Joined:
    """Join a codebook file with the newest version of the study, three ways over the version that both follow.

    `settle` says for each conflict (CODE.FIELD, CODE, or * for all) ours, theirs, or other words. Raises Conflict where
    there is nothing to join, BadCodebook for a file that does not account for what it changed.
    """
    file = read_file(path)
    if file.is_table:
        raise BadCodebook(
            f"{file.name} is a table, which says neither its version nor which one it follows",
            mend="write it as YAML: import it into a study that has that version, and export it from there",
        )
    file.raise_errors()
    with desk.store.write() as connection:
        ours = _ours(connection, file.version)
        base, theirs = _parted(connection, ours, replace(file.version, codebook=ours.row.codebook))
        number = _number(connection, ours, theirs.version.version, version)
        merged = merge(
            base.content,
            ours.content,
            theirs.version,
            ours_declared=declared_between(connection, base.row.id, ours.row.id),
            theirs_declared=theirs.declared,
            version=number,
            note=note,
            settle=settle,
            former=former_codes(connection, ours.row.id, ours.content),
        )
        labels = (base.row.version, ours.row.version, theirs.version.version)
        found = Joined(ours.row.codebook, number, *labels, merged.conflicts)
        if merged.version is None:
            return found
        whole = _adopted(connection, ours, merged.version)
        found = replace(found, plan=tuple(plan(connection, ours, whole)))
        if not dry_run:
            return _write(connection, desk, found, base, ours, theirs, whole)
        would = foreseen(connection, whole.declared, ours.row.codebook_id)
        return replace(found, queued=would.queued, moved=would.moved)


def _ours(connection: Connection, new: CodebookVersion) -> VersionInUse:
    if by_name(connection, codebook_table, new.codebook) is None:
        raise NotFound(f"the study has no codebook {new.codebook}", mend="import it with: qcode codebook import FILE")
    return choose_version(connection, new.codebook)


def _parted(connection: Connection, ours: VersionInUse, new: CodebookVersion) -> tuple[VersionInUse, Adopted]:
    """Return the version at which the two lines parted, and the file as a version that follows it."""
    there = [row for row in rows.versions(connection) if row.codebook_id == ours.row.codebook_id]
    same = next((row for row in there if row.version == new.version), None)
    if same is not None:
        known = same.sha256 == new.sha256
        raise Conflict(
            f"{ours.row.codebook}@{new.version} is in the study already{'' if known else ', with other content'}",
            mend="it was joined or imported before" if known else "give the file another version, such as 1.2-team",
        )
    if new.follows:
        row = next((row for row in there if row.version == new.follows[0]), None)
        if row is None:
            raise Conflict(
                f"{new.codebook}@{new.version} follows {new.follows[0]}, which the study does not have",
                mend=f"the study has {', '.join(row.version for row in there)}",
            )
        return _apart(connection, ours, VersionInUse(row, rows.read_version(connection, row.id)), new)
    for row in reversed(there):
        base = VersionInUse(row, rows.read_version(connection, row.id))
        if not adopted(connection, base, new).problems:
            return _apart(connection, ours, base, new)
    raise Conflict(
        f"the file does not say which version {new.codebook}@{new.version} follows, and it fits none",
        mend='add a line such as follows: "1.1" below its version',
    )


def _apart(
    connection: Connection, ours: VersionInUse, base: VersionInUse, new: CodebookVersion
) -> tuple[VersionInUse, Adopted]:
    if base.row.id == ours.row.id:
        raise Conflict(
            f"{new.codebook}@{new.version} follows {base.row.version}, the newest version: there is nothing to join",
            mend="import it with: qcode codebook import FILE",
        )
    found = adopted(connection, base, replace(new, follows=(base.row.version,)))
    if found.problems:
        raise undeclared(found, base.label)
    return base, found


def _number(connection: Connection, ours: VersionInUse, theirs: str, given: str) -> str:
    """Return the number of the joined version: what was given, or the next one that is free."""
    taken = {row.version for row in rows.versions(connection) if row.codebook_id == ours.row.codebook_id} | {theirs}
    number = given.strip() or free_number(ours.row.version, taken)
    if number in taken:
        raise Conflict(f"{ours.row.codebook} has a version {number} already", mend="give another with --as")
    wrong = next((one for one in check(replace(ours.content, version=number)) if one.where == "version"), None)
    if wrong is not None:
        raise BadValue(f"{number!r} cannot be the number of a version: {wrong.what}", mend="give another with --as")
    return number


def _adopted(connection: Connection, ours: VersionInUse, merged: CodebookVersion) -> Adopted:
    """Return the joined version as one that follows ours; its codes have their identities already."""
    former = former_codes(connection, ours.row.id, ours.content)
    ids = {code.key.casefold(): code.id for code in merged.codes}
    found = adopt(ours.content, merged, former=former, identity=lambda key: ids[key.casefold()])
    if found.problems:
        raise undeclared(found, ours.label)
    return found


def _write(
    connection: Connection,
    desk: Desk,
    found: Joined,
    base: VersionInUse,
    ours: VersionInUse,
    theirs: Adopted,
    whole: Adopted,
) -> Joined:
    book = ours.row.codebook_id
    beside = write_version(connection, desk, theirs, book, [base])
    new = write_version(connection, desk, whole, book, [ours, beside])
    coder_id, who = desk.acting(connection)
    at = now()
    began = standing(rows.ancestry(connection, base.row.id))
    branch = carry.Branch(began, beside.row.id, beside.row.sha256, new.row.id, at, coder_id)
    carry_beside(connection, theirs.declared, book, branch)
    scope = carry.Scope(standing(), new.row.id, new.row.sha256, at, coder_id)
    carried = carry_over(connection, whole.declared, book, scope)
    details = {
        "sha256": new.row.sha256,
        "follows": [ours.row.uuid, beside.row.uuid],
        "changes": len(whole.declared),
        "queued": carried.queued,
        "moved": carried.moved,
    }
    desk.record(connection, who, "codebook.merge", details, version=new.label)
    after_version(connection, desk, new)
    return replace(found, queued=carried.queued, moved=carried.moved, done=True)
