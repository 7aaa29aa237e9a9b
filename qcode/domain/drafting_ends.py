"""The acts on a draft that end codes or divide them: split, merge, retire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.drafting_desk import LATER, Desk
from qcode.domain.drafting_said import Said, listed, unique
from qcode.domain.drafting_tree import fold
from qcode.errors import BadValue, Conflict

__all__ = ["merge", "retire", "split"]


def split(
    base: CodebookVersion,
    draft: CodebookVersion,
    key: str,
    into: Sequence[str | tuple[str, str]],
    *,
    keep: bool = False,
    why: str = "",
) -> CodebookVersion:
    """Divide a code among others: keys, or (key, name); those that are not in the draft are added below it.

    The code itself becomes a heading, unless `keep` or among `into`. Splitting once more adds to `into`.
    """
    desk = Desk(base, draft)
    code = desk.find(key)
    declared = desk.saying("split", code)
    wanted = [(one, "") if isinstance(one, str) else one for one in into]
    _refuse_split(desk, code, declared, unique(one for one, _ in wanted))
    targets = unique(_part(desk, code, one, name) for one, name in wanted)
    if not keep and fold(code.key) not in map(fold, targets):
        code = replace(code, codable=False)
        desk.tree.set(code)
    whole = unique((*(declared.into if declared else ()), *targets))
    parts = tuple(one for one in whole if fold(one) != fold(code.key))
    desk.hand_over([code], (code.key, *parts) if code.codable else parts)
    was = desk.origin(code)
    if was is not None:
        desk.say(Said("split", (was.key,), whole if code.codable else parts, why=why))
    return desk.done()


def _refuse_split(desk: Desk, code: Code, declared: Said | None, into: Sequence[str]) -> None:
    was = desk.origin(code)
    if desk.comes_back(code):
        raise Conflict(f"{code.key} comes back in this draft, and its codings with it", mend=LATER)
    if not into or (len(into) < 2 and declared is None):
        mend = f"name two or more; {code.key} itself may be one of them"
        raise BadValue(f"{code.key} would be split into one", mend=mend)
    if declared is None and not code.codable and not (was and was.codable):
        raise Conflict(f"{code.key} is only a heading, which has no codings to split", mend="add codes below it")


def _part(desk: Desk, code: Code, key: str, name: str) -> str:
    """Return the key, as the draft spells it, of a code that takes codings of `code`; it is added if it is new."""
    there = desk.tree.get(key.strip())
    if there is None:
        desk.free(key)
        desk.tree.put(Code(key, name), fold(code.key))
        return key
    _refuse_heading(there)
    if name:
        desk.tree.set(replace(there, name=name))
    return there.key


def _refuse_heading(code: Code) -> None:
    if not code.codable:
        what = f"{code.key} is only a heading, which takes no codings"
        raise Conflict(what, mend="make it codable first, or name another code")


def merge(
    base: CodebookVersion,
    draft: CodebookVersion,
    keys: Sequence[str],
    into: str,
    *,
    name: str = "",
    why: str = "",
) -> CodebookVersion:
    """Make several codes one: `into` is one of them, another code of the draft, or new.

    A new code stands where the first of `keys` stood. The target takes their examples, terms and aliases, their keys
    as aliases, and the codes below them; a target that stood below one of them moves up to its place.
    """
    desk = Desk(base, draft)
    codes = {fold(code.key): code for code in map(desk.find, keys)}
    target = desk.tree.get(into.strip())
    leaving = [code for folded, code in codes.items() if target is None or folded != fold(target.key)]
    _refuse_merge(desk, leaving, target)
    if target is None:
        target = Code(desk.free(into, but=leaving), name)
    _place(desk, target, leaving)
    desk.tree.set(_joined(desk, replace(target, name=name or target.name), leaving))
    said = Said("merge", tuple(was.key for was in map(desk.origin, leaving) if was is not None), (target.key,), why=why)
    desk.hand_over(leaving, (target.key,))
    desk.unsay(*(desk.saying(kind, code) for kind in ("rename", "redefine") for code in leaving))
    divided = desk.saying("split", target)
    if divided is not None:
        raise Conflict(f"{target.key} is split into {listed(divided.into)} in this draft", mend=LATER)
    if said.codes:
        desk.say(said)
    return desk.done()


def _refuse_merge(desk: Desk, leaving: Sequence[Code], target: Code | None) -> None:
    if len(leaving) + (target is not None) < 2:
        mend = f"rename {leaving[0].key}, or name another code" if leaving else "name another code"
        raise BadValue("a merge takes two codes or more", mend=mend)
    if target is not None:
        _refuse_heading(target)
    for code in leaving:
        divided = desk.saying("split", code)
        if desk.comes_back(code):
            raise Conflict(f"{code.key} comes back in this draft, and its codings with it", mend=LATER)
        if divided is not None:
            what = f"{code.key} is split into {listed(divided.into)} in this draft"
            raise Conflict(what, mend=f"merge those; to take {code.key} out, retire it")


def _place(desk: Desk, target: Code, leaving: Sequence[Code]) -> None:
    """Put the target where it belongs, the codes below those that leave below it, and take these out."""
    tree, going = desk.tree, {fold(code.key) for code in leaving}
    goal, new = fold(target.key), tree.get(target.key) is None
    start = fold(leaving[0].key) if new else goal
    above = [key for key in (start, *tree.ancestors(start)) if key in going]
    if new:
        tree.put(target, tree.above[above[-1]], before=above[-1])
    elif above:
        tree.move(goal, tree.above[above[-1]], before=above[-1])
    for key in [fold(code.key) for code in tree.flat() if fold(code.key) in going]:
        if tree.above[key] != goal:
            for child in tree.children(key):
                tree.move(child.key, goal)
        tree.take_out(key)


def _joined(desk: Desk, target: Code, leaving: Sequence[Code]) -> Code:
    """Return `target` with the examples, terms and aliases of all, and the keys of those that leave as aliases."""
    codes = (target, *leaving)
    terms: dict[str, dict[str, None]] = {}
    for language, words in (one for code in codes for one in code.terms):
        terms.setdefault(language, {}).update(dict.fromkeys(words))
    aliases = (*target.aliases, *(alias for code in leaving for alias in (*desk.old_key(code), *code.aliases)))
    return replace(
        target,
        examples=tuple(dict.fromkeys(example for code in codes for example in code.examples)),
        terms=tuple((language, tuple(words)) for language, words in terms.items()),
        aliases=tuple(alias for alias in unique(aliases) if fold(alias) != fold(target.key)),
    )


def retire(base: CodebookVersion, draft: CodebookVersion, key: str, *, why: str = "") -> CodebookVersion:
    """Take a code out of use; those below it move up to its place. One that the draft added is just taken out."""
    desk = Desk(base, draft)
    code = desk.find(key)
    if len(desk.tree.codes) == 1:
        raise Conflict(f"{code.key} is the only code of the draft", mend="add another one first")
    was, divided = desk.origin(code), desk.saying("split", code)
    desk.tree.take_out(code.key)
    desk.hand_over([code], ())
    desk.unsay(*(desk.saying(kind, code) for kind in ("rename", "redefine", "revive")))
    if was is not None and divided is None:
        desk.say(Said("retire", (was.key,), why=why))
    return desk.done()
