"""The codes that a segment can be coded with: those of the newest versions that take codings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from qcode.errors import BadValue, Conflict
from qcode.study.codes import FoundCode, find_code, newest_row

__all__ = ["MOST_CODES", "codable"]

MOST_CODES = 50
"""So many codes are put on a segment at once: somebody else may want to write, too."""


def codable(
    connection: Connection, names: Sequence[str], codebook: str | None, under: Mapping[str, str]
) -> list[FoundCode]:
    """Return the codes that `names` name, each once; `under` are the versions of the codebooks that the coder has seen.

    Raises BadValue for no name or too many, NotFound, Conflict for a heading and for a version that is not the newest.
    """
    if len(names) > MOST_CODES:
        raise BadValue(f"{len(names):,} codes for one segment", mend=f"give at most {MOST_CODES} at once")
    found: dict[str, FoundCode] = {}
    for name in names:
        one = find_code(connection, name, codebook=codebook)
        if not one.code.codable:
            below = [c.key for c in one.version.content.descendants(one.code.key) if c.codable]
            hint = f"use one of its codes: {', '.join(below[:6])}" if below else "use another code"
            raise Conflict(f"{one.code.key} is only a heading", mend=hint)
        found[one.code.id] = one
    if not found:
        raise BadValue("no code is given", mend="name one or more codes, with commas between them")
    _must_be_newest(connection, found.values())
    _must_be_before_the_coder(found.values(), under)
    return list(found.values())


def _must_be_newest(connection: Connection, found: Iterable[FoundCode]) -> None:
    for one in found:
        newest = newest_row(connection, one.version.row.codebook_id)
        if newest.id != one.version.row.id:
            raise Conflict(
                f"{one.version.label} has been followed by {newest.version}: nothing is coded under it any more",
                mend="leave out --codebook, or name the codebook alone",
            )


def _must_be_before_the_coder(found: Iterable[FoundCode], under: Mapping[str, str]) -> None:
    """Raise Conflict where the coder has another version of a codebook before them than its newest."""
    for one in found:
        book, version = one.version.row.codebook, one.version.row.version
        if under.get(book, version) != version:
            raise Conflict(
                f"the codebook {book} has a new version {version} since this was opened",
                mend="look at the codes again, then code",
            )
