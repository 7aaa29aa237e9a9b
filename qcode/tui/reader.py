"""The widget in which a transcript is read: scrolls, paints its rows, says what the mouse points at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qcode.domain.keys import BY_KEY, latin
from qcode.domain.span import Span
from qcode.domain.transcript import Turn
from qcode.tui.layout import Layout, lay_out
from qcode.tui.margin import Margin, Mark
from qcode.tui.painter import Inks, Painter, measures

__all__ = ["Reader", "act_of"]

FEW_ROWS = 4
"""So many rows may be passed over in scrolling before what follows counts as a jump."""
CONTEXT = 2
"""So many rows stay to be seen above and below the selection where there is room."""


def act_of(key: str, character: str | None) -> str | None:
    """Return the act of a key press; a Cyrillic letter is the Latin key at its place."""
    if key in BY_KEY:
        return BY_KEY[key]
    place = latin(character) if character else ""
    return BY_KEY.get(_character_to_key(place)) if place and place != character else None


class Reader(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a transcript with its marks and the selection; what is done with them is for others to say."""

    ALLOW_SELECT = False

    @dataclass
    class Dragged(Message):
        """The mouse went from one character to another (one click: the same); `done` when the button is let go."""

        start: int
        end: int
        done: bool

    @dataclass
    class Pointed(Message):
        """A place of the margin was clicked on which these marks stand."""

        marks: Sequence[Mark]

    class Scrolled(Message):
        """Other rows are to be seen."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text, self._turns = "", tuple[Turn, ...]()
        self._marks: Sequence[Mark] = ()
        self._dragging: int | None = None
        self._laid_out_for = -1
        self.painter = self._painter(lay_out("", (), 20), 80)

    def _painter(self, layout: Layout, width: int) -> Painter:
        share = measures(width)
        return Painter(layout, Margin((), layout, share.margin), share)

    # What is shown

    def take_up(self, text: str, turns: Sequence[Turn], marks: Sequence[Mark], selection: Span) -> None:
        """Show a transcript."""
        self._text, self._turns, self._marks = text, tuple(turns), marks
        self.painter.selection, self.painter.matches = selection, ()
        if self.size.width:  # before that the width is not known, and a resize comes
            self._lay_out()
            self.reveal(selection, quietly=False)

    def ink(self, inks: Inks) -> None:
        """Use other colours."""
        self.painter.inks = inks
        self.refresh()

    def mark(self, marks: Sequence[Mark]) -> None:
        """Show these marks instead of those before."""
        self._marks = marks
        self._bar()
        self.refresh()

    def found(self, matches: Sequence[Span]) -> None:
        """Show the places of a search."""
        self.painter.matches = matches
        self.refresh()

    def select(self, selection: Span, *, head: int | None = None) -> None:
        """Show another selection; the view follows it, or its moving end `head`."""
        before, self.painter.selection = self.painter.selection, selection
        for span in (before, selection):
            first, last = self.laid_out.rows_of(span.start, span.end)
            self.refresh_lines(first, last - first + 1)
        self.reveal(selection if head is None else Span(max(0, head - 1), max(1, head)))

    def reveal(self, span: Span, *, quietly: bool = True) -> None:
        """Scroll as little as is needed to see a stretch: its beginning where it is longer than the view."""
        first, last = self.laid_out.rows_of(span.start, span.end)
        if first and self.laid_out.rows[first - 1].kind == "heading":
            first -= 1
        top, height = self.scroll_offset.y, max(1, self.size.height)
        context = min(CONTEXT, (height - 1) // 4)
        if quietly and first - context >= top and last + context < top + height:
            return
        top = min(max(top, last + context - height + 1), first - context) if quietly else first - height // 4
        self.scroll_to(y=max(0, top), animate=False, force=True)

    @property
    def laid_out(self) -> Layout:
        """Return the rows as they stand."""
        return self.painter.layout

    @property
    def text(self) -> str:
        """Return the text of the transcript."""
        return self._text

    def a_page_from(self, position: int, way: int) -> int:
        """Return a position a page further on (`way` 1) or back (-1)."""
        step = max(1, self.size.height - 2)
        row = min(max(0, self.laid_out.row_at(position) + way * step), len(self.laid_out) - 1)
        return self.laid_out.rows[row].start

    @property
    def seen(self) -> Span:
        """Return the stretch of the text that is to be seen."""
        rows = self.laid_out.rows
        last = min(len(rows), self.scroll_offset.y + self.size.height) - 1
        return Span(rows[min(self.scroll_offset.y, len(rows) - 1)].start, rows[max(0, last)].end)

    def goes_on_from(self, read: int, seen: Span) -> bool:
        """Tell whether what is seen goes on where reading had come to, give or take a few rows."""
        if seen.start <= read:
            return True
        return self.laid_out.row_at(seen.start) - self.laid_out.row_at(read) <= FEW_ROWS

    def _lay_out(self) -> None:
        old = self.painter
        width = max(20, self.scrollable_content_region.width or self.size.width)
        share = measures(width)
        layout = lay_out(self._text, self._turns, share.words)
        self.painter = Painter(
            layout, Margin((), layout, share.margin), share, old.inks, old.selection, (), old.matches
        )
        self._laid_out_for = width
        self._bar()
        self.virtual_size = Size(width, len(layout))
        self.refresh()

    def _bar(self) -> None:
        painter = self.painter
        painter.margin = Margin(self._marks, painter.layout, painter.measures.margin)
        painter.coded = _covered(self._marks)

    # What Textual asks

    def render_line(self, y: int) -> Strip:
        """Return one row of the view."""
        number, width = self.scroll_offset.y + y, self.size.width
        if number >= len(self.laid_out):
            return Strip.blank(width, self.painter.inks.style(self.painter.inks.text))
        strip = Strip(self.painter.row(number))
        return strip.adjust_cell_length(width, self.painter.inks.style(self.painter.inks.text))

    def on_resize(self) -> None:
        """Lay the text out anew where its width has changed, and stay at the place."""
        width = max(20, self.scrollable_content_region.width)
        if width == self._laid_out_for:
            return
        self._lay_out()
        self.reveal(self.painter.selection, quietly=False)
        self.post_message(self.Scrolled())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell that other rows are to be seen."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Scrolled())

    def _place(self, event: events.MouseEvent) -> tuple[int, int]:
        row = self.scroll_offset.y + min(max(event.y, 0), self.size.height - 1)
        row = min(row, len(self.laid_out) - 1)
        return row, self.painter.position_at(row, event.x)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select, or point at a bar."""
        if event.button != 1 or not self._text:
            return
        row, position = self._place(event)
        if event.x >= self.painter.measures.margin_at:
            marks = self.painter.marks_at(row, event.x)
            if marks:
                self.post_message(self.Pointed(marks))
            return
        self._dragging = position
        self.capture_mouse()
        self.post_message(self.Dragged(position, position, done=False))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select from where the button was pressed to where the mouse is; beyond the edge the view follows."""
        if self._dragging is None:
            return
        if event.y < 0 or event.y >= self.size.height:
            step = -1 if event.y < 0 else 1
            self.scroll_to(y=self.scroll_offset.y + step, animate=False, force=True)
        self.post_message(self.Dragged(self._dragging, self._place(event)[1], done=False))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the selection."""
        if self._dragging is not None:
            start, self._dragging = self._dragging, None
            self.release_mouse()
            self.post_message(self.Dragged(start, self._place(event)[1], done=True))


def _covered(marks: Sequence[Mark]) -> list[Span]:
    """Return the runs of characters that marks cover, in order; on bare numbers, for this is done with each mark."""
    runs: list[list[int]] = []
    for start, end in sorted([(mark.start, mark.end) for mark in marks]):
        if runs and start <= runs[-1][1]:
            runs[-1][1] = max(runs[-1][1], end)
        else:
            runs.append([start, end])
    return [Span(start, end) for start, end in runs]
