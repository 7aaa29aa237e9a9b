"""Takes the codebooks of a parcel into a study: met again, with what was added elsewhere, or on their own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from qcode.domain.codebook import CodebookVersion
from qcode.errors import BadValue, Conflict
from qcode.store import codebooks as rows
from qcode.store import lineage
from qcode.store import receiving as bulk
from qcode.store.lookup import by_name, fold
from qcode.store.schema import codebook as codebook_table
from qcode.study.codes import newest_row
from qcode.study.desk import clean_name
from qcode.study.receiving_arrival import Arrival, usable
from qcode.study.receiving_matches import alike, latest, match, tell_of_differences
from qcode.study.receiving_versions import add_codes, go_on, write_line

__all__ = ["Codes", "Spot", "take_codes"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the codings on a code of the parcel go, in row ids: the code, and the newest version that it may be in.

    `newest_id` is the newest version of its codebook, an other one where the code has ended since.
    """

    code_id: int
    codebook_id: int
    version_id: int
    newest_id: int


@dataclass
class Codes:
    """What became of the codes: `ids` are those in the study by those in the parcel; `added` how many are new.

    A code without a spot takes no codings. `returned` are the codebooks (row ids) that the study had.
    """

    ids: dict[str, str] = field(default_factory=dict)
    spots: dict[str, Spot] = field(default_factory=dict)
    added: int = 0
    versions: list[str] = field(default_factory=list)
    returned: set[int] = field(default_factory=set)


def take_codes(arrival: Arrival, key: str | None, *, texts_known: bool) -> Codes:
    """Take in what is new among the codes of a parcel, and find where the others are.

    `key` is the codebook they go to; `texts_known` tells that most of the transcripts were in the study.
    """
    books: dict[str, list[CodebookVersion]] = defaultdict(list)
    for version in arrival.parcel.versions:
        if version.codes:
            books[fold(version.codebook)].append(version)
    if key is not None and len(books) > 1:
        raise BadValue(f"the file holds {len(books)} codebooks, and --codebook names one", mend="leave it out")
    before, labels = len(bulk.code_rows(arrival.connection)), _labels(arrival.connection)
    codes = Codes()
    for versions in books.values():
        _take_book(arrival, codes, versions, key, texts_known=texts_known)
    codes.added = len(bulk.code_rows(arrival.connection)) - before
    codes.versions = [one for one in _labels(arrival.connection) if one not in labels]
    _find_spots(arrival.connection, codes)
    return codes


def _labels(connection: Connection) -> list[str]:
    return [f"{row.codebook}@{row.version}" for row in rows.versions(connection)]


def _take_book(
    arrival: Arrival, codes: Codes, versions: Sequence[CodebookVersion], key: str | None, *, texts_known: bool
) -> None:
    connection = arrival.connection
    book_id = _book_meant(arrival, versions, key, texts_known=texts_known)
    if book_id is None:
        book_id = _book_of_its_own(arrival, versions, key)
    else:
        codes.returned.add(book_id)
        go_on(arrival, book_id, versions)
    ids = match(connection, book_id, versions)
    coded = {one.code for one in arrival.parcel.codings}
    newest = {code.id for code in versions[-1].codes}
    wanted = [id for id in latest(versions) if id not in ids and (id in newest or id in coded)]
    if wanted:
        ids |= add_codes(arrival, book_id, versions, wanted, ids)
    codes.ids |= ids
    if book_id in codes.returned:
        tell_of_differences(arrival, book_id, versions, ids)


def _book_meant(
    arrival: Arrival, versions: Sequence[CodebookVersion], key: str | None, *, texts_known: bool
) -> int | None:
    """Return the codebook of the study that these are versions of: by codes that it knows, else by name or likeness."""
    known = bulk.code_rows(arrival.connection)
    ids = {usable(code.id) for version in versions for code in version.codes}
    met = Counter(known[id][1] for id in ids if id in known)
    named = None if key is None else by_name(arrival.connection, codebook_table, key)
    if met:
        book = met.most_common(1)[0][0]
        if key is not None and (named is None or named.id != book):
            there = dict(rows.codebooks(arrival.connection))[book]
            raise Conflict(f"the codes of the file are in the codebook {there} already", mend="leave out --codebook")
        return book
    if key is not None:
        return None if named is None else int(named.id)
    if arrival.parcel.stable or not texts_known:
        return None
    shares = {book: alike(arrival.connection, book, versions) for book, _ in rows.codebooks(arrival.connection)}
    best = max(shares, key=lambda book: shares[book], default=None)
    return best if best is not None and shares[best] >= 0.5 else None


def _book_of_its_own(arrival: Arrival, versions: Sequence[CodebookVersion], key: str | None) -> int:
    """Return a codebook that is made of these versions, or the one that has the same codes under their name."""
    said = versions[-1].codebook or arrival.parcel.name
    wanted = clean_name(key, "codebook") if key is not None else _plain_key(said)
    name, n = wanted, 1
    while (row := by_name(arrival.connection, codebook_table, name)) is not None:
        if _has_content(arrival.connection, int(row.id), versions[-1]):
            return int(row.id)
        n += 1
        name = f"{wanted}-{n}"
    return write_line(arrival, name, versions)


def _plain_key(name: str) -> str:
    """Return a name as the key of a codebook."""
    return re.sub(r"[\s,@/\x00-\x1f\x7f-\x9f]+", "-", name[:100]).strip("-") or "codebook"


def _has_content(connection: Connection, book_id: int, version: CodebookVersion) -> bool:
    wanted = [replace(code, id="") for code in version.codes]
    there = (row.id for row in rows.versions(connection) if row.codebook_id == book_id)
    return any([replace(code, id="") for code in rows.read_version(connection, one).codes] == wanted for one in there)


def _find_spots(connection: Connection, codes: Codes) -> None:
    known = bulk.code_rows(connection)
    lines: dict[int, tuple[list[int], dict[int, set[int]]]] = {}
    for id, uuid in codes.ids.items():
        code_id, book = known[uuid]
        if book not in lines:
            codable: dict[int, set[int]] = defaultdict(set)
            for entry, version_id, takes in bulk.entries_of(connection, book):
                if takes:
                    codable[entry].add(version_id)
            lines[book] = (lineage.main_line(connection, newest_row(connection, book).id), codable)
        line, codable = lines[book]
        version = next((one for one in line if one in codable[code_id]), None)
        if version is not None:
            codes.spots[id] = Spot(code_id, book, version, line[0])
