"""Going through the text: from place to place, with the view behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.tui.moves import BACK_END, JUMPS, MOVES, MOVES_END

if TYPE_CHECKING:
    from qcode.tui.front import Front

__all__ = ["Walk"]


class Walk:
    """Moves the cursor of the session that is shown in `front`, by keys or by the mouse."""

    def __init__(self, front: Front) -> None:
        self.front = front

    def go(self, start: int, end: int) -> None:
        """Select a stretch and show it."""
        if (cursor := self.front.session.cursor) is not None:
            cursor.select(start, end)
            self._moved()

    def _moved(self, head: int | None = None) -> None:
        self.front.move_on()
        self.front.reader.select(self.front.session.selection, head=head)
        self.front.tell_quote()

    def move(self, act: str) -> None:
        """Do what a key of MOVES or JUMPS stands for."""
        session = self.front.session
        cursor, selection = session.cursor, session.selection
        if cursor is None:
            return
        self.front.say()
        if act in MOVES:
            MOVES[act](cursor)
            after = cursor.selection
            self._moved(after.end if act in MOVES_END else after.start + 1 if act in BACK_END else None)
            return
        find, nothing, wrapped = JUMPS[act]
        if not find(session):
            self.front.say(nothing)
            return
        self._moved()
        back = act.startswith("previous")
        turned = session.selection > selection if back else session.selection < selection
        if session.selection == selection:
            self.front.say("this is the only one")
        elif turned:
            self.front.say(wrapped)

    def next_match(self) -> None:
        """Go to the next place of the search, and say how many there are."""
        self.move("next_match")
        number = len(self.front.session.matches)
        self.front.say(f"{number:,} place{'s' * (number != 1)}; n and N lead from one to the other")

    def page(self, way: int) -> None:
        """Go a page on (1) or back (-1)."""
        session = self.front.session
        if session.cursor is None:
            return
        self.front.say()
        session.cursor.place(self.front.reader.a_page_from(session.selection.start, way))
        self._moved()

    def drag(self, start: int, end: int) -> None:
        """Select from one character to another, in either order; where they are the same, its word."""
        cursor = self.front.session.cursor
        if cursor is None:
            return
        if start == end:
            cursor.place(start)
        else:
            low, high = sorted((start, end))
            cursor.select(low, high + 1)
        self._moved(cursor.selection.end if end >= start else cursor.selection.start + 1)

    def calm_down(self) -> None:
        """End the search and take the message away."""
        self.front.session.search("")
        self.front.reader.found(())
        self.front.say()
