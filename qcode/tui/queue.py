"""The queue as a mode: codings that wait since the codebook changed, one at a time, decided with one key each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import Conflict, QcodeError
from qcode.tui import queue_item
from qcode.tui.ask import AskLine
from qcode.tui.definition import DefinitionScreen
from qcode.tui.lettering import one_line
from qcode.tui.picker import CodePicker
from qcode.tui.queue_view import QueueView
from qcode.tui.sheet import Sheet
from qcode.tui.waiting import Waiting

if TYPE_CHECKING:
    from qcode.study.queue import QueueItem
    from qcode.study.sitting import Sitting
    from qcode.study.study import Study

__all__ = ["QueueScreen"]


class QueueScreen(Sheet[int]):
    """Decides through the sitting, and answers with how many codings were decided on.

    At first the codings of the coder at work wait here; those of others come when they are asked for.
    """

    DEFAULT_CSS = queue_item.LOOK

    def __init__(
        self,
        study: Study,
        sitting: Sitting,
        colors: Mapping[str, str] | None = None,
        *,
        here: str = "",
        language: str | None = None,
    ) -> None:
        super().__init__()
        self.study, self.sitting, self.inks = study, sitting, colors or {}
        self.language = language
        self.waiting = Waiting(here=here)
        self.is_read = False
        self.done: list[str] = []
        self.reason = ""
        self.several: list[str] | None = None
        self.books: Mapping[str, CodebookVersion] = {}

    def body(self) -> ComposeResult:
        """Yield where the coding stands, why it waits, its passage and where it may go."""
        yield QueueView(self.study, self.inks, language=self.language)

    def on_mount(self) -> None:
        """Begin with the first coding that waits."""
        self.waiting.coder = self.sitting.coder
        self.read()

    def on_resize(self) -> None:
        """Set the lines anew."""
        self.call_after_refresh(self.show)

    def read(self, coding: str = "") -> None:
        """Read the queue anew and go to `coding`, if it waits."""
        try:
            self.waiting.take(self.study.queue.list(), coding)
            self.books = self.study.codebooks.newest()
            self.is_read = True
        except QcodeError as error:
            self.say(error.sentence)
        self.show()

    @property
    def items(self) -> list[QueueItem]:
        """Return the codings that may be decided on now."""
        return self.waiting.items

    @property
    def item(self) -> QueueItem | None:
        """Return the coding that is shown."""
        return self.waiting.item

    def show(self) -> None:
        """Show the coding, or that none waits."""
        item = self.item
        self.head(self.waiting.title)
        self.set_class(item is None, "-empty")
        if item is None:
            others = 0 if self.waiting.everyone else len(self.waiting.all)
            self.query_one(QueueView).show_none(queue_item.nothing_of(others, is_read=self.is_read))
        else:
            self._show_item(item)
        several = self.several is not None
        self.hint(*queue_item.hints_of(item, everyone=self.waiting.everyone, can_undo=bool(self.done), several=several))

    def _show_item(self, item: QueueItem) -> None:
        n, of, codes = self.waiting.at + 1, len(self.items), self._codes(item)
        view, height = self.query_one(QueueView), self.size.height
        refused = view.show_item(item, n, of, codes=codes, marks=self.several or (), height=height)
        if refused:
            self.say(refused)

    def _codes(self, item: QueueItem) -> Mapping[str, Code]:
        book = self.books.get(item.coding.codebook)
        return {} if book is None else {code.key: code for code in book.codes}

    def leave(self) -> None:
        """Stop choosing several, or go back with the number decided."""
        if self.several is not None:
            self._mark_several(None)
        else:
            self.dismiss(len(self.done))

    def act(self, key: str) -> bool:
        """Decide, take back, move, or ask."""
        item = self.item
        if key in ("z", "ctrl+z"):
            self.undo()
        elif key == "q":
            self.leave()
        elif key == "o":
            self.waiting.everyone = not self.waiting.everyone
            self.waiting.choose(item.coding.id if item else "")
            self.show()
        elif item is None:
            return False
        elif self.several is not None:
            return self._act_on_several(key, item)
        else:
            return self._act_on(key, item)
        return True

    def _act_on(self, key: str, item: QueueItem) -> bool:
        match key:
            case "up" | "down":
                self._go(-1 if key == "up" else 1)
            case "pageup" | "pagedown":
                self.query_one(QueueView).scroll_by_page(1 if key == "pagedown" else -1)
            case "k" | "a":
                self.decide(keep=True)
            case "x" | "delete":
                self.decide(withdraw=True)
            case "p" | "c" | "enter" if queue_item.is_lost(item):
                self.app.push_screen(AskLine("Its words in the corrected text, exactly"), self._placed)
            case "space" if queue_item.is_lost(item):
                self.say("its words are gone: p places it anew, x withdraws it")
            case "space":
                self._mark_several([])
            case "c" | "enter":
                self._pick(item)
            case "w":
                self.app.push_screen(AskLine("Reason for the next decision", self.reason), self._reasoned)
            case "i":
                self._define(item)
            case _:
                return self._by_number(key, item)
        return True

    def _act_on_several(self, key: str, item: QueueItem) -> bool:
        if key == "space":
            self._mark_several(None)
        elif key == "enter" and self.several:
            self.decide(to=self.several)
        elif key == "c":
            self._pick(item)
        elif key in ("pageup", "pagedown"):
            self.query_one(QueueView).scroll_by_page(1 if key == "pagedown" else -1)
        else:
            return self._by_number(key, item)
        return True

    def _by_number(self, key: str, item: QueueItem) -> bool:
        if len(key) != 1 or key not in "123456789":
            return False
        keys = queue_item.numbered(item)
        n = int(key) - 1
        if n >= len(keys):
            self.say(f"no code stands under {key} here; c shows all that this coding may go to")
        elif self.several is None:
            self.decide(to=[keys[n]])
        else:
            chosen = [one for one in self.several if one != keys[n]]
            self._mark_several(chosen if keys[n] in self.several else [*chosen, keys[n]])
        return True

    def _mark_several(self, keys: list[str] | None) -> None:
        self.several = keys
        self.say(f"marked: {', '.join(keys)}" if keys else "" if keys is None else "mark the codes by their numbers")
        self.show()

    def _go(self, step: int) -> None:
        if self.waiting.go(step):
            self.say(f"reason for the next decision: {self.reason}" if self.reason else "")
            self.show()
        else:
            self.say("this is the last one" if step > 0 else "this is the first one")

    def _pick(self, item: QueueItem) -> None:
        codes, book = self._codes(item), self.books.get(item.coding.codebook)
        offered = [codes[key] for key in item.candidates if key in codes]
        title = f"Where does “{one_line(item.coding.quote)[:40]}” go?"
        screen = CodePicker(offered, item.suggested, self.inks, language=self.language, version=book, title=title)
        self.app.push_screen(screen, self._picked)

    def _picked(self, keys: list[str] | None) -> None:
        if not keys:
            return
        if self.several is None:
            self.decide(to=keys)
        else:
            self._mark_several(list(dict.fromkeys([*self.several, *keys])))

    def _define(self, item: QueueItem) -> None:
        code = self._codes(item).get(item.coding.code)
        if code is None:
            self.say(f"{item.coding.code} is not in the newest version of the codebook; c shows the codes that are")
        else:
            self.app.push_screen(DefinitionScreen(code, self.books.get(item.coding.codebook), language=self.language))

    def _reasoned(self, reason: str | None) -> None:
        if reason is not None:
            self.reason = reason
            self.say(f"reason for the next decision: {reason}" if reason else "")

    def decide(self, *, to: list[str] | None = None, keep: bool = False, withdraw: bool = False) -> None:
        """Decide on the coding that is shown, and go on to the next."""
        item = self.item
        if item is None:
            return
        self._do(
            item,
            lambda: self.sitting.decide(item.coding.id, to=to or (), keep=keep, withdraw=withdraw, why=self.reason),
            queue_item.decided_of(item, self.waiting.coder, to=to or (), keep=keep, withdraw=withdraw),
        )

    def _placed(self, words: str | None) -> None:
        item = self.item
        if item is None or not words:
            return
        said = f"placed {item.coding.code} anew; z takes it back"
        self._do(item, lambda: self.sitting.place(item.coding.id, quote=words, why=self.reason), said)

    def _do(self, item: QueueItem, act: Callable[[], object], said: str) -> None:
        try:
            act()
        except QcodeError as error:
            self.say(error.sentence)
            if isinstance(error, Conflict):
                self.read(item.coding.id)
            return
        self.done.append(item.coding.id)
        self.reason, self.several = "", None
        self.waiting.drop(item.coding.id)
        self.say(said)
        self.show()

    def undo(self) -> None:
        """Let the coding wait again that was decided on last; what was done elsewhere is not touched from here."""
        if not self.done:
            self.say("nothing has been decided here yet")
            return
        self.several = None
        try:
            self.say(self.sitting.undo())
        except QcodeError as error:
            self.say(error.sentence)
            if not isinstance(error, Conflict):
                return
        self.read(self.done.pop())
