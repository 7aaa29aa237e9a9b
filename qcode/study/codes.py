"""Finds codebook versions and codes by what a person typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import Connection

from qcode.domain.codebook import Code
from qcode.errors import Ambiguous, NotFound
from qcode.store import codebooks as rows
from qcode.store import lineage
from qcode.store.lookup import fold, looks_like_id
from qcode.study.version_in_use import VersionInUse
from qcode.study.versions import former_codes

__all__ = ["FoundCode", "VersionInUse", "choose_version", "find_code", "near_keys", "newest_row", "newest_versions"]


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A code with the version in which it was found."""

    version: VersionInUse
    code: Code


def newest_versions(connection: Connection) -> list[VersionInUse]:
    """Return the newest version of every codebook, in order of key."""
    newest = {row.codebook: row for row in rows.versions(connection)}
    return [VersionInUse(row, rows.read_version(connection, row.id)) for row in newest.values()]


def newest_row(connection: Connection, codebook_id: int) -> rows.VersionRow:
    """Return the newest version of a codebook, without its codes."""
    return [row for row in rows.versions(connection) if row.codebook_id == codebook_id][-1]


def choose_version(connection: Connection, name: str | None) -> VersionInUse:
    """Return the version that `NAME@V` or `NAME` names; None means the only codebook. Without `@V` the newest.

    Raises NotFound, or Ambiguous where a study holds several codebooks and none is named.
    """
    known = rows.versions(connection)
    if not known:
        raise NotFound("this study has no codebook yet", mend="type: qcode codebook import FILE.yaml")
    if name is None:
        books = list(dict.fromkeys(row.codebook for row in known))
        if len(books) > 1:
            raise Ambiguous(f"this study holds {len(books)} codebooks", mend=f"name one: {' or '.join(books)}")
        row = known[-1]
    else:
        row = _named(connection, known, name)
    return VersionInUse(row, rows.read_version(connection, row.id))


def _named(connection: Connection, known: list[rows.VersionRow], name: str) -> rows.VersionRow:
    whole = [row for row in known if fold(row.codebook) == fold(name)]
    if whole:
        return whole[-1]
    book, at, version = name.rpartition("@")
    if not at:
        codebook = rows.codebook_row(connection, name)
        return [row for row in known if row.codebook_id == codebook.id][-1]
    codebook_id = rows.codebook_row(connection, book).id
    versions = [row for row in known if row.codebook_id == codebook_id]
    wanted = version.strip()
    alike = [row for row in versions if row.version == wanted] or [
        r for r in versions if _same_number(r.version, wanted)
    ]
    if alike:
        return alike[0]
    there = ", ".join(row.version for row in versions)
    raise NotFound(f"the codebook {book} has no version {version}", mend=f"it has {there}")


def _same_number(version: str, typed: str) -> bool:
    """Tell whether `typed` is what a spreadsheet makes of a version: 1 of 1.0."""
    return bool(re.fullmatch(r"\d+\.0", version)) and version.removesuffix(".0") == typed


def find_code(connection: Connection, name: str, *, codebook: str | None = None) -> FoundCode:
    """Return the code that `name` names: by key, alias, name in any language, or the beginning of its id.

    Raises NotFound with near matches, or Ambiguous.
    """
    versions = [choose_version(connection, codebook)] if codebook else newest_versions(connection)
    if not versions:
        raise NotFound("this study has no codebook yet", mend="type: qcode codebook import FILE.yaml")
    found = [FoundCode(v, code) for v in versions for code in v.content.find(name)]
    if not found and looks_like_id(name):
        start = name.strip().lower()
        found = [FoundCode(v, c) for v in versions for c in v.content.codes if c.id.startswith(start)]
    if not found:
        found = [one for v in versions for one in _by_earlier_key(connection, v, name)]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(f"{f.code.key} ({f.version.row.codebook})" for f in found)
        raise Ambiguous(
            f"the code {name!r} may be {several}", mend="type the key, and --codebook where there are several"
        )
    hint = near_keys(name, [code.key for v in versions for code in v.content.codes])
    where = ", ".join(v.label for v in versions)
    for one in versions:
        _must_not_have_ended(connection, one, name)
    mend = f"did you mean {' or '.join(hint)}?" if hint else "see: qcode codebook show"
    raise NotFound(f"there is no code {name!r} in {where}", mend=mend)


def _by_earlier_key(connection: Connection, version: VersionInUse, name: str) -> list[FoundCode]:
    """Return the codes of a version that were called `name` in one that it follows."""
    there = {code.id: code for code in version.content.codes}
    line = rows.ancestry(connection, version.row.id) - {version.row.id}
    earlier = lineage.ids_by_key(connection, line, name)
    return [FoundCode(version, there[id]) for id in earlier if id in there]


def _must_not_have_ended(connection: Connection, version: VersionInUse, name: str) -> None:
    """Tell of a code that an earlier version had what became of it."""
    for one in former_codes(connection, version.row.id, version.content):
        if fold(one.key) == fold(name):
            become = {"merge": "merged into", "split": "split into", "retire": "retired"}[one.how]
            into = " and ".join(one.into)
            mend = f"ask for {into}, or for" if into else "ask for"
            raise NotFound(
                f"{one.key} was {become} {into}".rstrip() + f" in {version.row.codebook}@{one.version}",
                mend=f"{mend} the codings as they were: --codebook {version.row.codebook}@{one.last}",
            )


def near_keys(name: str, keys: list[str]) -> list[str]:
    """Return up to three keys that someone who typed `name` may have meant."""
    wanted = name.strip().casefold()
    inside = [key for key in keys if wanted and wanted in key.casefold()]
    folded = {key.casefold(): key for key in keys}
    return (inside or [folded[near] for near in get_close_matches(wanted, folded, n=3)])[:3]
