"""What is in a study, as counts."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Overview"]


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of what a study holds. `coders` are (name, codings), `codebooks` (key, newest version, codable codes),
    `languages` (code or None, transcripts). `uncoded` transcripts carry no coding, `homeless` ones have no case,
    `silent` cases no transcript.
    """

    coders: tuple[tuple[str, int], ...]
    codebooks: tuple[tuple[str, str, int], ...]
    languages: tuple[tuple[str | None, int], ...]
    title: str
    id: str
    created_at: str
    default_coder: str
    transcripts: int
    characters: int
    turns: int
    codings: int
    withdrawn: int
    pending: int
    cases: int
    memos: int
    acts: int
    uncoded: int
    homeless: int
    silent: int
