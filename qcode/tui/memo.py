"""Memos on a thing: those that are there, and a page to write another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea

from qcode.domain.memo import Memo
from qcode.tui.lettering import safe, styled
from qcode.tui.sheet import Sheet
from qcode.tui.subjects import Subject

if TYPE_CHECKING:
    from qcode.tui.session import Session

__all__ = ["MemoScreen"]


class MemoScreen(Sheet[str]):
    """Answers with the text of a new memo, which is on `subject`; nothing that was written goes without a question."""

    DEFAULT_CSS = """
    MemoScreen VerticalScroll { height: auto; max-height: 45%; background: $surface; }
    MemoScreen VerticalScroll Static { height: auto; margin-bottom: 1; }
    MemoScreen TextArea { height: 1fr; min-height: 4; border: round $border-blurred; padding: 0 1; }
    MemoScreen TextArea:focus { border: round $border; }
    """
    AUTO_FOCUS = "TextArea"
    HINTS = (("Ctrl+S", "keep"), ("Esc", "back"))
    SCROLL = ("Tab", "scroll the memos above")
    ELSEWHERE = ("Ctrl+O", "on something else")
    ASKING = (("Enter", "keep it"), ("x", "throw it away"), ("Esc", "write on"))

    def __init__(
        self,
        subject: Subject,
        existing: Sequence[Memo] = (),
        *,
        others: Sequence[Subject] = (),
        read: Callable[[Subject], Sequence[Memo]] | None = None,
    ) -> None:
        super().__init__()
        self.subject, self.existing = subject, existing
        self.subjects = (subject, *others)
        self.read = read or (lambda _: ())
        self.asking = False

    def body(self) -> ComposeResult:
        """Yield the memos there are, and the page."""
        with VerticalScroll():
            yield Static(id="memos", markup=False)
        yield TextArea(soft_wrap=True, show_line_numbers=False)

    def _memo(self, memo: Memo) -> Content:
        head = f"{memo.coder}, {memo.created_at[:16].replace('T', ' ')} UTC"
        return Content.assemble(styled(head, "bold $text-muted"), "\n", safe(memo.text))

    def on_mount(self) -> None:
        """Let the page be written on at once; of many memos the newest is seen."""
        page = self.query_one(TextArea)
        page.cursor_blink = False
        page.focus()
        self.show()

    def show(self) -> None:
        """Say what the memo is on, and show the memos that are there."""
        self.head(self.subject.title)
        self.hint(*self._hints())
        there = self.query_one(VerticalScroll)
        there.display = bool(self.existing)
        self.query_one("#memos", Static).update(Content("\n\n").join(map(self._memo, self.existing)))
        self.call_after_refresh(there.scroll_end, animate=False)

    def _hints(self) -> list[tuple[str, str]]:
        keep, back = self.HINTS
        other = [self.ELSEWHERE] if len(self.subjects) > 1 else []
        return [keep, *other, *([self.SCROLL] if self.existing else []), back]

    def turn(self) -> None:
        """Let the memo be on the next thing that it may be on; what was written stays."""
        at = (self.subjects.index(self.subject) + 1) % len(self.subjects)
        self.subject = self.subjects[at]
        self.existing = self.read(self.subject)
        self.say()
        self.show()

    @property
    def written(self) -> str:
        """Return what was written, without blanks around it."""
        return self.query_one(TextArea).text.strip()

    def keep_written(self, session: Session) -> None:
        """Keep what is written so far, once."""
        if self.written and not self._left:
            self._left = True
            session.memo(self.written, self.subject.about, self.subject.target)

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
        self.hint(*(self.ASKING if asking else self._hints()))
        if not asking:
            page.focus()

    def act(self, key: str) -> bool:
        """Keep what was written, or answer the question."""
        if key == "ctrl+s" or (self.asking and key in ("enter", "y")):
            self.keep()
        elif self.asking and key in ("x", "n"):
            self.dismiss(None)
        elif key == "ctrl+o" and not self.asking and len(self.subjects) > 1:
            self.turn()
        else:
            return self.asking
        return True

    def keep(self) -> None:
        """Answer with what was written."""
        if self.written:
            self.dismiss(self.written)
        else:
            self.say("nothing is written yet; Esc goes back")
