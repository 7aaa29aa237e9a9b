"""Memos on a thing: those that are there, and a page to write another."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea

from qcode.domain.memo import Memo
from qcode.tui.lettering import safe, styled
from qcode.tui.sheet import Sheet

__all__ = ["MemoScreen"]


class MemoScreen(Sheet[str]):
    """Answers with the text of a new memo; nothing that was written goes without a question."""

    DEFAULT_CSS = """
    MemoScreen VerticalScroll { height: auto; max-height: 45%; background: $surface; }
    MemoScreen VerticalScroll Static { height: auto; margin-bottom: 1; }
    MemoScreen TextArea { height: 1fr; min-height: 4; border: round $border-blurred; padding: 0 1; }
    MemoScreen TextArea:focus { border: round $border; }
    """
    HINTS = (("Ctrl+S", "keep"), ("Esc", "back"))
    READING = (("Ctrl+S", "keep"), ("Tab", "scroll the memos above"), ("Esc", "back"))
    ASKING = (("Enter", "keep it"), ("x", "throw it away"), ("Esc", "write on"))

    def __init__(self, title: str, existing: Sequence[Memo] = ()) -> None:
        super().__init__()
        self.about_what, self.existing = title, existing
        self.asking = False

    def body(self) -> ComposeResult:
        """Yield the memos there are, and the page."""
        if self.existing:
            with VerticalScroll():
                for memo in self.existing:
                    yield Static(self._memo(memo), markup=False)
        yield TextArea(soft_wrap=True, show_line_numbers=False)

    def _memo(self, memo: Memo) -> Content:
        head = f"{memo.coder}, {memo.created_at[:16].replace('T', ' ')} UTC"
        return Content.assemble(styled(head, "bold $text-muted"), "\n", safe(memo.text))

    def on_mount(self) -> None:
        """Let the page be written on at once; of many memos the newest is seen."""
        self.head(self.about_what)
        self.query_one(TextArea).focus()
        if self.existing:
            self.hint(*self.READING)
            self.query_one(VerticalScroll).scroll_end(animate=False)

    @property
    def written(self) -> str:
        """Return what was written, without blanks around it."""
        return self.query_one(TextArea).text.strip()

    def leave(self) -> None:
        """Go back; if something was written, ask first."""
        if self.asking:
            self.ask(False)
        elif self.written:
            self.ask(True)
        else:
            self.dismiss(None)

    def ask(self, asking: bool) -> None:
        """Ask what becomes of what was written, or stop asking."""
        self.asking = asking
        page = self.query_one(TextArea)
        page.disabled = asking
        self.say("keep what you have written?" if asking else "")
        self.hint(*(self.ASKING if asking else self.READING if self.existing else self.HINTS))
        if not asking:
            page.focus()

    def act(self, key: str) -> bool:
        """Keep what was written, or answer the question."""
        if key == "ctrl+s" or (self.asking and key in ("enter", "y")):
            self.keep()
        elif self.asking and key in ("x", "n"):
            self.dismiss(None)
        else:
            return self.asking
        return True

    def keep(self) -> None:
        """Answer with what was written."""
        if self.written:
            self.dismiss(self.written)
        else:
            self.say("nothing is written yet; Esc goes back")
