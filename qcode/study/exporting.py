"""Writes a study as a project of other tools, with the proof beside it that everything in it can be read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qcode.domain.ledger import Loss, gathered
from qcode.domain.parcel import Parcel
from qcode.study.proof import Proof, prove

if TYPE_CHECKING:
    from qcode.study.study import Study

__all__ = ["Exported", "export_project"]


@dataclass(frozen=True)
class Exported:
    """The bytes of a project, the parcel in it, what was left out, how its positions count, and what to know."""

    data: bytes
    parcel: Parcel
    lost: tuple[Loss, ...]
    tool: str | None
    rule: str
    advice: str = ""

    def prove(self, data: bytes, file: str) -> Proof:
        """Compare `data`, as it stands in the file of this name, with what was to be written."""
        return prove(self.parcel, data, file=file, tool=self.tool, lost=self.lost)


def export_project(
    study: Study, *, tool: str | None = None, codebook: str | None = None, with_hidden: bool = False
) -> Exported:
    """Return a study as a REFI-QDA project for the program `tool`; see `Study.send` for the others.

    Raises BadValue for a program that qcode does not know.
    """
    from qcode.interchange import refi_write
    from qcode.interchange.refi_tools import tool_named

    habits = tool_named(tool)
    parcel = study.send(codebook, with_hidden=with_hidden)
    data, lost = refi_write.write(parcel, tool=tool)
    return Exported(data, parcel, gathered([*parcel.lost, *lost]), tool, habits.rule, habits.advice)
