"""What stands in a REFI-QDA file, as plain values before anything is decided about it; texts are as written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

__all__ = [
    *("RawCase", "RawCode", "RawCoding", "RawLink", "RawProject", "RawSelection", "RawSet", "RawSource"),
    *("RawUser", "RawVariable", "folded"),
]


def folded(guid: str | None) -> str:
    """Return a GUID as it is compared: without blanks and braces, in lower case, in five groups."""
    found = (guid or "").strip().strip("{}").strip().lower()
    if len(found) == 32 and found.isalnum():
        return "-".join((found[:8], found[8:12], found[12:16], found[16:20], found[20:]))
    return found


@dataclass(slots=True)
class RawUser:
    """A User."""

    guid: str
    name: str
    short: str


@dataclass(slots=True)
class RawCode:
    """A Code; `above` is the place of its parent in the list of codes, `depth` counts from 0."""

    guid: str
    name: str
    codable: str
    color: str
    above: int | None
    depth: int
    definition: str = ""
    memos: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RawCoding:
    """A Coding and the codes that it names (one, by the standard)."""

    guid: str
    user: str
    date: str
    codes: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class RawSelection:
    """A selection of any kind; `begin` and `end` are positions, or the GUIDs of points in time."""

    kind: str
    guid: str
    name: str
    begin: str
    end: str
    user: str
    date: str
    comment: str
    codings: tuple[RawCoding, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class RawSource:
    """A source, a note, or a text inside a source (`parts`); `syncs` are (GUID, position, milliseconds)."""

    kind: str
    guid: str
    name: str
    plain: str
    rich: str
    path: str
    user: str
    date: str
    modified: str = ""
    comment: str = ""
    content: str | None = None
    selections: list[RawSelection] = field(default_factory=list)
    codings: list[RawCoding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    values: list[tuple[str, str | None]] = field(default_factory=list)
    syncs: list[tuple[str, str, str]] = field(default_factory=list)
    parts: list[RawSource] = field(default_factory=list)

    def codings_inside(self) -> int:
        """Return how many codings stand in it, those of its parts left out."""
        return len(self.codings) + sum(len(one.codings) for one in self.selections)


@dataclass(slots=True)
class RawVariable:
    """A Variable."""

    guid: str
    name: str
    comment: str


@dataclass(slots=True)
class RawCase:
    """A Case; `values` are (GUID of the variable, value or None)."""

    guid: str
    name: str
    comment: str
    codes: list[str]
    values: list[tuple[str, str | None]]
    sources: list[str]
    selections: list[str]
    notes: list[str]


@dataclass(slots=True)
class RawSet:
    """A Set and the GUIDs of its members."""

    guid: str
    name: str
    comment: str
    codes: list[str]
    sources: list[str]
    notes: list[str]


@dataclass(slots=True)
class RawLink:
    """A Link between two things, and the notes on it."""

    origin: str
    target: str
    notes: list[str]


@dataclass(slots=True)
class RawProject:
    """A whole file; `codings` is how many it has, `unknown` counts the elements that the standard does not have."""

    name: str = ""
    origin: str = ""
    comment: str = ""
    users: list[RawUser] = field(default_factory=list)
    codes: list[RawCode] = field(default_factory=list)
    variables: list[RawVariable] = field(default_factory=list)
    cases: list[RawCase] = field(default_factory=list)
    sources: list[RawSource] = field(default_factory=list)
    notes: list[RawSource] = field(default_factory=list)
    links: list[RawLink] = field(default_factory=list)
    sets: list[RawSet] = field(default_factory=list)
    graphs: int = 0
    codings: int = 0
    references: list[str] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)

    def stray_codings(self) -> int:
        """Return how many codings stand where the standard has none."""
        parts = [part for source in self.sources if source.kind != "TextSource" for part in source.parts]
        return self.codings - sum(each.codings_inside() for each in (*self.sources, *parts, *self.notes))
