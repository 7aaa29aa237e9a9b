"""Suggestions for a transcript: sentences with terms of a code, accepted or rejected by a person one by one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import Conflict, NotFound, QcodeError
from qcode.tui.choices import Choices
from qcode.tui.definition import DefinitionScreen
from qcode.tui.lettering import called, one_line, plural, safe, set_off, styled, wrapped
from qcode.tui.sheet import Sheet

if TYPE_CHECKING:
    from qcode.study.sitting import Sitting
    from qcode.study.study import Study
    from qcode.study.suggestions import Suggestion

__all__ = ["SuggestionsScreen"]

Place = tuple[int, int]


class SuggestionsScreen(Sheet[Place]):
    """Accepts and rejects through the sitting; answers with the place of a suggestion to go to, or with None."""

    DEFAULT_CSS = """
    SuggestionsScreen VerticalScroll { height: auto; max-height: 60%; margin-top: 1; background: $surface; }
    SuggestionsScreen VerticalScroll Static { height: auto; }
    SuggestionsScreen.-empty Choices { display: none; }
    SuggestionsScreen.-empty VerticalScroll { height: 1fr; max-height: 100%; }
    """

    def __init__(
        self,
        study: Study,
        sitting: Sitting,
        transcript: str,
        colors: Mapping[str, str] | None = None,
        *,
        at: int = 0,
        language: str | None = None,
    ) -> None:
        super().__init__()
        self.begin, self.language = at, language
        self.study, self.sitting, self.transcript, self.inks = study, sitting, transcript, colors or {}
        self.items: list[Suggestion] = []
        self.done: list[tuple[int, Suggestion]] = []
        self.books: Mapping[str, CodebookVersion] = {}
        self.looked = self.is_read = False

    def body(self) -> ComposeResult:
        """Yield the list, and the suggestion under the pointer in full."""
        yield Choices(markup=False)
        with VerticalScroll():
            yield Static(styled("looking for the terms of the codes …"), id="about", markup=False)

    def on_mount(self) -> None:
        """Look for terms after the sheet is seen: in a long transcript that takes a moment."""
        self.head("Suggestions")
        self.add_class("-empty")
        self.query_one(VerticalScroll).focus()
        self.call_after_refresh(self.look)

    def on_resize(self) -> None:
        """Cut the lines anew."""
        if self.looked:
            self.call_after_refresh(self.tell)

    def look(self) -> None:
        """Read what is suggested now."""
        try:
            self.items = list(self.study.suggestions.list([self.transcript], coder=self.sitting.coder))
            self.books = self.study.codebooks.newest()
            self.is_read = True
        except QcodeError as error:
            self.say(error.sentence)
        self.looked = True
        self.show(next((n for n, one in enumerate(self.items) if one.end > self.begin), 0))

    @property
    def at(self) -> int:
        """Return the number of the suggestion under the pointer, from 0."""
        return self.query_one(Choices).highlighted or 0

    @property
    def pointed(self) -> Suggestion | None:
        """Return the suggestion under the pointer."""
        at = self.query_one(Choices).highlighted
        return self.items[at] if at is not None and at < len(self.items) else None

    def show(self, at: int) -> None:
        """Fill the list, with the suggestion `at` under the pointer."""
        choices = self.query_one(Choices)
        self.set_class(not self.items, "-empty")
        self.head(f"Suggestions ({len(self.items)})" if self.items else "Suggestions")
        choices.fill((partial(self._line, one) for one in self.items), at)
        self.hint(*self._hints())
        self.tell()

    def _line(self, one: Suggestion, _: int) -> Content:
        place = f"turn {one.turn}" if one.turn is not None else f"at {one.start:,}"
        return Content.assemble(
            styled("■ ", self.inks.get(one.code, "")),
            styled(one.code, "bold"),
            styled(f"  {one_line(', '.join(one.words))}", "italic"),
            styled(f"  {place}  ", "$text-muted"),
            f"“{one_line(one.quote)}”",
        )

    def _hints(self) -> list[tuple[str, str]]:
        back = [("z", "undo")] if self.done else []
        if not self.items:
            return [*back, ("Esc", "back")]
        decide = [("a", "accept"), ("d", "reject"), ("Enter", "go there"), ("i", "definition")]
        return [*decide, *back, ("↑ ↓", "choose"), ("Esc", "back")]

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the suggestion under the pointer."""
        self.tell()

    def on_option_list_option_selected(self) -> None:
        """Only choose by a click: nothing is coded and nothing left by one."""

    def tell(self) -> None:
        """Show the suggestion under the pointer: the sentence, the code in short, and why it is proposed."""
        one, about = self.pointed, self.query_one("#about", Static)
        if one is None:
            about.update(styled(self._why_none()))
            return
        code = self._code(one)
        about.update(
            Content.assemble(
                self._sentence(one),
                "\n\n",
                styled(one.code, "bold $accent"),
                f"  {safe(called(code, self.language))}" if code else "",
                f"\n{safe(code.brief)}" if code and code.brief else "",
                f"\n{one_line(one.why)}",
            )
        )
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _sentence(self, one: Suggestion) -> Content:
        places = [(max(0, span.start - one.start), span.end - one.start) for span in one.places]
        speaker = f"{one_line(one.speaker)}: " if one.speaker else ""
        content = Content.assemble((speaker, "$text-muted"), set_off(one.quote, places))
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        return Content("\n").join(wrapped(content, width or self.size.width - 5))

    def _code(self, one: Suggestion) -> Code | None:
        book = self.books.get(one.codebook)
        return book.by_key.get(one.code.casefold()) if book else None

    def _why_none(self) -> str:
        if not self.is_read:
            return "The suggestions could not be read."
        if self.done:
            return "All suggestions for this transcript are decided on."
        if not any(code.terms for book in self.books.values() for code in book.codes):
            return "No code of the codebook has terms yet, and suggestions are made from these alone."
        try:
            rejected = len(self.study.suggestions.rejected([self.transcript], coder=self.sitting.coder))
        except QcodeError:
            rejected = 0
        nothing = "No term of a code stands in a sentence that you have not coded with it already."
        return f"{nothing} {plural(rejected, 'suggestion')} you rejected before." if rejected else nothing

    def act(self, key: str) -> bool:
        """Accept, reject, take back, go there, or scroll."""
        one = self.pointed
        match key:
            case "z" | "ctrl+z":
                self.undo()
            case "q" | "g":
                self.leave()
            case "a" | "d" if one:
                self.decide(one, accept=key == "a")
            case "enter" if one:
                self.dismiss((one.start, one.end))
            case "i" if one:
                self._define(one)
            case "space":
                self.query_one(VerticalScroll).scroll_page_down(animate=False)
            case _:
                return self.query_one(Choices).move(key)
        return True

    def _define(self, one: Suggestion) -> None:
        code = self._code(one)
        if code is not None:
            self.app.push_screen(DefinitionScreen(code, self.books.get(one.codebook), language=self.language))

    def decide(self, one: Suggestion, *, accept: bool) -> None:
        """Accept or reject a suggestion, and go on to the next."""
        try:
            if accept:
                self.sitting.accept(one)
            else:
                self.sitting.reject(one)
        except (Conflict, NotFound) as error:
            self.say(error.sentence)
            self._drop(one)
            return
        except QcodeError as error:
            self.say(error.sentence)
            return
        self.done.append((self.at, one))
        self.say(f"{'coded with' if accept else 'rejected'} {one.code}; z takes it back")
        self._drop(one)

    def _drop(self, one: Suggestion) -> None:
        at = self.at
        self.items = [each for each in self.items if each.id != one.id]
        self.show(at)

    def undo(self) -> None:
        """Let the suggestion come back that was decided on last; what was done elsewhere is not touched from here."""
        if not self.done:
            self.say("nothing has been decided here yet")
            return
        try:
            self.say(self.sitting.undo())
        except Conflict as error:
            self.say(error.sentence)
            self.done.pop()
            self.look()
            return
        except QcodeError as error:
            self.say(error.sentence)
            return
        at, one = self.done.pop()
        self.items.insert(min(at, len(self.items)), one)
        self.show(at)
