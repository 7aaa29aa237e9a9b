"""The coders in the browser: who codes, with how many codings, a new one, and another name for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from qcode.errors import NotFound
from qcode.study.desk import clean_name
from qcode.study.lists import coders as listed
from qcode.web.asked import asked
from qcode.web.home import take_remarks
from qcode.web.sessions import here

if TYPE_CHECKING:
    from uuid import UUID

__all__ = ["coders"]

coders = Blueprint("coders", __name__)


@coders.get("/coders")
def page() -> ResponseReturnValue:
    """Show the coders."""
    return render_template("coders.html")


@coders.get("/api/coders/counts")
def every() -> ResponseReturnValue:
    """Tell the coders with the number of their codings, and who works here."""
    session = here()
    return jsonify(coders=list(listed(session.study).rows), coder=session.coder)


@coders.post("/api/coders/add")
def add() -> ResponseReturnValue:
    """Make a coder known to the study before the first coding."""
    session = here()
    made = session.study.coders.add(asked().text("name"))
    return jsonify(coder=made.name, remarks=take_remarks(session))


@coders.post("/api/coders/<uuid:coder>/rename")
def rename(coder: UUID) -> ResponseReturnValue:
    """Give a coder another `name`; no coding changes, and whoever works under the old name goes on under the new."""
    session, to, app = here(), clean_name(asked().text("name"), "coder"), _app()
    before = session.study.coder_names().get(str(coder))
    if before is None:
        raise NotFound("there is no such coder in this study", mend="reload the page")
    with app.sessions.held(before) as theirs:
        session.study.coders.rename(str(coder), to)
        remarks = take_remarks(session)
        for one in theirs:
            one.sit_down(to)
        if (app.coder or "").casefold() == before.casefold():
            app.coder = to
    return jsonify(coder=to, before=before, here=session.coder == to, remarks=remarks)


def _app() -> Any:
    return current_app
