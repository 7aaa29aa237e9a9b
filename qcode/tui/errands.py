"""What is done on a screen of its own: the screen is opened, and its answer becomes an act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from qcode.domain.coding import Coding
from qcode.domain.keys import KEYS
from qcode.errors import Conflict, QcodeError
from qcode.tui.lettering import plural
from qcode.tui.margin import Mark
from qcode.tui.subjects import Subject, on_code, on_coding, on_transcript, others_than

if TYPE_CHECKING:
    from textual.screen import Screen

    from qcode.domain.memo import Memo
    from qcode.tui.app import CodeApp
    from qcode.tui.session import Session

__all__ = ["Errands"]

Answer = Callable[[Any], Awaitable[None]]


class Errands:
    """The screens that open over the reader; each method stands for an act of the table of keys."""

    def __init__(self, app: CodeApp) -> None:
        self.app = app

    @property
    def session(self) -> Session:
        """Return what the window is about."""
        return self.app.session

    async def open(self, screen: Screen[Any], then: Answer | None = None) -> None:
        """Open a screen; `then` takes its answer, unless it was left without one."""

        async def answered(result: Any) -> None:
            if then is not None and result is not None:
                await then(result)

        await self.app.lay_over(screen, answered)

    async def pick(self) -> None:
        """Choose codes for what is selected."""
        from qcode.tui.picker import CodePicker

        session = self.session
        version = session.versions[0] if len(session.versions) == 1 else None
        screen = CodePicker(
            session.codes,
            session.recent,
            session.colors,
            quick=session.quick,
            language=session.page.language,
            version=version,
        )
        await self.open(screen, partial(self._code, session.under))

    async def _code(self, under: Mapping[str, str], keys: Sequence[str]) -> None:
        if keys:
            await self.app.act(partial(self.session.code, keys, under))

    async def definition(self) -> None:
        """Show what the code at the selection stands for, or any code."""
        here = list(dict.fromkeys(one.code for one in self.session.codings_here()))
        if len(here) == 1:
            await self.define(here[0])
            return
        from qcode.tui.picker import CodePicker

        codes = [code for code in self.session.codes if code.key in here] or self.session.codes
        screen = CodePicker(
            codes,
            here or self.session.recent,
            self.session.colors,
            language=self.session.page.language,
            title="Definition of which code?",
        )
        await self.open(screen, self._define_first)

    async def _define_first(self, keys: Sequence[str]) -> None:
        if keys:
            await self.define(keys[0])

    async def define(self, key: str) -> None:
        """Show what a code stands for."""
        from qcode.tui.definition import DefinitionScreen

        found = self.session.code_of(key)
        if found is None:
            raise Conflict(f"{key} does not stand in the newest version of the codebook", mend="r leads to the queue")
        code, version = found

        async def memo(_: str) -> None:
            await self.write(on_code(code))

        await self.open(DefinitionScreen(code, version, language=self.session.page.language, memos=True), memo)

    async def in_vivo(self) -> None:
        """Make a code of the words selected."""
        from qcode.tui.ask import AskLine

        hint = "The words become a new code in the draft of the codebook. Its key:"
        await self.open(AskLine("Code in vivo", value=self.session.key_in_vivo(), hint=hint), self._in_vivo)

    async def _in_vivo(self, key: str) -> None:
        """Make the code; a key that is refused is asked for again, and is not typed in vain."""
        from qcode.tui.ask import AskLine

        refused = await self.app.act(partial(self.session.in_vivo, key))
        if refused:
            again = AskLine("Code in vivo", value=key, hint=f"{refused}. Its key:", selected=False)
            await self.open(again, self._in_vivo)

    async def memo(self) -> None:
        """Write a memo on the coding at the selection; where there is none, on the transcript."""
        from qcode.tui.which_coding import WhichCoding

        here = self.session.codings_here()
        if len(here) > 1:
            await self.open(WhichCoding("Memo on which coding?", here, self.session.colors), self._memo_on)
        elif here:
            await self._memo_on(here[0])
        else:
            await self.write(on_transcript(self.session, " (no coding is selected)"))

    async def _memo_on(self, coding: Coding) -> None:
        await self.write(on_coding(self.session, coding))

    async def write(self, subject: Subject) -> None:
        """Write a memo on a thing, or on another one near it."""
        from qcode.tui.memo import MemoScreen

        session = self.session

        def read(one: Subject) -> Sequence[Memo]:
            return session.memos_on(one.about, one.target)

        async def keep(text: str) -> None:
            await self.app.act(partial(session.memo, text, screen.subject.about, screen.subject.target))

        screen = MemoScreen(subject, read(subject), others=others_than(subject, session), read=read)
        await self.open(screen, keep)

    async def withdraw(self) -> None:
        """Withdraw the coding at the selection; where there are several, the one that is chosen."""
        session = self.session
        own, drafts = session.codings_here(own=True), session.drafts_here()
        exact = [one for one in own if (one.start, one.end) == (session.selection.start, session.selection.end)]
        if len(own) == 1 or len(exact) == 1:
            await self.app.act(partial(session.withdraw, (exact or own)[0]))
        elif own:
            await self.show(own)
        elif drafts:
            await self.app.act(partial(session.remove_draft, drafts[0]))
        else:
            raise Conflict("there is no coding of yours here", mend="b goes to the next one")

    async def codings_here(self) -> None:
        """List the codings at the selection."""
        here = self.session.codings_here()
        if not here:
            raise Conflict("there is no coding here", mend="b goes to the next one")
        await self.show(here)

    async def pointed(self, marks: Sequence[Mark]) -> None:
        """Show the codings behind bars that were clicked."""
        ids = {mark.id for mark in marks}
        codings = [one for one in self.session.page.codings if one.id in ids]
        self.app.go(marks[0].start, marks[0].end)
        if codings:
            await self.show(codings)
        else:
            self.app.front.say(f"{marks[0].label}: a mark with a code of the draft; x takes it away")

    async def show(self, codings: Sequence[Coding]) -> None:
        """Show codings, with what can be done with them."""
        from qcode.tui.codings_here import CodingsHere

        await self.open(CodingsHere(codings, self.session.colors), self._with_coding)

    async def _with_coding(self, answer: tuple[str, Coding]) -> None:
        what, coding = answer
        if what == "withdraw":
            await self.app.act(partial(self.session.withdraw, coding))
        elif what == "memo":
            await self._memo_on(coding)
        else:
            await self.app.guarded(partial(self.define, coding.code))

    async def search(self) -> None:
        """Ask for words, and go to the next place where they stand."""
        from qcode.tui.ask import AskLine

        hint = "Words in this transcript; n and N lead from place to place. An empty line ends the search."
        await self.open(AskLine("Search", value=self.session.words, hint=hint), self._search)

    async def _search(self, words: str) -> None:
        try:
            found = self.session.search(words)
        except QcodeError as error:
            self.app.front.say(error.sentence, wrong=True)
            return
        self.app.front.reader.found(self.session.matches)
        if found:
            self.app.walk.next_match()
        else:
            self.app.front.say(f"“{words}” stands nowhere in this transcript" if words else "", wrong=bool(words))

    async def suggest(self) -> None:
        """Show what the terms of the codes suggest."""
        from qcode.tui.suggestions import SuggestionsScreen

        session = self.session

        async def back(place: tuple[int, int] | None) -> None:
            await self._back(None)
            if place is not None:
                self.app.go(*place)

        await self.app.lay_over(
            SuggestionsScreen(
                session.study,
                session.sitting,
                session.page.id,
                session.colors,
                at=session.selection.start,
                language=session.page.language,
            ),
            back,
        )

    async def queue(self) -> None:
        """Decide on codings that wait."""
        from qcode.tui.queue import QueueScreen

        session = self.session
        screen = QueueScreen(
            session.study,
            session.sitting,
            session.colors,
            here=session.page.name,
            language=session.page.language,
        )
        await self.app.lay_over(screen, self._back)

    async def _back(self, done: int | None) -> None:
        self.session.reread()
        self.app.front.show_page()
        self.app.front.say(f"{plural(done, 'coding')} decided on; z takes the last one back" if done else "")

    async def others(self) -> None:
        """Choose whose codings are shown beside one's own."""
        from qcode.tui.others import CoderChooser

        if not self.session.page.others:
            raise Conflict("no other coder has coded this transcript")

        async def chosen(names: list[str]) -> None:
            await self.app.act(partial(self.session.show, names))

        await self.open(CoderChooser(self.session.page.others, self.session.shown), chosen)

    async def transcripts(self) -> None:
        """Choose another transcript."""
        from qcode.tui.transcripts import TranscriptList

        progress = self.session.study.reading.progress(self.session.sitting.coder)
        await self.open(TranscriptList(progress, self.session.page.id), self.app.take_up)

    async def help(self) -> None:
        """Show all keys."""
        from qcode.tui.help import HelpScreen

        await self.open(HelpScreen(KEYS))
