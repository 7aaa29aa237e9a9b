"""The entry of a code: names, definition, when to use it and when not, examples."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qcode.domain.codebook import Code, CodebookVersion
from qcode.tui.lettering import called, plural, safe, styled
from qcode.tui.sheet import Sheet

__all__ = ["DefinitionScreen"]


class DefinitionScreen(Sheet[str]):
    """Shows what a code stands for; nothing can be changed here. Answers "memo" where one on the code is wanted."""

    DEFAULT_CSS = """
    DefinitionScreen VerticalScroll { height: 1fr; background: $surface; }
    DefinitionScreen VerticalScroll Static { height: auto; margin-bottom: 1; }
    """
    HINTS = (("↑ ↓", "scroll"), ("Esc", "back"))

    def __init__(
        self,
        code: Code,
        version: CodebookVersion | None = None,
        *,
        codings: int | None = None,
        language: str | None = None,
        memos: bool = False,
    ) -> None:
        super().__init__()
        self.language, self.memos = language, memos
        self.code, self.version, self.codings = code, version, codings

    def body(self) -> ComposeResult:
        """Yield the entry, which scrolls."""
        with VerticalScroll():
            for part in self.parts():
                yield Static(part, markup=False)

    def parts(self) -> Iterator[Content]:
        """Yield what is known of the code, part by part."""
        code = self.code
        yield self._names()
        for said, text in (
            ("In short", code.brief),
            ("Definition", code.definition),
            ("When to use it", code.when),
            ("When not", code.when_not),
        ):
            if text.strip():
                yield Content.assemble(styled(said, "bold $accent"), "\n", safe(text.strip()))
        if code.examples:
            examples = "\n".join(f"– {safe(one.strip())}" for one in code.examples)
            yield Content.assemble(styled("Examples", "bold $accent"), "\n", examples)
        if not (code.definition or code.brief or code.when or code.when_not):
            yield styled("The codebook has no definition of this code.")
        yield self._whence()

    def _names(self) -> Content:
        first = called(self.code, self.language)
        lines = [styled(first, "bold"), *([styled(self.code.name)] if first != self.code.name else [])]
        lines += [Content.assemble(styled(f"{language}  ", "$text-muted"), safe(n)) for language, n in self.code.names]
        if self.code.aliases:
            lines.append(Content.assemble(("also ", "$text-muted"), safe(", ".join(self.code.aliases))))
        return Content("\n").join(lines)

    def _whence(self) -> Content:
        known = []
        if not self.code.codable:
            known.append("only a heading: nothing is coded with it")
        if self.code.parent:
            known.append(f"under {self.code.parent}")
        if self.codings is not None:
            known.append(plural(self.codings, "coding"))
        if self.version is not None:
            known.append(f"{self.version.codebook}@{self.version.version}")
        return styled(" · ".join(known), "$text-muted")

    def on_mount(self) -> None:
        """Let the arrows scroll at once."""
        self.head(self.code.key)
        if self.memos:
            self.hint(self.HINTS[0], ("m", "memo on this code"), self.HINTS[1])
        self.query_one(VerticalScroll).focus()

    def act(self, key: str) -> bool:
        """Scroll by a page, or go back."""
        if key == "space":
            self.query_one(VerticalScroll).scroll_page_down(animate=False)
        elif key == "m" and self.memos:
            self.dismiss("memo")
        elif key in ("i", "q", "enter"):
            self.leave()
        else:
            return False
        return True
