"""The codes of a REFI-QDA file as a codebook: keys that ours can be, colours, and cases kept apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from qcode.domain.codebook import ORIGINS, Code, CodebookVersion, key_problem
from qcode.interchange.refi_colors import color_of
from qcode.interchange.refi_description import read_description
from qcode.interchange.refi_guids import Identities
from qcode.interchange.refi_values import RawCode

__all__ = ["CodeTree", "codebook_key", "codes_of", "made_codable", "title_of", "version_of"]

LONGEST_KEY = 200
_ending = re.compile(r"\.(qda|qdpx|qde|qdc|nvpx?|nvpm|mx\d\d|mqda|atlproj\d*|tra|xml)\Z", re.I)
_control = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(slots=True)
class CodeTree:
    """The codes in reading order with their raw values; `by_guid` gives the identity that a GUID stands for."""

    codes: list[Code]
    raw: list[RawCode]
    by_guid: dict[str, str]
    cases: dict[str, str] = field(default_factory=dict)
    """The names of the cases that stood among the codes, by GUID."""


def title_of(name: str) -> str:
    """Return a project's name without the ending of its file."""
    return _ending.sub("", " ".join(_control.sub(" ", name).split()))


def codebook_key(title: str) -> str:
    """Return a codebook's key from the name of its project."""
    key = re.sub(r"[\s,@/]+", "-", title).strip("-")[:LONGEST_KEY].strip("-")
    return "codebook" if not key or key_problem(key) else key


def codes_of(raw: Sequence[RawCode], cases: Collection[str], ids: Identities, remarks: list[str]) -> CodeTree:
    """Return the codes; those whose GUID is that of one of the `cases` are left out, and their children move up."""
    kept: list[RawCode] = []
    parents: list[int | None] = []
    new_place: dict[int, int | None] = {}
    tree = CodeTree([], kept, {})
    for place, code in enumerate(raw):
        above = None if code.above is None else new_place[code.above]
        if code.guid and code.guid in cases:
            new_place[place] = above
            tree.cases[code.guid] = code.name
            continue
        new_place[place] = len(kept)
        kept.append(code)
        parents.append(above)
    keys = _keys(kept, parents, remarks)
    tallied = _Tallied()
    for code, above, key in zip(kept, parents, keys, strict=True):
        identity = ids.anew("code", code.guid or f"without one: {key}")
        tallied.doubled += bool(code.guid) and code.guid in tree.by_guid
        tree.by_guid.setdefault(code.guid, identity)
        tree.codes.append(_code(code, None if above is None else keys[above], key, identity, tallied))
    tree.by_guid.pop("", None)
    remarks += tallied.told()
    return tree


@dataclass(slots=True)
class _Tallied:
    doubled: int = 0
    colors: int = 0

    def told(self) -> list[str]:
        found = []
        if self.doubled:
            found.append(f"codes that have the GUID of another code: {self.doubled}; codings of it went to the first")
        if self.colors:
            found.append(f"colours that could not be read: {self.colors}")
        return found


def _code(raw: RawCode, parent: str | None, key: str, identity: str, tallied: _Tallied) -> Code:
    color = color_of(raw.color)
    tallied.colors += color is None
    code = Code(
        key=key,
        name=raw.name if raw.name.strip() else key,
        parent=parent,
        codable=raw.codable.strip().lower() not in ("false", "0", "no"),
        color=color or "",
        id=identity,
    )
    described = replace(read_description(code, raw.definition), key=key)
    if described.origin in ("", *ORIGINS):
        return described
    return replace(described, origin="")


def _keys(codes: Sequence[RawCode], parents: Sequence[int | None], remarks: list[str]) -> list[str]:
    """Return the key of each code: its name, or its path where the name repeats; made such as a key may be."""
    names = Counter(code.name.strip().casefold() for code in codes)
    said = [read_description(Code("", ""), code.definition).key for code in codes]
    wanted = [
        said[place]
        if said[place] and key_problem(said[place]) is None
        else code.name.strip()
        if names[code.name.strip().casefold()] == 1
        else _with_parent(codes, parents, place)
        for place, code in enumerate(codes)
    ]
    paths = Counter(words.casefold() for words in wanted)
    wanted = [
        words if paths[words.casefold()] == 1 else _whole_path(codes, parents, place)
        for place, words in enumerate(wanted)
    ]
    taken, tries, keys, changed = set[str](), Counter[str](), list[str](), 0
    for place, words in enumerate(wanted):
        mended = _mended(words) or f"code {place + 1}"
        key = mended
        while key.casefold() in taken:
            tries[mended.casefold()] += 1
            key = f"{mended[: LONGEST_KEY - 12]} ({tries[mended.casefold()] + 1})"
        taken.add(key.casefold())
        keys.append(key)
        changed += key != words
    repeated = sum(names[code.name.strip().casefold()] > 1 for code in codes)
    if repeated:
        remarks.append(f"codes whose name repeats and that got their path as key: {repeated}")
    if changed:
        remarks.append(f"codes whose key differs from their name, which cannot be one (a comma or the like): {changed}")
    return keys


def _with_parent(codes: Sequence[RawCode], parents: Sequence[int | None], place: int) -> str:
    above = parents[place]
    return "/".join((*(() if above is None else (codes[above].name.strip(),)), codes[place].name.strip()))


def _whole_path(codes: Sequence[RawCode], parents: Sequence[int | None], place: int) -> str:
    """Return the names from the top to the code; no more of them than a key holds."""
    parts, length = list[str](), 0
    step: int | None = place
    while step is not None and length <= LONGEST_KEY:
        parts.append(codes[step].name.strip())
        length += len(parts[-1]) + 1
        step = parents[step]
    return "/".join(reversed(parts))


def _mended(wanted: str) -> str:
    text = " ".join(_control.sub(" ", wanted.replace(",", ";")).split())[:LONGEST_KEY]
    while text != (stripped := text.strip().strip("/")):
        text = stripped
    return text


def made_codable(codes: Sequence[Code], coded: Collection[str], remarks: list[str]) -> list[Code]:
    """Return the codes; a heading that carries codings becomes codable, so that they keep their code."""
    opened = sum(not code.codable and code.id in coded for code in codes)
    if opened:
        remarks.append(f"codes that were headings only and carry codings, now codable: {opened}")
    return [replace(code, codable=True) if code.id in coded else code for code in codes]


def version_of(title: str, codes: Sequence[Code], note: str = "") -> CodebookVersion:
    """Return the first version of a codebook."""
    return CodebookVersion(codebook_key(title), "1.0", tuple(codes), title=title, note=note)
