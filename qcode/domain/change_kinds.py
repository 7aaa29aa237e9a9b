"""What can happen to a codebook between two versions, a value for each kind of change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qcode.domain.codebook import Code, CodebookVersion

__all__ = [
    "Added",
    "Change",
    "Edited",
    "Head",
    "Merged",
    "Moved",
    "Named",
    "Place",
    "Redefined",
    "Removed",
    "Renamed",
    "Reordered",
    "Retired",
    "Retitled",
    "Revived",
    "Split",
    "Standing",
    "Values",
    "head_of",
    "places",
]

Values = tuple[tuple[str, Any, Any], ...]
"""Fields of a code with the value before and the value after."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a code stands: the id of the code above (None: the top), and which child of it, from 0."""

    parent: str | None
    index: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A code that enters or leaves the tree, with its place in it."""

    code: Code
    place: Place


@dataclass(frozen=True, slots=True)
class Head:
    """What a version says besides its codes."""

    codebook: str
    version: str
    title: str
    language: str
    note: str
    follows: tuple[str, ...]
    changes: tuple[tuple[tuple[str, object], ...], ...]


@dataclass(frozen=True, slots=True)
class Added:
    """A new code."""

    come: Standing


@dataclass(frozen=True, slots=True)
class Removed:
    """A code that is not there, seen from a version that has it: an addition taken back."""

    gone: Standing


@dataclass(frozen=True, slots=True)
class Retired:
    """A code that is used no more; its codings are frozen."""

    gone: Standing
    why: str = ""


@dataclass(frozen=True, slots=True)
class Revived:
    """A code that was retired or merged away, and is used again with its old identity."""

    come: Standing
    why: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """One code (`id`) divided among others; `come` are those of them that are new, `gone` is itself if it leaves."""

    id: str
    into: tuple[str, ...]
    come: tuple[Standing, ...] = ()
    gone: tuple[Standing, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """Several codes that become one; `come` is the target if it is new, `gone` are those that leave."""

    ids: tuple[str, ...]
    into: str
    come: tuple[Standing, ...] = ()
    gone: tuple[Standing, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A code with another key."""

    id: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A code with another name."""

    id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Redefined:
    """A code with another definition, `when` or `when_not`; `effect` is clarify, widen, narrow or "" (not said)."""

    id: str
    fields: Values
    effect: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """A code with other names, examples, colour and so on: what changes no coding, but for `codable`."""

    id: str
    fields: Values


@dataclass(frozen=True, slots=True)
class Moved:
    """A code below another parent."""

    id: str
    before: Place
    after: Place


@dataclass(frozen=True, slots=True)
class Reordered:
    """The children of `parent` in another order; only those that are its children before and after."""

    parent: str | None
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retitled:
    """Another number, title, note or list of declared changes of the version itself."""

    before: Head
    after: Head


Change = (
    Added
    | Removed
    | Retired
    | Revived
    | Split
    | Merged
    | Renamed
    | Named
    | Redefined
    | Edited
    | Moved
    | Reordered
    | Retitled
)


def head_of(version: CodebookVersion) -> Head:
    """Return what `version` says besides its codes."""
    return Head(**{name: getattr(version, name) for name in Head.__slots__})


def places(version: CodebookVersion) -> Mapping[str, Place]:
    """Return the place of every code by its id."""
    ids = {code.key.casefold(): code.id for code in version.codes}
    found, counted = dict[str, Place](), dict[str | None, int]()
    for code in version.codes:
        parent = None if code.parent is None else ids[code.parent.casefold()]
        found[code.id] = Place(parent, counted.get(parent, 0))
        counted[parent] = counted.get(parent, 0) + 1
    return found
