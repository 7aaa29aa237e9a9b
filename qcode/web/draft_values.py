"""A draft as values for its page, and the entry of a code as the page sends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from qcode.domain.code_colors import color_of
from qcode.domain.drafting_desk import Desk
from qcode.errors import BadValue
from qcode.web.codebook import changes_told
from qcode.web.draft_words import here_said
from qcode.web.passages import link

if TYPE_CHECKING:
    from qcode.domain.codebook import Code
    from qcode.study.draft_facts import DraftFacts
    from qcode.study.drafts import Draft
    from qcode.study.in_vivo import DraftMark

__all__ = ["draft_value", "entry_fields", "whole"]

TEXTS = ("key", "name", "brief", "definition", "when", "when_not", "color", "origin")
LISTS = ("examples", "aliases")
ENTRY = (*TEXTS, *LISTS, "names", "terms", "codable")


def draft_value(
    draft: Draft, facts: DraftFacts, marks: Sequence[DraftMark], transcripts: Mapping[str, str]
) -> dict[str, Any]:
    """Return all that the page shows of a draft; `transcripts` are the ids by name."""
    touched = {id for one in draft.planned if one.happens.startswith("wait") for id in one.told.ids}
    return {
        "codebook": draft.content.codebook,
        "version": draft.content.version,
        "title": draft.content.title,
        "follows": draft.base.row.version,
        "open": facts.kept and not draft.changes_nothing,
        "coder": facts.coder,
        "at": facts.changed_at,
        "can_undo": facts.can_undo and draft.late is None,
        "stamp": facts.stamp,
        "late": here_said(draft.late.sentence) if draft.late else "",
        "codes": _codes(draft, facts),
        "changes": changes_told(draft.planned),
        "waits": sum(facts.codings.get(id, 0) for id in touched),
        "former": [asdict(one) for one in facts.former],
        "marks": [_mark(one, transcripts) for one in marks],
    }


def _codes(draft: Draft, facts: DraftFacts) -> list[dict[str, Any]]:
    desk, colors = Desk(draft.base.content, draft.content), color_of(draft.content)
    told = []
    for depth, code in draft.content.walk():
        was = desk.origin(code)
        told.append(
            {name: getattr(code, name) for name in ENTRY}
            | {
                "depth": depth,
                "parent": code.parent,
                "shown_color": colors.get(code.key, ""),
                "state": _state(desk, code, was),
                "was": was.key if was is not None else "",
                "codings": facts.codings.get(was.id, 0) if was is not None else 0,
            }
        )
    return told


def _state(desk: Desk, code: Code, was: Code | None) -> str:
    if was is None:
        return "back" if desk.comes_back(code) else "new"
    above = desk.tree.get(code.parent) if code.parent else None
    parent = desk.origin(above) if above is not None else None
    if replace(code, id="", parent=None) != replace(was, id="", parent=None):
        return "changed"
    same = (parent.key if parent is not None else None) == was.parent and (above is None) == (was.parent is None)
    return "" if same else "moved"


def _mark(mark: DraftMark, transcripts: Mapping[str, str]) -> dict[str, Any]:
    told = {name: getattr(mark, name) for name in ("id", "key", "name", "transcript", "quote", "coder", "lost")}
    return told | {"link": link(transcripts[mark.transcript], mark.start)}


def entry_fields(sent: object) -> dict[str, Any]:
    """Return fields of a code as the page sent them, as they stand in a `Code`; raises BadValue for what is none."""
    if not isinstance(sent, dict) or not set(sent) <= set(ENTRY):
        raise _wrong()
    return {name: _field(name, value) for name, value in sent.items()}


def _field(name: str, value: Any) -> Any:
    if name == "codable":
        if not isinstance(value, bool):
            raise _wrong()
        return value
    if name in TEXTS:
        return _text(value)
    if not isinstance(value, list):
        raise _wrong()
    if name in LISTS:
        return tuple(_text(one) for one in value)
    return tuple(_pair(name, one) for one in value)


def _pair(name: str, sent: Any) -> tuple[str, Any]:
    if not isinstance(sent, list) or len(sent) != 2:
        raise _wrong()
    language, said = sent
    if not _text(language).strip():
        raise BadValue(f"a language of the {name} is missing", mend="write for example ru, kk or zh")
    return _text(language), _field("name", said) if name == "names" else _field("aliases", said)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong()
    return whole(value)


def whole(text: str) -> str:
    """Return a text that a page sent; raises BadValue where it holds half a character, which no file can keep."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadValue("a text holds half a character", mend="type it anew") from error
    return text


def _wrong() -> BadValue:
    return BadValue("the entry of the code cannot be read", where="what the page sent", mend="reload the page")
