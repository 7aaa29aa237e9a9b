"""The codes of another tool's database as a version of a codebook: parents first, no circles, keys that may be."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import Unreadable
from qcode.interchange.code_keys import keyed
from qcode.interchange.codebook_yaml_write import MAX_LEVELS
from qcode.interchange.refi_codes import codebook_key

__all__ = ["Twig", "version_of"]


@dataclass(frozen=True, slots=True)
class Twig:
    """A code or a heading; `key` (unique) and `above` are the tool's own, `id` is the identity that it gets."""

    key: Hashable
    above: Hashable | None
    id: str
    name: str
    codable: bool = True
    definition: str = ""
    color: str = ""


def version_of(name: str, twigs: Sequence[Twig]) -> tuple[tuple[CodebookVersion, ...], int]:
    """Return the codebook of the project `name`, none without codes, and how many twigs came to the top.

    Those are the ones whose parent is not there, or that would stand below themselves. Raises Unreadable.
    """
    above, moved = _parents(twigs)
    order = _order(twigs, above)
    places = {twig.key: place for place, twig in enumerate(order)}
    parents = [None if (key := above[twig.key]) is None else places[key] for twig in order]
    keys = keyed([(twig.name, parent) for twig, parent in zip(order, parents, strict=True)])
    codes = tuple(
        Code(
            key=key,
            name=twig.name,
            parent=None if parent is None else keys[parent],
            codable=twig.codable,
            definition=twig.definition,
            color=twig.color,
            id=twig.id,
        )
        for twig, key, parent in zip(order, keys, parents, strict=True)
    )
    version = CodebookVersion(codebook=codebook_key(name), version="1.0", codes=codes, title=name)
    return (version,) if codes else (), moved


def _parents(twigs: Sequence[Twig]) -> tuple[dict[Hashable, Hashable | None], int]:
    """Return the parent of each twig, none for one of each circle, and how many lost theirs."""
    there = {twig.key for twig in twigs}
    above = {twig.key: twig.above if twig.above in there else None for twig in twigs}
    moved = sum(twig.above is not None and above[twig.key] is None for twig in twigs)
    sound = set[Hashable]()
    for twig in twigs:
        path: dict[Hashable, None] = {}
        key: Hashable | None = twig.key
        while key is not None and key not in sound and key not in path:
            path[key] = None
            key = above[key]
        if key is not None and key in path:
            above[key] = None
            moved += 1
        sound.update(path)
    return above, moved


def _order(twigs: Sequence[Twig], above: Mapping[Hashable, Hashable | None]) -> list[Twig]:
    """Return the twigs in reading order."""
    below: dict[Hashable | None, list[Twig]] = {}
    for twig in twigs:
        below.setdefault(above[twig.key], []).append(twig)
    waiting = [(0, twig) for twig in reversed(below.get(None, ()))]
    order = []
    while waiting:
        depth, twig = waiting.pop()
        if depth >= MAX_LEVELS:
            raise Unreadable(
                f"a code stands below more than {MAX_LEVELS} others", mend="a codebook holds no deeper tree"
            )
        order.append(twig)
        waiting.extend((depth + 1, child) for child in reversed(below.get(twig.key, ())))
    return order
