"""What a person does and sees in the reading room."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from qcode.study.study import Study

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["Read", "bars", "chosen", "coded", "press", "quote", "said", "select_by_mouse", "stripes"]

Read = Callable[..., "Page"]


def quote(page: Page) -> str:
    return page.locator("#quote").inner_text()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def coded(study: Study, coder: str = "ana") -> list[tuple[str, str]]:
    return [(one.quote, one.code) for one in study.codings.list() if one.coder == coder]


def stripes(page: Page, n: int) -> None:
    """Wait until the margin has so many bars."""
    if n:
        page.locator(".stripe").nth(n - 1).wait_for()
    page.locator(".stripe").nth(n).wait_for(state="detached")


def said(page: Page, words: str) -> None:
    page.locator("#said", has_text=words).wait_for()


def bars(page: Page) -> list[str]:
    return page.locator(".stripe-key").all_inner_texts()


def chosen(page: Page, words: str) -> None:
    """Wait until these words are selected."""
    page.locator("#quote", has_text=re.compile(f"^{re.escape(words)}$")).wait_for()


def select_by_mouse(page: Page, words: str) -> None:
    """Drag over words, with a blank before and after them, as hands do."""
    spot = page.evaluate(
        """(words) => {
          const all = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          while (all.nextNode()) {
            const at = all.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(all.currentNode, at);
            range.setEnd(all.currentNode, at + words.length);
            const { left, right, top, bottom } = range.getBoundingClientRect();
            return [left, right, (top + bottom) / 2];
          }
        }""",
        words,
    )
    left, right, middle = spot
    page.mouse.move(left - 1, middle)
    page.mouse.down()
    page.mouse.move((left + right) / 2, middle)
    page.mouse.move(right + 1, middle)
    page.mouse.up()
    chosen(page, words)
