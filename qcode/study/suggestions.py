"""Proposes passages to a coder by the terms of the codes; a person accepts or rejects each, nothing applies itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from qcode.domain.coding import Coding
from qcode.domain.span import Span
from qcode.errors import Ambiguous, NotFound
from qcode.store import codings as coding_rows
from qcode.store import transcripts as transcript_rows
from qcode.store.rejections import add_rejections, rejected, remove_rejections
from qcode.study.codings import Codings
from qcode.study.desk import Desk, now
from qcode.study.offers import Offers, Suggestible, Suggestion, meant, suggestible

__all__ = ["Suggestion", "Suggestions"]

SHORTEST = 6
"""So many characters of a suggestion's id are enough."""

NOBODY = -1
"""The row id of a coder whom the study has not met yet: no row has it."""


class Suggestions:
    """The suggestions: `list`, `accept`, `reject`, `rejected`, `restore`."""

    def __init__(self, desk: Desk, codings: Codings) -> None:
        self._desk = desk
        self._codings = codings
        self._offers = Offers()

    def list(
        self, transcripts: str | Sequence[str] = (), *, codes: Sequence[str] = (), coder: str | None = None
    ) -> list[Suggestion]:
        """Return what is suggested in these transcripts (none named: in all), in order of transcript and place.

        Left out is where this coder has a coding with that code which touches the sentence, and what this coder
        rejected; what others coded does not matter. `codes` narrows it to these and those below them.
        """
        return list(self._chosen(transcripts, codes, coder, are_rejected=False))

    def rejected(
        self, transcripts: str | Sequence[str] = (), *, codes: Sequence[str] = (), coder: str | None = None
    ) -> Sequence[Suggestion]:
        """Return what this coder rejected and the codebook would still suggest, in order of transcript and place."""
        return self._chosen(transcripts, codes, coder, are_rejected=True)

    def accept(
        self,
        *ids: str,
        transcript: str | None = None,
        coder: str | None = None,
        under: Mapping[str, str] | None = None,
    ) -> Sequence[Coding]:
        """Code the sentences with what was suggested, as this coder; an id may be cut to its first characters.

        `transcript` says where to look, which is faster; `under` is that of `Codings.add`. Raises NotFound, before
        anything is coded, for an id that is not suggested (any more).
        """
        made: list[Coding] = []
        for one in _named(ids, self.list(transcript or (), coder=coder)):
            made += self._codings.add(
                one.transcript_id,
                one.code,
                start=one.start,
                end=one.end,
                quote=one.quote,
                coder=coder,
                codebook=one.codebook,
                under=under,
                revision=one.revision_id,
                suggested=True,
            )
        return made

    def reject(self, *ids: str, transcript: str | None = None, coder: str | None = None) -> int:
        """Never show these to this coder again; return how many. All of them or none. Raises NotFound."""
        named = _named(ids, self.list(transcript or (), coder=coder))
        with self._desk.store.write() as connection:
            coder_id, who = self._desk.acting(connection, coder)
            here = {row.uuid: row.revision_id for row in transcript_rows.revision_rows(connection)}
            before = rejected(connection, coder_id)
            fresh = [one for one in named if one.transcript_id in here and one.id not in before]
            done = add_rejections(connection, coder_id, {one.id: here[one.transcript_id] for one in fresh}, at=now())
            for one in fresh:
                place = {"revision": one.revision_id, "start": one.start, "end": one.end, "code": one.code_id}
                self._desk.record(connection, who, "suggestion.reject", {"suggestion": one.id} | place)
        return done

    def restore(self, *ids: str, coder: str | None = None) -> int:
        """Let what this coder rejected be suggested again; return how many. All of them or none. Raises NotFound."""
        with self._desk.store.write() as connection:
            coder_id, who = self._desk.acting(connection, coder)
            there = rejected(connection, coder_id)
            named = list(dict.fromkeys(_beginning(one, there, "that this coder rejected") for one in ids))
            for one in named:
                self._desk.record(connection, who, "suggestion.restore", {"suggestion": one})
            return remove_rejections(connection, coder_id, named)

    def _chosen(
        self, transcripts: str | Sequence[str], codes: Sequence[str], coder: str | None, *, are_rejected: bool
    ) -> Sequence[Suggestion]:
        with self._desk.store.read() as connection:
            there, wanted = suggestible(connection), meant(connection, codes)
            coder_id = self._coder_id(connection, coder)
            found: list[Suggestion] = []
            for row in _rows(connection, transcripts):
                refused = rejected(connection, coder_id, [row.revision_id])
                if are_rejected and not refused:
                    continue
                every = self._offers.of(connection, row, there)
                asked = [one for one in every if wanted is None or one.code_id in wanted]
                if are_rejected:
                    found += [one for one in asked if one.id in refused]
                else:
                    coded = _coded(connection, row, coder_id, there)
                    found += [one for one in asked if one.id not in refused and not _touches(one, coded)]
            return found

    def _coder_id(self, connection: Connection, name: str | None) -> int:
        row, _ = self._desk.reading(connection, name)
        return NOBODY if row is None else int(row.id)


def _rows(connection: Connection, transcripts: str | Sequence[str]) -> Sequence[Any]:
    names = [transcripts] if isinstance(transcripts, str) else transcripts
    wanted = {transcript_rows.transcript_row(connection, name).id for name in names}
    return [row for row in transcript_rows.revision_rows(connection) if not wanted or row.id in wanted]


def _coded(connection: Connection, row: Any, coder_id: int, codes: Suggestible) -> dict[str, list[Span]]:
    """Return where this coder has codings that stand, by the identity of the code."""
    chosen = coding_rows.Chosen(transcripts=[row.id], coders=[coder_id], codes=codes.row_ids.keys())
    found: dict[str, list[Span]] = {}
    for one in coding_rows.rows(connection, chosen):
        if one.revision_id == row.revision_id:
            found.setdefault(codes.row_ids[one.code_id], []).append(Span(one.start, one.end))
    return found


def _touches(one: Suggestion, coded: dict[str, list[Span]]) -> bool:
    place = Span(one.start, one.end)
    return any(span.overlaps(place) for span in coded.get(one.code_id, ()))


def _named(ids: Iterable[str], offered: Sequence[Suggestion]) -> Sequence[Suggestion]:
    by_id = {one.id: one for one in offered}
    found = dict.fromkeys(_beginning(one, by_id, "for this coder") for one in ids)
    return [by_id[one] for one in found]


def _beginning(typed: str, ids: Collection[str], which: str) -> str:
    """Return the id that begins with what was typed."""
    start = typed.strip().lower()
    found = [one for one in ids if len(start) >= SHORTEST and one.startswith(start)]
    if len(found) == 1:
        return found[0]
    if found:
        raise Ambiguous(f"several suggestions have an id that begins with {typed}", mend="type more of it")
    mend = "it may have been coded, rejected or restored since; see: qcode suggest"
    raise NotFound(f"there is no suggestion {typed!r} {which}", mend=mend)
