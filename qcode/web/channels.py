"""What the server does with a request before the workbench sees it: how much of it is read, and from whom."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.receiver import FixedStreamReceiver
from waitress.task import ErrorTask
from waitress.utilities import RequestEntityTooLarge

from qcode.web.limits import MOST_DRAINED, MOST_UNKNOWN, most_of, too_much
from qcode.web.security import HEADERS

__all__ = ["channel_class"]

Knows = Callable[[dict[str, str]], bool]
"""Tells from the headers (called as in HTTP_...) whether somebody who has entered sends a request."""


def channel_class(knows: Knows) -> type[Any]:
    """Return the class of connections for one workbench."""
    return type("_Channel", (_Channel,), {"parser_class": staticmethod(lambda adj: _Parser(adj, knows))})


class _Refusal(ErrorTask):  # type: ignore[misc]
    """What the server itself answers to a request that it cannot read: under the same headers as everything."""

    def execute(self) -> None:
        self.response_headers.extend([*HEADERS.items(), ("Cache-Control", "no-store")])
        super().execute()


class _Channel(HTTPChannel):  # type: ignore[misc]
    error_task_class = _Refusal


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request; of one that is too large nothing is kept, and of a stranger's it is not even read."""

    completed: bool
    error: Any
    expect_continue: bool

    def __init__(self, adj: Any, knows: Knows) -> None:
        super().__init__(adj)
        self._knows = knows
        self._most = MOST_UNKNOWN
        self._is_known: bool | None = None
        self._is_drained = False

    def received(self, data: bytes) -> int:
        """Take what came; return how much of it belongs to this request."""
        consumed: int = super().received(data)
        if not self.headers_finished or self.error is not None:
            return consumed
        if self._is_drained:
            self.error = self._refusal() if self.completed else None
        elif max(self.content_length, self.body_bytes_received) > self._most and self._is_too_much():
            self._refuse()
        return consumed

    def _is_too_much(self) -> bool:
        if self._is_known is None:
            self._is_known = self._knows(self.headers)
            self._most = most_of(self.headers.get("CONTENT_TYPE")) if self._is_known else MOST_UNKNOWN
        return bool(max(self.content_length, self.body_bytes_received) > self._most)

    def _refuse(self) -> None:
        """Refuse at once, or, for a browser that hears nothing before it has sent all, after throwing that away."""
        if self._is_known and 0 < self.content_length <= MOST_DRAINED and not self.expect_continue:
            self.body_rcv, self._is_drained = FixedStreamReceiver(self.content_length, _Nowhere()), True
            return
        self.error, self.completed, self.expect_continue = self._refusal(), True, False

    def _refusal(self) -> _TooMuch:
        return _TooMuch(too_much(self.headers.get("CONTENT_TYPE"), self.content_length or self.body_bytes_received))


class _TooMuch(RequestEntityTooLarge):  # type: ignore[misc]
    """Told in the same way as the workbench tells every refusal to its pages."""

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        body = json.dumps({"error": self.body}).encode()
        return f"{self.code} {self.reason}", [("Content-Type", "application/json")], body


class _Nowhere:
    """Takes bytes and keeps none."""

    def append(self, data: bytes) -> None:
        pass

    def close(self) -> None:
        pass

    def __len__(self) -> int:
        return 0
