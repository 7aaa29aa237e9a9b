"""Reads QualCoder's lists of codes in plain text: the codebook that it exports, and the list that it imports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qcode.domain.codebook import CodebookVersion
from qcode.errors import BadCodebook
from qcode.interchange.code_tree import Twig, version_of
from qcode.interchange.table_rows import MOST_ROWS, shortened, too_many_rows

__all__ = ["is_code_list", "read"]

ENTRY = re.compile(r"(?P<depth>(?:--)*)[^:：]{1,40}[:：] ?(?P<name>.*\S), (?P<kind>catid|cid):\d{1,18}(?:, .*)?")
"""A line such as `--Code: waiting, cid:4, Frq: 12, Owner: ana`; its words follow the language of the program."""

MEMO = re.compile(r"(?:--)*[^:：]{1,40}[:：] ?")
YAML = re.compile(r"^(codebook|version|codes)\s*:", re.MULTILINE)
SEPARATOR = ">>"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that names a code, with its number from 1 and what stands in the lines below it."""

    number: int
    found: re.Match[str]
    below: tuple[str, ...]


def is_code_list(text: str) -> bool:
    """Tell whether a plain text is one of these lists, and not a codebook of ours."""
    lines = text.splitlines()
    exported = any(ENTRY.fullmatch(line) for line in lines)
    return exported or (not YAML.search(text) and any(SEPARATOR in line.partition("\t")[0] for line in lines))


def read(text: str, name: str, *, codebook: str, version: str) -> tuple[CodebookVersion, tuple[str, ...]]:
    """Return the codes of the list `name`, categories as headings, and what a reader should know of it.

    Raises BadCodebook where a line is no code, or one stands there twice.
    """
    lines = text.splitlines()
    if len(lines) > MOST_ROWS:
        raise too_many_rows(name)
    exported = any(ENTRY.fullmatch(line) for line in lines)
    twigs = _exported(lines) if exported else _listed(lines, name)
    how = "a codebook that QualCoder exported" if exported else "a list of codes from QualCoder, CATEGORY>>CODE"
    (found,), _ = version_of(codebook, twigs)
    return replace(found, codebook=codebook, version=version, title=""), (f"{name}: read as {how}",)


def _exported(lines: Sequence[str]) -> list[Twig]:
    """Read a tree that is drawn with two dashes a level."""
    above: list[int] = []
    twigs = []
    for line in _entries(lines):
        depth = min(len(line.found["depth"]) // 2, len(above))
        del above[depth:]
        memo = "\n".join((MEMO.sub("", line.below[0], count=1), *line.below[1:])).strip() if line.below else ""
        parent = above[-1] if above else None
        is_code = line.found["kind"] == "cid"
        twigs.append(Twig(line.number, parent, "", line.found["name"].strip(), codable=is_code, definition=memo))
        above.append(line.number)
    return twigs


def _entries(lines: Sequence[str]) -> Iterator[_Line]:
    found = [(place, match) for place, line in enumerate(lines) if (match := ENTRY.fullmatch(line))]
    ends = [place for place, _ in found[1:]] + [len(lines)]
    for (place, match), end in zip(found, ends, strict=True):
        yield _Line(place + 1, match, tuple(lines[place + 1 : end]))


def _listed(lines: Sequence[str], name: str) -> list[Twig]:
    """Read a code a line: its categories from the top down, the code, and behind a tab its memo."""
    twigs: dict[tuple[str, ...], Twig] = {}
    rows: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(lines, start=1):
        cell, _, memo = line.partition("\t")
        if not line.strip():
            continue
        names = [" ".join(part.split()) for part in cell.split(SEPARATOR)]
        if not all(names):
            raise BadCodebook(f"{name}, line {number}: a name is missing", mend="write CATEGORY>>CODE, or CODE alone")
        path = tuple(one.casefold() for one in names)
        if path in rows:
            what = f"{name}, line {number}: the code {shortened(names[-1])} stands in line {rows[path]} already"
            raise BadCodebook(what, mend="rename or delete one of them")
        rows[path] = number
        for depth, one in enumerate(names, start=1):
            here = path[:depth]
            twigs.setdefault(here, Twig(here, here[:-1] or None, "", one, codable=False))
        twigs[path] = replace(twigs[path], codable=True, definition=memo.strip())
    return list(twigs.values())
