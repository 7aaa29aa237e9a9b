"""What a correction of a transcript does: to each coding and mark on it, and to the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qcode.importers.base import Notice

__all__ = ["Reanchored", "Revised", "RevisionInfo"]


@dataclass(frozen=True, slots=True)
class Reanchored:
    """A coding or mark and where it stands in the corrected text.

    `id` is what it was called, `new_id` what it is called now; both are the same for a mark, and there is none for a
    coding that cannot be placed or in a dry run. `revision` is the one (its number) on which it stood. `verdict` is
    same, moved, adjusted or unplaceable; `reordered` tells that its passage stands elsewhere in the order of the talk.
    """

    id: str
    new_id: str | None
    code: str
    coder: str
    revision: int
    start: int
    end: int
    quote: str
    verdict: str
    new_start: int | None = None
    new_end: int | None = None
    new_quote: str | None = None
    reordered: bool = False


@dataclass(frozen=True, slots=True)
class Revised:
    """A transcript that was corrected; with a dry run, one that would be.

    `revision` is the number of the newest revision, `revision_id` its id ("" in a dry run). Where nothing has
    `changed`, it is the one that was there. `share` tells from 0 to 1 how much of the words that were there the new
    text has.
    """

    transcript: str
    id: str
    revision: int
    revision_id: str
    changed: bool
    share: float
    characters: int
    turns: int
    speakers: tuple[str, ...]
    sha256: str
    codings: tuple[Reanchored, ...] = ()
    marks: tuple[Reanchored, ...] = ()
    rejections: int = 0
    warnings: tuple[Notice, ...] = field(default=())

    @property
    def same(self) -> Sequence[Reanchored]:
        """Return the codings whose words and positions are as they were."""
        return self._with("same")

    @property
    def moved(self) -> Sequence[Reanchored]:
        """Return the codings whose words stand at other positions."""
        return self._with("moved")

    @property
    def adjusted(self) -> Sequence[Reanchored]:
        """Return the codings whose passage has other words now."""
        return self._with("adjusted")

    @property
    def unplaceable(self) -> Sequence[Reanchored]:
        """Return the codings whose passage is gone: they wait in the queue."""
        return self._with("unplaceable")

    def _with(self, verdict: str) -> Sequence[Reanchored]:
        return [one for one in self.codings if one.verdict == verdict]


@dataclass(frozen=True, slots=True)
class RevisionInfo:
    """One revision of a transcript: what it was read from, when, and how many codings stand on it now."""

    revision: int
    id: str
    created_at: str
    format: str
    encoding: str | None
    characters: int
    turns: int
    codings: int
    sha256: str
    source_sha256: str
