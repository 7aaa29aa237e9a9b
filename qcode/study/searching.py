"""Searches the transcripts for words as a person types them, or for their inflected forms."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qcode.domain.span import Span
from qcode.domain.transcript import Revision, Turn
from qcode.errors import BadValue
from qcode.store import transcripts as transcript_rows
from qcode.store.engine import Store
from qcode.study.selection import Filters, resolve
from qcode.text.terms import TermFinder
from qcode.text.typed import find_typed, fold_typed
from qcode.text.words import fold_word, is_cyrillic, words

__all__ = ["Match", "find_said", "find_words", "search"]

AROUND = 60
"""So many characters before and after a match are given with it, less where a word would be cut."""

CYRILLIC, LATIN = ("ru", "kk", "ky", "uz"), ("en", "de", "uz")


@dataclass(frozen=True, slots=True)
class Match:
    """A place where the words stand; `turn` (from 1) and `speaker` are None outside of what is said: in a label, say.

    `before` and `after` are the words around it in the same turn.
    """

    transcript: str
    transcript_id: str
    turn: int | None
    speaker: str | None
    start: int
    end: int
    quote: str
    before: str
    after: str


def search(store: Store, words: str, filters: Filters, *, forms: bool = False) -> list[Match]:
    """Return all places of the words, in order of transcript and place, ignoring case and ё; see `find_words`.

    `filters` choose the transcripts. Raises BadValue where no words are given.
    """
    _must_be_words(words, forms)
    with store.read() as connection:
        chosen = resolve(connection, filters).chosen.transcripts
        found = list[Match]()
        for row in transcript_rows.revision_rows(connection):
            if chosen is None or row.id in chosen:
                revision = transcript_rows.read_revision(connection, row.revision_id)
                spans = find_words(revision.text, words, forms=forms)
                found += _matches(row.name, row.uuid, revision, spans)
        return found


def find_words(text: str, words: str, *, forms: bool = False) -> list[Span]:
    """Return all places of the words in a text, in order: also inside of longer words.

    A run of blanks fits any run of blanks and line breaks. With `forms`, whole words are found in whatever form they
    stand: of all languages that are written in their letters. Raises BadValue where no words are given.
    """
    _must_be_words(words, forms)
    if not forms:
        return find_typed(text, words)
    hits = _finder(words).hits(text).get("", [])
    return [Span(hit.start, hit.end) for hit in hits]


def find_said(text: str, turns: Sequence[Turn], words: str, *, forms: bool = False) -> list[Span]:
    """Return all places of the words in what is said, in order; in a text without turns all places."""
    spans = find_words(text, words, forms=forms)
    return [span for span in spans if _turn_of(turns, span) is not None] if turns else spans


def _must_be_words(typed: str, forms: bool) -> None:
    if not fold_typed(typed).strip():
        raise BadValue("no words are given to search for", mend="type one or more")
    if forms and not any(fold_word(match[0]) for match in words(typed)):
        raise BadValue("only words have forms, and there is none here", mend="search for it as it stands")


@lru_cache(maxsize=8)
def _finder(typed: str) -> TermFinder:
    """Return what finds the forms of the words, in all languages that are written in their letters."""
    latin = any("a" <= letter <= "z" for letter in typed.casefold())
    languages = [*(CYRILLIC if is_cyrillic(typed) else ()), *(LATIN if latin else ())]
    return TermFinder({"": [(language, (typed,)) for language in dict.fromkeys(languages or ["zh"])]})


def _matches(name: str, uuid: str, revision: Revision, spans: Sequence[Span]) -> Iterator[Match]:
    text = revision.text
    for span in spans:
        turn = _turn_of(revision.turns, span)
        within = Span(turn.start, turn.end) if turn else Span(0, len(text))
        before, after = _around(text, span, within)
        number, speaker = (turn.n, turn.speaker) if turn else (None, None)
        yield Match(name, uuid, number, speaker, span.start, span.end, span.of(text), before, after)


def _turn_of(turns: Sequence[Turn], span: Span) -> Turn | None:
    """Return the first turn of which the span touches what is said."""
    n = bisect_right(turns, span.start, key=lambda turn: turn.end)
    return turns[n] if n < len(turns) and turns[n].start < span.end else None


def _around(text: str, span: Span, within: Span) -> tuple[str, str]:
    """Return what stands before and after a span, without a word that would be cut."""
    first, last = max(within.start, span.start - AROUND), min(within.end, span.end + AROUND)
    before, after = text[first : span.start], text[span.end : last]
    if first > within.start and not text[first - 1].isspace():
        cut = next((n for n, letter in enumerate(before) if letter.isspace()), -1)
        before = before[cut + 1 :]
    if last < within.end and not text[last].isspace():
        cut = next((n for n in range(len(after) - 1, -1, -1) if after[n].isspace()), len(after))
        after = after[:cut]
    return before, after
