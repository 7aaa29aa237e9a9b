"""Tells which codes of a parcel are codes of a codebook of the study: by identity, else by their paths or keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from qcode.domain.codebook import Code, CodebookVersion
from qcode.store import codebooks as rows
from qcode.store import lineage
from qcode.store import receiving as bulk
from qcode.store.lookup import fold
from qcode.study.codes import newest_row
from qcode.study.receiving_arrival import Arrival, usable

__all__ = ["alike", "latest", "match", "tell_of_differences"]

SHOWN = 5
"""How many codes a remark names."""


def latest(versions: Iterable[CodebookVersion]) -> dict[str, tuple[CodebookVersion, Code]]:
    """Return every code of some versions by its identity, as the last version that has it has it."""
    return {code.id: (version, code) for version in versions for code in version.codes}


def match(connection: Connection, book_id: int, versions: Sequence[CodebookVersion]) -> dict[str, str]:
    """Return the identities in the study of those codes of a parcel that it knows, by those in the parcel."""
    known = bulk.code_rows(connection)
    mine = latest(versions)
    found = {id: uuid for id in mine if (uuid := usable(id)) is not None and uuid in known}
    claimed = set(found.values())
    for there in _line(connection, book_id):
        for look in LOOKS:
            by_name = _unique(there, look)
            for id, (version, code) in mine.items():
                if id in found:
                    continue
                uuid = by_name.get(look(version, code))
                if uuid is not None and uuid not in claimed:
                    found[id] = uuid
                    claimed.add(uuid)
    return found


def alike(connection: Connection, book_id: int, versions: Sequence[CodebookVersion]) -> float:
    """Return the share of a parcel's codes, from 0 to 1, that a codebook of the study has by path or key."""
    newest = versions[-1]
    return len(match(connection, book_id, [newest])) / len(newest.codes)


def _line(connection: Connection, book_id: int) -> Iterator[CodebookVersion]:
    """Yield the versions of the main line, newest first."""
    for version_id in lineage.main_line(connection, newest_row(connection, book_id).id):
        yield rows.read_version(connection, version_id)


def _path(version: CodebookVersion, code: Code, name: Callable[[Code], str]) -> tuple[str, ...]:
    above = version.ancestors(code.key)
    return tuple(fold(name(one)) for one in (*reversed(above), code))


def _names(version: CodebookVersion, code: Code) -> tuple[str, ...]:
    return _path(version, code, lambda one: one.name or one.key)


def _keys(version: CodebookVersion, code: Code) -> tuple[str, ...]:
    return _path(version, code, lambda one: one.key)


def _key(_: CodebookVersion, code: Code) -> tuple[str, ...]:
    return (fold(code.key),)


LOOKS = (_keys, _names, _key)


def _unique(version: CodebookVersion, look: Callable[[CodebookVersion, Code], tuple[str, ...]]) -> dict[object, str]:
    """Return the codes that are the only ones to look so."""
    found: dict[object, str] = {}
    several: set[object] = set()
    for code in version.codes:
        how = look(version, code)
        if how in found:
            several.add(how)
        found[how] = code.id
    return {how: uuid for how, uuid in found.items() if how not in several}


def tell_of_differences(
    arrival: Arrival, book_id: int, versions: Sequence[CodebookVersion], ids: Mapping[str, str]
) -> None:
    """Tell which codes were renamed or redefined elsewhere: no version of the study has them like that."""
    was: dict[str, list[Code]] = {}
    for row in rows.versions(arrival.connection):
        if row.codebook_id == book_id:
            for code in rows.read_version(arrival.connection, row.id).codes:
                was.setdefault(code.id, []).append(code)
    pairs = [(code, was[ids[code.id]]) for code in versions[-1].codes if ids.get(code.id) in was]
    renamed = [(ours[-1].key, code) for code, ours in pairs if not _called(code, ours)]
    defined = [(ours[-1].key, code) for code, ours in pairs if not _defined(code, ours)]
    if renamed:
        told = ", ".join(f"{key} (there {code.name or code.key})" for key, code in renamed[:SHOWN])
        _tell(arrival, "called", told, len(renamed), 'rename KEY --name "..."')
    if defined:
        told = ", ".join(key for key, _ in defined[:SHOWN])
        _tell(arrival, "defined", told, len(defined), "redefine KEY --effect clarify")


def _tell(arrival: Arrival, what: str, told: str, n: int, command: str) -> None:
    more = f" and {n - SHOWN} more" if n > SHOWN else ""
    codes = "1 code is" if n == 1 else f"{n:,} codes are"
    said = f"{codes} {what} otherwise in the file, which was not taken over: {told}{more}"
    arrival.remarks.append(f"{said}; do it with: qcode codebook {command}")


def _called(code: Code, ours: Sequence[Code]) -> bool:
    names = {fold(name) for one in ours for name in (one.key, one.name, *dict(one.names).values(), *one.aliases)}
    said = code.name or code.key
    return fold(said) in names or fold(said.rsplit("/", 1)[-1]) in names


def _defined(code: Code, ours: Sequence[Code]) -> bool:
    """Tell whether a definition is one of ours, alone or with other parts of the entry around it."""
    return not code.definition.strip() or any(
        one.definition.strip() and one.definition.strip() in code.definition for one in ours
    )
