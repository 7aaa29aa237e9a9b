"""The lines above and below the text: where one is, what is selected, the quick codes, what was done, the main keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from qcode.domain.code_colors import readable
from qcode.domain.codebook import Code
from qcode.tui.cells import cut, cut_in_the_middle

__all__ = ["HintBar", "MessageBar", "QuickBar", "QuoteBar", "TitleBar"]

HINTS = (
    *(("←→", "word"), ("↓↑", "sentence"), ("t", "turn"), ("e", "extend"), ("c", "code"), (".", "again")),
    *(("z", "undo"), ("u", "uncoded"), ("/", "search"), ("l", "transcripts"), ("q", "leave")),
)
"""The keys that are named below the text as far as they fit; before them stands the key to all others."""


class _Bar(Widget):
    """One line."""

    DEFAULT_CSS = "_Bar { height: 1; width: 1fr; }"
    can_focus = False
    ALLOW_SELECT = False

    @property
    def room(self) -> int:
        """Return how many cells the line has."""
        return max(0, self.content_size.width)


class TitleBar(_Bar):
    """Which transcript this is, how far it is read, who codes under which codebook version."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.parts: tuple[str, ...] = ("", "", "", "", "", "")

    def tell(
        self, *, name: str, case: str | None, language: str | None, percent: int, coder: str, version: str
    ) -> None:
        """Show these."""
        about = f"case {case}" if case and case.casefold() != name.casefold() else ""
        parts = (name, about, language or "", f"{percent} % read", coder, version)
        if parts != self.parts:
            self.parts = parts
            self.refresh()

    def render(self) -> Content:
        """Return the line; on a narrow screen the case goes first, then the version, then the language."""
        name, case, language, percent, coder, version = self.parts
        left, right = [case, language, percent], [coder, version]
        for dropped in (None, case, version, language, coder):
            left = [part for part in left if part and part != dropped]
            right = [part for part in right if part and part != dropped]
            around = cell_len(" · ".join(left)) + cell_len(" · ".join(right)) + 6
            if around + min(cell_len(name), 24) <= self.room:
                break
        title = cut(name, max(8, self.room - around))
        head = " · ".join(["", *left]) if left else ""
        tail = " · ".join(right)
        gap = " " * max(2, self.room - cell_len(title + head + tail))
        return Content.assemble((title, "bold"), head, gap, tail)


class QuoteBar(_Bar):
    """The words selected, cut in the middle, with their number of characters."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.quote = ""

    def tell(self, quote: str) -> None:
        """Show these words."""
        self.quote = quote
        self.refresh()

    def render(self) -> Content:
        """Return the line."""
        number = f" {len(self.quote):,}"
        quote = cut_in_the_middle(self.quote, max(0, self.room - cell_len(number) - 4))
        gap = " " * max(0, self.room - cell_len(quote) - cell_len(number) - 2)
        return Content.assemble(("“", "dim"), quote, ("”", "dim"), gap, (number, "dim"))


class QuickBar(_Bar):
    """The codes under the keys 1 to 9, each with its colour and its key; on two lines where one is too short."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.codes: Sequence[Code] = ()
        self.inks: Mapping[str, str] = {}

    def tell(self, codes: Sequence[Code], colors: Mapping[str, str]) -> None:
        """Show these codes."""
        if (list(codes), colors) != (list(self.codes), self.inks):
            self.codes, self.inks = codes, colors
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the keys need, two at most."""
        return 2 if self._length(self.codes, 99) > width and self.screen.size.height >= 18 else 1

    @staticmethod
    def _length(codes: Sequence[Code], longest: int) -> int:
        return sum(min(cell_len(code.key), longest) + 3 for code in codes)

    def render(self) -> Content:
        """Return the lines: keys are cut alike until all find room."""
        if not self.codes:
            return Content()
        half = (len(self.codes) + 1) // 2 if self.content_size.height == 2 else len(self.codes)
        in_columns = self.content_size.height == 2
        longest = max(cell_len(code.key) for code in self.codes)
        while longest > 1 and (half * (longest + 3) if in_columns else self._length(self.codes, longest)) > self.room:
            longest -= 1
        column = longest if in_columns else 0
        shown = [self._code(number, code, longest, column) for number, code in enumerate(self.codes, start=1)]
        return Content("\n").join(
            [Content.assemble(*shown[:half]), *([Content.assemble(*shown[half:])] * (half < len(shown)))]
        )

    def _code(self, number: int, code: Code, longest: int, column: int) -> Content:
        ink = readable(self.inks.get(code.key, "#888888"), self.background_colors[1].hex6, 4.5)
        key = cut(code.key, longest)
        blanks = " " * max(1, column - cell_len(key) + 1)
        return Content.assemble((str(number), "bold reverse"), (f" {key}", ink), blanks)


class MessageBar(_Bar):
    """What was done, or what kept it from being done (then with a sign before it)."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sentence, self.wrong = "", False

    def tell(self, sentence: str = "", *, wrong: bool = False) -> None:
        """Show a sentence."""
        self.sentence, self.wrong = sentence, wrong
        self.set_class(wrong, "-wrong")
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return two lines for a sentence that is longer than one."""
        return 2 if cell_len(self.sentence) + 2 > width > 0 else 1

    def render(self) -> Content:
        """Return the sentence."""
        sign = "! " if self.wrong else ""
        return Content(cut(sign + self.sentence, 2 * self.room - 8))


class HintBar(_Bar):
    """The key to all keys, and the main ones as far as they fit."""

    def render(self) -> Content:
        """Return the line."""
        parts = [Content.assemble(("?", "bold"), " all keys")]
        used = cell_len("? all keys")
        for key, what in HINTS:
            used += cell_len(key) + cell_len(what) + 3
            if used > self.room:
                break
            parts.append(Content.assemble((key, "bold"), " ", what))
        return Content("  ").join(parts)
