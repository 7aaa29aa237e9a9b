"""A browser without a window or a network: it has entered a workbench and sends what its pages would send."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from qcode.web.app import create_app

__all__ = ["Visitor"]


class Visitor:
    """Somebody at work: `get` and `post` as the pages do, with the cookie and the secret of the session."""

    def __init__(self, study: Path | None = None, *, app: Flask | None = None, **options: Any) -> None:
        if app is None:
            assert study is not None
            app = create_app(study, **options)
        self.app: Any = app
        self.client = app.test_client()
        entered = self.client.get("/enter", query_string={"key": self.app.doors.links.new()})
        assert entered.status_code == 303, entered.text
        found = re.search(r'<meta name="csrf" content="([^"]+)">', self.client.get("/").text)
        assert found is not None
        self.csrf = found[1]

    def get(self, path: str, **more: Any) -> TestResponse:
        """Ask for a page or for its JSON."""
        return self.client.get(path, **more)

    def post(self, path: str, body: Any = None, *, form: Any = None) -> TestResponse:
        """Send JSON, or a form with files."""
        sent: dict[str, Any] = {"data": form} if form is not None else {"json": {} if body is None else body}
        return self.client.post(path, headers={"X-QCODE-CSRF": self.csrf}, **sent)
