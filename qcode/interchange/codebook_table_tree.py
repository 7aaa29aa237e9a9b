"""Puts the codes of a table into reading order, and finds those that no order has a place for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qcode.domain.codebook import Code, CodebookVersion, check
from qcode.interchange.codebook_yaml_write import MAX_LEVELS
from qcode.interchange.table_rows import Trouble, shortened

__all__ = ["Placed", "in_reading_order"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A code and the row that it comes from."""

    row: int
    code: Code


def in_reading_order(placed: Sequence[Placed], troubles: list[Trouble]) -> tuple[Code, ...]:
    """Return the codes, parents before children and siblings as they came; what breaks a rule goes to `troubles`."""
    by_key: dict[str, Placed] = {}
    for each in placed:
        first = by_key.setdefault(each.code.key.casefold(), each)
        if first is not each:
            what = f"the code {shortened(each.code.key)} stands in row {first.row} already (keys ignore case)"
            troubles.append(Trouble(each.row, what, "rename or delete one of them"))
    for each in placed:
        if each.code.parent is not None and each.code.parent.casefold() not in by_key:
            what = f"its parent {shortened(each.code.parent)} is not in the table"
            troubles.append(Trouble(each.row, what, "add a row for it, or write the key of another row"))
    below: dict[str, list[Placed]] = {}
    for each in by_key.values():
        parent = (each.code.parent or "").casefold()
        code = replace(each.code, parent=by_key[parent].code.key) if parent in by_key else each.code
        below.setdefault(parent, []).append(Placed(each.row, code))
    ordered = _walk(below, troubles)
    troubles += _circling(by_key, {code.key.casefold() for code in ordered})
    troubles += _breaches(by_key)
    return ordered


def _walk(below: Mapping[str, Sequence[Placed]], troubles: list[Trouble]) -> tuple[Code, ...]:
    ordered: list[Code] = []
    waiting = [(0, each) for each in reversed(below.get("", ()))]
    while waiting:
        depth, each = waiting.pop()
        if depth == MAX_LEVELS:
            what = f"the code {shortened(each.code.key)} stands below {MAX_LEVELS} others"
            troubles.append(Trouble(each.row, what, "a codebook holds no deeper tree"))
            continue
        ordered.append(each.code)
        waiting += [(depth + 1, child) for child in reversed(below.get(each.code.key.casefold(), ()))]
    return tuple(ordered)


def _circling(by_key: Mapping[str, Placed], reached: set[str]) -> list[Trouble]:
    """Return a trouble for each code in a circle: what is left when all that have nothing below them are taken away."""
    left = {key: (each.code.parent or "").casefold() for key, each in by_key.items() if key not in reached}
    children = Counter(left.values())
    leaves = [key for key in left if not children[key]]
    while leaves:
        parent = left.pop(leaves.pop())
        children[parent] -= 1
        if parent in left and not children[parent]:
            leaves.append(parent)
    mend = "give it another parent, or none"
    return [
        Trouble(by_key[key].row, f"the code {shortened(by_key[key].code.key)} stands below itself", mend)
        for key in left
    ]


def _breaches(by_key: Mapping[str, Placed]) -> list[Trouble]:
    """Return the rules that codes break wherever they stand."""
    version = CodebookVersion("table", "1", tuple(replace(each.code, parent=None) for each in by_key.values()))
    return [
        Trouble(by_key[problem.where.casefold()].row, f"{shortened(problem.where)}: {problem.what}", "")
        for problem in check(version)
        if problem.level == "error" and problem.where.casefold() in by_key
    ]
