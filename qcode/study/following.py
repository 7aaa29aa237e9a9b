"""Takes a version that follows another into a study: what it changes, what becomes of each coding, what then waits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from qcode.domain.codebook import CodebookVersion
from qcode.domain.declared import Adopted, adopt
from qcode.domain.diff import Declared
from qcode.errors import BadCodebook, Conflict
from qcode.interchange import codebook_yaml
from qcode.store import carry, lineage
from qcode.store import codebooks as rows
from qcode.store.standing import standing
from qcode.study.codes import VersionInUse, choose_version
from qcode.study.desk import Desk, new_id, now
from qcode.study.versions import former_codes, identities, known_before

__all__ = [
    "Carried",
    "adopted",
    "carry_beside",
    "carry_late",
    "carry_over",
    "followed",
    "foreseen",
    "take_version",
    "undeclared",
    "write_version",
]

SHOWN = 10
"""How many problems a refusal lists."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a new version did to the codings, or would do: how many wait, and how many moved to another code."""

    queued: int
    moved: int


def adopted(connection: Connection, base: VersionInUse, new: CodebookVersion) -> Adopted:
    """Return `new` as a version that follows `base`, its codes with their identities, or what keeps it from that."""
    taken = set(rows.code_ids(connection, base.row.codebook_id))
    former = former_codes(connection, base.row.id, base.content)
    identity = identities(base.row.codebook, taken, new.version)
    return adopt(base.content, new, former=former, identity=identity)


def followed(connection: Connection, new: CodebookVersion) -> VersionInUse:
    """Return the version that `new` follows: the newest. Raises Conflict where it says that it follows another."""
    base = choose_version(connection, new.codebook)
    there = [row.version for row in rows.versions(connection) if row.codebook_id == base.row.codebook_id]
    if not new.follows or new.follows[0] == base.row.version:  # a joined version declares what is new on its main line
        return base
    said = " and ".join(new.follows)
    if any(one not in there for one in new.follows):
        raise Conflict(
            f"version {new.version} of {new.codebook} follows {said}, which the study does not have",
            mend=f"import that first; the study has {', '.join(there)}",
        )
    raise Conflict(
        f"version {new.version} of {new.codebook} follows {said}, and the study is at {base.row.version} already",
        mend="join the two lines with: qcode codebook merge FILE",
    )


def undeclared(found: Adopted, label: str, pasted: str = "") -> BadCodebook:
    """Return the refusal of a version that does not account for what changed, with a block of changes to paste.

    `pasted` says where, if not into the file itself.
    """
    said = f"{found.version.codebook}@{found.version.version}"
    listed = [f"{said}: {problem}" for problem in found.problems]
    shown = "\n".join(listed[:SHOWN]) + (f"\nand {len(listed) - SHOWN} more" if len(listed) > SHOWN else "")
    if not found.missing:
        return BadCodebook(shown, mend=f"compare it with {label}: qcode codebook export {label}")
    block = codebook_yaml.write_changes((*found.version.changes, *found.missing))
    where = "in place of the file's block changes" if found.version.changes else "at the end of the file"
    return BadCodebook(
        f"{shown}\nPaste this {pasted or where}, and look at each line (effect: clarify, widen or "
        f"narrow; rename, merge, split or retire):\n{block}"
    )


def take_version(connection: Connection, desk: Desk, found: Adopted, base: VersionInUse) -> Carried:
    """Write the version that follows `base`, carry the codings over and note it all in the history."""
    new = write_version(connection, desk, found, base.row.codebook_id, [base])
    coder_id, who = desk.acting(connection)
    scope = carry.Scope(standing(), new.row.id, new.row.sha256, now(), coder_id)
    carried = carry_over(connection, found.declared, base.row.codebook_id, scope)
    details = {
        "sha256": new.row.sha256,
        "follows": base.row.uuid,
        "changes": len(found.declared),
        "queued": carried.queued,
        "moved": carried.moved,
    }
    desk.record(connection, who, "codebook.follow", details, version=new.label)
    return carried


def write_version(
    connection: Connection, desk: Desk, found: Adopted, codebook_id: int, parents: Sequence[VersionInUse]
) -> VersionInUse:
    """Write a following version with what it declares; `parents` are those it follows, the main line first."""
    coder_id, _ = desk.acting(connection)
    version_id = rows.add_version(
        connection,
        codebook_id,
        found.version,
        uuid=new_id(),
        created_at=now(),
        coder_id=coder_id,
        parents=tuple(one.row.id for one in parents),
    )
    lineage.add_changes(connection, version_id, found.declared)
    row = next(row for row in rows.versions(connection) if row.id == version_id)
    return VersionInUse(row, found.version)


