"""Memos: a coder's note on a coding, a transcript, a code, a case or the whole study."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MEMO_TARGETS", "Memo"]

MEMO_TARGETS = ("study", "transcript", "code", "coding", "case")


@dataclass(frozen=True, slots=True)
class Memo:
    """A note; `about` is one of MEMO_TARGETS and `target` the id of the thing (the study: "")."""

    id: str
    about: str
    target: str
    text: str
    coder: str
    created_at: str
