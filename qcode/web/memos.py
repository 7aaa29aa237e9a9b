"""The memos in the browser: all that were written, on what and by whom; writing one, and removing one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from qcode.errors import BadValue, Conflict, NotFound
from qcode.web.asked import asked
from qcode.web.home import take_remarks
from qcode.web.passages import link
from qcode.web.seeing import must_see
from qcode.web.sessions import here

if TYPE_CHECKING:
    from uuid import UUID

    from qcode.domain.memo import Memo

__all__ = ["memos"]

memos = Blueprint("memos", __name__)

ABOUT = ("study", "transcript", "code", "case")
"""What a memo is written on here; on a coding it is written in the reading room."""

MOST = 20_000
"""Characters of one memo."""


@memos.get("/memos")
def page() -> ResponseReturnValue:
    """Show the memos."""
    return render_template("memos.html")


@memos.get("/api/memos")
def every() -> ResponseReturnValue:
    """Tell the memos, newest first, and what one may be written on.

    Those of coders who are not shown are only counted (`others`), unless all are asked for: `?of=everyone`.
    """
    session = here()
    study, coder, seen = session.study, session.coder, session.seen
    everyone = request.args.get("of") == "everyone"
    session.sees_all |= everyone
    names, written = study.memos.names(), study.memos.list()
    chosen = [one for one in reversed(written) if everyone or one.coder in seen]
    return jsonify(
        memos=[_as_json(one, names.get(one.target, ""), coder) for one in chosen],
        others=sum(one.coder not in seen for one in written),
        on={
            "transcript": [{"id": one.id, "name": one.name} for one in study.transcripts.list()],
            "code": [
                {"id": code.id, "name": code.key if code.name == code.key else f"{code.key} · {code.name}"}
                for version in study.codebooks.newest().values()
                for code in version.codes
            ],
            "case": [{"id": one.id, "name": one.name} for one in study.cases.list()],
        },
    )


def _as_json(one: Memo, name: str, coder: str) -> dict[str, Any]:
    mine = one.coder.casefold() == coder.casefold()
    about = {"about": one.about, "target": one.target, "on": name}
    return {"id": one.id, **about, "text": one.text, "coder": one.coder, "at": one.created_at, "mine": mine}


@memos.post("/api/memos/add")
def add() -> ResponseReturnValue:
    """Write `text` on the thing `target` (an id) of the kind `about`; it is a step that can be taken back."""
    session, body = here(), asked()
    about, text = body.text("about", "study"), body.text("text")
    if about not in ABOUT:
        raise BadValue("a memo is written here on the study, a transcript, a code or a case", mend="choose one")
    if len(text) > MOST:
        raise BadValue(f"the memo has more than {MOST:,} characters", mend="write two")
    target = "" if about == "study" else body.text("target")
    if about != "study" and not target:
        raise BadValue(f"no {about} is chosen", mend="choose what the memo is on")
    made = session.sitting.memo(text, about=about, target=target)
    return jsonify(id=made.id, remarks=take_remarks(session))


@memos.post("/api/memos/<uuid:memo>/remove")
def remove(memo: UUID) -> ResponseReturnValue:
    """Remove a memo that this coder wrote."""
    session = here()
    one = next((one for one in session.study.memos.list() if one.id == str(memo)), None)
    if one is None:
        raise NotFound("this memo is not in the study any more", mend="reload the page")
    if one.coder.casefold() != session.coder.casefold():
        raise Conflict(f"{one.coder} wrote this memo", mend=f"only {one.coder} removes it here")
    session.study.memos.remove(one.id)
    return jsonify(removed=one.id, remarks=take_remarks(session))


@memos.get("/codings/<uuid:coding>")
def coding(coding: UUID) -> ResponseReturnValue:
    """Lead to the place of a coding in its transcript."""
    session, id = here(), str(coding)
    must_see(session, [id], all_do=True)
    transcript, _ = session.study.codings.whose(id)[id]
    one, _, _ = session.study.codings.in_context(id, around=0)
    return redirect(link(transcript, one.start), 303)
