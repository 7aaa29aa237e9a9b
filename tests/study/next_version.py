"""Writes the next version of a codebook from lines such as "split trust into hope, fear", as a file would say it.

A line changes the tree and, where that is needed, declares it. Behind a key that is split, `+` keeps the code as it is
and `!` as a heading of the others; otherwise it leaves the tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qcode.domain.codebook import Code, CodebookVersion
from qcode.interchange import codebook_yaml
from qcode.study.codebooks import CodebookImported
from qcode.study.selection import Filters
from qcode.study.study import Study

__all__ = ["follow", "next_version", "stands"]

Tree = dict[str, Code]
Change = dict[str, object]


def follow(study: Study, *said: str, number: str | None = None, book: str = "book") -> CodebookImported:
    """Let the next version come: the newest one of `book`, changed as `said`, by way of a file's text."""
    newest = study.codebooks.show(book).content
    return study.codebooks.add_version(next_version(newest, *said, number=number))


def stands(study: Study, codebook: str | None = None, **filters: object) -> list[tuple[str, str, str, str]]:
    """Return (quote, code, coder, status) of every coding that is listed, ended ones too."""
    asked = Filters(codebook=codebook, **({"withdrawn": True} | filters))  # type: ignore[arg-type]
    return sorted((c.quote, c.code, c.coder, c.status) for c in study.codings.list(asked))


def next_version(old: CodebookVersion, *said: str, number: str | None = None) -> CodebookVersion:
    """Return what follows `old`: with the next whole number, unless one is given."""
    number = number or str(int(old.version) + 1)
    tree = {code.key: replace(code, id="") for code in old.codes}
    changes = [change for one in said if (change := _carry_out(tree, one, number))]
    raw = tuple(tuple(sorted(change.items())) for change in changes)
    new = replace(old, version=number, codes=tuple(tree.values()), changes=raw, follows=(old.version,))
    return codebook_yaml.read(codebook_yaml.write(new), "next.yaml")


def _carry_out(tree: Tree, said: str, number: str) -> Change | None:
    verb, _, rest = said.partition(" ")
    first, _, second = re.sub(r" (into|to|under|as) ", "|", rest).partition("|")
    left, right = (tuple(re.split(", *", part)) if part else () for part in (first, second))
    return VERBS[verb](tree, left, right, number)


def _add(tree: Tree, keys: Sequence[str], under: Sequence[str], _: str) -> None:
    for key in keys:
        tree[key] = Code(key, key.title(), parent=under[0] if under else None)


def _take_out(tree: Tree, key: str) -> None:
    gone = tree.pop(key)
    for child in [code for code in tree.values() if code.parent == key]:
        tree[child.key] = replace(child, parent=gone.parent)


def _move(tree: Tree, keys: Sequence[str], under: Sequence[str], _: str) -> None:
    for key in keys:
        tree[key] = replace(tree[key], parent=under[0] if under else None)


def _reorder(tree: Tree, *_: object) -> None:
    codes = list(tree.values())
    tree.clear()
    tree.update({code.key: code for code in reversed(codes)})


def _set(field: str, value: object) -> Callable[[Tree, Sequence[str], Sequence[str], str], None]:
    def change(tree: Tree, keys: Sequence[str], given: Sequence[str], _: str) -> None:
        for key in keys:
            tree[key] = replace(tree[key], **{field: value if not given else given[0]})  # type: ignore[arg-type]

    return change


def _split(tree: Tree, keys: Sequence[str], into: Sequence[str], _: str) -> Change:
    key, mark = keys[0].rstrip("+!"), keys[0][-1]
    above = key if mark == "!" else tree[key].parent
    _add(tree, [one for one in into if one not in tree], [above] if above else [], "")
    if mark == "!":
        tree[key] = replace(tree[key], codable=False)
    elif mark != "+":
        _take_out(tree, key)
    return {"split": key, "into": tuple(into)}


def _merge(tree: Tree, keys: Sequence[str], into: Sequence[str], _: str) -> Change:
    target = into[0]
    if target not in tree:
        _add(tree, [target], [], "")
    for key in keys:
        if key != target:
            _take_out(tree, key)
    return {"merge": tuple(keys), "into": target}


def _rename(tree: Tree, keys: Sequence[str], to: Sequence[str], _: str) -> Change:
    renamed = [
        replace(
            code,
            key=to[0] if code.key == keys[0] else code.key,
            parent=to[0] if code.parent == keys[0] else code.parent,
        )
        for code in tree.values()
    ]
    tree.clear()
    tree.update({code.key: code for code in renamed})
    return {"rename": keys[0], "to": to[0]}


def _redefine(effect: str) -> Callable[[Tree, Sequence[str], Sequence[str], str], Change]:
    def change(tree: Tree, keys: Sequence[str], _: Sequence[str], number: str) -> Change:
        tree[keys[0]] = replace(tree[keys[0]], definition=f"{effect} in {number}")
        return {"redefine": keys[0], "effect": effect}

    return change


def _retire(tree: Tree, keys: Sequence[str], *_: object) -> Change:
    _take_out(tree, keys[0])
    return {"retire": keys[0]}


def _revive(tree: Tree, keys: Sequence[str], under: Sequence[str], _: str) -> Change:
    key = keys[0].rstrip("!")
    _add(tree, [key], under, "")
    tree[key] = replace(tree[key], codable=not keys[0].endswith("!"))
    return {"revive": key}


VERBS: dict[str, Callable[[Tree, Sequence[str], Sequence[str], str], Change | None]] = {
    "add": _add,
    "move": _move,
    "reorder": _reorder,
    "name": _set("name", "Another name"),
    "color": _set("color", "#112233"),
    "alias": _set("aliases", ("also known",)),
    "brief": _set("brief", "in a few words"),
    "heading": _set("codable", False),
    "open": _set("codable", True),
    "split": _split,
    "merge": _merge,
    "rename": _rename,
    "clarify": _redefine("clarify"),
    "widen": _redefine("widen"),
    "narrow": _redefine("narrow"),
    "retire": _retire,
    "revive": _revive,
}
