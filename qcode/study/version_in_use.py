"""A codebook version as the study holds it: its row, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.domain.codebook import CodebookVersion
from qcode.store import codebooks as rows

__all__ = ["VersionInUse"]


@dataclass(frozen=True, slots=True)
class VersionInUse:
    """A codebook version with its row and what stands in it."""

    row: rows.VersionRow
    content: CodebookVersion

    @property
    def label(self) -> str:
        """Return `codebook@version`."""
        return f"{self.row.codebook}@{self.row.version}"
