"""Finds speakers in a text given as it stands, and shows the result in short."""

from __future__ import annotations

from qcode.domain.span import Span
from qcode.text.layout import Found, Layout
from qcode.text.turns import find_turns

__all__ = ["find", "speakers", "talk"]


def find(text: str, *, only: tuple[str, ...] | None = None, none: bool = False) -> Found:
    """Return what is found in a text whose lines are its paragraphs."""
    paragraphs, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            paragraphs.append(Span(start, start + len(line)))
        start += len(line) + 1
    return find_turns(Layout(text, paragraphs), only=only, none=none)


def speakers(text: str) -> dict[str, int]:
    """Return how often each speaker is named."""
    return {speaker.name: speaker.labels for speaker in find(text).speakers}


def talk(text: str) -> list[tuple[str | None, str]]:
    """Return who says what."""
    return [(turn.speaker, text[turn.start : turn.end]) for turn in find(text).turns]
