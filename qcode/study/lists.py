"""The lists of a study as rows with columns, alike for every face: transcripts, cases, memos, coders, history."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qcode.domain.coding import Coding
    from qcode.study.selection import Filters
    from qcode.study.study import Study

__all__ = ["Listing", "cases", "coders", "codings", "history", "memos", "things", "transcripts"]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: its title, the columns, and a mapping from column to value for each row."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, Any]]


def transcripts(study: Study) -> Listing:
    """Return the transcripts in order of name."""
    columns = ("transcript", "id", "case", "language", "characters", "turns", "speakers", "codings", "sha256")
    rows = [
        {
            "transcript": t.name,
            "id": t.id,
            "case": t.case,
            "language": t.language,
            "characters": t.characters,
            "turns": t.turns,
            "speakers": list(t.speakers),
            "codings": t.codings,
            "sha256": t.sha256,
        }
        for t in study.transcripts.list()
    ]
    return Listing("Transcripts", columns, rows)


def cases(study: Study, *, show_hidden: bool = False) -> Listing:
    """Return the cases, a column for each attribute; those that could harm a participant only with `show_hidden`."""
    found = study.cases.list()
    hidden = set() if show_hidden else study.cases.hidden_attributes()
    keys = [k for k in dict.fromkeys(key for one in found for key, _ in one.attributes) if k not in hidden]
    rows = [
        {"case": one.name, "id": one.id}
        | {key: one.attribute(key) for key in keys}
        | {"transcripts": list(one.transcripts)}
        for one in found
    ]
    return Listing("Cases", ("case", "id", *keys, "transcripts"), rows)


def memos(study: Study, *, about: str | None = None) -> Listing:
    """Return the memos, oldest first: all, or those on one kind of thing."""
    names = study.memos.names()
    rows = [
        {
            "id": memo.id,
            "about": memo.about,
            "on": names.get(memo.target, memo.target if memo.about == "coding" else ""),
            "memo": memo.text,
            "coder": memo.coder,
            "created_at": memo.created_at,
        }
        for memo in study.memos.list(about=about)
    ]
    return Listing("Memos", ("id", "about", "on", "memo", "coder", "created_at"), rows)


def coders(study: Study) -> Listing:
    """Return the coders with the number of codings that stand."""
    rows = [{"coder": one.name, "id": one.id, "kind": one.kind, "codings": n} for one, n in study.coders.list()]
    return Listing("Coders", ("coder", "id", "kind", "codings"), rows)


def codings(study: Study, filters: Filters | None = None) -> Listing:
    """Return the codings that the filters leave."""
    from qcode.domain.coding import COLUMNS

    return Listing("Codings", COLUMNS, [_coding(one) for one in study.codings.list(filters)])


def _coding(one: Coding) -> dict[str, Any]:
    from qcode.domain.coding import COLUMNS

    return {column: getattr(one, column) for column in COLUMNS}


def history(study: Study, *, last: int | None = None, merged: bool = False) -> Listing:
    """Return every act in order, or only the `last` ones; with `merged` those that other studies brought along."""
    from qcode.study.merging import merged_history

    found = merged_history(study.store) if merged else study.history(last=last)
    names = study.coder_names()
    rows = [
        {
            "n": one.n,
            "at": one.at,
            "coder": names.get(one.coder, one.coder),
            "act": one.act,
            "version": one.version,
            "details": json.loads(one.details),
            "hash": one.hash,
        }
        for one in (found if last is None else found[-last:])
    ]
    return Listing("History", ("n", "at", "coder", "act", "version", "details", "hash"), rows)


def things(details: Mapping[str, object], names: Mapping[str, str]) -> str:
    """Return what an act was about: names where the thing is still in the study, else short ids, and counts."""
    said = []
    for key, value in details.items():
        if isinstance(value, str) and key not in ("sha256", "about", "format", "memo"):
            kind = details.get("about", key) if key == "target" else key
            said.append(f"{kind} {names.get(value, value[:8])}")
        elif isinstance(value, int) and key not in ("start", "end", "characters"):
            said.append(f"{value:,} {key}")
    return ", ".join(said)
