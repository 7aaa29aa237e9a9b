"""What a page shows a moment later: a test waits for it, since a busy machine shows it late."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator, LocatorAssertions, Page

__all__ = ["soon", "until"]

PATIENCE = 15.0
"""Seconds."""


def soon(place: Locator) -> LocatorAssertions:
    """Return what can be said of a place of the page, each within a while: `soon(place).to_have_count(3)`."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE * 1000)
    return expect(place)


def until(page: Page, script: str, wanted: Any) -> None:
    """Wait until a script in the page gives what is wanted, and fail with what it gives instead."""
    end = time.monotonic() + PATIENCE
    while (found := page.evaluate(script)) != wanted and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert found == wanted
