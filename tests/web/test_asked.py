"""What a page sends as JSON has the kind that is asked for, or is refused with a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from qcode.errors import BadValue
from qcode.web.asked import Asked, asked


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'"x"', b"\xff"])
def test_a_body_that_is_no_json_object_is_refused(body: bytes) -> None:
    with (
        Flask("x").test_request_context("/", method="POST", data=body, content_type="application/json"),
        pytest.raises(BadValue),
    ):
        asked()


def test_a_body_that_is_nested_without_end_is_refused_as_one_that_cannot_be_read() -> None:
    body = b'{"a":' * 100_000
    with (
        Flask("x").test_request_context("/", method="POST", data=body, content_type="application/json"),
        pytest.raises(BadValue, match="the request cannot be read"),
    ):
        asked()


def test_values_of_the_right_kind_are_returned_and_missing_ones_are_empty() -> None:
    body = Asked({"a": "ы", "b": ["x"], "c": 3, "d": True})
    assert (body.text("a"), body.texts("b"), body.number("c"), body.flag("d")) == ("ы", ["x"], 3, True)
    assert (body.text("z"), body.texts("z"), body.number("z", 5), body.flag("z")) == ("", [], 5, False)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *[("text", value) for value in (1, None, ["x"], {})],
        *[("texts", value) for value in ("x", [1], None, {"a": "b"})],
        *[("number", value) for value in (True, 1.0, "1", None)],
        *[("flag", value) for value in (1, "true", None)],
    ],
)
def test_a_value_of_another_kind_is_refused(kind: str, value: Any) -> None:
    with pytest.raises(BadValue, match="`it`"):
        getattr(Asked({"it": value}), kind)("it")


def test_a_number_that_is_needed_and_missing_is_refused() -> None:
    with pytest.raises(BadValue):
        Asked({}).number("start")
