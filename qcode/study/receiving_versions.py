"""Writes the versions of a parcel's codebooks: a line of their own, those that follow ours, or codes that are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qcode.domain.codebook import Code, CodebookVersion, check
from qcode.domain.declared import Adopted, adopt
from qcode.errors import BadCodebook
from qcode.store import codebooks as rows
from qcode.store import receiving as bulk
from qcode.study.codebook_files import free_number
from qcode.study.codes import VersionInUse, newest_row
from qcode.study.desk import new_id
from qcode.study.following import take_version, undeclared, write_version
from qcode.study.in_vivo_marks import after_version
from qcode.study.receiving_arrival import Arrival, Names, usable
from qcode.study.receiving_matches import SHOWN, latest
from qcode.study.versions import former_codes, identities

__all__ = ["add_codes", "go_on", "write_line"]


def write_line(arrival: Arrival, key: str, versions: Sequence[CodebookVersion]) -> int:
    """Write a codebook with all its versions, their codes under their own identities; return its row id.

    Where a version does not account for what it changed, the newest comes in alone.
    """
    line = _identified(arrival, key, versions)
    with arrival.connection.begin_nested() as tried:
        book_id = _try_line(arrival, key, line)
        if book_id is None:
            tried.rollback()
    if book_id is None:
        why = "they do not say what became of each code; the newest came in"
        arrival.lose("earlier versions of a codebook", len(line) - 1, where=key, why=why)
        book_id = _try_line(arrival, key, [_coded_codable(arrival, line[-1])])
    if book_id is None:
        raise BadCodebook(f"the codebook {key} of the file cannot be kept")
    return book_id


def _identified(arrival: Arrival, key: str, versions: Sequence[CodebookVersion]) -> list[CodebookVersion]:
    """Return versions under this key whose codes have identities that no other code has."""
    taken = set(bulk.code_rows(arrival.connection))
    fresh: dict[str, str] = {}
    for id, (_, code) in latest(versions).items():
        own = usable(id)
        fresh[id] = own if own is not None and own not in taken else identities(key, taken)(code.key)
        taken.add(fresh[id])
    line = [_numbered(replace(one, codebook=key), fresh) for one in versions]
    return [_coded_codable(arrival, line[0])] if len(line) == 1 else line


def _numbered(version: CodebookVersion, ids: dict[str, str]) -> CodebookVersion:
    codes = tuple(replace(code, id=ids[code.id]) for code in version.codes)
    return replace(version, version=version.version or "1.0", codes=codes)


def _coded_codable(arrival: Arrival, version: CodebookVersion) -> CodebookVersion:
    """Return a version in which no heading carries codings: other programs let them."""
    coded = {usable(one.code) for one in arrival.parcel.codings}
    made = [code.key for code in version.codes if not code.codable and code.id in coded]
    if made:
        n = "1 heading carries" if len(made) == 1 else f"{len(made):,} headings carry"
        arrival.remarks.append(f"{n} codings in the file, and can be coded with here: {', '.join(made[:SHOWN])}")
    return replace(version, codes=tuple(replace(c, codable=c.codable or c.key in made) for c in version.codes))


def _try_line(arrival: Arrival, key: str, line: Sequence[CodebookVersion]) -> int | None:
    for version in line:
        _must_keep_the_rules(version)
    book_id = rows.add_codebook(arrival.connection, uuid=new_id(), key=key)
    placed = {line[0].version: _write_first(arrival, book_id, line[0])}
    for version in line[1:]:
        above = [placed[one] for one in version.follows if one in placed] or [next(reversed(placed.values()))]
        if version.version in placed or any(one not in placed for one in version.follows):
            return None
        found = _adopted(arrival, above[0], version)
        if found.problems or _ids(found.version) != _ids(version):
            return None
        placed[version.version] = write_version(arrival.connection, arrival.desk, found, book_id, above)
    return book_id


def _must_keep_the_rules(version: CodebookVersion) -> None:
    errors = [problem for problem in check(version) if problem.level == "error"]
    if errors:
        raise BadCodebook("\n".join(f"codebook of the file, {one.where}: {one.what}" for one in errors[:SHOWN]))


def _write_first(arrival: Arrival, book_id: int, version: CodebookVersion) -> VersionInUse:
    """Write the first version, which follows none, whatever it followed elsewhere."""
    version = replace(version, changes=(), follows=())
    made = {"uuid": new_id(), "created_at": arrival.at, "coder_id": arrival.who_id}
    rows.add_version(arrival.connection, book_id, version, **made)  # type: ignore[arg-type]
    return VersionInUse(newest_row(arrival.connection, book_id), version)


def _ids(version: CodebookVersion) -> dict[str, str]:
    return {code.key: code.id for code in version.codes}


def _adopted(arrival: Arrival, base: VersionInUse, version: CodebookVersion) -> Adopted:
    """Return a version with identities as one that follows `base`."""
    ids = {code.key.casefold(): code.id for code in version.codes}
    former = former_codes(arrival.connection, base.row.id, base.content)
    return adopt(base.content, version, former=former, identity=lambda key: ids[key.casefold()])


def go_on(arrival: Arrival, book_id: int, versions: Sequence[CodebookVersion]) -> None:
    """Take in the versions that follow our newest one elsewhere, with all that they declare of the codings."""
    connection = arrival.connection
    base = _newest(arrival, book_id)
    line = [replace(one, codebook=base.row.codebook) for one in versions]
    alike = [n for n, one in enumerate(line) if (one.version, one.sha256) == (base.row.version, base.row.sha256)]
    known = {row.version for row in rows.versions(connection) if row.codebook_id == book_id}
    for version in line[alike[0] + 1 :] if alike else []:
        found = _adopted(arrival, base, version)
        follows = version.follows in ((), (base.row.version,)) and version.version not in known
        if not follows or found.problems or _ids(found.version) != _ids(version):
            arrival.remarks.append(
                f"{version.codebook}@{version.version} of the file was not taken over: it does not follow {base.label} "
                "alone; join the two lines with: qcode codebook merge FILE"
            )
            return
        carried = take_version(connection, arrival.desk, found, base)
        base = _newest(arrival, book_id)
        after_version(connection, arrival.desk, base)
        arrival.remarks.append(
            f"{base.label} came in with the file: {carried.queued:,} codings of before wait, {carried.moved:,} moved"
        )


def _newest(arrival: Arrival, book_id: int) -> VersionInUse:
    row = newest_row(arrival.connection, book_id)
    return VersionInUse(row, rows.read_version(arrival.connection, row.id))


def add_codes(
    arrival: Arrival, book_id: int, versions: Sequence[CodebookVersion], wanted: Sequence[str], ids: dict[str, str]
) -> dict[str, str]:
    """Write a version that has codes which were made elsewhere; return their identities by those in the parcel.

    `ids` are those of the codes that the codebook has.
    """
    base = _newest(arrival, book_id)
    mine, taken = latest(versions), set(bulk.code_rows(arrival.connection))
    keys = Names(_taken_keys(arrival, base))
    codes, made = list(base.content.codes), dict[str, str]()
    known = {row.version for row in rows.versions(arrival.connection) if row.codebook_id == book_id}
    number = free_number(base.row.version, known)
    for id in wanted:
        version, code = mine[id]
        parent = _parent(version, code, codes, {**ids, **made})
        key = keys.free(code.key, folder=parent or "")
        own = usable(id)
        made[id] = own if own is not None and own not in taken else identities(base.row.codebook, taken, number)(key)
        taken.add(made[id])
        aliases = tuple(alias for alias in code.aliases if keys.free(alias) == alias)
        _put(codes, replace(code, key=key, parent=parent, aliases=aliases, id=made[id]))
    note = f"codes from {arrival.name}"[:1000]
    new = replace(base.content, version=number, codes=tuple(codes), note=note, changes=(), follows=())
    _take(arrival, base, new, len(wanted))
    return made


def _take(arrival: Arrival, base: VersionInUse, new: CodebookVersion, n: int) -> None:
    _must_keep_the_rules(new)
    found = _adopted(arrival, base, new)
    if found.problems:
        raise undeclared(found, base.label)
    take_version(arrival.connection, arrival.desk, found, base)
    taken = _newest(arrival, base.row.codebook_id)
    after_version(arrival.connection, arrival.desk, taken)
    codes = "1 code that" if n == 1 else f"{n:,} codes that"
    arrival.remarks.append(f"{taken.label} was made for {codes} the file has and {base.label} had not")


def _taken_keys(arrival: Arrival, base: VersionInUse) -> set[str]:
    """Return every key and alias, folded, that a new code of the codebook cannot have."""
    former = former_codes(arrival.connection, base.row.id, base.content)
    aliases = {alias.casefold() for code in base.content.codes for alias in code.aliases}
    return {*base.content.by_key, *(one.key.casefold() for one in former), *aliases}


def _parent(version: CodebookVersion, code: Code, codes: Sequence[Code], ids: dict[str, str]) -> str | None:
    """Return the key that the code above has here, or None."""
    if code.parent is None:
        return None
    above = version.by_key.get(code.parent.casefold())
    uuid = None if above is None else ids.get(above.id)
    return next((one.key for one in codes if one.id == uuid), None)


def _put(codes: list[Code], new: Code) -> None:
    """Put a code behind the last one below its parent, or at the end."""
    at, below = len(codes), set[str]()
    if new.parent is not None:
        below = {new.parent.casefold()}
        for n, one in enumerate(codes):
            if one.key.casefold() in below or (one.parent is not None and one.parent.casefold() in below):
                below.add(one.key.casefold())
                at = n + 1
    codes.insert(at, new)
