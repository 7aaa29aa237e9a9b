"""The terminal reader: a switchboard between keys, the session and what is shown."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from qcode.errors import QcodeError
from qcode.tui import sparing
from qcode.tui.bars import HintBar, MessageBar, QuickBar, QuoteBar, TitleBar
from qcode.tui.errands import Errands
from qcode.tui.front import Front
from qcode.tui.hangup import on_hangup
from qcode.tui.moves import JUMPS, MOVES
from qcode.tui.place import Place
from qcode.tui.reader import Reader, act_of
from qcode.tui.session import Session
from qcode.tui.sheet import Sheet
from qcode.tui.themes import DARK, LIGHT, inks_of, theme_for, wants_no_color
from qcode.tui.walk import Walk

if TYPE_CHECKING:
    from qcode.study.sitting import Sitting
    from qcode.study.study import Study

__all__ = ["CodeApp", "run"]

SMALLEST = (50, 12)
TOO_SMALL = (
    f"This window is too small to read in; make it at least {SMALLEST[0]} columns wide and {SMALLEST[1]} rows high. "
    "Nothing is lost. (q leaves)"
)
LOOKS_AROUND = 1.0
"""Seconds between two looks whether somebody else has changed the study."""
PAINTS_ANEW = (events.Resize, events.AppFocus)
"""After these nobody knows what stands on the screen."""
KEEPS_PLACE = 4.0
KEY_TAKES = 0.25
"""So many seconds a sheet has for a key before the next one comes all the same."""
PATIENCE = 0.4
"""After so many seconds a person is told that an act has to wait for another program."""


def run(
    study: Study, sitting: Sitting, transcript: str | None, shown: Sequence[str] = (), *, greeting: str = ""
) -> None:
    """Read and code until the coder leaves. Without a transcript, the one read last, or the list to choose from."""
    last = transcript or study.reading.last(sitting.coder)
    first = last or study.transcripts.list()[0].id
    app = CodeApp(Session(study, sitting, first, shown), choose=last is None, greeting=greeting)
    gc.freeze()  # a long transcript is many small values, which need not be looked through again and again
    app.run()
    if app.failure is not None:
        raise app.failure


class CodeApp(App[None]):
    """One window: a transcript, its margin, and the lines around them."""

    CSS_PATH = "qcode.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    TITLE = "qcode"

    def __init__(self, session: Session, *, choose: bool = False, greeting: str = "") -> None:
        super().__init__(sparing.driver(), ansi_color=True if wants_no_color(os.environ) else None)
        self.animation_level = "none"
        self.session = session
        self.failure: Exception | None = None
        self._choose = choose
        self._greeting = greeting
        self._errands = Errands(self)
        self.front = Front(self)
        self.walk = Walk(self.front)
        self._place = Place(self.front, stranger=bool(greeting))

    def compose(self) -> ComposeResult:
        """Set the lines from top to bottom."""
        yield TitleBar(id="title")
        yield Reader(id="reader")
        yield QuoteBar(id="quote")
        yield QuickBar(id="quick")
        yield MessageBar(id="message")
        yield HintBar(id="hints")
        yield Static(TOO_SMALL, id="small", markup=False)

    async def on_mount(self) -> None:
        """Show the transcript."""
        theme = theme_for(os.environ)
        for one in (DARK, LIGHT):
            self.register_theme(one)
        self.theme = theme.name
        self.front.reader.ink(inks_of(theme))
        self.front.show_transcript()
        if self._greeting:
            self.front.say(self._greeting)
        self.front.reader.focus()
        on_hangup(self.hang_up)
        self.set_interval(LOOKS_AROUND, self.look_around)
        self.set_interval(KEEPS_PLACE, self.keep_place)
        if self._choose:
            self.call_after_refresh(self._errands.transcripts)

    def go(self, start: int, end: int) -> None:
        """Select a stretch and show it."""
        self.walk.go(start, end)

    # Keys

    async def on_event(self, event: events.Event) -> None:
        """Carry out keys one after the other, so that none reaches a screen that is not there yet, or no longer."""
        if isinstance(event, PAINTS_ANEW):
            sparing.forget(self._driver)
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        if event.key == "ctrl+l":
            self.paint_anew()
            return
        await self._flush_next_callbacks()  # what a screen has answered comes before the keys typed after it
        if len(self.screen_stack) > 1:
            await self._hand_over(event)
            return
        act = act_of(event.key, event.character)
        if act is not None:
            await self.guarded(partial(self.wish, act))
        elif event.key == "escape":
            self.walk.calm_down()
        else:
            await super().on_event(event)

    def paint_anew(self) -> None:
        """Paint everything, also what is taken to stand there: something else may have written on the screen."""
        sparing.forget(self._driver)
        self.refresh()

    async def _hand_over(self, event: events.Key) -> None:
        """Give a key to the sheet on top, and wait until it is done with it: the next key may be for another one."""
        sheet = self.screen
        await super().on_event(event)
        until = monotonic() + KEY_TAKES
        while isinstance(sheet, Sheet) and not sheet.is_done_with(event) and monotonic() < until:
            await asyncio.sleep(0.001)

    async def guarded(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do something that may be refused; the refusal is shown."""
        try:
            await act()
        except QcodeError as error:
            self.front.say(error.sentence, wrong=True)

    async def wish(self, act: str) -> None:
        """Do what a key stands for."""
        session = self.session
        if self.front.is_too_small and act != "quit":
            return
        if act in MOVES or act in JUMPS:
            self.walk.move(act)
        elif act.startswith("quick_"):
            await self._quick(int(act.removeprefix("quick_")))
        elif act in ("repeat", "undo", "redo"):
            await self.act({"repeat": session.repeat, "undo": session.undo, "redo": session.redo}[act])
        elif act == "quit":
            await self.action_quit()
        elif act in ("page_down", "page_up"):
            self.walk.page(1 if act == "page_down" else -1)
        else:
            await getattr(self._errands, act)()

    async def _quick(self, number: int) -> None:
        codes = self.session.quick
        if number > len(codes):
            self.front.say(f"no code stands under {number}; c codes by typing", wrong=True)
        else:
            await self.act(partial(self.session.code, [codes[number - 1].key]))

    # Acts

    async def act(self, act: Callable[[], str]) -> str:
        """Carry out an act beside the screen, and show what it answers; a refusal is shown too, and returned."""
        refused = ""
        task = asyncio.create_task(asyncio.to_thread(act))
        done, _ = await asyncio.wait([task], timeout=PATIENCE)
        if not done:
            self.front.say("another program is writing in the study; waiting for it …")
        try:
            self.front.say(await task)
        except QcodeError as error:
            refused = error.sentence
            self.front.say(refused, wrong=True)
        self.front.show_page()
        return refused

    async def lay_over(self, screen: Screen[Any], answered: Callable[[Any], Awaitable[None]]) -> None:
        """Open a screen, and wait until it takes the keys."""
        await self.push_screen(screen, partial(self._answered, answered))
        for _ in range(25):
            if screen.focused is not None or not screen.is_current:
                return
            await asyncio.sleep(0.002)

    async def _answered(self, then: Callable[[Any], Awaitable[None]], result: Any) -> None:
        await self.guarded(partial(then, result))

    async def look_around(self) -> None:
        """Read the page anew where somebody else has changed the study."""
        try:
            if not self.session.is_fresh:
                told = await asyncio.to_thread(self.session.reread)
                self.front.show_page()
                if told:
                    self.front.say(told)
        except QcodeError as error:
            self.front.say(error.sentence, wrong=True)

    async def take_up(self, transcript: str) -> None:
        """Go on to another transcript."""
        if not self._choose:
            await self._place.keep()
        self._choose = False
        self.session.open(transcript)
        self.front.show_transcript()

    # The place

    def keep_place(self) -> None:
        """Keep where the coder is, beside the work; a study that is busy keeps it a little later."""
        self.front.wait()
        if not self._choose:
            self._place.keep_soon()

    def action_help_quit(self) -> None:
        """Say how to leave; Ctrl+C alone must not."""
        self.front.say("q leaves; everything is kept")

    async def action_quit(self) -> None:
        """Leave, and come back to this place the next time."""
        if not self._choose:
            await self._place.keep()
        self.exit()

    def hang_up(self) -> None:
        """Leave because the terminal is gone, and keep what was being written."""
        self._keep_written()
        self.call_later(self.action_quit)

    def _keep_written(self) -> None:
        """Keep a memo that is half written: nobody can be asked about it any more."""
        for sheet in (one for one in self.screen_stack if isinstance(one, Sheet)):
            with suppress(QcodeError):
                sheet.keep_written(self.session)

    @on(Reader.Scrolled)
    def _scrolled(self) -> None:
        self.front.look()

    @on(Reader.Dragged)
    def _dragged(self, message: Reader.Dragged) -> None:
        self.walk.drag(message.start, message.end)

    @on(Reader.Pointed)
    async def _pointed(self, message: Reader.Pointed) -> None:
        await self.guarded(partial(self._errands.pointed, message.marks))

    def on_resize(self, event: events.Resize) -> None:
        """Say a sentence where the window is too small, instead of showing shreds."""
        wide, high = SMALLEST
        self.front.main.set_class(event.size.width < wide or event.size.height < high, "-small")
        self.front.main.set_class(event.size.height < 16, "-low")

    def _handle_exception(self, error: Exception) -> None:
        """Leave with the failure, and print nothing: a traceback would show words of the text."""
        self.failure = self.failure or error
        with suppress(Exception):
            self._keep_written()
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()
