"""Reads a codebook version from YAML, telling everything that is wrong with its line."""

from __future__ import annotations

from collections.abc import Mapping

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import BadCodebook
from qcode.interchange.codebook_yaml_changes import Change, read_changes
from qcode.interchange.yaml_nodes import Fields, Items, Node, Text, Trouble, compose, refusal
from qcode.interchange.yaml_values import (
    check_names,
    kind,
    text_at,
    text_lists_at,
    texts_at,
    texts_by_language_at,
    truth_at,
)

__all__ = ["CODE_FIELDS", "TOP_FIELDS", "read", "read_block", "read_with_lines"]

TOP_FIELDS = ("codebook", "version", "follows", "title", "language", "note", "codes", "changes")
CODE_FIELDS = (
    *("code", "name", "codable", "names", "brief", "definition", "when", "when_not", "examples"),
    *("color", "origin", "aliases", "terms", "codes"),
)

ELSEWHERE = {
    "colour": "write color",
    "label": "write name",
    "title": "write name",
    "key": "write code",
    "id": "write code for the key; the identity is the study's own",
    "description": "write definition, or brief for one line",
    "include": "write when",
    "inclusion": "write when",
    "exclude": "write when_not",
    "exclusion": "write when_not",
    "keywords": "write terms: {en: [A, B]}",
    "synonyms": "write aliases",
    "children": "write codes",
    "subcodes": "write codes",
    "parent": "put the code into the list codes: of its parent",
}
"""Other tools' words for a code's fields, and how to mend them."""


def read(data: bytes | str, name: str) -> CodebookVersion:
    """Return the codebook version in the YAML file `name` with the content `data`.

    Raises `BadCodebook` with all that is wrong, a line each. Rules between codes, such as doubled keys, are
    told by `qcode.domain.codebook.check`.
    """
    return read_with_lines(data, name)[0]


def read_with_lines(data: bytes | str, name: str) -> tuple[CodebookVersion, Mapping[str, int]]:
    """Return the codebook version, and the line (from 1) where each code begins, by key; the last of doubled keys."""
    troubles: list[Trouble] = []
    root = compose(data, name, troubles)
    if root is None or (isinstance(root, Text) and root.is_nothing):
        raise BadCodebook(f"{name}: the file is empty", mend="a codebook begins with codebook: KEY")
    if not isinstance(root, Fields):
        mend = "it begins with codebook: KEY, version: and codes:"
        raise refusal(name, [Trouble(root.line, f"{kind(root)}, not a codebook", mend)])
    version, lines = _version(root, troubles)
    if troubles:
        raise refusal(name, troubles)
    return version, lines


def read_block(data: bytes | str, name: str) -> tuple[Change, ...]:
    """Return the changes in a YAML file that holds nothing but a block `changes:`. Raises BadCodebook."""
    troubles: list[Trouble] = []
    root = compose(data, name, troubles)
    if not isinstance(root, Fields) or list(root.nodes) != ["changes"]:
        raise BadCodebook(f"{name}: it holds more or less than a block of changes", mend="it begins with changes:")
    changes = read_changes(root, troubles)
    if troubles:
        raise refusal(name, troubles)
    return changes


def _version(root: Fields, troubles: list[Trouble]) -> tuple[CodebookVersion, dict[str, int]]:
    check_names(root, TOP_FIELDS, "a codebook", troubles, elsewhere={"name": "write title", "id": "write codebook"})
    for name in ("codebook", "version", "codes"):
        node = root.nodes.get(name)
        if node is None or (isinstance(node, Text) and node.is_nothing):
            line = root.lines.get(name, root.line)
            troubles.append(Trouble(line, f"the codebook lacks {name}", f"add {name}: ..."))
    codes, lines = _codes(root, troubles)
    texts = {name: text_at(root, name, troubles) for name in ("codebook", "version", "title", "language", "note")}
    changes = read_changes(root, troubles)
    return CodebookVersion(codes=codes, changes=changes, follows=_follows(root, troubles), **texts), lines


def _follows(root: Fields, troubles: list[Trouble]) -> tuple[str, ...]:
    """Return the version, or the list of versions, that this one follows."""
    if isinstance(root.nodes.get("follows"), Items):
        return texts_at(root, "follows", troubles)
    one = text_at(root, "follows", troubles)
    return (one,) if one else ()


def _codes(root: Fields, troubles: list[Trouble]) -> tuple[tuple[Code, ...], dict[str, int]]:
    """Walk the nested lists of codes in reading order, with a stack of our own: trees may be deep."""
    codes: list[Code] = []
    lines: dict[str, int] = {}
    waiting: list[tuple[Node, str | None]] = [(node, None) for node in reversed(_entries(root, troubles))]
    while waiting:
        node, parent = waiting.pop()
        if not isinstance(node, Fields):
            troubles.append(Trouble(node.line, f"a code that is {kind(node)}", "write - code: KEY"))
            continue
        code = _code(node, parent, troubles)
        codes.append(code)
        lines[code.key] = node.line
        waiting += [(below, code.key) for below in reversed(_entries(node, troubles))]
    return tuple(codes), lines


def _entries(fields: Fields, troubles: list[Trouble]) -> list[Node]:
    node = fields.nodes.get("codes")
    if node is None or (isinstance(node, Text) and node.is_nothing):
        return []
    if isinstance(node, Items):
        return node.nodes
    mend = "begin each code with - code: KEY"
    troubles.append(Trouble(fields.lines["codes"], f"codes is {kind(node)}, not a list", mend))
    return []


def _code(fields: Fields, parent: str | None, troubles: list[Trouble]) -> Code:
    check_names(fields, CODE_FIELDS, "a code", troubles, elsewhere=ELSEWHERE)
    node = fields.nodes.get("code")
    if node is None or (isinstance(node, Text) and node.is_nothing):
        troubles.append(Trouble(fields.line, "a code without its key", "add code: KEY (words like null in quotes)"))
    color = fields.nodes.get("color")
    if isinstance(color, Text) and color.is_nothing:
        what = "the color is empty (# begins a comment)"
        troubles.append(Trouble(fields.lines["color"], what, 'put it in quotes: color: "#7a3b69"'))
    texts = ("name", "brief", "definition", "when", "when_not", "color", "origin")
    return Code(
        key=text_at(fields, "code", troubles),
        parent=parent,
        codable=truth_at(fields, "codable", troubles, default=True),
        names=texts_by_language_at(fields, "names", troubles),
        examples=texts_at(fields, "examples", troubles),
        aliases=texts_at(fields, "aliases", troubles),
        terms=text_lists_at(fields, "terms", troubles),
        **{name: text_at(fields, name, troubles) for name in texts},
    )
