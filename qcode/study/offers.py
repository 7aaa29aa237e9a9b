"""What the terms of the newest codebooks suggest in a transcript, whoever asks; it is found once and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from qcode.domain.codebook import Code
from qcode.domain.span import Span
from qcode.domain.transcript import Turn
from qcode.store import codebooks as codebook_rows
from qcode.store import transcripts as transcript_rows
from qcode.study.codes import find_code, newest_versions
from qcode.text.askers import answered
from qcode.text.lemmas import lemma_finder
from qcode.text.suggesting import Suggested, reason, suggested
from qcode.text.terms import TermFinder

__all__ = ["Offers", "Suggestible", "Suggestion", "meant", "suggestible"]

KEPT = 4
"""So many transcripts are kept with what was found in them."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A sentence that terms of a code stand in, and that this coder has neither coded with it nor rejected.

    `id` is made from text, place and code, and is the same each time. `words` are those found, as they stand at
    `places`; `terms` the (language, term) pairs of the codebook that they are forms of; `why` says it in a sentence.
    """

    id: str
    transcript: str
    transcript_id: str
    turn: int | None
    speaker: str | None
    start: int
    end: int
    quote: str
    code: str
    words: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    why: str
    places: tuple[Span, ...]
    codebook: str
    code_id: str
    revision_id: str


@dataclass(frozen=True, slots=True)
class Suggestible:
    """The codes with terms, by identity: of which codebook each is, and its row id; `state` tells versions apart."""

    by_id: Mapping[str, Code]
    books: Mapping[str, str]
    row_ids: Mapping[int, str]
    state: tuple[str, ...]

    @property
    def terms(self) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
        """Return the terms of each code."""
        return {id: code.terms for id, code in self.by_id.items()}


def suggestible(connection: Connection) -> Suggestible:
    """Return the codes that can be suggested: those of the newest version of every codebook that have terms."""
    by_id, books, row_ids, state = dict[str, Code](), dict[str, str](), dict[int, str](), list[str]()
    for version in newest_versions(connection):
        ids = codebook_rows.code_ids(connection, version.row.codebook_id)
        state += [version.row.uuid, version.row.sha256]
        for code in version.content.codes:
            if code.codable and any(words for _, words in code.terms):
                by_id[code.id], books[code.id], row_ids[ids[code.id]] = code, version.row.codebook, code.id
    return Suggestible(by_id, books, row_ids, tuple(state))


def meant(connection: Connection, codes: Iterable[str]) -> set[str] | None:
    """Return the identities of the codes that are named and of those below them; None where none is named."""
    found = [find_code(connection, name) for name in codes]
    several = [one for f in found for one in (f.code, *f.version.content.descendants(f.code.key))]
    return {one.id for one in several} if found else None


class Offers:
    """Finds what is suggested in a transcript; asked again, it does not search again."""

    def __init__(self) -> None:
        self._finder: tuple[tuple[str, ...], TermFinder] | None = None
        self._kept: dict[tuple[str | None, ...], list[Suggestion]] = {}

    def of(self, connection: Connection, row: Any, codes: Suggestible) -> Sequence[Suggestion]:
        """Return everything that terms suggest in a transcript, a row of `revision_rows`, in order of place.

        Questions, and what stands before the talk, suggest nothing.
        """
        key = (row.uuid, row.sha256, row.name, row.language, *codes.state)
        found = self._kept.pop(key, None)
        if found is None:
            if self._finder is None or self._finder[0] != codes.state:
                self._finder = codes.state, TermFinder(codes.terms)
            found = list(_found(connection, row, codes, self._finder[1]))
        self._kept[key] = found
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return found


def _found(connection: Connection, row: Any, codes: Suggestible, finder: TermFinder) -> Iterator[Suggestion]:
    if not codes.by_id:
        return
    uuid = str(transcript_rows.current(connection, row.id).uuid)
    revision = transcript_rows.read_revision(connection, row.revision_id)
    lemmas = lemma_finder(codes.terms, row.language)
    for turn in answered(revision):
        for one in suggested(revision.text, row.language, [Span(turn.start, turn.end)], finder, lemmas):
            yield _suggestion(row, revision.text, uuid, turn, one, codes)


def _suggestion(row: Any, text: str, uuid: str, turn: Turn, found: Suggested, codes: Suggestible) -> Suggestion:
    span, code = found.span, codes.by_id[found.code]
    return Suggestion(
        id=hashlib.sha256(f"{uuid} {span.start} {span.end} {code.id}".encode()).hexdigest()[:12],
        transcript=row.name,
        transcript_id=row.uuid,
        turn=turn.n,
        speaker=turn.speaker,
        start=span.start,
        end=span.end,
        quote=span.of(text),
        code=code.key,
        words=tuple(dict.fromkeys(text[hit.start : hit.end] for hit in found.hits)),
        terms=tuple(dict.fromkeys((hit.language, hit.term) for hit in found.hits)),
        why=reason(found, text, code.key),
        places=tuple(Span(hit.start, hit.end) for hit in found.hits),
        codebook=codes.books[code.id],
        code_id=code.id,
        revision_id=uuid,
    )
