"""The transcripts of the study, with how far this coder has come in each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from qcode.tui.cells import cells_of
from qcode.tui.choices import Choices
from qcode.tui.lettering import fit, plural, styled
from qcode.tui.sheet import Line, Sheet

if TYPE_CHECKING:
    from qcode.study.reading import Progress

__all__ = ["TranscriptList"]

IMPORT = "qcode import interview.docx"
COLUMNS = (("language", 5, False), ("read", 5, True), ("codings", 7, True), ("waiting", 7, True), ("opened", 10, False))
"""Name, width and side of the columns after transcript and case."""


class TranscriptList(Sheet[str]):
    """Answers with the id of the transcript to open."""

    DEFAULT_CSS = """
    TranscriptList #typing { height: 1; layout: horizontal; }
    TranscriptList #typing > Static { width: auto; }
    TranscriptList #typing > Line { width: 1fr; }
    TranscriptList #columns { height: 1; margin-top: 1; padding-left: 2; color: $text-muted; }
    TranscriptList #about { height: auto; max-height: 3; margin-top: 1; }
    TranscriptList #none { display: none; height: 1fr; margin-top: 1; }
    TranscriptList.-empty #none { display: block; }
    TranscriptList.-empty #typing, TranscriptList.-empty #columns, TranscriptList.-empty Choices,
    TranscriptList.-empty #about { display: none; }
    """
    HINTS = (("↑ ↓", "choose"), ("Enter", "open"), ("Esc", "back"))

    def __init__(self, progress: Sequence[Progress], current: str | None = None) -> None:
        super().__init__()
        self.progress, self.current = progress, current
        self.found: list[Progress] = []
        self._found_for = ""

    def body(self) -> ComposeResult:
        """Yield the line to type in and the list, or what to do where there is none."""
        with Container(id="typing"):
            yield Static(styled("letters of name or case: ", "$text-muted"), markup=False)
            yield Line(select_on_focus=False)
        yield Static(id="columns", markup=False)
        choices = Choices(markup=False)
        choices.can_focus = False
        yield choices
        yield Static(id="about", markup=False)
        yield Static(
            Content.assemble(
                "There is no transcript in this study yet. To bring one in, leave and type:\n\n",
                (f"  {IMPORT}", "bold"),
            ),
            id="none",
            markup=False,
        )

    def on_mount(self) -> None:
        """Begin at the transcript that is open, else at the one read last."""
        self.head(f"Transcripts ({len(self.progress)})" if self.progress else "Transcripts")
        self.set_class(not self.progress, "-empty")
        if not self.progress:
            self.hint(("Esc", "back"))
        self.query_one(Line).focus()
        self.find()

    def on_resize(self) -> None:
        """Set the head of the columns anew."""
        self.call_after_refresh(self._set_columns)

    def on_input_changed(self) -> None:
        """Narrow the list to what was typed."""
        self.settle()

    def settle(self) -> None:
        """Narrow the list to what is typed now, unless it is already."""
        if self.query_one(Line).value != self._found_for:
            self.find()

    def find(self) -> None:
        """Show the transcripts whose name, case or language holds every word typed."""
        self._found_for = self.query_one(Line).value
        words = self._found_for.casefold().split()
        self.found = [one for one in self.progress if all(word in _searched(one) for word in words)]
        begin = next((n for n, one in enumerate(self.found) if self._is_current(one)), 0)
        self.query_one(Choices).fill((partial(self._row, one) for one in self.found), begin)
        self.say("" if self.found or not words else "no transcript fits these letters")
        self.tell()

    def _is_current(self, one: Progress) -> bool:
        if self.current:
            return one.id == self.current
        last = max(self.progress, key=lambda each: each.opened_at)
        return bool(last.opened_at) and one.id == last.id

    def _set_columns(self) -> None:
        head = self.query_one("#columns", Static)
        names = ("lang.", *(name for name, *_ in COLUMNS[1:]))
        width = self.query_one(Choices).scrollable_content_region.width - len(Choices.POINTER)
        head.update(styled(self._set("transcript", "case", names, width)))

    def _row(self, one: Progress, width: int) -> Content:
        waiting = f"{one.pending:,}" if one.pending else "–"
        cells = (one.language or "–", _read(one), f"{one.codings:,}", waiting, one.opened_at[:10] or "never")
        return styled(self._set(one.name, one.case or "–", cells, width))

    def _set(self, name: str, case: str, cells: Sequence[str], width: int) -> str:
        """Return one line of the table; transcript and case share what the other columns leave."""
        left = max(30, width) - sum(each + 2 for _, each, _ in COLUMNS) - 2
        needed = max((cells_of(one.name) for one in self.progress), default=0)
        first = min(max(10, needed), left * 2 // 3)
        rest = (fit(cell, each, right=right) for cell, (_, each, right) in zip(cells, COLUMNS, strict=True))
        return "  ".join((fit(name, first), fit(case, left - first), *rest))

    @property
    def pointed(self) -> Progress | None:
        """Return the transcript under the pointer."""
        at = self.query_one(Choices).highlighted
        return self.found[at] if at is not None and at < len(self.found) else None

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the transcript under the pointer."""
        self.tell()

    def on_option_list_option_selected(self, event: Choices.OptionSelected) -> None:
        """Open the transcript that was clicked."""
        if self.query_one(Choices).still_holds(event):
            self.dismiss(self.found[event.option_index].id)

    def tell(self) -> None:
        """Name the transcript under the pointer in full, with what the columns cut."""
        about, one = self.query_one("#about", Static), self.pointed
        if one is None:
            about.update("")
            return
        case = f", {one.case}" if one.case else ""
        waiting = f", {plural(one.pending, 'coding')} waiting for a decision" if one.pending else ""
        read = f"{_read(one)} of {plural(one.characters, 'character')} read"
        about.update(Content.assemble(styled(f"{one.name}{case}", "bold"), f": {read}{waiting}"))

    def act(self, key: str) -> bool:
        """Move the pointer, or open."""
        if self.query_one(Choices).move(key):
            return True
        if key == "enter" and self.pointed:
            self.dismiss(self.pointed.id)
        return key in ("enter", "tab")


def _searched(one: Progress) -> str:
    return f"{one.name} {one.case or ''} {one.language or ''}".casefold()


def _read(one: Progress) -> str:
    """Return how much is read; only what is read to its end is 100 %."""
    if not one.characters:
        return "–"
    return f"{one.read * 100 // one.characters}%"
