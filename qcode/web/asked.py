"""Reads what a page sends as JSON: each value has the kind that is asked for, or a sentence says that it has not."""

from __future__ import annotations

from flask import request

from qcode.errors import BadValue

__all__ = ["Asked", "asked"]


def asked() -> Asked:
    """Return the body of the request; raises BadValue where it is not a JSON object."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        raise BadValue("the request cannot be read", mend="reload the page") from None
    if not isinstance(body, dict):
        raise BadValue("the request holds no JSON object", mend="reload the page")
    return Asked(body)


class Asked:
    """A JSON object; a value that is missing is taken as the default."""

    def __init__(self, body: dict[str, object]) -> None:
        self.body = body

    def text(self, name: str, default: str = "") -> str:
        """Return a text."""
        value = self.body.get(name, default)
        if not isinstance(value, str):
            raise _wrong(name, "a text")
        return value

    def texts(self, name: str) -> list[str]:
        """Return a list of texts."""
        value = self.body.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise _wrong(name, "a list of texts")
        return list(value)

    def number(self, name: str, default: int | None = None) -> int:
        """Return a whole number; without a default it has to be there."""
        value = self.body.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise _wrong(name, "a whole number")
        return value

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self.body.get(name, False)
        if not isinstance(value, bool):
            raise _wrong(name, "true or false")
        return value


def _wrong(name: str, kind: str) -> BadValue:
    return BadValue(f"`{name}` is not {kind}", where="what the page sent", mend="reload the page")
