"""Merges two versions of a codebook that both follow a third, code by code and field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qcode.domain.codebook import Code, CodebookVersion, check
from qcode.domain.declared import Adopted, Former, adopt
from qcode.domain.diff import Declared, came_back, diff
from qcode.domain.three_way_changes import declared_changes
from qcode.domain.three_way_conflicts import Conflict, Settling
from qcode.domain.three_way_fates import Fates
from qcode.domain.three_way_fields import joined_code, with_own_aliases
from qcode.domain.three_way_keys import Keys
from qcode.domain.three_way_sides import Side
from qcode.domain.three_way_tree import Tree
from qcode.domain.told import ToldChange, tell
from qcode.errors import BadValue

__all__ = ["Conflict", "Merge", "merge"]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged version, or the conflicts that are to be settled before there is one.

    `changes` of the version, and `declared` by identity, are what it declares seen from ours; `joined` tells what came
    from theirs: while something is open, as if ours held there.
    """

    version: CodebookVersion | None
    conflicts: tuple[Conflict, ...]
    joined: tuple[ToldChange, ...]
    declared: tuple[Declared, ...] = ()


def merge(
    base: CodebookVersion,
    ours: CodebookVersion,
    theirs: CodebookVersion,
    *,
    ours_declared: Sequence[Declared],
    theirs_declared: Sequence[Declared],
    version: str,
    settle: Mapping[str, str],
    note: str = "",
    former: Sequence[Former] = (),
) -> Merge:
    """Merge `theirs` into `ours`, which both follow `base`; codes have ids, and the declared changes stand in order.

    `settle` says of a conflict, by CODE.field, by CODE or by "*" for all that are left, whether ours or theirs is to
    hold, or gives own words for a text. `former` are the codes that ours does not have any more, as for `adopt`.

    Where one side ended a code that the other changed, or ended otherwise, the side that is chosen holds as a whole:
    the new codes of a split or merge that does not hold do not come. Those that ours had already go back to the codes
    they came from. A key that ours uses stays with its code: that of theirs comes with a number behind its key.

    Raises BadValue where `settle` does not fit.
    """
    settling = Settling(settle)
    fates = Fates(base, Side(base, ours, ours_declared), Side(base, theirs, theirs_declared), settling)
    gone = _former_keys(fates, former)
    codes = _codes(fates, gone)
    changes = declared_changes({code.id: code for code in codes}, fates, gone)
    settling.refuse_the_unfit()
    title, language = (_sided(base, ours, theirs, field) for field in ("title", "language"))
    follows = (ours.version, theirs.version)
    merged = CodebookVersion(ours.codebook, version, tuple(codes), title, language, note, changes, follows)
    found = _adopted(ours, merged, former, gone)
    joined = tuple(tell(diff(ours, found.version, found.declared), ours, found.version))
    if settling.open:
        return Merge(None, _in_order(settling, fates), joined)
    _refuse_misfits(fates, found.version)
    return Merge(found.version, (), joined, found.declared)


def _codes(fates: Fates, gone: Mapping[str, str]) -> list[Code]:
    """Return the merged codes in reading order."""
    standing = [id for id in dict.fromkeys((*fates.ours.codes, *fates.theirs.codes)) if fates.stands(id)]
    tree = Tree(fates, standing)
    keys = Keys(fates, gone).of(standing)
    codes = {id: joined_code(id, fates) for id in standing}
    parents = {id: None if above is None else keys[above] for id, above in tree.parents.items()}
    placed = [replace(codes[id], key=keys[id], parent=parents[id]) for id in tree.order()]
    return with_own_aliases(placed, fates.base)


def _former_keys(fates: Fates, former: Sequence[Former]) -> dict[str, str]:
    """Return the codes that ours does not have any more, by id, with their keys."""
    known = {id for one in fates.ours.declared for id in one.codes}
    theirs = fates.theirs.version.codes
    keys = {code.id: code.key for code in theirs if code.id in known or came_back(code.id, fates.theirs.declared)}
    keys |= {id: code.key for id, code in fates.base.items()}
    keys |= {one.id: one.key for one in former}
    return {id: key for id, key in keys.items() if id not in fates.ours.codes}


def _sided(base: CodebookVersion, ours: CodebookVersion, theirs: CodebookVersion, field: str) -> str:
    """Return what ours says of itself, unless only theirs changed it."""
    return str(getattr(theirs if getattr(ours, field) == getattr(base, field) else ours, field))


def _adopted(ours: CodebookVersion, new: CodebookVersion, former: Sequence[Former], gone: Mapping[str, str]) -> Adopted:
    """Hold the merged version against ours, as any version that follows it; what it declares is complete."""
    known = {one.id for one in former}
    more = [Former(id, key, "retire", ours.version) for id, key in gone.items() if id not in known]
    ids = {code.key.casefold(): code.id for code in new.codes}
    found = adopt(ours, new, former=[*more, *former], identity=lambda key: ids[key.casefold()])
    if found.problems:
        raise BadValue(f"the merged version does not follow {ours.version}: {found.problems[0]}")
    return found


def _in_order(settling: Settling, fates: Fates) -> tuple[Conflict, ...]:
    """Return the open conflicts by code, in reading order."""
    place = {id: n for n, id in enumerate(dict.fromkeys((*fates.ours.codes, *fates.base, *fates.theirs.codes)))}
    return tuple(sorted(settling.open.values(), key=lambda one: place[one.id]))


def _refuse_misfits(fates: Fates, version: CodebookVersion) -> None:
    """Refuse what was settled in ways that do not go together, and own words that break a rule of codebooks."""
    if fates.broken:
        raise BadValue(fates.broken[0], mend="settle one of them otherwise")
    problem = next((problem for problem in check(version) if problem.level == "error"), None)
    if problem is not None:
        raise BadValue(f"{problem.where}: {problem.what}", mend="settle it in other words")
