"""The codings at a place: who made them, on what words, with which memo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from qcode.domain.coding import Coding
from qcode.tui.choices import Choices
from qcode.tui.lettering import in_lines, plural, safe, styled
from qcode.tui.sheet import Sheet

__all__ = ["Act", "CodingsHere", "line_of"]

Act = Literal["withdraw", "memo", "definition"]

_STATUS = {"pending": "waits for a decision", "withdrawn": "withdrawn", "frozen": "frozen", "replaced": "replaced"}


class CodingsHere(Sheet[tuple[Act, Coding]]):
    """Answers with one of the codings and what is to be done with it."""

    DEFAULT_CSS = """
    CodingsHere #about { height: auto; max-height: 8; margin-top: 1; }
    CodingsHere.-empty #about { height: 1fr; }
    CodingsHere.-empty Choices { display: none; }
    """
    HINTS = (("x", "withdraw"), ("m", "memo"), ("i", "definition"), ("↑ ↓", "choose"), ("Esc", "back"))

    def __init__(self, codings: Sequence[Coding], colors: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.codings, self.inks = codings, colors or {}

    def body(self) -> ComposeResult:
        """Yield the list, and the coding under the pointer in full."""
        yield Choices(markup=False)
        yield Static(id="about", markup=False)

    def on_mount(self) -> None:
        """Begin at the first coding."""
        self.head(f"{plural(len(self.codings), 'coding')} here")
        choices = self.query_one(Choices)
        choices.fill(partial(self._line, one) for one in self.codings)
        choices.focus()
        if not self.codings:
            self.add_class("-empty")
            self.hint(("Esc", "back"))

    def on_resize(self) -> None:
        """Cut the lines anew."""
        self.call_after_refresh(self.tell)

    def _line(self, one: Coding, _: int) -> Content:
        return line_of(one, self.inks)

    @property
    def pointed(self) -> Coding | None:
        """Return the coding under the pointer."""
        at = self.query_one(Choices).highlighted
        return self.codings[at] if at is not None and at < len(self.codings) else None

    def on_option_list_option_highlighted(self) -> None:
        """Tell of the coding under the pointer."""
        self.tell()

    def tell(self) -> None:
        """Show the coding under the pointer: its id, version, words and memo."""
        about, one = self.query_one("#about", Static), self.pointed
        if one is None:
            about.update(styled("No coding touches what is selected."))
            return
        width = max(20, about.content_size.width or self.size.width - 6)
        known = f"{one.id[:8]} · {one.codebook}@{one.version} · {one.created_at[:16].replace('T', ' ')} UTC"
        lines = [styled(known, "$text-muted"), *in_lines(styled(f"“{' '.join(one.quote.split())}”"), width, 4)]
        if one.memo:
            memo = Content.assemble(("memo: ", "bold"), safe(" ".join(one.memo.split())))
            lines += in_lines(memo, width, 3)
        about.update(Content("\n").join(lines))

    def act(self, key: str) -> bool:
        """Answer with what is to be done with the coding under the pointer."""
        acts: dict[str, Act] = {"x": "withdraw", "delete": "withdraw", "m": "memo", "i": "definition"}
        if key in acts and self.pointed:
            self.dismiss((acts[key], self.pointed))
        elif key in ("k", "q"):
            self.leave()
        else:
            return False
        return True


def line_of(one: Coding, inks: Mapping[str, str]) -> Content:
    """Return a coding on one line: code, coder, status, words."""
    status = _STATUS.get(one.status, "")
    return Content.assemble(
        styled("■ ", inks.get(one.code, "")),
        styled(one.code, "bold"),
        f"  {safe(one.coder)}",
        styled(f"  ({status})" if status else "", "italic"),
        "  ✎ memo" if one.memo else "",
        f"  “{safe(' '.join(one.quote.split()))}”",
    )
