"""The material of a count: the codings that were asked for as numbers, with their transcripts, cases and codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from qcode.analysis.codings import Codings, Spans
from qcode.domain.codebook import Code
from qcode.domain.span import Span
from qcode.store import codebooks as codebook_rows
from qcode.store import coders as coder_rows
from qcode.store import transcripts as transcript_rows
from qcode.store.newest import transcripts_by_revision
from qcode.store.numbers import coding_columns, coding_ids, paragraph_columns, turn_columns
from qcode.study.codes import VersionInUse
from qcode.study.selection import Filters, Resolved, resolve

__all__ = ["Material", "gather", "spans_of"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Material:
    """Codings numbered densely: `axis[c]` is code c, `transcripts[t]` transcript t, `coders[k]` coder k's name.

    `wanted` are the places of the codes that were asked for by name, None for all; `ids` those of the codings, where
    they were asked for. `waiting` are the codings left out because they wait for a decision: (transcript, code's key).
    """

    version: VersionInUse
    axis: tuple[Code, ...]
    transcripts: tuple[Any, ...]
    coders: tuple[str, ...]
    codings: Codings
    wanted: tuple[int, ...] | None = None
    ids: tuple[str, ...] | None = None
    waiting: tuple[tuple[int, str], ...] = ()

    @property
    def pending_left_out(self) -> dict[str, int]:
        """Return how many codings wait for a decision and are left out, by the key of their code."""
        return dict(Counter(key for _, key in self.waiting))

    @property
    def coders_present(self) -> tuple[str, ...]:
        """Return the names of those who have a coding here."""
        used = np.bincount(self.codings.coder, minlength=len(self.coders)) > 0
        return tuple(name for name, has in zip(self.coders, used, strict=True) if has)

    def only(self, chosen: NDArray[np.bool_]) -> Material:
        """Return the part of the material that lies in the `chosen` transcripts (T flags)."""
        ids = None
        if self.ids is not None:
            kept = chosen[self.codings.transcript]
            ids = tuple(one for one, keep in zip(self.ids, kept, strict=True) if keep)
        transcripts = tuple(row for row, keep in zip(self.transcripts, chosen, strict=True) if keep)
        place = {int(old): new for new, old in enumerate(np.flatnonzero(chosen))}
        waiting = tuple((place[t], key) for t, key in self.waiting if t in place)
        codings = self.codings.only(chosen)
        return replace(self, transcripts=transcripts, codings=codings, ids=ids, waiting=waiting)

    @property
    def ancestors(self) -> list[list[int]]:
        """Return for each code of the axis the numbers of the codes above it."""
        number = {code.key: n for n, code in enumerate(self.axis)}
        content = self.version.content
        return [[number[a.key] for a in content.ancestors(code.key) if a.key in number] for code in self.axis]


def gather(connection: Connection, filters: Filters, *, with_ids: bool = False, headings: bool = False) -> Material:
    """Return the codings that `filters` leave, over one codebook version; every code of it stands on the axis.

    Codings that wait are left out; where these alone are asked for, those on codes that are not counted: codes that the
    version does not have and, but for `headings`, those that take no codings under it; and those whose words are gone.
    """
    resolved = resolve(connection, filters, one_codebook=True)
    assert resolved.version is not None  # said by one_codebook
    axis = resolved.version.content.codes
    transcripts = _transcripts(connection, resolved)
    only_pending = filters.pending
    revision, start, end, code, coder = coding_columns(connection, resolved.chosen.under, pending=only_pending)
    t = _numbers([row.revision_id for row in transcripts], revision)
    ids = codebook_rows.code_ids(connection, resolved.version.row.codebook_id)
    counted = {ids[one.id] for one in axis if one.codable or headings} if only_pending else set[int]()
    wanted = resolved.chosen.codes
    c = _numbers([ids[one.id] if wanted is None or ids[one.id] in wanted else 0 for one in axis], code)
    names = coder_rows.coder_names(connection)
    chosen = resolved.chosen.coders
    order = sorted((i for i in names if chosen is None or i in chosen), key=lambda i: names[i].casefold())
    k = _numbers(order, coder)
    kept = (t >= 0) & (c >= 0) & (k >= 0)
    if not bool(kept.all()):
        t, c, k, start, end = t[kept], c[kept], k[kept], start[kept], end[kept]
    uuids = coding_ids(connection, resolved.chosen.under, pending=only_pending) if with_ids else ()
    return Material(
        version=resolved.version,
        axis=axis,
        transcripts=transcripts,
        coders=tuple(names[i] for i in order),
        codings=Codings(t, start, end, c, k, _case_numbers(transcripts)),
        wanted=tuple(n for n, one in enumerate(axis) if ids[one.id] in (wanted or ())) if filters.codes else None,
        ids=tuple(one for one, keep in zip(uuids, kept, strict=True) if keep) if with_ids else None,
        waiting=tuple(_waiting(connection, resolved, transcripts, order, but=counted)),
    )


def _waiting(
    connection: Connection,
    resolved: Resolved,
    transcripts: Sequence[Any],
    coders: Sequence[int],
    *,
    but: Collection[int],
) -> Iterator[tuple[int, str]]:
    """Yield transcript and key of the codings that wait, on codes other than `but`, in order of the codebook."""
    chosen = resolved.chosen
    revision, _, _, code, coder = coding_columns(connection, chosen.under, pending=True)
    there = _numbers([row.revision_id for row in transcripts], revision) >= 0
    t = _of_transcripts(connection, transcripts, revision)
    kept = (t >= 0) & np.isin(coder, coders) & ~(there & np.isin(code, list(but)))
    if chosen.codes is not None:
        kept &= np.isin(code, list(chosen.codes))
    assert resolved.version is not None  # said by gather
    place = {one.key: n for n, one in enumerate(resolved.version.content.codes)}
    found = [(int(n), resolved.keys[int(one)][1]) for n, one in zip(t[kept], code[kept], strict=True)]
    yield from sorted(found, key=lambda one: (place.get(one[1], len(place)), one[1]))


def _of_transcripts(connection: Connection, transcripts: Sequence[Any], revision: Ints) -> Ints:
    """Return the number of the transcript for each revision (row id), also for one that was corrected since."""
    number = {row.id: n for n, row in enumerate(transcripts)}
    of = transcripts_by_revision(connection)
    place = np.full(max(of, default=0) + 1, -1, dtype=np.int64)
    for row_id, transcript_id in of.items():
        place[row_id] = number.get(transcript_id, -1)
    return place[revision]


def _transcripts(connection: Connection, resolved: Resolved) -> tuple[Any, ...]:
    rows = transcript_rows.revision_rows(connection, resolved.chosen.up_to)
    chosen = resolved.chosen.transcripts
    return tuple(row for row in rows if chosen is None or row.id in chosen)


def _case_numbers(transcripts: Sequence[Any]) -> Ints:
    """Number the cases from 0; a transcript without a case is a case of its own."""
    number: dict[object, int] = {}
    keys = [("case", row.case_id) if row.case_id is not None else ("transcript", row.id) for row in transcripts]
    return np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.int64)


def _numbers(ids: Collection[int], column: Ints) -> Ints:
    """Return for each entry of `column` its place among `ids`, -1 where it is not one of them (0 is no id)."""
    most = max(int(column.max(initial=0)), max(ids, default=0))
    place = np.full(most + 1, -1, dtype=np.int64)
    place[list(ids)] = np.arange(len(ids))
    place[0] = -1
    return place[column]


def spans_of(connection: Connection, material: Material, unit: str) -> Spans:
    """Return the sentences, turns or paragraphs of the material's transcripts."""
    if unit == "sentence":
        return _sentences(connection, material)
    revision, start, end = turn_columns(connection) if unit == "turn" else paragraph_columns(connection)
    t = _numbers([row.revision_id for row in material.transcripts], revision)
    kept = t >= 0
    t, start, end = t[kept], start[kept], end[kept]
    order = np.argsort(t, kind="stable")
    return Spans(t[order], start[order], end[order])


def _sentences(connection: Connection, material: Material) -> Spans:
    from qcode.text.sentences import sentence_spans

    t: list[int] = []
    found: list[Span] = []
    for n, row in enumerate(material.transcripts):
        revision = transcript_rows.read_revision(connection, row.revision_id)
        within = [Span(turn.start, turn.end) for turn in revision.turns]
        spans = sentence_spans(revision.text, row.language, within)
        found += spans
        t += [n] * len(spans)
    return Spans(np.array(t), np.array([s.start for s in found]), np.array([s.end for s in found]))
