"""Shows one coding that waits: where it stands, why it waits, its passage, and where it may go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qcode.domain.codebook import Code
from qcode.errors import QcodeError
from qcode.tui import queue_item

if TYPE_CHECKING:
    from qcode.study.queue import QueueItem
    from qcode.study.study import Study

__all__ = ["QueueView"]

AROUND = 200
"""So many characters are shown before a passage and after it; half as many where there are few lines."""

FEW_LINES = 40


class QueueView(Vertical):
    """The lines between the frame and the keys; the passage scrolls."""

    DEFAULT_CSS = "QueueView { height: 1fr; }"

    def __init__(self, study: Study, inks: Mapping[str, str], *, language: str | None = None) -> None:
        super().__init__()
        self.study, self.inks, self.language = study, inks, language

    def compose(self) -> ComposeResult:
        """Yield the lines from top to bottom."""
        yield Static(id="head", markup=False)
        yield Static(id="why", markup=False)
        with VerticalScroll():
            yield Static(id="passage", markup=False)
        yield Static(id="candidates", markup=False)

    def on_mount(self) -> None:
        """Let the arrows reach the sheet."""
        self.query_one(VerticalScroll).focus()

    def show_none(self, said: Content) -> None:
        """Say that none waits."""
        self.query_one("#why", Static).update(Content())
        self.query_one("#head", Static).update(said)

    def show_item(
        self, item: QueueItem, n: int, of: int, *, codes: Mapping[str, Code], marks: Sequence[str], height: int
    ) -> str:
        """Show the `n`-th coding of `of`, with `marks` on codes, on a screen so high; return why a part is missing."""
        refused = ""
        width = max(40, self.query_one("#head", Static).content_size.width or self.screen.size.width - 4)
        self.query_one("#head", Static).update(queue_item.head_of(item, n, of))
        self.query_one("#why", Static).update(queue_item.reason_of(item, width))
        around = AROUND if height >= FEW_LINES else AROUND // 2
        try:
            _, before, after = self.study.codings.in_context(item.coding.id, around=around)
        except QcodeError as error:
            before = after = ""
            refused = error.sentence
        passage = queue_item.passage_of(item, before, after, around=around, width=width - 1)
        self.query_one("#passage", Static).update(passage)
        self.query_one(VerticalScroll).scroll_home(animate=False)
        candidates = queue_item.candidates_of(item, codes, self.inks, marks, width, self.language)
        self.query_one("#candidates", Static).update(candidates)
        return refused

    def scroll_by_page(self, way: int) -> None:
        """Scroll the passage a page on (1) or back (-1)."""
        passage = self.query_one(VerticalScroll)
        (passage.scroll_page_down if way > 0 else passage.scroll_page_up)(animate=False)
