"""Makes codes of the paths in other tools' tables: adds missing headings, and makes keys that ours can be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qcode.domain.codebook import Code, key_problem
from qcode.interchange.codebook_table_tree import Placed
from qcode.interchange.codebook_yaml_write import MAX_LEVELS
from qcode.interchange.table_rows import MOST_ROWS, Trouble, shortened, too_many_rows

__all__ = ["Entry", "codes_of_paths"]

SHOWN = 5
"""A remark names at most so many codes."""

LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says of a code: where it stands (the names from the top to its own), what it means, its color."""

    row: int
    path: tuple[str, ...]
    definition: str = ""
    color: str = ""


@dataclass(slots=True)
class _Node:
    """A name in the tree of paths; `above` is the place of the node above in the list of nodes."""

    name: str
    above: int | None
    row: int
    entry: Entry | None = None


def codes_of_paths(name: str, entries: Sequence[Entry], troubles: list[Trouble], remarks: list[str]) -> list[Placed]:
    """Return the codes of the file `name`; one that stands in paths only becomes a heading, and is told."""
    nodes = _nodes(name, entries, troubles)
    keys = _keys(name, nodes, remarks)
    headings = [key for node, key in zip(nodes, keys, strict=True) if node.entry is None]
    if headings:
        remarks.append(f"{name}: added as headings, having no row of their own: {_listed(headings)}")
    parents = (None if node.above is None else keys[node.above] for node in nodes)
    codes = [Placed(node.row, _code(node, key, parent)) for node, key, parent in zip(nodes, keys, parents, strict=True)]
    return sorted(codes, key=lambda placed: placed.row)


def _nodes(name: str, entries: Sequence[Entry], troubles: list[Trouble]) -> list[_Node]:
    nodes: list[_Node] = []
    places: dict[tuple[int | None, str], int] = {}
    for entry in entries:
        if len(entry.path) > MAX_LEVELS:
            what = f"the code {shortened(entry.path[-1])} stands below more than {MAX_LEVELS} others"
            troubles.append(Trouble(entry.row, what, "a codebook holds no deeper tree"))
            continue
        here: int | None = None
        for part in entry.path:
            place = places.setdefault((here, part.casefold()), len(nodes))
            if place == len(nodes):
                nodes.append(_Node(part, here, entry.row))
            here, node = place, nodes[place]
        if node.entry is not None:
            what = f"the code {shortened(' / '.join(entry.path))} stands in row {node.row} already (ignoring case)"
            troubles.append(Trouble(entry.row, what, "rename or delete one of them"))
        else:
            node.name, node.row, node.entry = entry.path[-1], entry.row, entry
        if len(nodes) > 2 * MOST_ROWS:
            raise too_many_rows(name)
    return nodes


def _keys(name: str, nodes: Sequence[_Node], remarks: list[str]) -> list[str]:
    """Return the key of each code: its name, or its whole path where the name repeats; made such as a key may be."""
    names = Counter(node.name.casefold() for node in nodes)
    taken, tries, keys, repeated = set[str](), Counter[str](), list[str](), list[str]()
    for node in nodes:
        wanted = node.name if names[node.name.casefold()] == 1 else "/".join(_path(nodes, node))
        mended = _mended(wanted) or f"code in row {node.row}"
        key = mended
        while key.casefold() in taken:
            tries[mended.casefold()] += 1
            key = f"{mended[: LONGEST_KEY - 10]} ({tries[mended.casefold()] + 1})"
        taken.add(key.casefold())
        keys.append(key)
        if key != wanted:
            what = f"the key of {shortened(wanted)} is {shortened(key)}: {_why(wanted)}"
            remarks.append(f"{name}, row {node.row}: {what}")
        elif wanted != node.name:
            repeated.append(key)
    if repeated:
        remarks.append(f"{name}: names that repeat got their path as key: {_listed(repeated)}")
    return keys


def _path(nodes: Sequence[_Node], node: _Node) -> list[str]:
    path = [node.name]
    while node.above is not None:
        node = nodes[node.above]
        path.append(node.name)
    return path[::-1]


def _why(wanted: str) -> str:
    return key_problem(wanted) or "another code has that key"


def _mended(wanted: str) -> str:
    text = " ".join(re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", wanted.replace(",", ";")).split())
    text = text[:LONGEST_KEY]
    while text != (stripped := text.strip().strip("/")):
        text = stripped
    return text


def _code(node: _Node, key: str, parent: str | None) -> Code:
    entry = node.entry or Entry(node.row, ())
    color = f"#{entry.color.removeprefix('#')}"
    return Code(
        key=key,
        name=node.name,
        parent=parent,
        codable=node.entry is not None,
        definition=entry.definition,
        color=color if re.fullmatch("#[0-9a-fA-F]{6}", color) else "",
    )


def _listed(keys: Sequence[str]) -> str:
    more = f" and {len(keys) - SHOWN:,} more" if len(keys) > SHOWN else ""
    return ", ".join(shortened(key) for key in keys[:SHOWN]) + more
