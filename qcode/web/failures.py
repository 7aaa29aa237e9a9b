"""Answers failures: a sentence for what a person can mend, and a log without a word of the study for our own fault."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from qcode.errors import Conflict, NotFound, QcodeError, StudyBusy
from qcode.web.limits import too_much

__all__ = ["answer_failures"]

STATUS: dict[type[QcodeError], int] = {NotFound: 404, Conflict: 409, StudyBusy: 503}
SENTENCES = {
    400: "the request cannot be read; reload the page",
    404: "there is no such page; go back to the study",
    405: "this page is not asked in that way; go back to the study",
}
OURS = "qcode failed, and that is our fault"


def answer_failures(app: Flask, write_log: Callable[[BaseException], str] | None) -> None:
    """Let `app` answer every failure with a sentence."""

    def tell(error: QcodeError) -> ResponseReturnValue:
        if error.exit_code == 3:
            return fail(error)
        return _answer(next((n for kind, n in STATUS.items() if isinstance(error, kind)), 400), error.sentence)

    def tell_http(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if status == 413:
            return _answer(413, too_much(request.content_type, request.content_length))
        return _answer(status, SENTENCES.get(status, f"the request was refused ({status})"))

    def fail(error: Exception) -> ResponseReturnValue:
        kept = f"; please send us {write_log(error)} (it holds no study text)" if write_log is not None else ""
        return _answer(500, OURS + kept)

    app.register_error_handler(QcodeError, tell)
    app.register_error_handler(HTTPException, tell_http)
    app.register_error_handler(Exception, fail)


def _answer(status: int, sentence: str) -> ResponseReturnValue:
    if request.path.startswith("/api/"):
        return jsonify(error=sentence), status
    return render_template("message.html", title="This did not work", sentence=sentence), status
