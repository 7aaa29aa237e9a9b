"""What a person says of an import, and what a face says of it in return: columns of a table, endings of files."""

from __future__ import annotations

import re
from functools import cache

from qcode.errors import BadValue
from qcode.importers import registry
from qcode.importers.base import Options
from qcode.importers.table_columns import ROLES

__all__ = ["columns_from", "endings", "endings_together", "options_from"]

_next = re.compile(rf",(?=\s*(?:{'|'.join(ROLES)})\s*=)", re.IGNORECASE)


def columns_from(written: str) -> tuple[tuple[str, str], ...]:
    """Return which column is what, from `speaker=Who,text=Said`; a comma may stand in a column's name.

    Raises BadValue.
    """
    found: list[tuple[str, str]] = []
    for part in _next.split(written) if written.strip() else ():
        role, equals, column = part.partition("=")
        role = role.strip().casefold()
        if not equals or role not in ROLES or not column.strip():
            raise BadValue(
                f"{part.strip()[:60]!r} does not say which column is what",
                mend=f"write for example speaker=Who,text=Said; possible are {', '.join(ROLES)}",
            )
        if role not in ("text", "attribute") and any(role == other for other, _ in found):
            raise BadValue(f"two columns are called {role}", mend="name one; only text and attribute may be several")
        found.append((role, column.strip()))
    return tuple(found)


def options_from(*, encoding: str | None, speakers: str | None, no_speakers: bool, columns: str | None) -> Options:
    """Return what a person decided of how a file is read; `speakers` are labels with commas between them."""
    labels = None if speakers is None else tuple(part.strip() for part in speakers.split(",") if part.strip())
    return Options(encoding=encoding, speakers=labels, no_speakers=no_speakers, columns=columns_from(columns or ""))


def endings() -> list[str]:
    """Return the endings of files that are read, such as `.docx`."""
    return registry.endings()


@cache
def endings_together() -> list[str]:
    """Return the endings of files of which several may be one talk."""
    return [ending for ending in registry.endings() if registry.grouper_of(f"a{ending}") is not None]
