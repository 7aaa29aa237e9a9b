"""A workbench that runs, and a page of a real browser that has entered it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.chromium import require_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from qcode.web.serving import Workbench

Serve = Callable[..., "Workbench"]
Enter = Callable[..., "Page"]


@pytest.fixture
def workbench() -> Iterator[Serve]:
    """Start a workbench on a study, on a free port of this machine; it is stopped after the test."""
    from qcode.web.serving import Workbench

    with ExitStack() as stack:

        def serve(study: Path, **options: Any) -> Workbench:
            served = Workbench(study, **options)
            served.start()
            stack.callback(served.stop)
            return served

        yield serve


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium without a window, or skip the test and say how to get one."""
    path = require_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def enter(browser: Browser) -> Iterator[Enter]:
    """Open a page that has entered a workbench by its link; what goes wrong in the page fails the test."""
    contexts, wrong = [], list[str]()

    def open_page(served: Workbench, **options: Any) -> Page:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda told: wrong.append(told.text) if "Content Security Policy" in told.text else None)
        page.goto(served.link())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []
