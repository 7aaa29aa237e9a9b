"""What every sheet shares."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from qcode.tui.cells import cells_of
from qcode.tui.sheet import Hints, Sheet
from tests.tui.sheets import show


class _Asked(Sheet[str]):
    HINTS = tuple((f"F{n}", "something to do") for n in range(1, 9))

    def body(self) -> ComposeResult:
        yield Static("body", markup=False)

    def act(self, key: str) -> bool:
        if len(key) == 1 or key == "space":
            self.dismiss(key)
            return True
        return False


def test_a_letter_reaches_a_sheet_as_the_key_at_its_place() -> None:
    for typed, key in (("c", "c"), ("с", "c"), ("С", "C"), ("?", "?"), ("space", "space"), ("7", "7")):
        assert show(_Asked(), typed).answer == key


def test_a_sheet_answers_once_however_many_keys_are_under_way() -> None:
    assert show(_Asked(), "type:abc").answers == ["a"]


def test_esc_always_leaves() -> None:
    assert show(_Asked(), "escape").answers == [None]


def test_keys_are_named_on_as_many_lines_as_they_need_and_none_is_broken() -> None:
    lines = Hints(_Asked.HINTS).lines(50)
    assert len(lines) > 1 and all(cells_of(line.plain) <= 50 for line in lines)
    assert " ".join(line.plain for line in lines).count("something to do") == 8
    assert show(_Asked(), size=(52, 24)).text.count("something to do") == 8
