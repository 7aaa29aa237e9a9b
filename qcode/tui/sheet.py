"""A sheet: what every screen over the reader shares, its frame, its keys in any keyboard layout, and its messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from qcode.domain.keys import latin
from qcode.tui.lettering import one_line

if TYPE_CHECKING:
    from qcode.tui.session import Session

__all__ = ["Hints", "Line", "Sheet"]

Result = TypeVar("Result")

Hint = tuple[str, str]
"""A key as it is printed, and what it does."""


class Hints(Widget):
    """The keys of a sheet, on as many lines as they need."""

    DEFAULT_CSS = "Hints { height: auto; color: $text-muted; }"

    def __init__(self, hints: Sequence[Hint]) -> None:
        super().__init__(markup=False)
        self.hints = tuple(hints)

    def show(self, hints: Sequence[Hint]) -> None:
        """Show other keys."""
        if tuple(hints) != self.hints:
            self.hints = tuple(hints)
            self.refresh(layout=True)

    def lines(self, width: int) -> list[Content]:
        """Return the keys in lines of at most `width` cells, broken between them."""
        lines, used = [Content()], 0
        for key, what in self.hints:
            cells = cell_len(key) + 1 + cell_len(what)
            if used and used + 3 + cells > width:
                lines.append(Content())
                used = 0
            gap = "   " if used else ""
            lines[-1] = Content.assemble(lines[-1], gap, (key, "bold $foreground"), " ", what)
            used += len(gap) + cells
        return lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the keys need."""
        return len(self.lines(width))

    def render(self) -> Content:
        """Return the keys as they are shown."""
        return Content("\n").join(self.lines(self.content_size.width))


class Line(Input):
    """A line to type in, which leaves to its sheet the keys that act, and while it is empty digits and blanks.

    They act at once, on what is typed at that moment: a key that waits its turn would act on a list of a moment before.
    """

    DEFAULT_CSS = """
    Line, Line:focus { height: 1; border: none; padding: 0; background: $surface; }
    """

    def on_mount(self) -> None:
        """Let the cursor stand still: one that blinks writes to the terminal for ever."""
        self.cursor_blink = False

    async def on_key(self, event: events.Key) -> None:
        """Offer a key to the sheet before it is typed; keys that edit the line do so before the next key comes."""
        sheet = self.screen
        if isinstance(sheet, Sheet) and sheet.take_key(event, typed=self.value):
            event.stop()
            event.prevent_default()
        elif not event.is_printable and (edits := self._bindings.key_to_bindings.get(event.key)):
            event.stop()
            event.prevent_default()
            await self.run_action(edits[0].action)


class Sheet(ModalScreen[Result]):
    """A screen over the reader that answers with a result, or with None when it is left by Esc.

    A sheet says in `body` what it shows and in `act` what its keys do: letters reach it as the Latin key at their
    place of the keyboard, blanks as `space`, other keys in Textual's spelling.
    """

    DEFAULT_CSS = """
    Sheet { align: center middle; background: $background 70%; }
    Sheet > #sheet {
        width: 100%; max-width: 116; height: 100%; max-height: 44; padding: 0 1;
        background: $surface; border: round $primary; border-title-color: $foreground; border-title-style: bold;
    }
    Sheet #said { height: auto; max-height: 4; color: $foreground; text-style: bold; display: none; }
    Sheet #said.-some { display: block; }
    Sheet Hints { margin-top: 1; }
    Sheet Choices, Sheet VerticalScroll, Sheet TextArea { scrollbar-size-vertical: 1; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    HINTS: ClassVar[tuple[Hint, ...]] = (("Esc", "back"),)

    def __init__(self) -> None:
        super().__init__()
        self._left = False
        self._looked_at: events.Key | None = None

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Answer with a result, once: a second key that is under way already must not close what lies below."""
        if self._left:
            return AwaitComplete()
        self._left = True
        return super().dismiss(result)

    def compose(self) -> ComposeResult:
        """Set the frame around the body: message and keys below it."""
        with Vertical(id="sheet"):
            yield from self.body()
            yield Static(id="said", markup=False)
            yield Hints(self.HINTS)

    def body(self) -> ComposeResult:
        """Yield what this sheet shows."""
        yield from ()

    def head(self, title: str) -> None:
        """Set the title in the frame."""
        self.query_one("#sheet").border_title = Content(f" {one_line(title)} ")

    def say(self, sentence: str = "") -> None:
        """Show a sentence above the keys, or none."""
        said = self.query_one("#said", Static)
        said.update(Content(one_line(sentence)))
        said.set_class(bool(sentence), "-some")

    def hint(self, *hints: Hint) -> None:
        """Show these keys from now on."""
        self.query_one(Hints).show(hints)

    def leave(self) -> None:
        """Go back without a result."""
        self.dismiss(None)

    def keep_written(self, session: Session) -> None:
        """Keep what is half written here, where the terminal is gone and nobody can be asked."""

    def act(self, key: str) -> bool:
        """Do what a key stands for, and tell whether it stands for something here."""
        return False

    def settle(self) -> None:
        """Bring what is shown up to what is typed; a key acts on nothing older."""

    def take_key(self, event: events.Key, *, typed: str) -> bool:
        """Do what a key stands for in a line that holds `typed`, and tell whether it stands for something there."""
        if self._left:
            return True
        self.settle()
        if event.character and event.is_printable:
            return not typed and self.act_on_empty(event.character)
        return event.key != "escape" and self.act(event.key)

    def act_on_empty(self, character: str) -> bool:
        """Do what a character stands for that would be the first in an empty line, and tell whether it does."""
        return False

    def is_done_with(self, event: events.Key) -> bool:
        """Tell whether a key has been answered here, or found to stand for nothing."""
        return event._stop_propagation or self._looked_at is event

    def on_key(self, event: events.Key) -> None:
        """Send a key that no line took to what it stands for."""
        self._take(event)
        self._looked_at = event

    def _take(self, event: events.Key) -> None:
        key = latin(event.character) if event.character and event.is_printable else event.key
        key = "space" if key == " " else key
        if key == "escape":
            event.stop()
            self.leave()
        elif not self._left:
            self.settle()
            if self.act(key):
                event.stop()
