"""What became of a file that was to be imported: it came in, was not needed, or was refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from qcode.domain.transcript import Revision
from qcode.importers.base import Draft, Notice
from qcode.study.folders import Found

__all__ = ["Imported", "Outcome", "Refused", "Skipped", "imported"]


@dataclass(frozen=True, slots=True)
class Imported:
    """A transcript that came in; with `dry_run` one that would. `path` is its file, the first where several made it."""

    transcript: str
    id: str
    path: str
    format: str
    encoding: str | None
    language: str | None
    characters: int
    turns: int
    labels: int
    speakers: tuple[str, ...]
    sha256: str
    warnings: tuple[Notice, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not imported because there was no need to."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be imported."""

    path: str
    why: str


Outcome = Imported | Skipped | Refused


def imported(name: str, uuid: str, files: Sequence[Found], draft: Draft) -> Imported:
    """Return the outcome for a transcript that was made of `files`."""
    return Imported(
        transcript=name,
        id=uuid,
        path=files[0].shown,
        format=draft.format,
        encoding=draft.encoding,
        language=draft.language,
        characters=len(draft.text),
        turns=len(draft.turns),
        labels=draft.labels,
        speakers=tuple(s.name for s in draft.speakers),
        sha256=Revision(draft.text).sha256,
        warnings=draft.notices,
    )
