"""Finds passages that a code's terms suggest and that nobody has coded with it: what a wider definition asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qcode.domain.codebook import Code
from qcode.domain.span import Span
from qcode.domain.transcript import Revision
from qcode.errors import Conflict
from qcode.store import transcripts as transcript_rows
from qcode.store.engine import Store
from qcode.study.codes import find_code
from qcode.study.codings import list_codings
from qcode.study.selection import Filters, resolve
from qcode.text.askers import answered
from qcode.text.sentences import sentence_spans
from qcode.text.terms import TermFinder

__all__ = ["Uncoded", "uncoded"]


@dataclass(frozen=True, slots=True)
class Uncoded:
    """A sentence that holds terms of a code and no coding of it; `found` are the words that suggest it."""

    transcript: str
    turn: int | None
    speaker: str | None
    start: int
    end: int
    quote: str
    found: tuple[str, ...]


def uncoded(store: Store, name: str, filters: Filters) -> list[Uncoded]:
    """Return the sentences that terms of the code `name` stand in and that no coding of it touches, in order.

    `filters` choose the transcripts; questions are left out. Raises NotFound for an unknown code, Conflict for one
    without terms.
    """
    with store.read() as connection:
        found_code = find_code(connection, name, codebook=filters.codebook)
        code = found_code.code
        if not code.codable:
            below = [one.key for one in found_code.version.content.descendants(code.key) if one.codable]
            raise Conflict(
                f"{code.key} is only a heading, which takes no codings",
                mend=f"ask for {' or '.join(below[:6])}" if below else "ask for a code",
            )
        if not any(words for _, words in code.terms):
            raise Conflict(
                f"{code.key} has no terms that could find passages",
                mend=f"add some: qcode codebook redefine {code.key} --term LANGUAGE=WORDS",
            )
        coded: dict[str, list[Span]] = {}
        of_code = Filters(codes=(code.key,), children=False, codebook=filters.codebook)
        for one in list_codings(connection, of_code, placed=True):
            coded.setdefault(one.transcript, []).append(Span(one.start, one.end))
        chosen = resolve(connection, filters).chosen
        finder, found = TermFinder({code.key: code.terms}), list[Uncoded]()
        for row in transcript_rows.revision_rows(connection, chosen.up_to):
            if chosen.transcripts is None or row.id in chosen.transcripts:
                revision = transcript_rows.read_revision(connection, row.revision_id)
                found += _in_transcript(row.name, row.language, revision, code, finder, coded.get(row.name, []))
        return found


def _in_transcript(
    name: str, language: str | None, revision: Revision, code: Code, finder: TermFinder, coded: list[Span]
) -> Iterator[Uncoded]:
    for turn in answered(revision):
        words = revision.text[turn.start : turn.end]
        if not finder.hits(words):
            continue
        for span in sentence_spans(revision.text, language, [Span(turn.start, turn.end)]):
            quote = span.of(revision.text)
            hits = finder.hits(quote).get(code.key, ())
            if hits and not any(one.overlaps(span) for one in coded):
                found = tuple(dict.fromkeys(quote[hit.start : hit.end] for hit in hits))
                yield Uncoded(name, turn.n, turn.speaker, span.start, span.end, quote, found)
