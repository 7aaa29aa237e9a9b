"""The workbench as a web application: its rooms, the checks before each request, and failures as sentences."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from flask import Flask, Request, current_app, g, request
from flask.typing import ResponseReturnValue

from qcode.errors import QcodeError
from qcode.web import security
from qcode.web.cases import cases
from qcode.web.codebook import codebook
from qcode.web.coders import coders
from qcode.web.compare import compare
from qcode.web.doors import door, not_encrypted, turn_away
from qcode.web.draft import draft
from qcode.web.failures import answer_failures
from qcode.web.history import history
from qcode.web.home import home
from qcode.web.limits import MOST_BYTES, MOST_FIELD, MOST_FILES, MOST_UNKNOWN, most_of
from qcode.web.matrix import matrix
from qcode.web.memos import memos
from qcode.web.projects import projects
from qcode.web.queue import queue
from qcode.web.quotes import quotes
from qcode.web.reading import reading
from qcode.web.reports import reports
from qcode.web.revisions import revisions
from qcode.web.sessions import Sessions, here
from qcode.web.tables import tables
from qcode.web.transcripts import transcripts

__all__ = ["create_app"]

NAV = (
    ("/", "Study"),
    ("/codebook", "Codebook"),
    ("/queue", "Queue"),
    ("/matrix", "Matrix"),
    ("/quotes", "Quotes"),
    ("/compare", "Compare"),
)
MORE = (
    ("/cases", "Cases"),
    ("/memos", "Memos"),
    ("/coders", "Coders"),
    ("/reports", "Reports and tables"),
    ("/history", "History"),
)

BLUEPRINTS = (
    *(door, home, reading, codebook, draft, queue, matrix, quotes, compare),
    *(transcripts, revisions, cases, memos, coders, reports, projects, tables, history),
)


def create_app(
    study_path: str | Path,
    *,
    coder: str | None = None,
    doors: security.Doors | None = None,
    write_log: Callable[[BaseException], str] | None = None,
) -> Flask:
    """Return the workbench of one study. `coder` works in it unless somebody else sits down.

    `write_log` keeps a failure that is our fault, without any word of the study, and says where.
    """
    app = _Workbench("qcode.web")
    app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_MEMORY_SIZE=MOST_FIELD, MAX_FORM_PARTS=MOST_FILES + 50)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.logger.disabled = True  # a traceback may hold a participant's words
    app.doors = doors or security.Doors()
    app.sessions = Sessions(Path(study_path))
    app.coder = coder
    app.before_request(_check)
    app.after_request(lambda answer: security.protect(answer, static=request.endpoint == "static"))
    app.context_processor(_for_templates)
    answer_failures(app, write_log)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


class _Request(Request):
    """A request whose uploads stay in memory, so that no interview is left in a temporary file."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return io.BytesIO()


class _Workbench(Flask):
    request_class = _Request
    doors: security.Doors
    sessions: Sessions
    coder: str | None

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer a request; what changes something waits until its session has done what it was asked before."""
        if request.method == "POST" and "session" in g:
            with here().lock:
                return super().dispatch_request()
        return super().dispatch_request()


def _check() -> ResponseReturnValue | None:
    """Refuse who has not entered, and every request that another page may have sent."""
    app: Any = current_app
    request.max_content_length = MOST_UNKNOWN
    refused = security.refusal(request, app.doors)
    if refused is not None:
        return turn_away(*refused)
    if request.endpoint == "static":
        return None
    if security.is_open_to_the_ear(request, app.doors):
        return not_encrypted()
    if request.blueprint == door.name:
        return None
    session = app.sessions.find(request.cookies.get(app.doors.cookie, ""))
    if session is None:
        return turn_away(403, "", has_password=app.doors.password is not None)
    if request.method == "POST" and not security.sends_csrf(request, session.csrf):
        return turn_away(403, "this request does not come from a page of this session; reload the page")
    request.max_content_length = most_of(request.content_type)
    g.session = session
    return None


def _for_templates() -> dict[str, Any]:
    if "session" not in g:
        return {"nav": (), "more": (), "coder": "", "csrf": "", "study_title": ""}
    session = here()
    try:
        title = session.study.status().title
    except QcodeError:  # the page tells it; what stands around it must not fail, too
        title = ""
    return {"nav": NAV, "more": MORE, "coder": session.coder, "csrf": session.csrf, "study_title": title}
