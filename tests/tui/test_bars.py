"""The lines around the text: what they leave out where there is little room."""

from __future__ import annotations

import pytest

from qcode.study.study import Study
from qcode.tui.bars import QuickBar
from tests.tui.desk import Desk, sit_down


@pytest.mark.parametrize("wide", [50, 80, 200])
def test_the_title_always_names_transcript_and_coder(study: Study, wide: int) -> None:
    async def do(desk: Desk) -> None:
        assert desk.lines[0].strip().startswith("P1") and "ana" in desk.lines[0]
        assert "% read" in desk.lines[0]

    sit_down(study, do, size=(wide, 24))


def test_a_long_name_is_cut_before_coder_and_version_go(study: Study) -> None:
    study.transcripts.rename("P1", "interview with a nurse at the district hospital, second part, corrected")

    async def do(desk: Desk) -> None:
        assert "…" in desk.lines[0] and "ana" in desk.lines[0] and "book@1" in desk.lines[0]

    sit_down(study, do, transcript="interview with a nurse at the district hospital, second part, corrected")


def test_a_case_that_has_the_name_of_the_transcript_is_not_named_twice(study: Study) -> None:
    study.cases.set("P2", {}, transcripts=("P2",))

    async def do(desk: Desk) -> None:
        assert desk.lines[0].count("P2") == 1

    sit_down(study, do, transcript="P2")


def test_the_quote_is_cut_in_the_middle_and_counted(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("right_square_bracket", "shift+down", "shift+down", "shift+down")
        line = next(line for line in desk.lines if line.lstrip().startswith("“"))
        assert "…" in line and line.endswith(str(len(desk.quote)))
        assert line.strip().startswith("“I waited")

    sit_down(study, do, size=(60, 24))


def test_quick_codes_take_a_second_line_where_one_is_too_short(study: Study) -> None:
    async def do(desk: Desk) -> None:
        bar = desk.app.front.main.query_one(QuickBar)
        codes = [code for code in desk.session.codes if code.codable]
        bar.tell([codes[0]] * 9, {})
        short = bar.size.height
        from dataclasses import replace

        bar.tell([replace(codes[0], key="COERCION-REGISTER")] * 9, {})
        await desk.pilot.pause()
        assert (short, bar.size.height) == (1, 2)
        assert sum(line.count("COERCION-R") for line in desk.lines) == 9

    sit_down(study, do)


def test_a_refusal_has_a_sign_before_it(study: Study) -> None:
    async def do(desk: Desk) -> None:
        desk.app.front.say("that cannot be", wrong=True)
        await desk.pilot.pause()
        assert " ! that cannot be" in desk.lines

    sit_down(study, do)


def test_a_sentence_with_brackets_is_only_text(study: Study) -> None:
    async def do(desk: Desk) -> None:
        desk.app.front.say("[red]no[/red] [/]")
        await desk.pilot.pause()
        assert "[red]no[/red] [/]" in desk.screen

    sit_down(study, do)


@pytest.mark.parametrize("size", [(50, 12), (50, 24), (80, 17), (80, 24), (200, 60)])
def test_all_nine_quick_codes_are_seen_however_long_one_of_them_is(study: Study, size: tuple[int, int]) -> None:
    from dataclasses import replace

    async def do(desk: Desk) -> None:
        bar = desk.app.front.main.query_one(QuickBar)
        code = next(code for code in desk.session.codes if code.codable)
        short = [replace(code, key=f"K{n}") for n in range(9)]
        bar.tell([short[0], replace(code, key="COERCION-OF-THE-REGISTER-OFFICE"), *short[2:]], {})
        await desk.pilot.pause()
        shown = bar.render().plain
        assert all(f"{n} " in shown for n in range(1, 10))
        assert max(map(len, (line.rstrip() for line in shown.split("\n")))) <= bar.room

    sit_down(study, do, size=size)
