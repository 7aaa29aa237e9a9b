"""Writes the codes of a REFI-QDA file: trees of any depth, nested as elements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.ledger import Loss
from qcode.interchange.refi_description import write_description
from qcode.interchange.refi_write_xml import Ink, derived

__all__ = ["Tree", "code_lines", "heading_guid", "in_one_tree", "once_named", "tree"]

Tree = list[tuple[int, Code]]
"""Codes, each followed by those below it, with how deep they stand."""

COLOR = re.compile("#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")


def heading_guid(codebook: str) -> str:
    """Return the identity of the heading under which the codes of a codebook stand where there are several."""
    return derived("codebook", codebook.casefold())


def in_one_tree(versions: Sequence[CodebookVersion], used: Collection[str]) -> Tree:
    """Return the codes of the newest version of each codebook, and those of earlier ones that are `used` (by id).

    Where there are several codebooks, each stands below a heading of its own.
    """
    newest = {version.codebook: version for version in versions}
    several = len(newest) > 1
    found: Tree = []
    for book, version in newest.items():
        if several:
            title = version.title or book
            found.append((0, Code(book, title, codable=False, definition=version.note, id=heading_guid(book))))
        gone = ((0, code) for code in _gone(versions, version) if code.id in used)
        found += [(depth + several, code) for depth, code in (*tree(version.codes), *gone)]
    return found


def _gone(versions: Sequence[CodebookVersion], newest: CodebookVersion) -> list[Code]:
    """Return the codes that only versions before the newest have, as the last of these has them."""
    earlier = {c.id: c for one in versions if one.codebook == newest.codebook for c in one.codes}
    there = {code.id for code in newest.codes}
    return [replace(code, parent=None, codable=True) for id, code in earlier.items() if id not in there]


def tree(codes: Sequence[Code]) -> Tree:
    """Return codes in the order of their tree; one whose parent is not there stands at the top."""
    keys = {code.key.casefold() for code in codes}
    below: dict[str | None, list[Code]] = {}
    for code in codes:
        parent = code.parent.casefold() if code.parent is not None else None
        below.setdefault(parent if parent in keys else None, []).append(code)
    found: Tree = []
    waiting = [(0, code) for code in reversed(below.pop(None, []))]
    while waiting or below:
        if not waiting:  # codes that stand below each other
            waiting = [(0, next(iter(below.values())).pop(0))]
        depth, code = waiting.pop()
        found.append((depth, code))
        waiting += [(depth + 1, child) for child in reversed(below.pop(code.key.casefold(), []))]
        below = {parent: children for parent, children in below.items() if children} if not waiting else below
    return found


def once_named(codes: Tree) -> tuple[Tree, list[Loss]]:
    """Return codes of which no two have one name ignoring case: those that had carry the names above them too."""
    names = Counter(code.name.casefold() for _, code in codes)
    path: list[str] = []
    found: Tree = []
    for depth, code in codes:
        path[depth:] = [code.name]
        name = "/".join(path) if names[code.name.casefold()] > 1 else code.name
        found.append((depth, replace(code, name=name)))
    taken: Counter[str] = Counter()
    for place, (depth, code) in enumerate(found):
        taken[code.name.casefold()] += 1
        if (n := taken[code.name.casefold()]) > 1:
            found[place] = (depth, replace(code, name=f"{code.name} ({n})"))
    changed = sum(code.name != before.name for (_, code), (_, before) in zip(found, codes, strict=True))
    why = "the program has each name once; they carry the names of the codes above them"
    return found, [Loss("names of codes that repeat", changed, why=why)]


def code_lines(codes: Tree, ink: Ink, notes: Mapping[str, str]) -> Iterator[str]:
    """Yield codes as nested elements; `notes` holds by id what refers to the notes on a code."""
    for place, (depth, code) in enumerate(codes):
        after = codes[place + 1][0] if place + 1 < len(codes) else 0
        inside = ink.description(write_description(code)) + notes.get(code.id, "")
        deeper = after > depth
        attributes = {
            "guid": ink.guid("code", code.id or code.key),
            "name": code.name,
            "isCodable": "true" if code.codable else "false",
            "color": code.color if COLOR.fullmatch(code.color) else None,
        }
        yield ink.opening("Code", ">" if inside or deeper else "/>", **attributes) + inside
        closing = 0 if deeper else depth - after + (1 if inside else 0)
        yield "</Code>" * closing + "\n"
