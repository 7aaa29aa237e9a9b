"""The acts on a draft, the version that is to follow another: each changes codes and declarations together.

A draft is a version whose codes need no ids; `base` is the version that it will follow. What an act returns can be
adopted (`declared.adopt`); an act that could not be declared is refused with a sentence. Keys are compared ignoring
case, and the draft's own spelling is kept. A code that an earlier version had and `base` has not is unknown here: who
calls sees to it that `add`, `rename`, `split` and `merge` give no new code its key.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.diff import DEFINING, WEIGHT
from qcode.domain.drafting_desk import LATER, Desk, only_fields
from qcode.domain.drafting_ends import merge, retire, split
from qcode.domain.drafting_said import Said, unique
from qcode.domain.drafting_tree import fold
from qcode.errors import BadValue, Conflict

__all__ = ["EDITABLE", "EFFECTS", "add", "edit", "merge", "move", "redefine", "rename", "retire", "revive", "split"]

EFFECTS = tuple(effect for effect in WEIGHT if effect)
"""What another definition does to the codings made under the old one, weakest first."""

EDITABLE = ("name", "names", "brief", "examples", "color", "origin", "aliases", "terms", "codable")


def add(
    base: CodebookVersion,
    draft: CodebookVersion,
    key: str,
    *,
    parent: str | None = None,
    after: str | None = None,
    name: str = "",
    codable: bool = True,
    **fields: Any,
) -> CodebookVersion:
    """Add a code below `parent`, or beside the code `after`; else as the last at the top. `fields` are those of `Code`,
    but for its place and id.
    """
    desk = Desk(base, draft)
    code = Code(desk.free(key), name, codable=codable, **only_fields(fields, (*EDITABLE, *DEFINING)))
    desk.free_aliases(code)
    if parent is None and after is not None:
        parent = desk.tree.above[fold(desk.find(after).key)]
    under, beside = desk.spot(parent, after=after)
    desk.tree.put(code, under, **beside)
    return desk.done()


def edit(base: CodebookVersion, draft: CodebookVersion, key: str, **fields: Any) -> CodebookVersion:
    """Change what needs no declaration (`EDITABLE`); a code that becomes a heading takes no codings of a split."""
    desk = Desk(base, draft)
    code = replace(desk.find(key), **only_fields(fields, EDITABLE))
    desk.free_aliases(code)
    desk.tree.set(code)
    if not code.codable:
        desk.hand_over([code], ())
    return desk.done()


def rename(base: CodebookVersion, draft: CodebookVersion, key: str, to: str, *, why: str = "") -> CodebookVersion:
    """Give a code another key; the key of the version before becomes an alias, or the key again."""
    desk = Desk(base, draft)
    code = desk.find(key)
    was = desk.origin(code)
    if desk.comes_back(code):
        raise Conflict(f"{code.key} comes back in this draft under its old key", mend=LATER)
    desk.free(to, but=(code,), back=was)
    declared = desk.saying("rename", code)
    desk.relabel(code.key, replace(code, key=to, aliases=_aliases(desk, code, to)))
    if was is not None and fold(was.key) == fold(to):
        desk.unsay(declared)
    elif was is not None:
        desk.say(Said("rename", (was.key,), (to,), why=why))
    return desk.done()


def _aliases(desk: Desk, code: Code, to: str) -> tuple[str, ...]:
    """Return the aliases of `code` under its key `to`: the key that goes stays as one if the version before knew it."""
    aliases = tuple(one for one in unique((*code.aliases, *desk.old_key(code))) if fold(one) != fold(to))
    was = desk.origin(code)
    return was.aliases if was is not None and sorted(aliases) == sorted(was.aliases) else aliases


def move(
    base: CodebookVersion,
    draft: CodebookVersion,
    key: str,
    *,
    under: str | None,
    before: str | None = None,
    after: str | None = None,
) -> CodebookVersion:
    """Put a code, with all below it, below `under` (None: the top), beside a code that stands there or as the last."""
    desk = Desk(base, draft)
    code = desk.find(key)
    parent, beside = desk.spot(under, before=before, after=after)
    if fold(code.key) in map(fold, beside.values()):
        raise BadValue(f"{code.key} cannot stand beside itself", mend="name another code")
    if parent is not None and parent == fold(code.key):
        raise Conflict(f"{code.key} cannot stand below itself", mend="name another code")
    if parent is not None and fold(code.key) in desk.tree.ancestors(parent):
        above = desk.tree.codes[parent].key
        raise Conflict(f"{above} stands below {code.key}", mend=f"move {above} elsewhere first, or name another code")
    desk.tree.move(code.key, parent, **beside)
    return desk.done()


def redefine(
    base: CodebookVersion,
    draft: CodebookVersion,
    key: str,
    *,
    definition: str | None = None,
    when: str | None = None,
    when_not: str | None = None,
    effect: str,
    why: str = "",
) -> CodebookVersion:
    """Give a code another definition or rules of use; the stronger effect counts, and none where all is as it was."""
    desk = Desk(base, draft)
    code = desk.find(key)
    texts = {"definition": definition, "when": when, "when_not": when_not}
    given: dict[str, Any] = {name: text for name, text in texts.items() if text is not None}
    if not given:
        raise BadValue(f"nothing of {code.key} is redefined", mend="give definition, when or when_not")
    if effect not in EFFECTS:
        raise BadValue(f"there is no effect {effect!r}", mend=f"take one of {', '.join(EFFECTS)}")
    if desk.comes_back(code):
        raise Conflict(f"{code.key} comes back in this draft as it was", mend=LATER)
    code = replace(code, **given)
    desk.tree.set(code)
    was, declared = desk.origin(code), desk.saying("redefine", code)
    if was is not None and any(getattr(code, part) != getattr(was, part) for part in DEFINING):
        stronger = max(effect, declared.effect if declared else "", key=WEIGHT.index)
        desk.say(Said("redefine", (code.key,), effect=stronger, why=why))
    else:
        desk.unsay(declared)
    return desk.done()


def revive(
    base: CodebookVersion, draft: CodebookVersion, code: Code, *, under: str | None = None, why: str = ""
) -> CodebookVersion:
    """Bring a former code back with its content, below `under`, or else where its parent still stands, or at the top.

    What was retired in this very draft comes back as the version before has it. Other codes lose the aliases that are
    its key; it loses those that mean another code by now.
    """
    desk = Desk(base, draft)
    if desk.tree.get(code.key) is not None:
        raise Conflict(f"{code.key} is in the draft already", mend="move it, if it should stand elsewhere")
    was = desk.base.by_key.get(fold(code.key))
    retired = next((one for one in desk.said if one.kind == "retire" and one.names(code.key)), None)
    if was is not None and retired is None:
        what, how = desk.fate(code.key) or (f"{code.key} is not retired", "take another code")
        raise Conflict(what, mend=how)
    back, parent = was or code, None if under is None else desk.find(under)
    if retired is not None:
        desk.unsay(retired)
    else:
        desk.say(Said("revive", (back.key,), why=why))
    for other in list(desk.tree.codes.values()):
        desk.tree.set(replace(other, aliases=tuple(a for a in other.aliases if fold(a) != fold(back.key))))
    back = replace(back, aliases=tuple(a for a in back.aliases if not desk.taken(a)))
    above = parent or desk.now(back.parent or "")
    desk.tree.put(back, None if above is None else fold(above.key))
    return desk.done()
