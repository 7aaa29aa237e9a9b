"""Codebooks: a tree of codes in frozen versions, and the rules that a version keeps."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

__all__ = ["MACQUEEN_PARTS", "ORIGINS", "Code", "CodebookVersion", "Problem", "check", "key_problem"]

MACQUEEN_PARTS = ("name", "brief", "definition", "when", "when_not", "examples")
"""The six parts of a code's entry (MacQueen, McLellan, Kay & Milstein 1998, Cultural Anthropology Methods 10(2):31-36);
our `name` stands for their code itself."""

ORIGINS = ("theory", "data", "structure")


@dataclass(frozen=True, slots=True)
class Code:
    """A label with a definition and rules of use; `parent` is the key of the code above, or None.

    `id` is the identity that outlives every change of key and name; it is empty in a version that
    was read from a file and has not met a study yet. `names` and `terms` are per language.
    """

    key: str
    name: str
    parent: str | None = None
    codable: bool = True
    names: tuple[tuple[str, str], ...] = ()
    brief: str = ""
    definition: str = ""
    when: str = ""
    when_not: str = ""
    examples: tuple[str, ...] = ()
    color: str = ""
    origin: str = ""
    aliases: tuple[str, ...] = ()
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    id: str = ""

    def name_in(self, language: str) -> str:
        """Return the name in `language`, or the name itself where there is none."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True)
class CodebookVersion:
    """One frozen state of a codebook: `codes` in reading order, each parent before its children.

    `changes` are the declared changes of a version that follows another, as read from the file:
    one mapping each, held as sorted (field, value) pairs.
    """

    codebook: str
    version: str
    codes: tuple[Code, ...]
    title: str = ""
    language: str = ""
    note: str = ""
    changes: tuple[tuple[tuple[str, object], ...], ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Code]:
        """Return the codes by key, casefolded."""
        return {code.key.casefold(): code for code in self.codes}

    def children(self, key: str | None) -> list[Code]:
        """Return the codes directly below `key` (None: the top), in order."""
        wanted = key.casefold() if key is not None else None
        return [c for c in self.codes if (c.parent.casefold() if c.parent is not None else None) == wanted]

    def walk(self) -> Iterator[tuple[int, Code]]:
        """Yield (depth, code) in reading order; depth counts from 0."""
        depth: dict[str | None, int] = {None: -1}
        for code in self.codes:
            depth[code.key] = depth[code.parent] + 1
            yield depth[code.key], code

    def ancestors(self, key: str) -> list[Code]:
        """Return the codes above `key`, nearest first."""
        above = []
        code = self.by_key[key.casefold()]
        while code.parent is not None:
            code = self.by_key[code.parent.casefold()]
            above.append(code)
        return above

    def descendants(self, key: str) -> list[Code]:
        """Return the codes below `key`, in reading order."""
        below = {key.casefold()}
        found = []
        for code in self.codes:
            if code.parent is not None and code.parent.casefold() in below:
                below.add(code.key.casefold())
                found.append(code)
        return found

    def find(self, text: str) -> list[Code]:
        """Return the codes that `text` names: by key, else by alias, else by a name; ignoring case."""
        wanted = text.strip().casefold()
        if wanted in self.by_key:
            return [self.by_key[wanted]]
        by_alias = [c for c in self.codes if wanted in (a.casefold() for a in c.aliases)]
        if by_alias:
            return by_alias
        return [c for c in self.codes if wanted in (n.casefold() for n in (c.name, *dict(c.names).values()))]

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the version's content, identities left out, in hexadecimal."""
        content = asdict(self)
        for code in content["codes"]:
            del code["id"]
        packed = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something off in a codebook: an `error` keeps it from being used, a `warning` does not."""

    level: str
    where: str
    what: str


def key_problem(key: str) -> str | None:
    """Return what keeps `key` from being a code's key, or None."""
    if not key.strip():
        return "the key is empty"
    if key != key.strip():
        return "the key begins or ends with a blank"
    if any(c in key for c in ",\n\r\t\0"):
        return "a key has no comma, tab or line break"
    if key.startswith("/") or key.endswith("/"):
        return "a key neither begins nor ends with a slash"
    if len(key) > 200:
        return "a key has at most 200 characters"
    return None


def check(version: CodebookVersion) -> list[Problem]:
    """Return everything off in `version`: broken rules as errors, missing parts as warnings."""
    problems = [] if version.codes else [Problem("error", "codes", "the codebook has no codes")]
    problems += _tree_problems(version)
    for code in version.codes:
        problems += _code_problems(code)
    return problems


def _tree_problems(version: CodebookVersion) -> list[Problem]:
    problems, seen = [], set[str]()
    parents = {c.key.casefold(): c.parent.casefold() if c.parent else None for c in version.codes}
    for code in version.codes:
        folded = code.key.casefold()
        if folded in seen:
            problems.append(Problem("error", code.key, "two codes have this key (keys are compared ignoring case)"))
        seen.add(folded)
        if code.parent is not None and code.parent.casefold() not in parents:
            problems.append(Problem("error", code.key, f"its parent {code.parent} is not in the codebook"))
        if _in_cycle(folded, parents):
            problems.append(Problem("error", code.key, "it stands below itself"))
    taken = {c.key.casefold(): c.key for c in version.codes}
    for code in version.codes:
        for alias in code.aliases:
            other = taken.get(alias.casefold())
            if other is not None and other != code.key:
                problems.append(Problem("error", code.key, f"its alias {alias} is the key or alias of {other}"))
            taken.setdefault(alias.casefold(), code.key)
    return problems


def _in_cycle(key: str, parents: Mapping[str, str | None]) -> bool:
    above, steps = parents.get(key), 0
    while above is not None and steps <= len(parents):
        if above == key:
            return True
        above, steps = parents.get(above), steps + 1
    return False


def _code_problems(code: Code) -> list[Problem]:
    problems = []
    wrong = key_problem(code.key)
    if wrong:
        problems.append(Problem("error", code.key or "(no key)", wrong))
    if code.color and not re.fullmatch(r"#[0-9a-fA-F]{6}", code.color):
        problems.append(Problem("error", code.key, f"the color {code.color!r} is none; write it as #7a3b69"))
    if code.origin and code.origin not in ORIGINS:
        problems.append(Problem("error", code.key, f"the origin {code.origin!r} is none of {', '.join(ORIGINS)}"))
    missing = [part for part in MACQUEEN_PARTS if not getattr(code, part)]
    if code.codable and missing:
        problems.append(Problem("warning", code.key, f"no {', '.join(missing)}"))
    return problems
