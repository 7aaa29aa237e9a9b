"""A study as a parcel on its way to another tool: all that stands in it, and a ledger of what stays behind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from qcode.domain.codebook import CodebookVersion
from qcode.domain.coding import Coder
from qcode.domain.ledger import Loss, gathered
from qcode.domain.parcel import Parcel, ParcelCase, ParcelCoding, ParcelMemo
from qcode.errors import BadValue
from qcode.interchange.refi_write_xml import derived
from qcode.store import codebooks as codebook_rows
from qcode.store import coders as coder_rows
from qcode.store import memos as memo_rows
from qcode.store import sending as rows
from qcode.store.engine import Store
from qcode.study.codes import choose_version, newest_versions
from qcode.study.version_in_use import VersionInUse
from qcode.study.versions import frozen_codes

__all__ = ["send"]

ORIGIN = "qcode"

WHY = {
    "withdrawn": ("withdrawn codings", "what was taken back stays in the study"),
    "replaced": ("codings that others took the place of", "those that stand for them now go out"),
    "unplaced": ("codings without a place in the newest revision", "the text goes out as it is now"),
    "decisions": ("decisions on codings", "other tools have no place for them"),
    "acts": ("acts in the history", "other tools have no place for them"),
    "revisions": ("earlier revisions of transcripts", "the text goes out as it is now"),
    "turns": ("turns with their speakers", "other tools hold the text alone; qcode finds them anew in it"),
    "in_vivo": ("passages marked in vivo", "their codes are in a draft: publish it first"),
    "drafts": ("drafts of codebooks", "a version that is being written does not go out: publish it first"),
    "places": ("places where coders left off", "other tools have no place for them"),
    "rejections": ("rejected suggestions", "other tools have no place for them"),
}
"""What stays behind and why, by the words of the store."""


def send(store: Store, codebook: str | None = None, *, with_hidden: bool = False) -> Parcel:
    """Return a study as a parcel: one codebook with its codings, or all; `with_hidden` also hidden attributes.

    Raises NotFound for a codebook that the study does not have, BadValue for an earlier version of one.
    """
    with store.read() as connection:
        newest = _chosen(connection, codebook)
        standing, frozen = _code_ids(connection, newest)
        codings = rows.codings(connection, standing)
        transcripts = tuple(rows.transcripts(connection))
        cases, hidden = _cases(connection, with_hidden=with_hidden)
        versions = _versions(connection, newest)
        study = coder_rows.study_row(connection)
        known = {
            "transcript": {one.id for one in transcripts},
            "case": {one.id for one in cases},
            "coding": {one.id for one in codings},
            "code": {code.id for one in newest for code in one.content.codes} | {one.code for one in codings},
        }
        gone = {code.id: code.key for one in versions for code in one.codes if code.id not in known["code"]}
        memos, homeless, moved = _memos(connection, known, gone)
        losses = [
            *_left_behind(connection, codings, standing, frozen),
            Loss("hidden attributes of cases", hidden, why="they can harm a participant; --with-hidden sends them too"),
            Loss("memos", homeless, why="what they are about does not go out"),
            Loss("targets of memos", moved, why="their codes are gone; they are on the whole, behind the key"),
        ]
        return Parcel(
            name=study.title,
            origin=ORIGIN,
            id=study.uuid,
            coders=_coders(connection, {one.coder for one in codings} | {one.coder for one in memos}),
            versions=versions,
            transcripts=transcripts,
            codings=tuple(codings),
            cases=cases,
            memos=memos,
            lost=gathered(losses),
        )


def _chosen(connection: Connection, codebook: str | None) -> list[VersionInUse]:
    """Return the newest version of the codebook that is meant, or of each."""
    if codebook is None:
        return newest_versions(connection)
    asked = choose_version(connection, codebook)
    newest = next(one for one in newest_versions(connection) if one.row.codebook_id == asked.row.codebook_id)
    if newest.row.id != asked.row.id:
        raise BadValue(
            f"{asked.label} is not the newest version of its codebook",
            mend=f"a study goes out as it is now: name {newest.row.codebook} alone",
        )
    return [newest]


def _code_ids(connection: Connection, newest: Collection[VersionInUse]) -> tuple[set[int], set[int]]:
    """Return the codes (row ids) whose codings count, and those whose codings are frozen."""
    standing, frozen = set[int](), set[int]()
    for one in newest:
        ids = codebook_rows.code_ids(connection, one.row.codebook_id)
        retired = frozen_codes(connection, one.row.id, one.content)
        frozen |= {row_id for uuid, row_id in ids.items() if uuid in retired}
        standing |= {row_id for uuid, row_id in ids.items() if uuid not in retired}
    return standing, frozen


def _versions(connection: Connection, newest: Collection[VersionInUse]) -> tuple[CodebookVersion, ...]:
    """Return all versions of these codebooks, oldest first within each."""
    books = {one.row.codebook_id for one in newest}
    known = codebook_rows.versions(connection)
    return tuple(codebook_rows.read_version(connection, row.id) for row in known if row.codebook_id in books)


def _cases(connection: Connection, *, with_hidden: bool) -> tuple[tuple[ParcelCase, ...], int]:
    """Return the cases, and how many hidden facts were left out."""
    found, hidden = rows.cases(connection)
    shown = found if with_hidden else [one.without(hidden) for one in found]
    cases = tuple(ParcelCase(one.id, one.name, one.attributes, one.transcripts) for one in shown)
    return cases, 0 if with_hidden else sum(hidden.values())


def _coders(connection: Connection, ids: Collection[str | None]) -> tuple[Coder, ...]:
    """Return those who coded or noted something that goes out, in order of name."""
    return tuple(Coder(one.id, one.name, one.kind) for one in coder_rows.coders(connection) if one.id in ids)


def _memos(
    connection: Connection, known: Mapping[str, Collection[str]], gone: Mapping[str, str]
) -> tuple[tuple[ParcelMemo, ...], int, int]:
    """Return the memos on what goes out, how many are on something else, and how many on codes that are `gone`.

    Those on codes (by id, with their last keys) that no version has any more are about the study then.
    """
    ids = {one.name: one.id for one in coder_rows.coders(connection)}
    heirs = rows.heirs(connection)
    found, homeless, moved = [], 0, 0
    for memo in memo_rows.memos(connection):
        one = ParcelMemo(memo.id, memo.about, memo.target, memo.text, ids[memo.coder], memo.created_at)
        if memo.about == "study" or (memo.about == "code" and memo.target in gone):
            text = memo.text if memo.about == "study" else f"{gone[memo.target]}: {memo.text}"
            moved += memo.about == "code"
            found.append(replace(one, about="study", target="", text=text))
            continue
        targets = heirs.get(memo.target, []) if memo.about == "coding" else [memo.target]
        there = [target for target in targets if target in known[memo.about]]
        homeless += not there
        found += [replace(one, id=id, target=target) for id, target in _each(memo.id, there)]
    return tuple(found), homeless, moved


def _each(id: str, targets: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield an identity for each target: the memo's own for the first."""
    for n, target in enumerate(targets):
        yield (derived("memo of an heir", f"{id}\n{target}") if n else id), target


def _left_behind(
    connection: Connection, codings: Collection[ParcelCoding], standing: Collection[int], frozen: Collection[int]
) -> list[Loss]:
    """Return what stays in the study, as losses."""
    n = rows.left_behind(connection)
    cold = len(rows.codings(connection, frozen)) if frozen else 0
    others = n["standing"] - n["unplaced"] - cold - len(codings)
    waiting, earlier = rows.waiting_number(connection, standing), rows.earlier_number(connection, standing)
    return [
        *(Loss(what, n[word], why=why) for word, (what, why) in WHY.items()),
        Loss("frozen codings", cold, why="their codes are retired"),
        Loss("codings with codes of other codebooks", others, why="one codebook was asked for"),
        Loss("earlier versions under which codings were made", earlier, why="other tools have one codebook at a time"),
        Loss("marks that a coding waits for a decision", waiting, why="the codings go out under the codes they have"),
    ]
