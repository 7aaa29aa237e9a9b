"""Finds a Chromium for the tests of the workbench, and says how to get one."""

from __future__ import annotations

import os
import shutil

import pytest

__all__ = ["HOW", "NAMES", "chromium", "require_chromium"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = "no Chromium is found, so the workbench is not tried in a browser; to get one: apt-get install chromium"


def chromium() -> str | None:
    """Return the path of a Chromium, that of QCODE_CHROMIUM before all, or None."""
    named = os.environ.get("QCODE_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def require_chromium() -> str:
    """Return the path of a Chromium; without one the test is skipped, or fails where QCODE_NEEDS_BROWSER is set."""
    found = chromium()
    if found is None and os.environ.get("QCODE_NEEDS_BROWSER"):
        pytest.fail(HOW)
    if found is None:
        pytest.skip(HOW)
    return found
