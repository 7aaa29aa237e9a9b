"""What is to be seen of the session: fills the reader and the lines around it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from qcode.domain.span import Span
from qcode.tui.bars import MessageBar, QuickBar, QuoteBar, TitleBar
from qcode.tui.lettering import plural
from qcode.tui.reader import Reader

if TYPE_CHECKING:
    from qcode.tui.app import CodeApp
    from qcode.tui.session import Session

__all__ = ["Front"]

A_WHILE = 10.0
"""So many seconds before a page counts as read on which nobody moves."""


class Front:
    """The first screen of the app, below any that is opened over it."""

    def __init__(self, app: CodeApp) -> None:
        self.app = app
        self.seen = app.session.read
        self._page: Span | None = None
        self._opened_at: float | None = None
        """When the page that is seen was opened, until the reader moves on; only then, or in time, it counts."""

    @property
    def main(self) -> Screen[Any]:
        """Return the screen."""
        return self.app.screen_stack[0]

    @property
    def reader(self) -> Reader:
        """Return the widget with the text."""
        return self.main.query_one(Reader)

    @property
    def session(self) -> Session:
        """Return what is shown."""
        return self.app.session

    @property
    def is_too_small(self) -> bool:
        """Tell whether a sentence stands in place of the text."""
        return self.main.has_class("-small")

    def show_transcript(self) -> None:
        """Show another transcript."""
        session = self.session
        self.reader.take_up(session.page.text, session.page.turns, session.marks(), session.selection)
        self.seen = session.read
        self._page, self._opened_at = None, monotonic()
        self._tell_around()
        waiting = len(session.pending())
        wait = "waits" if waiting == 1 else "wait"
        self.say(f"{plural(waiting, 'coding')} of yours {wait} for a decision; r goes through them" if waiting else "")

    def show_page(self) -> None:
        """Show what has changed on the page."""
        session, reader = self.session, self.reader
        if reader.text is not session.page.text and reader.text != session.page.text:
            reader.take_up(session.page.text, session.page.turns, session.marks(), session.selection)
            self.say("the transcript was revised meanwhile; this is the new text")
        else:
            reader.mark(session.marks())
        reader.found(session.matches)
        self._tell_around()

    def _tell_around(self) -> None:
        self.main.query_one(QuickBar).tell(self.session.quick, self.session.colors)
        self.tell_title()
        self.tell_quote()

    def tell_title(self) -> None:
        """Show which transcript this is, and how far it is read."""
        page, session = self.session.page, self.session
        percent = 100 * max(self.seen, session.read) // max(1, len(page.text))
        self.main.query_one(TitleBar).tell(
            name=page.name,
            case=page.case,
            language=page.language,
            percent=min(100, percent),
            coder=page.coder + "".join(f" + {name}" for name in session.shown),
            version=" ".join(f"{one.codebook}@{one.version}" for one in session.versions),
        )

    def look(self) -> None:
        """Take in which rows are seen: what goes on from where reading had come to is read, a jump is not."""
        if not self.reader.size.height or self.is_too_small or not self.session.page.text:
            return
        before, self._page = self._page, self.reader.seen
        if before is not None and before.start != self._page.start:
            self.move_on(before)
        if self._opened_at is None:
            self._has_read(self._page)

    def move_on(self, page: Span | None = None) -> None:
        """Count the page that was opened as read, for now the reader goes on from there."""
        page = page or self._page
        if self._opened_at is not None and page is not None:
            self._opened_at = None
            self._has_read(page)

    def wait(self) -> None:
        """Count the page that was opened as read where it was looked at for a while."""
        if self._opened_at is not None and monotonic() - self._opened_at >= A_WHILE:
            self.move_on()

    def _has_read(self, page: Span) -> None:
        if self.reader.goes_on_from(self.seen, page):
            self.seen = max(self.seen, page.end)
            self.tell_title()

    def tell_quote(self) -> None:
        """Show the words selected."""
        self.main.query_one(QuoteBar).tell(self.session.quote)

    def say(self, sentence: str = "", *, wrong: bool = False) -> None:
        """Show a sentence below the text."""
        self.main.query_one(MessageBar).tell(sentence, wrong=wrong)
