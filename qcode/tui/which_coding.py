"""Choosing one of the codings at a place by its number, where letters may follow that belong to something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.content import Content

from qcode.domain.coding import Coding
from qcode.tui.choices import Choices
from qcode.tui.codings_here import line_of
from qcode.tui.lettering import styled
from qcode.tui.sheet import Sheet

__all__ = ["WhichCoding"]


class WhichCoding(Sheet[Coding]):
    """Answers with a coding; takes digits, arrows, Enter and Esc, and no letter, whatever the layout."""

    DEFAULT_CSS = """
    WhichCoding > #sheet { height: auto; }
    WhichCoding Choices { height: auto; max-height: 16; }
    """
    HINTS = (("1…9", "choose by number"), ("↑ ↓ Enter", "choose"), ("Esc", "back"))

    def __init__(self, title: str, codings: Sequence[Coding], colors: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.asked, self.codings, self.inks = title, codings, colors or {}

    def body(self) -> ComposeResult:
        """Yield the list."""
        yield Choices(markup=False)

    def on_mount(self) -> None:
        """Begin at the first coding."""
        self.head(self.asked)
        choices = self.query_one(Choices)
        choices.fill(partial(self._line, n, one) for n, one in enumerate(self.codings, 1))
        choices.focus()

    def _line(self, n: int, one: Coding, width: int) -> Content:
        return Content.assemble(styled(f"{n} " if n <= 9 else "  ", "bold"), line_of(one, self.inks))

    def on_option_list_option_selected(self, event: Choices.OptionSelected) -> None:
        """Answer with the coding that was clicked."""
        self.dismiss(self.codings[event.option_index])

    def act(self, key: str) -> bool:
        """Answer by a digit or by Enter."""
        at = self.query_one(Choices).highlighted
        if len(key) == 1 and key in "123456789":
            if int(key) <= len(self.codings):
                self.dismiss(self.codings[int(key) - 1])
            else:
                self.say(f"no coding stands under {key}")
        elif key == "enter" and at is not None:
            self.dismiss(self.codings[at])
        elif len(key) == 1:
            self.say("choose the coding first: a number, or Enter")
        else:
            return False
        return True
