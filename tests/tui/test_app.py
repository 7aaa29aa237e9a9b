"""The terminal reader as a person meets it: keys, marks, messages, places."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.errors import StudyBusy
from qcode.study.study import Study
from qcode.study.study import open as open_study
from qcode.tui.sparing import Sparing
from tests.notation import make_study
from tests.study.next_version import follow
from tests.tui.desk import Desk, sit_down
from tests.tui.sheets import burst

NOBODY = "Nobody ever called me back"


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []


def test_the_screen_tells_transcript_coder_and_codebook(study: Study) -> None:
    async def do(desk: Desk) -> None:
        title = desk.lines[0]
        assert "P1" in title and "Ana A." in title and " en " in title and "ana" in title and "book@1" in title

    sit_down(study, do)


def test_turns_have_a_heading_with_their_speaker(study: Study) -> None:
    async def do(desk: Desk) -> None:
        assert [line.strip() for line in desk.lines[1:4]] == ["INT", "▌ How long did you wait?", ""]
        assert desk.lines[4].strip() == "ANA"

    sit_down(study, do)


def test_the_coder_sees_only_codings_of_their_own(study: Study) -> None:
    async def do(desk: Desk) -> None:
        assert "trust" in desk.screen and "@ben" not in desk.screen
        assert {one.coder for one in desk.session.page.codings} == {"ana"}

    sit_down(study, do)


def test_others_are_shown_with_their_name_when_asked_for(study: Study) -> None:
    async def do(desk: Desk) -> None:
        assert "wait@ben" in desk.screen and "leave@ben" in desk.screen

    sit_down(study, do, shown=["ben"], size=(120, 30))


def test_others_are_chosen_with_o(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("o", "space", "enter")
        assert "wait@ben" in desk.screen
        assert desk.message == "shown: ben"

    sit_down(study, do, size=(120, 30))


def test_a_sentence_is_coded_with_one_digit(study: Study) -> None:
    async def do(desk: Desk) -> None:
        number = [code.key for code in desk.session.quick].index("wait") + 1
        await desk.press("down", str(number))
        assert ("I waited two hours on the phone.", "wait", "ana") in desk.codings()
        assert desk.message == "wait on 32 characters; z takes it back"
        assert "wait" in desk.lines[5]

    sit_down(study, do)


def test_a_code_is_found_by_a_few_letters(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("down", "c", "l", "e", "a", "enter")
        assert ("I waited two hours on the phone.", "leave", "ana") in desk.codings()

    sit_down(study, do)


def test_letters_typed_at_once_after_c_never_move_the_selection(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("down")
        await desk.pilot.press("c", "t", "r", "u", "s", "t", "enter")
        await desk.pilot.pause(0.2)
        assert ("I waited two hours on the phone.", "trust", "ana") in desk.codings()

    sit_down(study, do)


def test_a_code_typed_faster_than_the_screen_follows_is_the_code_that_is_put(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("down")
        burst(desk.app, "c", *"leave", "enter", "z")
        await desk.pilot.pause(0.5)
        assert desk.message == "took back leave on “I waited two hours on the phone.”"

    sit_down(study, do)


def test_a_memo_typed_in_a_hurry_in_russian_withdraws_nothing(study: Study) -> None:
    async def do(desk: Desk) -> None:
        before = desk.codings()
        await desk.press("b", "s", "c", *"leave", "enter")
        burst(desk.app, "m", "ч", "2", *"чч", "ctrl+s")
        await desk.pilot.pause(0.5)
        assert len(desk.codings()) == len(before) + 1
        assert [memo.text for memo in study.memos.list()] == ["чч"]

    sit_down(study, do)


def test_a_memo_without_a_coding_says_that_it_is_on_the_whole_transcript(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("m")
        assert "Memo on the whole transcript P1 (no coding is selected)" in desk.screen

    sit_down(study, do)


def test_a_cyrillic_letter_is_the_key_at_its_place(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("ъ")
        assert desk.quote == "I waited two hours on the phone."
        await desk.press("с")
        assert len(desk.app.screen_stack) == 2

    sit_down(study, do)


def test_undo_and_redo_go_back_and_forth(study: Study) -> None:
    async def do(desk: Desk) -> None:
        before = desk.codings()
        await desk.press("down", "1")
        after = desk.codings()
        assert len(after) == len(before) + 1
        await desk.press("z")
        assert desk.codings() == before
        assert len(desk.session.page.codings) == 1
        await desk.press("y")
        assert desk.codings() == after
        assert len(desk.session.page.codings) == 2

    sit_down(study, do)


def test_nothing_to_take_back_is_a_sentence(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("z")
        assert "!" in desk.screen and "nothing" in desk.message

    sit_down(study, do)


def test_the_same_coding_twice_is_refused_with_a_sentence(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("down", "1", "1")
        assert "already" in desk.message
        assert len(desk.session.page.codings) == 2

    sit_down(study, do)


def test_a_full_stop_codes_again_with_the_last_code(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("down", "c", *"leave", "enter", "down", "full_stop")
        mine = [quote for quote, code, coder in desk.codings() if (code, coder) == ("leave", "ana")]
        assert mine == ["I waited two hours on the phone.", "And then?"]

    sit_down(study, do)


def test_x_withdraws_the_coding_at_the_selection(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("b", "x")
        assert (NOBODY, "trust", "ana") not in desk.codings()
        assert desk.message.startswith("withdrew trust")
        assert desk.session.page.codings == ()

    sit_down(study, do)


def test_x_never_withdraws_what_another_has_coded(study: Study) -> None:
    async def do(desk: Desk) -> None:
        desk.app.go(desk.session.page.text.index("two hours"), desk.session.page.text.index(" on the"))
        await desk.press("x")
        assert "no coding of yours here" in desk.message
        assert ("two hours", "wait", "ben") in desk.codings()

    sit_down(study, do, shown=["ben"])


def test_a_memo_is_written_on_a_code_from_its_definition(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("b", "i")
        assert "m memo on this code" in desk.screen
        await desk.press("m")
        assert "Memo on the code trust" in desk.screen
        await desk.type("narrow it")
        await desk.press("ctrl+s")
        (memo,) = study.memos.list(about="code", target="trust")
        assert memo.text == "narrow it"

    sit_down(study, do)


def test_a_memo_can_be_on_the_code_the_transcript_its_case_or_the_study_as_well(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("b", "m")
        await desk.type("a")
        found = []
        for _ in range(5):
            found.append(desk.lines[0].strip("╭╮─ "))
            await desk.press("ctrl+o")
        assert found[1:3] == ["Memo on the code trust", "Memo on the whole transcript P1"]
        assert found[3:] == ["Memo on the case Ana A.", "Memo on the whole study"]
        await desk.press(*["ctrl+o"] * 3, "ctrl+s")
        assert [(memo.about, memo.text) for memo in study.memos.list()] == [("case", "a")]

    sit_down(study, do)


@pytest.mark.parametrize("farewell", ["SIGHUP", "SIGTERM"])
def test_a_memo_that_is_half_written_is_kept_when_the_terminal_goes_away(study: Study, farewell: str) -> None:
    number = getattr(signal, farewell, None)
    if number is None:
        pytest.skip(f"there is no {farewell} here")

    async def do(desk: Desk) -> None:
        await desk.press("b", "m")
        await desk.type("half a th")
        os.kill(os.getpid(), number)
        for _ in range(500):
            if desk.app._exit:
                break
            await asyncio.sleep(0.02)

    sit_down(study, do)
    assert [(memo.about, memo.text) for memo in study.memos.list()] == [("coding", "half a th")]


def test_ctrl_l_paints_everything_anew_over_a_sheet_as_well(study: Study) -> None:
    async def do(desk: Desk) -> None:
        known = Sparing()
        desk.app._driver.sparing = known  # type: ignore[union-attr]
        for sheet in ("", "c"):
            known.spare("\x1b[1;1Hone")
            await desk.press(*sheet, "ctrl+l")
            assert known.spare("\x1b[1;1Hone"), "what is known of the screen was not forgotten"
        assert type(desk.app.screen).__name__ == "CodePicker"

    sit_down(study, do)


def test_words_become_a_code_of_the_draft(study: Study) -> None:
    async def do(desk: Desk) -> None:
        desk.app.go(desk.session.page.text.index("two hours"), desk.session.page.text.index(" on the"))
        await desk.press("v", "enter")
        assert "*two" in desk.screen
        assert [one.quote for one in study.in_vivo.list("P1")] == ["two hours"]

    sit_down(study, do)


def test_a_memo_is_written_on_the_coding_at_the_selection(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("b", "m")
        await desk.type("angry")
        await desk.press("ctrl+s")
        assert [memo.text for memo in study.memos.list()] == ["angry"]
        assert [one.memo for one in desk.session.page.codings] == ["angry"]

    sit_down(study, do)


def test_a_search_leads_from_place_to_place(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("slash", *"wait", "enter")
        first = desk.session.selection.start
        assert desk.quote.startswith("wait")
        await desk.press("n")
        assert desk.quote.startswith("wait") and desk.session.selection.start > first
        await desk.press("N")
        assert desk.session.selection.start == first

    sit_down(study, do)


def test_escape_ends_the_search(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("slash", *"wait", "enter", "escape", "n")
        assert desk.session.matches == []
        assert "no words are searched for" in desk.message

    sit_down(study, do)


def test_codings_that_wait_are_announced_and_found(study: Study) -> None:
    follow(study, "split trust+ into hope, fear")

    async def do(desk: Desk) -> None:
        assert desk.message == "1 coding of yours waits for a decision; r goes through them"
        assert "?trust" in desk.screen and "┄" in desk.screen
        await desk.press("p")
        assert desk.quote == NOBODY

    sit_down(study, do)


def test_a_decision_in_the_queue_changes_the_margin(study: Study) -> None:
    follow(study, "split trust+ into hope, fear")

    async def do(desk: Desk) -> None:
        await desk.press("r", "2", "escape")
        assert "fear" in desk.screen and "?trust" not in desk.screen
        assert "decided" in desk.message

    sit_down(study, do)


def test_without_a_place_to_go_on_the_list_of_transcripts_is_offered(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.pilot.pause()
        assert "P2" in desk.screen and len(desk.app.screen_stack) == 2
        await desk.press("down", "enter")
        assert desk.session.page.name == "P2"

    sit_down(study, do, choose=True)


def test_u_goes_to_the_next_sentence_without_a_coding(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("b", "u")
        assert NOBODY not in desk.quote
        assert not any(
            one.start < desk.session.selection.end and desk.session.selection.start < one.end
            for one in desk.session.page.codings
        )

    sit_down(study, do)


def test_the_definition_of_the_code_at_the_selection_is_one_key_away(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("b", "i")
        assert "Trust" in desk.screen and len(desk.app.screen_stack) == 2
        await desk.press("escape")
        assert len(desk.app.screen_stack) == 1

    sit_down(study, do)


@pytest.mark.parametrize("key", ["question_mark", "g", "r", "l", "i", "c", "slash", "v", "m"])
def test_every_screen_opens_and_goes_back_to_the_text(study: Study, key: str) -> None:
    async def do(desk: Desk) -> None:
        await desk.press(key)
        assert len(desk.app.screen_stack) == 2
        await desk.press("escape")
        assert len(desk.app.screen_stack) == 1

    sit_down(study, do)


def test_another_transcript_is_taken_up_from_the_list(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("down", "l", "down", "enter")
        assert desk.session.page.name == "P2"
        assert "BORIS" in desk.screen

    sit_down(study, do)
    assert study.reading.last("ana") is not None


def test_the_reader_opens_where_the_coder_left_off(study: Study) -> None:
    async def leave(desk: Desk) -> None:
        await desk.press("down", "down", "down", "q")

    async def come_back(desk: Desk) -> None:
        assert desk.session.page.text[desk.session.selection.start :].startswith("Nobody")

    sit_down(study, leave)
    sit_down(study, come_back)
    assert study.reading.progress("ana")[0].read > 0


def test_what_another_window_does_appears(study: Study) -> None:
    async def do(desk: Desk) -> None:
        with open_study(study.path, coder="ana") as other:
            other.codings.add("P1", "leave", quote="two hours")
        await desk.app.look_around()
        await desk.pilot.pause()
        assert "leave" in desk.lines[5]

    sit_down(study, do)


def test_a_mark_is_painted_without_reading_the_page_anew(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    async def do(desk: Desk) -> None:
        def reread() -> None:
            raise AssertionError("read anew")

        monkeypatch.setattr(desk.session, "reread", reread)
        await desk.press("down", "1")
        await desk.app.look_around()
        assert len(desk.session.page.codings) == 2

    sit_down(study, do)


def test_a_busy_study_is_a_sentence_and_nothing_is_lost(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    async def do(desk: Desk) -> None:
        def busy(*_: object, **__: object) -> None:
            raise StudyBusy("study.qcode is being written by another window or program", mend="try again in a moment")

        real = desk.session.sitting.code
        monkeypatch.setattr(desk.session.sitting, "code", busy)
        await desk.press("down", "1")
        assert desk.message.startswith("study.qcode is being written")
        assert len(desk.session.page.codings) == 1
        monkeypatch.setattr(desk.session.sitting, "code", real)
        await desk.press("1")
        assert len(desk.session.page.codings) == 2

    sit_down(study, do)


def test_an_act_waits_for_another_program_and_says_so(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    async def do(desk: Desk) -> None:
        said: list[str] = []
        say = desk.app.front.say

        def told(sentence: str = "", *, wrong: bool = False) -> None:
            said.append(sentence)
            say(sentence, wrong=wrong)

        monkeypatch.setattr(desk.app.front, "say", told)
        other = sqlite3.connect(study.path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(1.0, lambda: other.execute("ROLLBACK")).start()
        await desk.press("down", "1")
        assert said[-2:] == ["another program is writing in the study; waiting for it …", desk.message]
        assert desk.message.endswith("on 32 characters; z takes it back")

    sit_down(study, do)


def test_a_window_too_small_shows_a_sentence(study: Study) -> None:
    async def do(desk: Desk) -> None:
        assert "too small" in desk.screen and "INT" not in desk.screen
        await desk.press("1")
        assert len(desk.session.page.codings) == 1

    sit_down(study, do, size=(40, 10))


def test_nothing_is_painted_beyond_the_window(study: Study) -> None:
    for size in ((50, 12), (80, 24), (200, 60)):

        async def do(desk: Desk, wide: int = size[0]) -> None:
            assert all(len(line) <= wide for line in desk.lines)
            assert "How long did you wait?" in desk.screen and "trust" in desk.screen

        sit_down(study, do, size=size)


def test_the_mouse_selects_what_it_is_drawn_over(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.pilot.mouse_down("#reader", offset=(2, 4))
        await desk.pilot.hover("#reader", offset=(9, 4))
        await desk.pilot.mouse_up("#reader", offset=(9, 4))
        await desk.pilot.pause()
        assert desk.quote == "I waited"

    sit_down(study, do)


def test_a_click_on_a_bar_shows_its_coding(study: Study) -> None:
    async def do(desk: Desk) -> None:
        row = next(n for n, line in enumerate(desk.lines) if "trust" in line)
        await desk.pilot.click("#reader", offset=(desk.app.front.reader.painter.measures.margin_at, row - 1))
        await desk.pilot.pause()
        assert len(desk.app.screen_stack) == 2
        assert NOBODY in desk.screen

    sit_down(study, do)


def test_the_marks_are_seen_without_colours(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def do(desk: Desk) -> None:
        strips = desk.app.front.reader.render_line(
            desk.app.front.reader.laid_out.row_at(desk.session.page.codings[0].start)
        )
        assert any(segment.style and segment.style.underline for segment in strips)
        assert desk.app.native_ansi_color

    sit_down(study, do)


def test_a_failure_of_ours_prints_no_words_of_the_text(study: Study, capfd: pytest.CaptureFixture[str]) -> None:
    async def do(desk: Desk) -> None:
        def broken() -> str:
            raise RuntimeError("ours")

        desk.session.undo = broken  # type: ignore[method-assign]
        await desk.press("z")

    with pytest.raises(RuntimeError):
        sit_down(study, do)
    out, err = capfd.readouterr()
    assert "Nobody" not in out + err


def test_a_transcript_without_words_can_be_coded(tmp_path: Path) -> None:
    (tmp_path / "e").mkdir()
    with make_study(tmp_path / "e", codes=("a",), E="—") as one_sign:

        async def do(desk: Desk) -> None:
            await desk.press("down", "e", "u", "pagedown", "1")
            assert desk.codings() == [("—", "a", "ana")]

        sit_down(one_sign, do, transcript="E")


LONG = "\n".join(
    f"{'INT' if n % 2 == 0 else 'ANA'}: Sentence number {n} goes on and on for a while, as people do. And so on."
    for n in range(80)
)


@pytest.fixture
def long(tmp_path: Path) -> Study:
    (tmp_path / "long").mkdir()
    return make_study(tmp_path / "long", codes=("wait", "trust"), P1=LONG)


def percent(desk: Desk) -> int:
    return int(desk.lines[0].split(" % read")[0].split()[-1])


def test_a_transcript_just_opened_is_not_read_yet(long: Study) -> None:
    async def do(desk: Desk) -> None:
        assert percent(desk) == 0
        await desk.press("down")
        assert 0 < percent(desk) < 20

    sit_down(long, do)


def test_a_jump_to_the_end_is_not_reading(long: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("end")
        assert 0 < percent(desk) < 20
        await desk.press("home", "slash", *"number", "space", "7", "0", "enter")
        assert desk.quote == "number 70" and percent(desk) < 20

    sit_down(long, do)


def test_page_by_page_a_transcript_is_read_to_its_end(long: Study) -> None:
    async def do(desk: Desk) -> None:
        for _ in range(25):
            await desk.press("pagedown")
        assert percent(desk) == 100

    sit_down(long, do)


def test_a_page_that_is_looked_at_for_a_while_is_read(long: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    async def do(desk: Desk) -> None:
        desk.app.keep_place()
        assert percent(desk) == 0
        monkeypatch.setattr("qcode.tui.front.A_WHILE", 0.0)
        desk.app.keep_place()
        await desk.pilot.pause()
        assert percent(desk) > 0

    sit_down(long, do)


def test_u_passes_over_who_asks(long: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("u")
        assert desk.quote == "Sentence number 1 goes on and on for a while, as people do."
        await desk.press("u", "u")
        assert "number 3" in desk.quote

    sit_down(long, do)


def test_ctrl_c_says_how_to_leave(study: Study) -> None:
    async def do(desk: Desk) -> None:
        await desk.press("ctrl+c")
        assert desk.message == "q leaves; everything is kept"

    sit_down(study, do)


def test_a_key_that_is_taken_is_asked_for_again_with_what_was_typed(study: Study) -> None:
    async def do(desk: Desk) -> None:
        desk.app.go(desk.session.page.text.index("two hours"), desk.session.page.text.index(" on the"))
        await desk.press("v", "ctrl+u", *"wait", "enter")
        assert len(desk.app.screen_stack) == 2 and "wait" in desk.screen
        await desk.press(*"ing", "enter")
        assert [one.key for one in study.in_vivo.list("P1")] == ["waiting"]

    sit_down(study, do)


def test_the_words_of_a_code_in_vivo_are_those_of_the_speakers_only(study: Study) -> None:
    async def do(desk: Desk) -> None:
        text = desk.session.page.text
        desk.app.go(text.index("did you wait"), text.index(" on the phone"))
        assert desk.session.key_in_vivo() == "did you wait? I waited two hours"
        desk.app.go(text.index("Nobody"), text.index(" asking") + 7)
        key = desk.session.key_in_vivo()
        assert len(key) <= 40 and text[text.index("Nobody") :].startswith(f"{key} ")

    sit_down(study, do)
