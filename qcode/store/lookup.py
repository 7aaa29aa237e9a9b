"""Finds a row by what a person typed: its name, ignoring case, or the beginning of its id."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from qcode.errors import Ambiguous, NotFound

__all__ = ["by_name", "find", "fold", "known", "looks_like_id"]


def fold(name: str) -> str:
    """Return `name` as it is compared: composed letters (a macOS file name has them apart), casefolded, trimmed."""
    return unicodedata.normalize("NFC", name.strip().casefold())


def looks_like_id(text: str) -> bool:
    """Tell whether `text` may be the beginning of an id: 8 or more hexadecimal digits or dashes."""
    return re.fullmatch(r"[0-9a-fA-F-]{8,36}", text.strip()) is not None


def by_name(connection: Connection, table: Table, name: str) -> Row[Any] | None:
    """Return the row of `table` with this name, ignoring case, or None."""
    column = table.c.name_fold if "name_fold" in table.c else table.c.key_fold
    return connection.execute(select(table).where(column == fold(name))).first()


def find(connection: Connection, table: Table, text: str, kind: str) -> Row[Any]:
    """Return the row of `table` that `text` names, by name or by the beginning of its id.

    Raises NotFound or Ambiguous; `kind` is the word for such a row in the sentence.
    """
    row = by_name(connection, table, text) if "name_fold" in table.c or "key_fold" in table.c else None
    if row is not None:
        return row
    if looks_like_id(text):
        start = text.strip().lower()
        begins = (table.c.uuid >= start, table.c.uuid < f"{start}g")  # (hexadecimal; LIKE would read the whole table)
        rows = connection.execute(select(table).where(*begins).limit(2)).all()
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise Ambiguous(f"several {kind}s have an id that begins with {text}", mend="type more of it")
    near = _near(connection, table, text)
    mend = f"did you mean {' or '.join(near)}?" if near else f"see: qcode {kind} list"
    raise NotFound(f"there is no {kind} {text!r} in this study", mend=mend)


def known(connection: Connection, table: Table, text: str, kind: str) -> Row[Any] | None:
    """Return the row that `text` names, or None where it is a new name."""
    if by_name(connection, table, text) is None and not looks_like_id(text):
        return None
    with suppress(NotFound):
        return find(connection, table, text, kind)
    return None


def _near(connection: Connection, table: Table, text: str) -> list[str]:
    """Return up to three names that `text` may have meant: alike, or with it at the beginning of a word."""
    column = table.c.get("name", table.c.get("key"))
    if column is None:
        return []
    names = {fold(name): name for name in connection.execute(select(column)).scalars()}
    meant = fold(text)
    begun = [one for one in names if len(meant) > 2 and re.search(rf"(?<![^\W_]){re.escape(meant)}", one)]
    alike = get_close_matches(meant, names, n=3, cutoff=0.7)
    return [names[one] for one in (alike or sorted(begun))[:3]]
