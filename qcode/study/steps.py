"""Steps that can be taken back and done again, in the order in which a person made them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qcode.errors import Conflict, QcodeError, StudyBusy

__all__ = ["Step", "Steps"]


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, as a sentence without its beginning, how it is taken back, and how it is done again.

    `where` is the id of the transcript in which it was done, where it was in one.
    """

    said: str
    undo: Callable[[], object]
    redo: Callable[[], object]
    where: str = ""


class Steps:
    """The steps done, and those taken back, which can be done again until another one is made."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def can_undo(self) -> bool:
        """Tell whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Tell whether there is a step to do again."""
        return bool(self._undone)

    def add(self, step: Step) -> None:
        """Note a step that was just done."""
        self._done.append(step)
        self._undone.clear()

    def undo(self) -> Step:
        """Take the last step back and return it.

        Raises Conflict where there is none, and where it cannot be: then it is dropped, unless the study was busy.
        """
        if not self._done:
            raise Conflict("there is nothing to take back")
        step = self._done[-1]
        _try(step.undo, f"{step.said} cannot be taken back", self._done)
        self._undone.append(step)
        return step

    def redo(self) -> Step:
        """Do the step again that was taken back last, and return it; raises Conflict as `undo` does."""
        if not self._undone:
            raise Conflict("there is nothing to do again")
        step = self._undone[-1]
        _try(step.redo, f"{step.said} cannot be done again", self._undone)
        self._done.append(step)
        return step


def _try(act: Callable[[], object], what: str, steps: list[Step]) -> None:
    """Do what the last of `steps` asks for; it leaves them, done or refused, unless the study could not be written."""
    try:
        act()
    except StudyBusy:
        raise
    except QcodeError as error:
        steps.pop()
        raise Conflict(f"{what}: {error.what}", mend=error.mend) from None
    steps.pop()