def carry_over(
    connection: Connection,
    declared: Sequence[Declared],
    codebook_id: int,
    scope: carry.Scope,
    *,
    known: Collection[Declared] = (),
) -> Carried:
    """Do to the codings of `scope` what a version declares: queue what is split or narrowed, move what is merged.

    What is `known` is left out: it was done before the codings were made.
    """
    ids = rows.code_ids(connection, codebook_id)
    queued, met = 0, set[str]()
    for n, one in enumerate(declared):
        if one in known or not _opens_queue(one):
            continue
        now_waiting = carry.queue(connection, scope, n, [ids[id] for id in one.codes])
        queued += 0 if met & {*one.codes} else now_waiting
        met |= {*one.codes}
    return Carried(queued, carry.move(connection, scope, _targets((d for d in declared if d not in known), ids)))


def foreseen(connection: Connection, declared: Iterable[Declared], codebook_id: int) -> Carried:
    """Return what `carry_over` would do to the codings that stand now."""
    ids = rows.code_ids(connection, codebook_id)
    listed = tuple(declared)
    queues = {ids[id] for one in listed if _opens_queue(one) for id in one.codes}
    moves = {ids[id] for one in listed if one.kind == "merge" for id in one.codes if id != one.into[0]}
    return Carried(*(carry.touched(connection, met, standing())[0] for met in (queues, moves)))


def carry_beside(connection: Connection, declared: Sequence[Declared], codebook_id: int, branch: carry.Branch) -> None:
    """Do what a version beside the main line declares to the codings as they stood where the lines parted.

    That is seen under this version alone; the main line gets what the joined version declares.
    """
    ids = rows.code_ids(connection, codebook_id)
    for n, one in enumerate(declared):
        if _opens_queue(one):
            carry.queue_beside(connection, branch, n, [ids[id] for id in one.codes])
    carry.move_beside(connection, branch, _targets(declared, ids))


def _opens_queue(one: Declared) -> bool:
    return one.kind in ("split", "uncodable") or (one.kind == "redefine" and one.effect == "narrow")


def carry_late(connection: Connection, codebook_ids: Iterable[int], after: int, *, coder_id: int) -> list[str]:
    """Do to codings that came in behind row `after`, made under earlier versions, what the later versions declare.

    Return a sentence for each codebook where some wait now or moved.
    """
    remarks = []
    for book in sorted(codebook_ids):
        versions = {row.id: row for row in rows.versions(connection) if row.codebook_id == book}
        newest = versions[max(versions)]
        changes = lineage.changes_of(connection, rows.ancestry(connection, newest.id))
        for later in reversed(lineage.main_line(connection, newest.id)):
            _carry_late(connection, book, changes, versions[later], after=after, since=newest.id, coder_id=coder_id)
        waiting, moved = carry.fate_of_late(connection, book, after)
        if waiting or moved:
            label = f"{newest.codebook}@{newest.version}"
            remarks.append(f"codings made before {label} were carried over: {waiting:,} wait, {moved:,} moved")
    return remarks


def _carry_late(
    connection: Connection,
    book: int,
    changes: Mapping[int, Sequence[Declared]],
    later: rows.VersionRow,
    *,
    after: int,
    since: int,
    coder_id: int,
) -> None:
    """Do what one later version declares; one that joins two lines, but for what a coding's own line declared."""
    for made_under in carry.versions_of_late(connection, after):
        seen = rows.ancestry(connection, made_under)
        if later.id in seen:
            continue
        known = known_before(connection, later.id, seen)
        stamp = {"version_id": later.id, "version_sha256": later.sha256, "at": now(), "coder_id": coder_id}
        scope = carry.late_scope(after, [made_under], **stamp, since=since)
        carry_over(connection, changes[later.id], book, scope, known=known)


def _targets(declared: Iterable[Declared], ids: Mapping[str, int]) -> dict[int, tuple[int, str]]:
    return {
        ids[id]: (ids[one.into[0]], one.into[0])
        for one in declared
        if one.kind == "merge"
        for id in one.codes
        if id != one.into[0]
    }
