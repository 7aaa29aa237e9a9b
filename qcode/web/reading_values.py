"""Makes what the reading room shows of values: every position in UTF-16 units, and never a passage's words twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from qcode.domain.code_colors import color_of
from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.coding import Coding
from qcode.domain.keys import KEYS, shown
from qcode.domain.memo import Memo
from qcode.domain.transcript import Turn
from qcode.study.in_vivo import DraftMark
from qcode.study.reading import Page
from qcode.study.suggestions import Suggestion
from qcode.web.sessions import WebSession
from qcode.web.utf16 import Utf16

__all__ = [
    "codable",
    "codes_value",
    "coding_value",
    "keys_value",
    "marks_value",
    "memo_value",
    "pick_of",
    "state_value",
    "suggestion_value",
    "turn_value",
]

Books = Mapping[str, CodebookVersion]

_quoted = re.compile(r"`([^`]*)`")


def marks_value(page: Page, positions: Utf16) -> dict[str, Any]:
    """Return the codings and marks in vivo of a page, and the stamp up to which they are told."""
    return {
        "codings": [coding_value(one, page.coder, positions) for one in page.codings],
        "drafts": [_draft_value(one, page.coder, positions) for one in page.drafts],
        "others": list(page.others),
        "stamp": page.stamp,
    }


def coding_value(one: Coding, coder: str, positions: Utf16) -> dict[str, Any]:
    """Return a coding; `mine` says that it is of the coder who reads."""
    return {
        "id": one.id,
        "start": positions.to_units(one.start),
        "end": positions.to_units(one.end),
        "code": one.code,
        "codebook": one.codebook,
        "coder": one.coder,
        "mine": one.coder == coder,
        "status": one.status,
        "memo": one.memo,
        "version": one.version,
        "created_at": one.created_at,
    }


def _draft_value(one: DraftMark, coder: str, positions: Utf16) -> dict[str, Any]:
    return {
        "id": one.id,
        "start": positions.to_units(one.start),
        "end": positions.to_units(one.end),
        "code": one.key,
        "name": one.name,
        "codebook": one.codebook,
        "coder": one.coder,
        "mine": one.coder == coder,
        "status": "lost" if one.lost else "draft",
        "draft": True,
        "memo": "",
        "version": "",
        "created_at": one.created_at,
    }


def turn_value(turn: Turn, positions: Utf16) -> dict[str, Any]:
    """Return a turn."""
    start, end = positions.to_units(turn.start), positions.to_units(turn.end)
    return {"n": turn.n, "speaker": turn.speaker, "time": turn.time, "start": start, "end": end}


def suggestion_value(one: Suggestion, positions: Utf16) -> dict[str, Any]:
    """Return a suggestion."""
    return {
        "id": one.id,
        "start": positions.to_units(one.start),
        "end": positions.to_units(one.end),
        "turn": one.turn,
        "speaker": one.speaker,
        "quote": one.quote,
        "code": one.code,
        "codebook": one.codebook,
        "words": list(one.words),
        "why": _quoted.sub(r"“\1”", one.why),
    }


def memo_value(one: Memo) -> dict[str, str]:
    """Return a memo."""
    return {"id": one.id, "text": one.text, "coder": one.coder, "created_at": one.created_at}


def keys_value() -> list[dict[str, Any]]:
    """Return the table of keys, each also as people know it."""
    return [asdict(key) | {"shown": [shown(name) for name in key.keys]} for key in KEYS]


def codes_value(books: Books) -> dict[str, Any]:
    """Return the codes of the newest versions in reading order, each with its colour and what to code with (`pick`)."""
    picks = _picks(books)
    codes = []
    for book, version in books.items():
        colors = {key.casefold(): color for key, color in color_of(version).items()}
        for depth, code in version.walk():
            value = _code_value(code) | {"codebook": book, "depth": depth, "pick": picks[code.id]}
            codes.append(value | {"color": colors.get(code.key.casefold(), "")})
    labels = [f"{book}@{version.version}" for book, version in books.items()]
    versions = {book: version.version for book, version in books.items()}
    return {"codes": codes, "codebooks": labels, "versions": versions}


def _code_value(code: Code) -> dict[str, Any]:
    return {
        "key": code.key,
        "name": code.name,
        "names": dict(code.names),
        "brief": code.brief,
        "definition": code.definition,
        "when": code.when,
        "when_not": code.when_not,
        "examples": list(code.examples),
        "codable": code.codable,
        "parent": code.parent,
    }


def codable(books: Books) -> list[Code]:
    """Return the codes of the newest versions that one can code with."""
    return [code for version in books.values() for code in version.codes if code.codable]


def pick_of(books: Books, codes: Iterable[Code]) -> list[str]:
    """Return what to code with: the keys of codes, or their ids where two codebooks have the key."""
    picks = _picks(books)
    return [picks[code.id] for code in codes]


def _picks(books: Books) -> dict[str, str]:
    times = Counter(code.key.casefold() for version in books.values() for code in version.codes)
    codes = [code for version in books.values() for code in version.codes]
    return {code.id: code.key if times[code.key.casefold()] == 1 else code.id for code in codes}


def state_value(session: WebSession, books: Books) -> dict[str, Any]:
    """Return what follows from what was done: recent codes, the codes under 1 to 9, and what can be taken back."""
    recent = session.sitting.recent()
    return {
        "recent": _recent_picks(books, recent),
        "quick": pick_of(books, session.sitting.quick(codable(books))),
        "can_undo": session.sitting.can_undo,
        "can_redo": session.sitting.can_redo,
        "shown": list(session.shown),
    }


def _recent_picks(books: Books, recent: Sequence[str]) -> list[str]:
    by_key = {code.key: code for code in reversed(codable(books))}
    return pick_of(books, [by_key[key] for key in recent if key in by_key])
