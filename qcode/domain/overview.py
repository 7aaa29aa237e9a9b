"""What is in a study, as counts."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Overview"]


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of what a study holds. `coders` are (name, codings), `codebooks` (key, newest version, codable codes),
    `languages` (code or None, transcripts), `pending_by_code` (key, codings that wait for a decision), most first, and
    `frozen_by_code` those on codes that are retired; `drafts` the codebooks whose next version is being written.
    `uncoded` transcripts carry no coding, `homeless` ones have no case, `silent` cases no transcript.
    """

    coders: tuple[tuple[str, int], ...]
    codebooks: tuple[tuple[str, str, int], ...]
    languages: tuple[tuple[str | None, int], ...]
    pending_by_code: tuple[tuple[str, int], ...]
    frozen_by_code: tuple[tuple[str, int], ...]
    drafts: tuple[str, ...]
    title: str
    id: str
    created_at: str
    default_coder: str
    transcripts: int
    characters: int
    turns: int
    codings: int
    withdrawn: int
    cases: int
    memos: int
    acts: int
    uncoded: int
    homeless: int
    silent: int

    @property
    def pending(self) -> int:
        """Return how many codings wait for a decision."""
        return sum(n for _, n in self.pending_by_code)

    @property
    def frozen(self) -> int:
        """Return how many codings are on codes that are retired."""
        return sum(n for _, n in self.frozen_by_code)
