"""Takes a parcel, a whole project of another program or of a colleague, into a study: all of it in one act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from qcode.domain.ledger import Loss, Positions, gathered
from qcode.domain.parcel import Parcel
from qcode.store import receiving as bulk
from qcode.study.desk import Desk
from qcode.study.import_outcomes import Imported
from qcode.study.receiving_arrival import Arrival, arriving
from qcode.study.receiving_codes import take_codes
from qcode.study.receiving_codings import take_codings
from qcode.study.receiving_files import read_project
from qcode.study.receiving_memos import Things, take_memos
from qcode.study.receiving_people import take_cases, take_coders
from qcode.study.receiving_transcripts import Drafts, drafts_of, take_transcripts

__all__ = ["Received", "receive", "receive_parcel"]


@dataclass(frozen=True, slots=True)
class Received:
    """What came in with a parcel; with `dry_run` what would.

    `codes`, `codings`, `coders`, `cases` and `memos` count what is new, `values` the attributes that were written.
    `known` codings were there already, `withdrawn_here` are the ids of those that were taken back here and stay so,
    `not_in_file` counts those that stand here and are missing in a file that came back: they stay, too.
    `known_transcripts` counts those that were there, `revised` names those that changed elsewhere; `versions` are the
    codebook versions that were written. `changed` tells whether the study is another one now.
    """

    name: str
    origin: str
    dry_run: bool
    changed: bool
    imported: tuple[Imported, ...]
    known_transcripts: int
    revised: tuple[str, ...]
    versions: tuple[str, ...]
    codes: int
    codings: int
    coders: int
    cases: int
    values: int
    memos: int
    known: int
    withdrawn_here: tuple[str, ...]
    not_in_file: int
    positions: Positions | None
    quotes_agree: int | None
    remarks: tuple[str, ...]
    lost: tuple[Loss, ...]


class _Undone(Exception):
    """Ends an act that is not to be carried out."""


def receive(
    desk: Desk,
    source: str | Path | bytes,
    name: str = "",
    *,
    dry_run: bool = False,
    rule: str | None = None,
    project: str | None = None,
    codebook: str | None = None,
    coder: str | None = None,
) -> Received:
    """Take a file of another program into a study; see `Study.receive`."""
    parcel, name, format = read_project(source, name, rule=rule, project=project)
    found = receive_parcel(desk, parcel, name=name, format=format, dry_run=dry_run, codebook=codebook, coder=coder)
    shown = name if isinstance(source, bytes) else str(source)
    return replace(found, imported=tuple(replace(one, path=shown) for one in found.imported))


def receive_parcel(
    desk: Desk,
    parcel: Parcel,
    *,
    name: str = "",
    format: str = "project",
    dry_run: bool = False,
    codebook: str | None = None,
    coder: str | None = None,
) -> Received:
    """Take a parcel into a study, all of it that can be; what cannot is listed. A study that has it all is not changed.

    `name` and `format` are those of the file that it came in. Raises QcodeError, and then nothing has changed.
    """
    with desk.store.read() as connection:
        known = {row.sha256 for row in bulk.revisions(connection)}
    drafts = drafts_of(parcel, known)  # (before the act: nobody waits for it)
    told = len(desk.remarks)
    try:
        with desk.store.write() as connection:
            arrival = arriving(connection, desk, parcel, name or parcel.name, format)
            found = _take(connection, arrival, drafts, codebook=codebook, coder=coder)
            if dry_run or not found.changed:
                raise _Undone
    except _Undone:
        pass
    finally:
        by_the_way = desk.remarks[told:]
        del desk.remarks[told:]
    remarks = (*found.remarks, *(by_the_way if found.changed else ()))
    imported = tuple(replace(one, id="") for one in found.imported) if dry_run else found.imported
    return replace(found, dry_run=dry_run, remarks=remarks, imported=imported)


def _take(
    connection: Connection, arrival: Arrival, drafts: Drafts, *, codebook: str | None, coder: str | None
) -> Received:
    parcel = arrival.parcel
    texts = take_transcripts(arrival, drafts)
    coders = take_coders(arrival, coder)
    texts_known = 2 * len(texts.known) >= max(1, len(parcel.transcripts))
    codes = take_codes(arrival, codebook, texts_known=texts_known)
    cases = take_cases(arrival, texts)
    codings = take_codings(arrival, texts, codes, coders)
    things = Things(texts, codes, coders, cases, codings)
    memos = take_memos(arrival, things)
    if arrival.undated:
        _tell_of_time(arrival)
    if coders.nobody in codings.by or (memos and any(one.coder is None for one in arrival.parcel.memos)):
        arrival.remarks.append(f"what names no coder in the file is by {coders.nobody_name}")
    found = _received(arrival, things, memos)
    if found.changed:
        _record(arrival, things, found)
    return found


def _tell_of_time(arrival: Arrival) -> None:
    which = "the time of the import" if arrival.date == arrival.at else f"the latest time in the file, {arrival.date}"
    things = "1 coding or memo says" if arrival.undated == 1 else f"{arrival.undated:,} codings and memos say"
    arrival.remarks.append(f"{things} no time in the file; they carry {which}")


def _received(arrival: Arrival, things: Things, memos: int) -> Received:
    parcel, texts, codes, codings = arrival.parcel, things.texts, things.codes, things.codings
    coders, cases = things.coders, things.cases
    written = (texts.imported, texts.revised, codes.versions, codings.added, memos)
    changed = any(written) or any((cases.added, cases.values, cases.placed))
    return Received(
        name=arrival.name,
        origin=parcel.origin,
        dry_run=False,
        changed=changed,
        imported=tuple(texts.imported),
        known_transcripts=len(texts.known),
        revised=tuple(texts.revised),
        versions=tuple(codes.versions),
        codes=codes.added,
        codings=codings.added,
        coders=coders.added if changed else 0,
        cases=cases.added,
        values=cases.values,
        memos=memos,
        known=codings.known,
        withdrawn_here=tuple(codings.withdrawn),
        not_in_file=codings.missing,
        positions=parcel.positions,
        quotes_agree=parcel.quotes_agree,
        remarks=(*parcel.remarks, *arrival.remarks),
        lost=gathered((*parcel.lost, *arrival.lost)),
    )


def _record(arrival: Arrival, things: Things, found: Received) -> None:
    """Write the act into the history: identities and counts, no names."""
    details = {
        "parcel": arrival.parcel.id,
        "imported": [one.id for one in found.imported],
        "transcripts": len(found.imported),
        "revised": len(found.revised),
        "codes": found.codes,
        "codings": found.codings,
        "coders": found.coders,
        "cases": found.cases,
        "memos": found.memos,
        "known": found.known,
        "withdrawn_here": len(found.withdrawn_here),
        "lost": sum(one.n for one in found.lost),
        "sha256": things.codings.digest,
    }
    details = {key: value for key, value in details.items() if value}
    label = found.versions[0] if len(found.versions) == 1 else None
    arrival.desk.record(arrival.connection, arrival.who, "study.receive", details, version=label)
