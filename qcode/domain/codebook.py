"""Codebooks: a tree of codes in frozen versions, and the rules that a version keeps."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True)
class CodebookVersion:
    """One frozen state of a codebook: `codes` in reading order, each parent before its children.

    `changes` are the declared changes of a version that follows another, as read from the file:
    one mapping each, held as sorted (field, value) pairs. `follows` names the versions it follows, where that is said.
    """

    codebook: str
    version: str
    codes: tuple[Code, ...]
    title: str = ""
    language: str = ""
    note: str = ""
    changes: tuple[tuple[tuple[str, object], ...], ...] = ()
    follows: tuple[str, ...] = ()

    @cached_property
    def by_key(self) -> Mapping[str, Code]:
        """Return the codes by key, casefolded; of doubled keys the last."""
        return {code.key.casefold(): code for code in self.codes}

    @cached_property
    def _below(self) -> Mapping[str | None, Sequence[Code]]:
        below: dict[str | None, list[Code]] = {}
        for code in self.codes:
            below.setdefault(_folded(code.parent), []).append(code)
        return below

    def children(self, key: str | None) -> list[Code]:
        """Return the codes directly below `key` (None: the top), in order."""
        return list(self._below.get(_folded(key), ()))

    def walk(self) -> Iterator[tuple[int, Code]]:
        """Yield (depth, code) in reading order; depth counts from 0, also below a parent that is not there."""
        depth: dict[str | None, int] = {}
        for code in self.codes:
            here = depth.get(_folded(code.parent), -1) + 1
            depth[code.key.casefold()] = here
            yield here, code

    def ancestors(self, key: str) -> list[Code]:
        """Return the codes above `key`, nearest first; in a circle each once, and never `key` itself."""
        seen = {key.casefold()}
        above: list[Code] = []
        parent = _folded(self.by_key[key.casefold()].parent)
        while parent is not None and parent in self.by_key and parent not in seen:
            seen.add(parent)
            above.append(self.by_key[parent])
            parent = _folded(above[-1].parent)
        return above

    def descendants(self, key: str) -> list[Code]:
        """Return the codes below `key`, in reading order."""
        below = {key.casefold()}
        found = []
        for code in self.codes:
            folded = code.key.casefold()
            if _folded(code.parent) in below and folded not in below:
                below.add(folded)
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
        """Return the SHA-256 of the version's content in hexadecimal; identities and `follows` are left out."""
        content = asdict(self)
        del content["follows"]
        for code in content["codes"]:
            del code["id"]
        packed = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()


def _folded(key: str | None) -> str | None:
    return None if key is None else key.casefold()


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
    if re.search("[,\x00-\x1f\x7f-\x9f\u2028\u2029]", key):
        return "a key has no comma, tab, line break or other control character"
    if re.search("[\ud800-\udfff]", key):
        return "the key holds half a character"
    if key.startswith("/") or key.endswith("/"):
        return "a key neither begins nor ends with a slash"
    if len(key) > 200:
        return "a key has at most 200 characters"
    return None


def check(version: CodebookVersion) -> list[Problem]:
    """Return everything off in `version`: broken rules as errors, missing parts as warnings."""
    problems = _head_problems(version)
    problems += _tree_problems(version)
    problems += _alias_problems(version)
    for code in version.codes:
        problems += _code_problems(code)
    return problems


def _head_problems(version: CodebookVersion) -> list[Problem]:
    problems = [] if version.codes else [Problem("error", "codes", "the codebook has no codes")]
    for where, text in (("codebook", version.codebook), ("version", version.version)):
        wrong = key_problem(text)
        if wrong:
            problems.append(Problem("error", where, wrong.replace("key", where)))
        elif "@" in text:
            problems.append(Problem("error", where, "it has an @, which stands between a codebook and its version"))
    return problems


def _tree_problems(version: CodebookVersion) -> list[Problem]:
    problems, seen, circling = [], set[str](), _circling(version)
    for code in version.codes:
        folded, parent = code.key.casefold(), _folded(code.parent)
        if folded in seen:
            problems.append(Problem("error", code.key, "two codes have this key (keys are compared ignoring case)"))
        if folded in circling:
            problems.append(Problem("error", code.key, "it stands below itself"))
        elif parent is not None and parent not in version.by_key:
            problems.append(Problem("error", code.key, f"its parent {code.parent} is not in the codebook"))
        elif parent is not None and parent not in seen:
            problems.append(Problem("error", code.key, f"it stands before its parent {code.parent}"))
        seen.add(folded)
    return problems


def _circling(version: CodebookVersion) -> set[str]:
    """Return the keys, casefolded, of the codes that stand below themselves."""
    circling, done = set[str](), set[str]()
    for start in version.by_key:
        path: dict[str, int] = {}
        key: str | None = start
        while key is not None and key in version.by_key and key not in done and key not in path:
            path[key] = len(path)
            key = _folded(version.by_key[key].parent)
        if key in path:
            circling.update(list(path)[path[key] :])
        done.update(path)
    return circling


def _alias_problems(version: CodebookVersion) -> list[Problem]:
    problems = []
    taken = {code.key.casefold(): code.key for code in version.codes}
    for code in version.codes:
        for alias in code.aliases:
            other = taken.setdefault(alias.casefold(), code.key)
            if other.casefold() != code.key.casefold():
                problems.append(Problem("error", code.key, f"its alias {alias} is the key or alias of {other}"))
    return problems


def _code_problems(code: Code) -> list[Problem]:
    problems = []
    where = code.key or "(no key)"
    wrong = key_problem(code.key)
    if wrong:
        problems.append(Problem("error", where, wrong))
    if code.color and not re.fullmatch(r"#[0-9a-fA-F]{6}", code.color):
        problems.append(Problem("error", where, f"the color {code.color!r} is none; write it as #7a3b69"))
    if code.origin and code.origin not in ORIGINS:
        problems.append(Problem("error", where, f"the origin {code.origin!r} is none of {', '.join(ORIGINS)}"))
    for field in ("names", "terms"):
        languages = [language for language, _ in getattr(code, field)]
        if len(set(languages)) < len(languages):
            problems.append(Problem("error", where, f"two {field} in one language"))
    missing = [part for part in MACQUEEN_PARTS if not getattr(code, part)]
    if code.codable and missing:
        problems.append(Problem("warning", where, f"no {', '.join(missing)}"))
    return problems
