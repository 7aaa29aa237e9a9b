"""The doors of the workbench: entering by a one-time link or with the password, and leaving."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from qcode.study.desk import clean_name
from qcode.web.asked import asked
from qcode.web.security import CSRF_HEADER, LINK_MINUTES, address_of

__all__ = ["door", "not_encrypted", "turn_away"]

door = Blueprint("door", __name__)

NO_LINK = (
    f"The workbench opens by its link, which works once, within {LINK_MINUTES} minutes. Go to the terminal where "
    "`qcode serve` runs, press Enter there, and open the new link."
)
WRONG_LINK = "This link has been used, is too old, or is not one of this workbench. " + NO_LINK.partition(". ")[2]
WAIT = "too many wrong passwords; wait a minute and try again"
HEARD = "The way to this address is not encrypted, so nobody enters here: a password could be heard. "
NO_TLS = "The proxy in front of the workbench has to speak TLS and to say so (X-Forwarded-Proto: https)."


def turn_away(status: int, sentence: str, *, has_password: bool = False) -> ResponseReturnValue:
    """Answer somebody who may not come in: JSON to a page that asks, otherwise a page with a sentence."""
    if request.path.startswith("/api/"):
        return jsonify(error=sentence or "you are not inside any more; enter the workbench again"), status
    if has_password and not sentence:
        return redirect("/login", 303)
    return render_template("message.html", title="Not here", sentence=sentence or NO_LINK), status


def not_encrypted() -> ResponseReturnValue:
    """Answer somebody who came on a way on which others can listen: with the right address, and without a form."""
    app: Any = current_app
    return turn_away(403, f"{HEARD}Open {app.doors.address}. {NO_TLS}" if app.doors.address else HEARD + NO_TLS)


@door.get("/enter")
def enter() -> ResponseReturnValue:
    """Begin a session for who has a link that was not used."""
    app: Any = current_app
    if request.method == "HEAD" or "prefetch" in request.headers.get("Sec-Purpose", ""):  # nobody is there to enter
        return "", 403
    if app.doors.password is not None or not app.doors.links.use(request.args.get("key", "")):
        return render_template("message.html", title="Not here", sentence=WRONG_LINK), 403
    if request.headers.get("Sec-Fetch-Site") == "cross-site":  # a strict cookie comes with a step of our own only
        return _with_cookie(make_response(render_template("enter.html")), app.sessions.open(app.coder))
    return _with_cookie(make_response(redirect("/", 303)), app.sessions.open(app.coder))


@door.get("/login")
def login() -> ResponseReturnValue:
    """Show the form that asks for the password."""
    app: Any = current_app
    if app.doors.password is None:
        return render_template("message.html", title="Not here", sentence=NO_LINK), 403
    return render_template("login.html")


@door.post("/api/login")
def try_login() -> ResponseReturnValue:
    """Begin a session for who knows the password; `name` is who codes."""
    app: Any = current_app
    password, address = app.doors.password, address_of(request)
    if password is None or CSRF_HEADER not in request.headers:
        return jsonify(error="there is no password here; enter by the link"), 403
    if password.must_wait(address):
        return jsonify(error=WAIT), 429
    body = asked()
    is_right = password.opens(body.text("password"), address)
    if is_right is None:
        return jsonify(error=WAIT), 429
    if not is_right:
        return jsonify(error="this is not the password"), 403
    return _with_cookie(jsonify(entered=True), app.sessions.open(clean_name(body.text("name"), "coder")))


def _with_cookie(answer: Response, value: str) -> Response:
    app: Any = current_app
    answer.set_cookie(
        app.doors.cookie, value, path="/", httponly=True, samesite="Strict", secure=app.doors.secure, max_age=None
    )
    return answer
