"""A draft as it stands: the version that a codebook is to have next, and what it would do to the codings."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.domain.codebook import CodebookVersion
from qcode.errors import Conflict
from qcode.study.planning import PlannedChange
from qcode.study.version_in_use import VersionInUse

__all__ = ["Draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands: the version it follows, its content, and what it would do to the codings.

    `newest` is the number of the newest version: another than that of `base` where one came since the draft was begun.
    """

    base: VersionInUse
    newest: str
    content: CodebookVersion
    planned: tuple[PlannedChange, ...] = ()

    @property
    def label(self) -> str:
        """Return `codebook@version` of the version that it would become."""
        return f"{self.content.codebook}@{self.content.version}"

    @property
    def changes_nothing(self) -> bool:
        """Tell whether it is as the version that it follows; its number and note do not count."""
        old, new = self.base.content, self.content
        return not (self.planned or new.changes or (new.title, new.language) != (old.title, old.language))

    @property
    def late(self) -> Conflict | None:
        """Return why it cannot be changed or published any more, and the way out, or None."""
        if self.newest == self.base.row.version:
            return None
        return Conflict(
            f"the draft follows {self.base.label}, and the study is at {self.newest} by now",
            mend="write it to a file (qcode codebook draft -o mine.yaml), discard it (--discard) and join it: "
            "qcode codebook merge mine.yaml",
        )
