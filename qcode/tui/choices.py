"""A list to choose from, with a pointer that is seen without colours."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.segment import Segment
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from qcode.tui.lettering import in_lines

__all__ = ["Choices", "Row"]


class Row(Visual):
    """One line of a list, set only when it is seen, and cut to the width that is there."""

    def __init__(self, line: Callable[[int], Content]) -> None:
        self.line = line

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Return the line as it is painted."""
        return in_lines(self.line(width), width, 1)[0].render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Return the width that is there."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return how many lines it takes."""
        return 1


class Choices(OptionList, can_focus=True):
    """A list to choose from; a pointer shows the choice, so that it is seen without colours."""

    DEFAULT_CSS = """
    Choices { height: 1fr; max-height: 100%; border: none; padding: 0; background: $surface; }
    Choices:focus { border: none; background-tint: $foreground 0%; }
    Choices > .option-list--option-highlighted, Choices:focus > .option-list--option-highlighted {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
    }
    """
    POINTER = "› "

    def _get_left_gutter_width(self) -> int:
        return len(self.POINTER)

    def render_line(self, y: int) -> Strip:
        """Return a line of the list, with the pointer before the first line of the choice."""
        line = super().render_line(y)
        row = self.scroll_offset.y + y
        if row >= len(self._lines):
            return line
        option, part = self._lines[row]
        style = next((segment.style for segment in line), None)
        front = self.POINTER if option == self.highlighted and not part else " " * len(self.POINTER)
        return Strip([Segment(front, style), *line])

    def move(self, key: str) -> bool:
        """Move the pointer by a key, and tell whether that key moves it."""
        acts = {"up": "cursor_up", "down": "cursor_down", "pageup": "page_up", "pagedown": "page_down"}
        if key in acts:
            getattr(self, f"action_{acts[key]}")()
        return key in acts

    def still_holds(self, event: OptionList.OptionSelected) -> bool:
        """Tell whether the line that was clicked is still there: the list may have changed since."""
        at = event.option_index
        return at < self.option_count and self.get_option_at_index(at) is event.option

    def fill(self, lines: Iterable[Callable[[int], Content]], at: int | None = 0) -> None:
        """Show other choices, the one `at` chosen; each is a function that sets its line for a width."""
        options = [Option(Row(line)) for line in lines]
        self.set_options(options)
        self.highlighted = None if at is None or not options else max(0, min(at, len(options) - 1))
