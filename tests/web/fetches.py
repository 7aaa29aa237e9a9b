"""Requests of a page that go wrong: its `fetch` is changed, since to catch requests in Chromium may lose others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["Fault", "answer", "break_"]

Fault = Literal["cut", "lost", "silent", "late"]
"""Not sent at all; done without an answer; never answered; answered after a second."""

BREAK = """
([end, fault]) => {
  if (window.broken === undefined) {
    const real = window.fetch.bind(window);
    const faults = {
      cut: () => Promise.reject(new TypeError("cut")),
      lost: (...asked) => real(...asked).then(() => Promise.reject(new TypeError("lost"))),
      silent: (path, { signal } = {}) =>
        new Promise((_, no) => signal?.addEventListener("abort", () => no(signal.reason))),
      late: (...asked) => new Promise((done) => setTimeout(done, 1000)).then(() => real(...asked)),
    };
    window.broken = new Map();
    window.fetch = (path, options) => {
      const found = [...window.broken].find(([end]) => String(path).endsWith(end));
      return found ? faults[found[1]](path, options) : real(path, options);
    };
  }
  window.broken.set(end, fault);
}
"""


def break_(page: Page, end: str, fault: Fault = "cut", *, from_the_start: bool = False) -> None:
    """Let requests to addresses with this end go wrong in this page, or in the pages that it opens next."""
    if from_the_start:
        page.add_init_script(f"({BREAK})({[end, fault]!r})")
    else:
        page.evaluate(BREAK, [end, fault])


def answer(page: Page, end: str) -> None:
    """Let such requests be answered again."""
    page.evaluate("(end) => window.broken.delete(end)", end)
