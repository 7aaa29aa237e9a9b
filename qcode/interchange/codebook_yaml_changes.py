"""The declared changes of a codebook version in YAML: what a change may hold, and in what order it is written."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qcode.interchange.yaml_nodes import Fields, Items, Node, Text, Trouble
from qcode.interchange.yaml_values import check_names, kind, text_at, texts_at

__all__ = ["CHANGES", "EFFECTS", "Change", "read_changes"]

Change = tuple[tuple[str, object], ...]
"""Sorted (field, value) pairs; a value is a text or a tuple of texts."""

EFFECTS = ("clarify", "widen", "narrow")

CHANGES: Mapping[str, Mapping[str, type]] = MappingProxyType(
    {
        "split": {"split": str, "into": tuple, "why": str},
        "merge": {"merge": tuple, "into": str, "why": str},
        "rename": {"rename": str, "to": str, "why": str},
        "redefine": {"redefine": str, "effect": str, "why": str},
        "retire": {"retire": str, "why": str},
        "revive": {"revive": str, "why": str},
    }
)
"""The fields of each change in writing order, `why` alone being optional, and whether they hold a text or a list."""

KINDS: Mapping[type, str] = MappingProxyType({str: "a text", tuple: "a list"})

UNDECLARED = ("add", "move", "name", "edit", "reorder")


def read_changes(fields: Fields, troubles: list[Trouble]) -> tuple[Change, ...]:
    """Return the changes declared in the field `changes`."""
    node = fields.nodes.get("changes")
    if node is None or (isinstance(node, Text) and node.is_nothing):
        return ()
    if not isinstance(node, Items):
        mend = "write each as - split: KEY, - merge: [KEY, KEY] and so on"
        troubles.append(Trouble(fields.lines["changes"], f"changes is {kind(node)}, not a list", mend))
        return ()
    read = (_read_change(entry, troubles) for entry in node.nodes)
    return tuple(change for change in read if change)


def _read_change(entry: Node, troubles: list[Trouble]) -> Change:
    kinds = [name for name in entry.nodes if name in CHANGES] if isinstance(entry, Fields) else []
    if not isinstance(entry, Fields) or len(kinds) != 1:
        troubles.append(_no_change(entry, kinds))
        return ()
    shape, change = CHANGES[kinds[0]], {}
    check_names(entry, tuple(shape), f"the change {kinds[0]}", troubles, elsewhere={})
    for name, shaped in shape.items():
        value = texts_at(entry, name, troubles) if shaped is tuple else text_at(entry, name, troubles)
        node = entry.nodes.get(name)
        if value:
            change[name] = value
        elif name != "why" and (node is None or kind(node) in ("empty", KINDS[shaped])):
            troubles.append(Trouble(entry.line, f"the change {kinds[0]} lacks {name}", f"add {name}: ..."))
    if change.get("effect", EFFECTS[0]) not in EFFECTS:
        what = f"there is no effect {change['effect']!r}"
        troubles.append(Trouble(entry.lines["effect"], what, "write clarify, widen or narrow"))
    return tuple(sorted(change.items()))


def _no_change(entry: Node, kinds: list[str]) -> Trouble:
    if len(kinds) > 1:
        return Trouble(entry.line, f"one change that is {' and '.join(kinds)}", "write a list entry (-) for each")
    named = next(iter(entry.nodes), "") if isinstance(entry, Fields) else ""
    if named in UNDECLARED:
        return Trouble(entry.line, f"the change {named} needs no declaration", "delete this entry")
    what = f"an unknown change {named!r}" if named else f"a change that is {kind(entry)}"
    return Trouble(entry.line, what, f"known are {', '.join(CHANGES)}")
