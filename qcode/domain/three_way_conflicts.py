"""What two versions changed differently, and what a person says is to hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from qcode.errors import BadValue

__all__ = ["Conflict", "Settling"]

Value = TypeVar("Value")

ALL = ("", "*")
"""What stands for every conflict that is not settled by itself."""

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing of a code that both sides changed differently; `base`, `ours` and `theirs` say it in words.

    `code` is its key in ours, else in the base or in theirs. `field` is a field of the code (`names.ru` for the name
    in one language), `key`, `parent`, or `fate`: one side ended the code, the other changed or ended it otherwise.
    """

    code: str
    id: str
    field: str
    base: str
    ours: str
    theirs: str

    @property
    def name(self) -> str:
        """Return `CODE.field`, by which it is settled."""
        return f"{self.code}.{self.field}"


class Settling:
    """What was said of each conflict: `ours`, `theirs` or own words, by CODE.field, by CODE or for all that is left."""

    def __init__(self, settle: Mapping[str, str]) -> None:
        self.open: dict[str, Conflict] = {}
        self._said: dict[str, str] = {}
        self._fit = set(ALL)
        self._met: dict[str, None] = {}
        self._typed = {name.strip().casefold(): name.strip() for name in settle}
        for name, said in settle.items():
            folded = name.strip().casefold()
            if self._said.setdefault(folded, said) != said:
                raise BadValue(f"{name} is settled in two ways", mend="say it once; capital letters make no difference")

    def choose(
        self, conflict: Conflict, ours: Value, theirs: Value, own: Callable[[str], Value] | None = None
    ) -> Value:
        """Return what is to hold: ours while nothing is said. `own` reads own words, where they can settle it."""
        self.meet(conflict)
        names = (conflict.name.casefold(), conflict.code.casefold())
        name = next((name for name in (*names, *ALL) if name in self._said), None)
        if name is None:
            self.open.setdefault(conflict.name, conflict)
            return ours
        said = self._said[name]
        if said.strip().casefold() in ("ours", "theirs"):
            return ours if said.strip().casefold() == "ours" else theirs
        if own is None:
            raise BadValue(f"{conflict.name} cannot be settled in own words", mend="say ours or theirs")
        if name != names[0]:
            raise BadValue(
                f"own words settle one field, and {self._typed[name] or '*'} is more", mend="say ours or theirs"
            )
        return own(said)

    def meet(self, conflict: Conflict) -> None:
        """Let a conflict be settled, though it may need no answer any more by what else was settled."""
        self._met[conflict.name] = None
        self._fit.update((conflict.name.casefold(), conflict.code.casefold()))

    def has_met(self, name: str) -> bool:
        """Tell whether there is a conflict with this name already."""
        return name.casefold() in map(str.casefold, self._met)

    def refuse_the_unfit(self) -> None:
        """Raise BadValue for what was said of something that is not in conflict."""
        unfit = next((name for name in self._said if name not in self._fit), None)
        if unfit is None:
            return
        met = list(self._met)
        more = f" and {len(met) - SHOWN} more" if len(met) > SHOWN else ""
        mend = f"in conflict: {', '.join(met[:SHOWN])}{more}" if met else "nothing is; leave it out"
        raise BadValue(f"{self._typed[unfit]} is not in conflict", mend=mend)
