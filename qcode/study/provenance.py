"""Says how a result was made, so that it can be made again: study, texts, codebook version, coders, filters."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from qcode import __version__
from qcode.analysis.layout import filters_in_words
from qcode.store import coders as coder_rows
from qcode.store import transcripts as transcript_rows
from qcode.study.codes import VersionInUse, newest_versions
from qcode.study.selection import Filters, resolve

__all__ = ["provenance", "provenance_of"]

Pairs = tuple[tuple[str, str], ...]


def provenance(
    connection: Connection,
    *,
    version_in_use: VersionInUse | None,
    filters: Filters | None = None,
    coders: Sequence[str] = (),
    transcripts: Sequence[Any] | None = None,
) -> Pairs:
    """Return (what, value) pairs without a clock and without a path: the same study and options give the same pairs.

    `transcripts` are rows of `transcripts.revision_rows`; None: those that the filters leave.
    """
    study = coder_rows.study_row(connection)
    rows = transcript_rows.revision_rows(connection) if transcripts is None else transcripts
    pairs = [("Study", study.title), ("Study id", study.uuid)]
    if version_in_use is not None:
        pairs += [("Codebook version", version_in_use.label), ("Codebook SHA-256", version_in_use.row.sha256)]
    if coders:
        pairs.append(("Coders", ", ".join(coders)))
    given = filters.as_json() if filters is not None else {}
    pairs.append(("Filters", filters_in_words(given) or "none"))
    pairs += [("Transcripts", str(len(rows))), ("SHA-256 of all texts", _together([row.sha256 for row in rows]))]
    pairs += [(f"Text of {row.name}", row.sha256) for row in rows]
    return (*pairs, ("Program", f"qcode {__version__}"))


def provenance_of(connection: Connection, filters: Filters, coders: Sequence[str] = ()) -> Pairs:
    """Return the pairs for the codings that `filters` leave."""
    resolved = resolve(connection, filters)
    newest = newest_versions(connection)
    version_in_use = resolved.version or (newest[0] if len(newest) == 1 else None)
    chosen = resolved.chosen.transcripts
    there = transcript_rows.revision_rows(connection, resolved.chosen.up_to)
    rows = [row for row in there if chosen is None or row.id in chosen]
    return provenance(connection, version_in_use=version_in_use, filters=filters, coders=coders, transcripts=rows)


def _together(hashes: Sequence[str]) -> str:
    """Return one SHA-256 over all texts' hashes, in order of the hashes themselves: names do not matter."""
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()
