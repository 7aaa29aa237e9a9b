"""The reading room without a mouse, without colours, on a telephone: axe finds nothing to complain of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.reading_room.hands import Read, press, said
from tests.web.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
DIALOGS = {"c": "Code this passage", "?": "All keys", "k": "Codings here", "m": "Memo", "/": "Search", "o": "Whose"}


def complaints(page: Page) -> list[str]:
    """Return what axe has to say of the page as it is now."""
    import axe_playwright_python

    page.evaluate((Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found: Any = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", RULES)
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation(read: Read, width: int, scheme: str) -> None:
    page = read(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    press(page, "s", "1", "3")
    said(page, "Coded wait.")
    assert complaints(page) == []
    for key, title in DIALOGS.items():
        press(page, key)
        page.get_by_role("heading", name=title).wait_for()
        assert (key, complaints(page)) == (key, [])
        press(page, "Escape")
        page.get_by_role("dialog").wait_for(state="detached")


def test_a_dialog_gives_the_focus_back(read: Read) -> None:
    page = read()
    press(page, "s", "1")
    said(page, "Coded")
    page.locator(".stripe").focus()
    press(page, "Enter")
    page.get_by_role("dialog").wait_for()
    press(page, "Escape")
    until(page, "document.activeElement.className", "stripe")


def test_what_is_selected_by_key_is_said_aloud_with_its_codes(read: Read) -> None:
    page = read()
    press(page, "s", "1")
    said(page, "Coded")
    press(page, "ArrowDown", "ArrowUp")
    page.locator("#aloud", has_text="How long did you wait?. Coded help").wait_for(state="attached")
