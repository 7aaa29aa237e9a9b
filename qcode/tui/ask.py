"""One question with one line to answer it: words to search for, a key, a reason."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Input, Static

from qcode.tui.lettering import styled
from qcode.tui.sheet import Line, Sheet

__all__ = ["AskLine"]


class AskLine(Sheet[str]):
    """Answers with what was typed, without blanks around it; an empty line is an answer too."""

    DEFAULT_CSS = """
    AskLine > #sheet { height: auto; }
    AskLine #asked { height: auto; layout: horizontal; }
    AskLine #why { height: auto; color: $text-muted; margin-bottom: 1; }
    AskLine Line, AskLine Line:focus { border: round $primary; height: 3; padding: 0 1; }
    """
    HINTS = (("Enter", "go on"), ("Esc", "back"))

    def __init__(self, title: str, value: str = "", hint: str = "", *, selected: bool = True) -> None:
        super().__init__()
        self.selected = selected
        self.asked, self.value, self.why = title, value, hint

    def body(self) -> ComposeResult:
        """Yield the hint and the line."""
        if self.why:
            yield Static(styled(self.why), id="why", markup=False)
        yield Line(self.value, select_on_focus=bool(self.value) and self.selected)

    def on_mount(self) -> None:
        """Let the line be typed in at once."""
        self.head(self.asked)
        self.query_one(Line).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer."""
        event.stop()
        self.dismiss(event.value.strip())
