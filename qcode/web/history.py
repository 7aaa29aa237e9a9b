"""The history in the browser: every act, newest first, page by page, and the proof that the study is whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from qcode.errors import BadValue
from qcode.study.lists import history as acts
from qcode.web.act_words import about, act_words, followed, one_coding
from qcode.web.sessions import WebSession, here

__all__ = ["history"]

history = Blueprint("history", __name__)

AT_ONCE = 100


@history.get("/history")
def page() -> ResponseReturnValue:
    """Show the history."""
    return render_template("history.html")


@history.get("/api/history")
def some() -> ResponseReturnValue:
    """Tell acts, newest first; with `?before=N` those older than number N."""
    session = here()
    study = session.study
    newest = study.reading.stamp()
    before = _number(request.args.get("before"), newest + 1)
    skipped = max(0, newest + 1 - before)
    found = acts(study, last=skipped + AT_ONCE).rows
    rows = [row for row in found if row["n"] < before][::-1][:AT_ONCE]
    names = study.memos.names()
    labels = {row.uuid: f"{row.codebook}@{row.version}" for row, _ in study.codebooks.list()}
    visible = _visible(session, rows)
    return jsonify(
        acts=[_as_json(row, names, labels, visible) for row in rows],
        total=newest,
        next=rows[-1]["n"] if rows and rows[-1]["n"] > 1 else None,
    )


def _visible(session: WebSession, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the ids of the codings in these acts that stand in a transcript and may be seen in this session."""
    ids = {id for row in rows if (id := one_coding(row["details"])) is not None}
    there = session.study.codings.whose(*ids) if ids else {}
    seen = set(session.seen)
    return {id for id, (transcript, coder) in there.items() if transcript and coder in seen}


def _as_json(
    row: Mapping[str, Any], names: Mapping[str, str], labels: Mapping[str, str], visible: Collection[str]
) -> dict[str, Any]:
    details, follows = followed(row["details"], labels)
    said = ", ".join(part for part in (f"follows {follows}" if follows else "", about(details, names)) if part)
    coding = one_coding(details)
    link = f"/codings/{coding}" if coding in visible else None
    told = {name: row[name] for name in ("n", "at", "coder", "act", "version")}
    return told | {"words": act_words(row["act"]), "on": said, "link": link}


def _number(given: str | None, default: int) -> int:
    if given is None:
        return default
    if not (given.isascii() and given.isdecimal() and len(given) < 13):
        raise BadValue("`before` is not a whole number", mend="reload the page")
    return int(given)


@history.post("/api/check")
def check() -> ResponseReturnValue:
    """Prove that the study is whole: tell everything that is not as qcode wrote it."""
    return jsonify(findings=[{"where": where, "what": what} for where, what in here().study.check()])
