"""Keeps the positions of the transcripts that a session reads, and finds the units in which a selection moves."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from qcode.domain.span import Span
from qcode.domain.transcript import Turn
from qcode.study.reading import sentences_in, words_in
from qcode.web.sessions import WebSession
from qcode.web.utf16 import Utf16

__all__ = ["OpenText", "forget_removed", "keep_text", "text_of", "units"]

MOST = 6
"""So many transcripts of a session are kept; one that is asked for again is read again."""

_kept: WeakKeyDictionary[WebSession, OrderedDict[str, OpenText]] = WeakKeyDictionary()
_lock = Lock()
_chunk = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class OpenText:
    """The text of a transcript, its turns, and its positions in both ways of counting."""

    id: str
    text: str
    language: str | None
    turns: tuple[Turn, ...]
    revision: str
    positions: Utf16


def keep_text(
    session: WebSession, id: str, text: str, language: str | None, turns: tuple[Turn, ...], revision: str
) -> OpenText:
    """Keep a text that was just read, a `revision` (its id), and return it with its positions."""
    with _lock:
        kept = _kept.setdefault(session, OrderedDict())
        old = kept.get(id)
        if old is None or old.revision != revision:
            kept[id] = old = OpenText(id, text, language, turns, revision, Utf16(text))
        kept.move_to_end(id)
        while len(kept) > MOST:
            kept.popitem(last=False)
        return old


def text_of(session: WebSession, id: str) -> OpenText:
    """Return the text of a transcript of the study; it is read where it is not kept. Raises NotFound."""
    with _lock:
        found = _kept.get(session, OrderedDict()).get(id)
    if found is not None and session.study.transcripts.newest_id(id) == found.revision:
        return found
    forget_removed(session)
    shown = session.study.transcripts.show(id)
    return keep_text(session, shown.id, shown.revision.text, shown.language, shown.revision.turns, shown.revision_id)


def forget_removed(session: WebSession) -> None:
    """Let go of the texts that have left the study: of a participant who takes back consent no word is kept."""
    with _lock:
        kept = list(_kept.get(session, ()))
    gone = [id for id in kept if not session.study.transcripts.has(id)]
    with _lock:
        for id in gone:
            _kept[session].pop(id, None)


def units(one: OpenText) -> dict[str, list[int]]:
    """Return words, sentences and turns as flat arrays of UTF-16 positions, as `domain.cursor` has them."""
    spoken = [Span(turn.start, turn.end) for turn in one.turns if one.text[turn.start : turn.end].strip()]
    parts = spoken or ([Span(0, len(one.text))] if one.text else [])

    def words(part: Span) -> Sequence[Span]:
        return words_in(one.text, part) or [
            Span(*match.span()) for match in _chunk.finditer(one.text, part.start, part.end)
        ]

    def sentences(part: Span) -> Sequence[Span]:
        return sentences_in(one.text, one.language, part)

    return {
        "turns": one.positions.flat(parts),
        "words": one.positions.flat(_all(parts, words)),
        "sentences": one.positions.flat(_all(parts, sentences)),
    }


def _all(parts: Sequence[Span], find: Callable[[Span], Sequence[Span]]) -> list[Span]:
    return [unit for part in parts for unit in ([u for u in find(part) if part.contains(u)] or [part])]
