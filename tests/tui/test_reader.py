"""The widget with the text: keys by place, the view that follows the selection."""

from __future__ import annotations

import pytest

from qcode.study.study import Study
from qcode.tui.reader import act_of
from tests.notation import make_study
from tests.tui.desk import Desk, sit_down

LONG = "\n".join(f"ANA: Sentence number {n} is here." for n in range(1, 200))


@pytest.mark.parametrize(
    ("key", "character", "act"),
    [
        ("c", "c", "pick"),
        ("с", "с", "pick"),
        ("х", "х", "turn_previous"),
        ("У", "У", "shrink_word"),
        ("full_stop", ".", "repeat"),
        ("5", "5", "quick_5"),
        ("shift+right", None, "extend_word"),
        ("ү", "ү", None),
    ],
)
def test_a_key_acts_by_its_place(key: str, character: str | None, act: str | None) -> None:
    assert act_of(key, character) == act


@pytest.fixture
def long_study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return make_study(tmp_path_factory.mktemp("long"), codes=("a",), L=LONG)


def in_view(desk: Desk) -> bool:
    reader = desk.app.front.reader
    row = reader.laid_out.row_at(desk.session.selection.start)
    return 0 <= row - reader.scroll_offset.y < reader.size.height


def test_the_view_follows_the_selection(long_study: Study) -> None:
    async def do(desk: Desk) -> None:
        for key in (*["pagedown"] * 5, "up", "end", "home", *["down"] * 12):
            await desk.press(key)
            assert in_view(desk), key

    sit_down(long_study, do, transcript="L")


def test_the_wheel_moves_the_view_and_not_the_selection(long_study: Study) -> None:
    async def do(desk: Desk) -> None:
        before = desk.session.selection
        desk.app.front.reader.scroll_to(y=60, animate=False)
        await desk.pilot.pause()
        assert desk.session.selection == before and not in_view(desk)
        await desk.press("right")
        assert in_view(desk)

    sit_down(long_study, do, transcript="L")


def test_what_was_seen_counts_as_read_and_never_less(long_study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("pagedown", "pagedown", "pagedown", "home", "q")

    sit_down(long_study, do, transcript="L")
    assert long_study.reading.progress("ana")[0].read > 500
    assert long_study.reading.progress("ana")[0].at == 0 or long_study.reading.progress("ana")[0].at < 10


def test_another_width_keeps_the_place(long_study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press(*["pagedown"] * 4)
        for wide in (50, 200, 80):
            await desk.pilot.resize_terminal(wide, 24)
            await desk.pilot.pause()
            assert in_view(desk)
            assert desk.quote in desk.screen

    sit_down(long_study, do, transcript="L")


def test_a_drag_backwards_selects_the_same_as_one_forwards(study: Study) -> None:
    async def do(desk: Desk) -> None:
        quotes = []
        for begin, end in (((2, 4), (9, 4)), ((9, 4), (2, 4))):
            await desk.pilot.mouse_down("#reader", offset=begin)
            await desk.pilot.hover("#reader", offset=end)
            await desk.pilot.mouse_up("#reader", offset=end)
            await desk.pilot.pause()
            quotes.append(desk.quote)
        assert quotes == ["I waited", "I waited"]

    sit_down(study, do)


def test_a_click_selects_the_word_under_it(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.pilot.click("#reader", offset=(5, 4))
        await desk.pilot.pause()
        assert desk.quote == "waited"

    sit_down(study, do)
