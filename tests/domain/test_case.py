"""Cases and their attributes."""

from __future__ import annotations

from qcode.domain.case import Case

CASE = Case("id", "P07", (("Role", "client"), ("country", "Kazakhstan")))


def test_an_attribute_is_found_ignoring_case() -> None:
    assert CASE.attribute("ROLE") == "client"


def test_an_attribute_that_nobody_wrote_is_none() -> None:
    assert CASE.attribute("age") is None
