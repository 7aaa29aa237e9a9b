"""A list to choose from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.app import ComposeResult
from textual.content import Content

from qcode.tui.choices import Choices
from qcode.tui.lettering import styled
from qcode.tui.sheet import Sheet
from tests.tui.sheets import Seen, show


class _Listing(Sheet[int]):
    def __init__(self, lines: list[Callable[[int], Content]]) -> None:
        super().__init__()
        self.listed = lines

    def body(self) -> ComposeResult:
        yield Choices(markup=False)

    def on_mount(self) -> None:
        self.query_one(Choices).fill(self.listed, 1)
        self.query_one(Choices).focus()

    def act(self, key: str) -> bool:
        if key == "enter":
            self.dismiss(self.query_one(Choices).highlighted)
        return key == "enter"


def listing(*texts: str) -> _Listing:
    return _Listing([partial(lambda text, _: styled(text), text) for text in texts])


def pointed(seen: Seen) -> list[str]:
    return [line.split("›")[1].strip(" │") for line in seen.lines if "›" in line]


def test_a_pointer_stands_before_the_choice_and_moves_with_it() -> None:
    assert pointed(show(listing("ждать", "母亲", "[red]"))) == ["母亲"]
    assert pointed(show(listing("ждать", "母亲", "[red]"), "down")) == ["[red]"]


def test_a_choice_takes_one_line_and_is_cut_with_an_ellipsis() -> None:
    seen = show(listing("很长" * 100, "two\nlines", "three"))
    assert "…" in seen.lines[1] and "two" in seen.lines[2] and "three" in seen.lines[3]
    assert pointed(seen) == ["two lines"]


def test_lines_out_of_sight_are_not_set() -> None:
    asked: list[int] = []

    def line(n: int, _: int) -> Content:
        asked.append(n)
        return styled(f"line {n}")

    seen = show(_Listing([partial(line, n) for n in range(5000)]), "end", "enter")
    assert seen.answer == 4999 and len(set(asked)) < 200
