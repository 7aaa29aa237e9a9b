"""What the keys for moving and selecting do with the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from qcode.domain.cursor import Cursor, Unit
from qcode.domain.span import Span

if TYPE_CHECKING:
    from qcode.tui.session import Session

__all__ = ["BACK_END", "JUMPS", "MOVES", "MOVES_END"]

Move = Callable[[Cursor], None]


def _of(name: str, unit: Unit) -> Move:
    def move(cursor: Cursor) -> None:
        getattr(cursor, name)(unit)

    return move


MOVES: Mapping[str, Move] = {
    "word_next": _of("next", "word"),
    "word_previous": _of("previous", "word"),
    "sentence_next": _of("next", "sentence"),
    "sentence_previous": _of("previous", "sentence"),
    "turn_next": _of("next", "turn"),
    "turn_previous": _of("previous", "turn"),
    "top": lambda cursor: cursor.place(0),
    "bottom": lambda cursor: cursor.place(len(cursor.text)),
    "extend_word": _of("extend", "word"),
    "shrink_word": _of("shrink", "word"),
    "extend_sentence": _of("extend", "sentence"),
    "shrink_sentence": _of("shrink", "sentence"),
    "extend_back": _of("extend_back", "word"),
    "shrink_front": _of("shrink_front", "word"),
    "take_word": _of("take", "word"),
    "take_sentence": _of("take", "sentence"),
    "take_turn": _of("take", "turn"),
}
"""The moves of the cursor by the names of their acts."""

MOVES_END = frozenset({"extend_word", "shrink_word", "extend_sentence", "shrink_sentence"})
"""The moves after which the end of the selection is to be seen."""

BACK_END = frozenset({"extend_back", "shrink_front"})
"""The moves after which its beginning is."""


def _codings(session: Session) -> list[Span]:
    return session.coded()


def _jump(stretches: Callable[[Session], list[Span]], name: str, session: Session) -> bool:
    return session.cursor is not None and bool(getattr(session.cursor, name)(stretches(session)))


def _pending(session: Session) -> list[Span]:
    return session.pending()


def _spoken_for(session: Session) -> list[Span]:
    return session.spoken_for()


def _matches(session: Session) -> list[Span]:
    return session.matches


NO_CODING = "nothing is coded here yet; c codes what is selected"
NO_SEARCH = "no words are searched for; / asks for some"
AGAIN_FROM_START, AGAIN_FROM_END = "again from the beginning", "again from the end"

JUMPS: Mapping[str, tuple[Callable[[Session], bool], str, str]] = {
    "next_uncoded": (
        partial(_jump, _spoken_for, "next_uncoded"),
        "every sentence that answers is touched by a coding",
        AGAIN_FROM_START,
    ),
    "next_pending": (
        partial(_jump, _pending, "next_of"),
        "no coding of yours waits for a decision here",
        AGAIN_FROM_START,
    ),
    "next_coding": (partial(_jump, _codings, "next_of"), NO_CODING, AGAIN_FROM_START),
    "previous_coding": (partial(_jump, _codings, "previous_of"), NO_CODING, AGAIN_FROM_END),
    "next_match": (partial(_jump, _matches, "next_of"), NO_SEARCH, AGAIN_FROM_START),
    "previous_match": (partial(_jump, _matches, "previous_of"), NO_SEARCH, AGAIN_FROM_END),
}
"""The jumps by the names of their acts: how they go, and what is said where there is nowhere to go, or at the turn."""
