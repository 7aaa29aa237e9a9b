"""Choosing the other coders whose codings are shown; at first none are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from qcode.tui.choices import Choices, Row
from qcode.tui.lettering import safe, styled
from qcode.tui.sheet import Sheet

__all__ = ["CoderChooser"]


class CoderChooser(Sheet[list[str]]):
    """Answers with the names of the coders to show, in the order of the list."""

    DEFAULT_CSS = """
    CoderChooser > #sheet { height: auto; }
    CoderChooser Static { height: auto; }
    CoderChooser #why { margin-bottom: 1; }
    CoderChooser Choices { height: auto; max-height: 14; }
    """
    HINTS = (("Space", "show or hide"), ("1…9", "the same by number"), ("Enter", "go on"), ("Esc", "leave as it was"))

    def __init__(self, names: Sequence[str], shown: Sequence[str] = ()) -> None:
        super().__init__()
        self.names = names
        self.chosen = set(shown) & set(names)

    def body(self) -> ComposeResult:
        """Yield why one is asked, and the list."""
        why = "Codings of others can lead your own. They are hidden until you ask for them here."
        yield Static(styled(why if self.names else "Nobody else has coded here."), id="why", markup=False)
        yield Choices(markup=False)

    def on_mount(self) -> None:
        """Begin at the first coder."""
        self.head("Other coders")
        choices = self.query_one(Choices)
        choices.fill(partial(self._line, n) for n in range(len(self.names)))
        choices.focus()
        if not self.names:
            choices.display = False
            self.hint(("Esc", "back"))

    def _line(self, n: int, _: int) -> Content:
        number = f"{n + 1} " if n < 9 else "  "
        name = self.names[n]
        shown = name in self.chosen
        return Content.assemble((number, "bold"), "[x] " if shown else "[ ] ", safe(name), "  shown" if shown else "")

    def on_option_list_option_selected(self, event: Choices.OptionSelected) -> None:
        """Turn the coder that was clicked."""
        self.turn(event.option_index)

    def turn(self, n: int | None) -> None:
        """Show the n-th coder, or hide this one again."""
        if n is not None and n < len(self.names):
            self.chosen ^= {self.names[n]}
            choices = self.query_one(Choices)
            choices.replace_option_prompt_at_index(n, Row(partial(self._line, n)))
            choices.highlighted = n

    def act(self, key: str) -> bool:
        """Turn a coder, or answer."""
        if key == "space":
            self.turn(self.query_one(Choices).highlighted)
        elif key.isdecimal() and key != "0":
            self.turn(int(key) - 1)
        elif key == "enter":
            self.dismiss([name for name in self.names if name in self.chosen])
        elif key in ("o", "q"):
            self.leave()
        else:
            return False
        return True
