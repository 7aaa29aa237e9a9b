"""The history in the browser: every act, newest first, page by page, and the proof that the study is whole."""

from __future__ import annotations

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from qcode.errors import BadValue
from qcode.study.lists import history as acts
from qcode.study.lists import things
from qcode.web.sessions import here

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
    study = here().study
    newest = study.reading.stamp()
    before = _number(request.args.get("before"), newest + 1)
    skipped = max(0, newest + 1 - before)
    found = acts(study, last=skipped + AT_ONCE).rows
    rows = [row for row in found if row["n"] < before][::-1][:AT_ONCE]
    names = study.memos.names()
    return jsonify(
        acts=[
            {name: row[name] for name in ("n", "at", "coder", "act", "version")} | {"on": things(row["details"], names)}
            for row in rows
        ],
        total=newest,
        next=rows[-1]["n"] if rows and rows[-1]["n"] > 1 else None,
    )


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
