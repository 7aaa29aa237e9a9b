"""Codings as values."""

from __future__ import annotations

from qcode.domain.coding import Coding, Segment


def test_a_coding_knows_its_segment() -> None:
    coding = Coding("id", "P1", 14, 23, "two hours", "wait", "ben", "2025-01-01T00:00:00Z", "book", "1")
    assert coding.segment == Segment("P1", 14, 23, "two hours")
