"""The entry of a code."""

from __future__ import annotations

from qcode.domain.codebook import Code, CodebookVersion
from qcode.tui.definition import DefinitionScreen
from tests.tui.sheets import WIDE, show

CODE = Code(
    "KIN",
    "Kin",
    parent="CTX",
    names=(("ru", "Родня"), ("kk", "Туыстар"), ("zh", "亲属")),
    brief="Relatives",
    definition="Family [red]does[/red] something.",
    when="A parent who brings a child.",
    when_not="Neighbours.",
    examples=("Мать ждёт на улице.", "母亲那一栏要写"),
    aliases=("family",),
)
VERSION = CodebookVersion("book", "2", (Code("CTX", "Context", codable=False), CODE))


def test_everything_known_of_a_code_is_shown() -> None:
    text = show(DefinitionScreen(CODE, VERSION, codings=3), size=WIDE).text
    for part in ("Родня", "Туыстар", "亲属", "family", "Relatives", "A parent who", "Neighbours.", "母亲那一栏要写"):
        assert part in text
    assert "under CTX · 3 codings · book@2" in text


def test_brackets_are_letters() -> None:
    assert "[red]does[/red]" in show(DefinitionScreen(CODE, VERSION), size=WIDE).text


def test_the_end_is_reached_by_scrolling_in_a_small_terminal() -> None:
    long = Code("LONG", "Long", definition="слово " * 400, when_not="последнее")
    assert "последнее" not in show(DefinitionScreen(long, VERSION)).text
    assert "последнее" in show(DefinitionScreen(long, VERSION), "end").text
    assert "последнее" in show(DefinitionScreen(long, VERSION), *["space"] * 4).text


def test_a_code_without_an_entry_says_so() -> None:
    assert "no definition of this code" in show(DefinitionScreen(Code("X", "X"), VERSION)).text


def test_a_heading_says_that_nothing_is_coded_with_it() -> None:
    assert "only a heading" in show(DefinitionScreen(VERSION.codes[0], VERSION)).text


def test_esc_and_the_key_that_opened_it_leave() -> None:
    assert show(DefinitionScreen(CODE, VERSION), "escape").answers == [None]
    assert show(DefinitionScreen(CODE, VERSION), "ш").answers == [None]
