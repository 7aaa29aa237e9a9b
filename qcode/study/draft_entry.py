"""Saves the entry of a code in a draft as a form has it: key, names, rules and all else in one change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qcode.domain import drafting
from qcode.domain.codebook import Code
from qcode.domain.diff import DEFINING
from qcode.domain.drafting_desk import Desk as DraftingDesk
from qcode.errors import BadValue, Conflict
from qcode.study.desk import Desk
from qcode.study.draft import Draft
from qcode.study.draft_content import refuse_former_keys
from qcode.study.drafts import Drafts

__all__ = ["save_entry"]


def save_entry(
    desk: Desk,
    key: str,
    fields: Mapping[str, Any],
    *,
    was: Mapping[str, Any],
    effect: str = "",
    why: str = "",
    codebook: str | None = None,
) -> Draft:
    """Change the `fields` of the code `key` (its own `key` among them) in one step, if they still are as they `was`.

    Another definition, `when` or `when_not` of a code that the version before has needs an `effect`. Raises Conflict
    where somebody else changed one of the fields in the meantime.
    """
    drafts = Drafts(desk)
    with desk.store.write() as connection:
        draft = drafts.of(connection, codebook)
        if draft.late:
            raise draft.late
        code = DraftingDesk(draft.base.content, draft.content).find(key)
        _refuse_stale(code, was)
        changed = {name: value for name, value in fields.items() if getattr(code, name) != value}
        if not changed:
            raise BadValue(f"nothing of {code.key} is changed", mend="change a field first")
        new = _changed(draft, code, changed, effect, why)
        refuse_former_keys(connection, draft.base, draft.content, new)
        return drafts.keep(connection, draft, new, keys={code.key: changed["key"]} if "key" in changed else {})


def _refuse_stale(code: Code, was: Mapping[str, Any]) -> None:
    other = [name for name, value in was.items() if getattr(code, name) != value]
    if other:
        what = f"{' and '.join(name.replace('_', ' ') for name in other)} of {code.key} was changed in the meantime"
        raise Conflict(what, mend="copy what you typed, open the code anew and look at what it says now")


def _changed(draft: Draft, code: Code, changed: Mapping[str, Any], effect: str, why: str) -> Any:
    base, new = draft.base.content, draft.content
    plain = {name: value for name, value in changed.items() if name not in (*DEFINING, "key")}
    defining = {name: value for name, value in changed.items() if name in DEFINING}
    if plain:
        new = drafting.edit(base, new, code.key, **plain)
    if defining:
        known = DraftingDesk(base, draft.content).origin(code) is not None
        if known and not effect:
            raise BadValue(
                f"{code.key} gets another meaning, and what that means for its codings is not said",
                mend="choose whether it is clearer, wider or narrower",
            )
        new = drafting.redefine(base, new, code.key, effect=effect or "clarify", why=why, **defining)
    if "key" in changed:
        new = drafting.rename(base, new, code.key, changed["key"], why=why)
    return new
