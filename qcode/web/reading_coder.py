"""A page of the reading room is of the coder it was opened for: to nobody else does it show or change anything."""

from __future__ import annotations

from urllib.parse import unquote

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from qcode.errors import Conflict
from qcode.web.sessions import WebSession

__all__ = ["CODER_HEADER", "AnotherCoder", "same_coder", "tell_other"]

CODER_HEADER = "X-QCODE-Coder"
"""Who codes on the page that asks, percent-encoded: names stand in no address."""


class AnotherCoder(Conflict):
    """Somebody else codes in this browser than the page was opened for."""

    def __init__(self, coder: str) -> None:
        super().__init__(f"{coder} codes in this browser now", mend="reload the page")
        self.coder = coder


def same_coder(session: WebSession, said: str | None = None) -> None:
    """Raise AnotherCoder where the page that asks, or what it sends (`said`), is of somebody else."""
    for name in (said, unquote(request.headers.get(CODER_HEADER, ""))):
        if name and not session.was_called(name):
            raise AnotherCoder(session.coder)


def tell_other(error: AnotherCoder) -> ResponseReturnValue:
    """Answer with the sentence, and with who codes here, so that the page can cover what it shows."""
    return jsonify(error=error.sentence, coder=error.coder), 409
