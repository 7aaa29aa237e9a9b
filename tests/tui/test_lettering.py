"""Text as it is shown on a sheet."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from qcode.tui.cells import cells_of
from qcode.tui.lettering import FOUND, cut, fit, in_lines, marked, one_line, safe, set_off, styled, wrapped

LETTERS = st.text(alphabet="aж母亲，。́ \t\x1b[]\u202e", max_size=60)


def found_in(content: Content) -> list[str]:
    return [content.plain[span.start : span.end] for span in content.spans if span.style == FOUND]


@given(LETTERS, st.integers(2, 40))
def test_a_cut_line_is_never_wider_than_asked_and_a_fitted_one_exactly_so(text: str, width: int) -> None:
    assert cells_of(cut(text, width)) <= width
    assert cells_of(fit(text, width)) == width


@given(LETTERS, st.integers(4, 40), st.integers(1, 4))
def test_lines_are_no_wider_and_no_more_than_asked(text: str, width: int, limit: int) -> None:
    lines = in_lines(styled(text), width, limit)
    assert len(lines) <= limit and all(cells_of(line.plain) <= width for line in lines)


@given(LETTERS, st.integers(4, 40))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    content = styled(text)
    joined = "".join(line.plain for line in wrapped(content, width))
    assert joined.replace(" ", "") == content.plain.replace(" ", "")


def test_nothing_steers_the_terminal() -> None:
    assert "\x1b" not in safe("a\x1b[2Jb\x9b\u202e") and "\r" not in safe("a\rb")
    assert one_line("a\nb\t c") == "a b c"


def test_brackets_are_letters() -> None:
    assert styled("[red]x[/red]", "bold").plain == "[red]x[/red]"


def test_found_words_are_set_off_as_whole_words_and_anywhere_in_chinese() -> None:
    assert found_in(marked("суд и судья, суд", ["суд"])) == ["суд", "суд"]
    assert found_in(marked("去派出所一张", ["派出所"])) == ["派出所"]


def test_places_stay_right_beside_characters_that_are_not_painted() -> None:
    assert found_in(set_off("so\u00adft ждала\u200b тут", [(6, 11)])) == ["ждала"]


def test_overlapping_places_are_set_off_once() -> None:
    content = set_off("abcdef", [(0, 3), (2, 5)])
    assert content.plain == "abcdef" and "".join(found_in(content)) == "abcde"


def test_no_line_of_chinese_begins_with_a_full_stop() -> None:
    lines = wrapped(styled("我没有告诉家里我今天出来。我觉得"), 24)
    assert not any(line.plain.startswith("。") for line in lines)
