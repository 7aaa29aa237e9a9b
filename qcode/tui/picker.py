"""Choosing codes: by a few letters of key, name or alias, by number, or from the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from qcode.domain.code_finder import quick, rank
from qcode.domain.codebook import Code, CodebookVersion
from qcode.tui.choices import Choices
from qcode.tui.definition import DefinitionScreen
from qcode.tui.lettering import called, in_lines, plural, safe, styled
from qcode.tui.sheet import Line, Sheet

__all__ = ["CodePicker"]


class CodePicker(Sheet[list[str]]):
    """Answers with the keys of the codes that were chosen, one or several, in the order they were."""

    DEFAULT_CSS = """
    CodePicker #typing { height: 1; layout: horizontal; }
    CodePicker #typing > Static { width: auto; }
    CodePicker #typing > Line { width: 1fr; }
    CodePicker #both { height: 1fr; margin-top: 1; }
    CodePicker.-wide #both { layout: horizontal; }
    CodePicker.-wide Choices { width: 3fr; height: 100%; }
    CodePicker.-wide #about { width: 2fr; height: 100%; max-height: 100%; margin: 0 0 0 2; overflow-y: auto; }
    CodePicker #about { height: auto; max-height: 8; margin-top: 1; }
    """
    HINTS = (
        ("Enter", "take"),
        ("1…9", "take by number"),
        ("Tab", "mark several"),
        ("F2", "whole definition"),
        ("Esc", "back"),
    )

    def __init__(
        self,
        codes: Sequence[Code],
        recent: Sequence[str] = (),
        colors: Mapping[str, str] | None = None,
        *,
        quick: Sequence[Code] = (),
        language: str | None = None,
        version: CodebookVersion | None = None,
        title: str = "Code",
    ) -> None:
        super().__init__()
        self.codes, self.recent, self.inks = codes, recent, colors or {}
        self.quick = quick
        self.language, self.version, self.about_what = language, version, title
        self.found: list[Code] = []
        self.taken: list[str] = []
        self._found_for = ""

    def body(self) -> ComposeResult:
        """Yield the line to type in, the list, and what the code under the pointer stands for."""
        with Container(id="typing"):
            yield Static(styled("letters of key or name: ", "$text-muted"), markup=False)
            yield Line(select_on_focus=False)
        with Container(id="both"):
            choices = Choices(markup=False)
            choices.can_focus = False
            yield choices
            yield Static(id="about", markup=False)

    def on_mount(self) -> None:
        """Show the codes used last first."""
        self.head(self.about_what)
        self.query_one(Line).focus()
        self.find("")

    def on_input_changed(self) -> None:
        """Narrow the list to what was typed."""
        self.settle()

    def settle(self) -> None:
        """Narrow the list to what is typed now, unless it is already."""
        if self.query_one(Line).value != self._found_for:
            self.find(self.query_one(Line).value)

    def on_resize(self) -> None:
        """Cut what is said of a code anew."""
        self.call_after_refresh(self.tell)

    def find(self, typed: str) -> None:
        """Show the codes that fit the letters typed, best first."""
        self._found_for = typed
        typed = typed.strip()
        ranked = rank(self.codes, typed, recent=self.recent)
        self.found = ranked if typed else self._numbered_first(ranked)
        self.show(self.found.index(ranked[0]) if ranked else 0)

    def _numbered_first(self, ranked: Sequence[Code]) -> list[Code]:
        """Return the codes under the keys 1 to 9 of the reader first, so that a code has one number everywhere."""
        first = self.quick or quick(self.codes, self.recent)
        keys = {code.key for code in first}
        return [*first, *(code for code in ranked if code.key not in keys)]

    def show(self, at: int = 0) -> None:
        """Fill the list, with the code `at` under the pointer."""
        numbered = not self.query_one(Line).value
        width = max((len(code.key) for code in self.codes), default=0)
        lines = (partial(self._line, n, code, width, numbered) for n, code in enumerate(self.found))
        self.query_one(Choices).fill(lines, at)
        self.tell()
        self._say_where()

    def _say_where(self) -> None:
        typed = self.query_one(Line).value.strip()
        if self.taken:
            self.say(f"{plural(len(self.taken), 'code')} marked: {', '.join(self.taken)}")
        elif self.found:
            self.say()
        else:
            self.say(f"no key, name or alias of a code fits “{typed}”" if typed else "the codebook has no codes yet")

    def _line(self, n: int, code: Code, key_width: int, numbered: bool, _: int) -> Content:
        number = f"{n + 1} " if numbered and n < 9 else "  "
        mark = "✓ " if code.key in self.taken else "  "
        color = self.inks.get(code.key) or code.color
        return Content.assemble(
            styled(number, "bold" if numbered else ""),
            styled(mark, "bold"),
            styled("■ ", color),
            styled(code.key.ljust(min(key_width, 24)), "bold"),
            f"  {safe(called(code, self.language))}",
            styled(f"  {code.brief}" if code.brief else "", "dim"),
        )

    @property
    def pointed(self) -> Code | None:
        """Return the code under the pointer."""
        at = self.query_one(Choices).highlighted
        return self.found[at] if at is not None and at < len(self.found) else None

    def on_option_list_option_highlighted(self) -> None:
        """Say what the code under the pointer stands for."""
        self.tell()

    def on_option_list_option_selected(self, event: Choices.OptionSelected) -> None:
        """Take the code that was clicked."""
        if self.query_one(Choices).still_holds(event):
            self.take(self.found[event.option_index])

    def tell(self) -> None:
        """Say in short what the code under the pointer stands for, when it is used and when not."""
        about, code = self.query_one("#about", Static), self.pointed
        width = about.content_size.width or self.size.width - 6
        if code is None:
            about.update("")
            return
        wide = self.has_class("-wide")
        parts = [
            ("", code.brief),
            ("", code.definition if wide else ""),
            ("when: ", code.when),
            ("not: ", code.when_not),
        ]
        lines: list[Content] = [styled(called(code, self.language), "bold")] if wide else []
        for said, text in parts:
            if text.strip():
                content = Content.assemble(styled(said, "bold"), safe(" ".join(text.split())))
                lines += in_lines(content, width, 8 if wide else 2)
        about.update(Content("\n").join(lines or [styled("the codebook has no definition of this code")]))

    def act(self, key: str) -> bool:
        """Move the pointer, mark, take, or show the whole definition."""
        match key:
            case "tab":
                self.mark()
            case "enter":
                self.take()
            case "f2":
                if self.pointed:
                    self.app.push_screen(DefinitionScreen(self.pointed, self.version, language=self.language))
            case _:
                return self.query_one(Choices).move(key)
        return True

    def act_on_empty(self, character: str) -> bool:
        """Take the n-th code by its digit; mark by a blank."""
        if character == " ":
            self.mark()
        elif character in "123456789":
            self._take_by_number(int(character))
        else:
            return False
        return True

    def _take_by_number(self, n: int) -> None:
        if n <= len(self.found):
            self.take(self.found[n - 1])
        else:
            self.say(f"no code stands under {n}")

    def mark(self) -> None:
        """Mark the code under the pointer, or take its mark back, and go on to the next."""
        code = self.pointed
        if code is None:
            return
        if code.key in self.taken:
            self.taken.remove(code.key)
        else:
            self.taken.append(code.key)
        line = self.query_one(Line)
        if line.value:
            line.value = ""
        else:
            self.show(self.found.index(code) + 1)

    def take(self, code: Code | None = None) -> None:
        """Answer with the codes marked and `code`; where none is named or marked, with the one under the pointer."""
        keys = [*self.taken, *([code.key] if code and code.key not in self.taken else [])]
        if not keys and self.pointed:
            keys = [self.pointed.key]
        if keys:
            self.dismiss(keys)
