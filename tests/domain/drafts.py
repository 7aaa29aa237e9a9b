"""Small codebooks and what is proved of every draft: it keeps the rules, and can be adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from qcode.domain import drafting
from qcode.domain.changes import apply
from qcode.domain.codebook import Code, CodebookVersion, check
from qcode.domain.declared import Adopted, Former, adopt
from qcode.domain.diff import diff
from qcode.domain.drafting_tree import Tree
from qcode.errors import QcodeError

FORMER = (Former("id-f", "F", "retire", "0.9"), Former("id-g", "G", "merge", "0.9", ("A",)))


def base(*lines: str) -> CodebookVersion:
    """Make a version from lines such as "A", "B<A" (B below A), "C!" (a heading), "D=x,y" (with aliases)."""
    return CodebookVersion("demo", "1", tuple(map(_code, lines)))


def _code(line: str) -> Code:
    line, _, aliases = line.partition("=")
    key, _, parent = line.partition("<")
    key, codable = key.removesuffix("!"), not key.endswith("!")
    given = tuple(aliases.split(",")) if aliases else ()
    return Code(key, key.lower(), parent or None, codable, aliases=given, id=f"id-{key}", definition=f"what {key} is")


def draft(version: CodebookVersion) -> CodebookVersion:
    """Begin a draft that follows `version`."""
    return replace(version, version="2", follows=(version.version,), changes=())


def tree(version: CodebookVersion) -> list[str]:
    """Return the keys in reading order, indented by a dot for each level; a heading with a !."""
    return [f"{'.' * depth}{code.key}{'' if code.codable else '!'}" for depth, code in version.walk()]


def said(version: CodebookVersion) -> list[str]:
    """Return the declared changes, a line each."""
    return [" ".join(f"{name}:{_shown(value)}" for name, value in change) for change in version.changes]


def _shown(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def adopted(old: CodebookVersion, new: CodebookVersion, former: Sequence[Former] = FORMER) -> Adopted:
    """Return `new` adopted, and prove that it can be: no problem, nothing undeclared, a diff that leads there."""
    assert [problem for problem in check(new) if problem.level == "error"] == []
    assert Tree(new.codes).flat() == new.codes
    result = adopt(old, new, former=former, identity=lambda key: "new-" + key.casefold())
    assert (result.problems, result.missing) == ([], [])
    assert apply(old, diff(old, result.version, result.declared)) == result.version
    return result


def code(version: CodebookVersion, key: str) -> Code:
    """Return the code with this key."""
    return version.by_key[key.casefold()]


def refused(act: str, *args: Any, on: CodebookVersion | None = None, **options: Any) -> str:
    """Return the class and the sentence with which an act on a draft that follows `OLD` is refused."""
    with pytest.raises(QcodeError) as caught:
        getattr(drafting, act)(OLD, on or NEW, *args, **options)
    return f"{type(caught.value).__name__}: {caught.value.sentence}"


OLD = base("A", "B<A=bee", "C<B", "D<A", "E", "H!")
NEW = draft(OLD)
