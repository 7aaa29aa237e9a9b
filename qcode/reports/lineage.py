"""The codes of a codebook through its versions, as a value to draw: which became which, where each begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from qcode.domain.change_kinds import Change, Edited, Merged, Moved, Named, Redefined, Renamed, Retired, Revived, Split
from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.diff import Declared, diff
from qcode.domain.told import tell
from qcode.reports.change_words import sentences
from qcode.reports.report import Lineage, LineageCode, LineageEnd, LineageLink
from qcode.reports.words import listed, plural

__all__ = ["lineage"]

NONE: Mapping[str, Any] = MappingProxyType({})


def lineage(
    versions: Sequence[CodebookVersion],
    parents: Mapping[str, Sequence[str]],
    declared: Mapping[str, Sequence[Declared]] = NONE,
    *,
    codings: Mapping[str, Mapping[str, int]] = NONE,
    dates: Mapping[str, str] = NONE,
    caption: str = "",
    fold: bool = True,
) -> Lineage:
    """Return the drawing of `versions`, oldest first, their codes with ids; everything else is by number of version.

    `parents` are the versions that each follows, the main line first, `declared` what it declares against that one.
    `codings` are codings by key, `dates` stand under the numbers. `fold` draws unchanged codes together if many.
    """
    lines = _Lines(versions, parents, declared)
    every = tuple(one for n in range(len(versions)) for one in lines.into(n))
    return Lineage(
        caption or "The codes through the versions of the codebook",
        _alt(lines),
        tuple(one.version for one in versions),
        tuple(tuple(_codes(one, codings.get(one.version, NONE))) for one in versions),
        tuple(one for one in every if isinstance(one, LineageLink)),
        tuple(one for one in every if isinstance(one, LineageEnd)),
        lines.follows,
        tuple(dates.get(one.version, "") for one in versions),
        fold,
    )


def _codes(version: CodebookVersion, codings: Mapping[str, int]) -> Iterator[LineageCode]:
    for code in version.codes:
        above = version.by_key.get(code.parent.casefold()) if code.parent is not None else None
        counted = codings.get(code.key) if code.codable else None
        parent = above.id if above else ""
        yield LineageCode(code.id, code.key, code.name, parent, code.codable, code.color, counted)


class _Lines:
    """The versions with what they follow, and what lies between each and those it follows."""

    def __init__(
        self,
        versions: Sequence[CodebookVersion],
        parents: Mapping[str, Sequence[str]],
        declared: Mapping[str, Sequence[Declared]],
    ) -> None:
        self.versions, self.declared = versions, declared
        place = {one.version: n for n, one in enumerate(versions)}
        follows, self.line = list[tuple[int, ...]](), list[frozenset[int]]()
        for n, one in enumerate(versions):
            before = (place[p] for p in parents.get(one.version, ()) if place.get(p, n) < n)
            follows.append(tuple(dict.fromkeys(before)))
            self.line.append(frozenset({n}).union(*(self.line[p] for p in follows[n])))
        self.follows = tuple(follows)
        self.codes = [{code.id: code for code in one.codes} for one in versions]

    def changes(self, old: int, new: int) -> tuple[Change, ...]:
        """Return what lies between a version and one that follows it, by all that is declared on the way."""
        way = sorted(self.line[new] - self.line[old])
        said = [d for n in way for d in self.declared.get(self.versions[n].version, ())]
        return diff(self.versions[old], self.versions[new], said)

    def own(self, change: Change, old: int, new: int) -> bool:
        """Tell whether a change was made in version `new`, not in another version that it follows too."""
        others = [other for other in self.follows[new] if other != old]
        if isinstance(change, Revived):
            return not any(self._revived_in(change.come.code.id, self.line[other] - self.line[old]) for other in others)
        return not any(_made(change, self.codes[other], self.codes[new]) for other in others)

    def _revived_in(self, id: str, way: Iterable[int]) -> bool:
        said = (one for n in way for one in self.declared.get(self.versions[n].version, ()))
        return any(one.kind == "revive" and id in one.codes for one in said)

    def into(self, new: int) -> Iterator[LineageLink | LineageEnd]:
        """Yield what leads into version `new`; what it changed itself is shown on the way from the first it follows."""
        links: dict[tuple[int, str, str], list[str]] = {}
        for old in self.follows[new]:
            first = old == self.follows[new][0]
            for code in self.versions[old].codes:
                if code.id in self.codes[new]:
                    links.setdefault((old, code.id, code.id), [])
            for change in self.changes(old, new):
                own = first and self.own(change, old, new)
                for (id, heir), kind in _pairs(change):
                    links.setdefault((old, id, heir), []).extend([kind] if own else [])
                if isinstance(change, Retired):
                    yield LineageEnd(old, change.gone.code.id, new)
                elif isinstance(change, Revived) and own:
                    id = change.come.code.id
                    stood = max((n for n in self.line[old] if id in self.codes[n]), default=None)
                    if stood is not None:
                        links[stood, id, id] = ["revive"]
        for (column, id, heir), kinds in links.items():
            yield LineageLink(column, id, new, heir, tuple(dict.fromkeys(kinds)))


def _pairs(change: Change) -> Iterator[tuple[tuple[str, str], str]]:
    match change:
        case Split(id, into):
            yield from (((id, heir), "split") for heir in into if heir != id)
        case Merged(ids, into, come):
            heirs = dict.fromkeys((into, *(one.code.id for one in come)))
            yield from (((id, heir), "merge") for id in ids for heir in heirs if id != heir)
        case Renamed(id) | Named(id):
            yield (id, id), "rename"
        case Redefined(id):
            yield (id, id), "redefine"
        case Edited(id, fields) if any(name == "codable" for name, _, _ in fields):
            yield (id, id), "redefine"
        case Moved(id):
            yield (id, id), "move"


def _made(change: Change, other: Mapping[str, Code], new: Mapping[str, Code]) -> bool:
    """Tell whether `other`, a version that is followed too, already has what the change makes."""
    match change:
        case Split(_, into):
            return all(id in other for id in into)
        case Merged(ids, into):
            return into in other and not any(id in other for id in ids if id != into and id not in new)
        case Renamed(id, _, after):
            return id in other and other[id].key == after
        case Named(id, _, after):
            return id in other and other[id].name == after
        case Redefined(id, fields) | Edited(id, fields):
            return id in other and all(getattr(other[id], name) == after for name, _, after in fields)
        case Moved(id, _, after):
            return id in other and _above(other, id) == after.parent
        case Retired(gone):
            return gone.code.id not in other
        case _:
            come = getattr(change, "come", None)
            return come is not None and come.code.id in other


def _above(codes: Mapping[str, Code], id: str) -> str | None:
    parent = codes[id].parent
    folded = None if parent is None else parent.casefold()
    return next((code.id for code in codes.values() if code.key.casefold() == folded), None)


def _alt(lines: _Lines) -> str:
    versions = lines.versions
    if not versions:
        return "There are no versions."
    ends = dict.fromkeys((0, len(versions) - 1))
    sizes = (f"{plural(len(versions[n].codes), 'entry', 'entries')} in {versions[n].version}" for n in ends)
    said = [f"The codes of {plural(len(versions), 'version')} of the codebook, a column each: {', '.join(sizes)}."]
    for n, version in enumerate(versions):
        before = [versions[p].version for p in lines.follows[n]]
        if len(before) > 1:
            said.append(f"{version.version} follows {listed(before)}.")
        if before:
            said += _changed(lines, lines.follows[n][0], n)
    return " ".join(said) if len(said) > 1 or len(versions) == 1 else f"{said[0]} No code changed."


def _changed(lines: _Lines, old: int, new: int) -> Iterable[str]:
    own = [one for one in lines.changes(old, new) if lines.own(one, old, new)]
    told = sentences(tell(own, lines.versions[old], lines.versions[new]))
    return [f"In {lines.versions[new].version}: {'; '.join(told)}."] if told else []
