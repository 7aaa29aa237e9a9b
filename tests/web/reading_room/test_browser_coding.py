"""Coding in the browser by keys and mouse."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.study.study import Study, create
from tests.notation import make_study
from tests.web.conftest import Enter, Serve
from tests.web.reading_room.hands import Read, bars, chosen, coded, press, said, select_by_mouse, stripes
from tests.web.waiting import soon


def test_a_sentence_is_selected_by_keys_and_coded_by_one(read: Read, study: Study) -> None:
    page = read()
    press(page, "ArrowDown", "ArrowDown")
    soon(page.locator("#quote")).to_have_text("Nobody called me back 👩🏽 that day.")
    press(page, "3")
    said(page, "Coded wait.")
    soon(page.locator(".stripe-key")).to_have_text(["wait"])
    assert coded(study) == [("Nobody called me back 👩🏽 that day.", "wait")]


def test_words_behind_emoji_are_coded_exactly_as_dragged_over(read: Read, study: Study) -> None:
    page = read()
    select_by_mouse(page, "called me back 👩🏽 that")
    page.get_by_role("button", name="help").first.click()
    said(page, "Coded help.")
    assert coded(study) == [("called me back 👩🏽 that", "help")]


def test_a_code_is_found_by_letters_typed_on_the_russian_layout(read: Read, study: Study) -> None:
    page = read()
    press(page, "w", "c")
    page.get_by_role("combobox").press_sequentially("екг")  # where `tru` stands on a Latin keyboard
    page.keyboard.press("Enter")
    said(page, "Coded trust.")
    assert coded(study) == [("How", "trust")]


def test_a_digit_on_an_empty_line_takes_the_quick_code_of_that_number(read: Read, study: Study) -> None:
    page = read()
    press(page, "s", "c")
    page.get_by_role("combobox").press_sequentially("3")
    said(page, "Coded wait.")
    assert [code for _, code in coded(study)] == ["wait"]


def test_several_codes_are_put_on_one_passage_at_once(read: Read, study: Study) -> None:
    page = read()
    press(page, "s", "Enter")
    box = page.get_by_role("combobox")
    box.press_sequentially("mon")
    press(page, "Tab")
    box.press_sequentially("tru")
    press(page, "Tab", "Enter")
    said(page, "Coded")
    assert {code for _, code in coded(study)} == {"money", "trust"}
    assert sorted(bars(page)) == ["money", "trust"]


def test_a_mark_is_taken_back_and_done_again(read: Read, study: Study) -> None:
    page = read()
    press(page, "1")
    said(page, "Coded")
    press(page, "z")
    said(page, "Took back help on")
    soon(page.locator(".stripe-key")).to_have_text([])
    assert coded(study) == []
    press(page, "y")
    said(page, "Did again")
    soon(page.locator(".stripe-key")).to_have_text(["help"])
    assert len(coded(study)) == 1


def test_the_last_code_is_repeated_on_another_passage(read: Read, study: Study) -> None:
    page = read()
    press(page, "4", "ArrowDown", ".")
    stripes(page, 2)
    assert [code for _, code in coded(study)] == ["trust", "trust"]


def test_overlapping_codings_have_underlines_and_bars_of_their_own(read: Read) -> None:
    page = read()
    press(page, "ArrowDown", "1", "ArrowDown", "2")
    stripes(page, 2)
    press(page, "ArrowUp", "Shift+ArrowDown", "3")
    stripes(page, 3)
    both = page.locator(".seg", has_text=re.compile("^Nobody")).first
    assert {"solid0", "solid1"} <= set((both.get_attribute("class") or "").split())
    lanes = page.eval_on_selector_all(".stripe-bar", "all => all.map(one => one.style.getPropertyValue('--lane'))")
    assert len(set(lanes)) > 1


def test_a_bar_shows_its_coding_and_withdraws_it(read: Read, study: Study) -> None:
    page = read()
    press(page, "s", "1")
    page.locator(".stripe").focus()
    press(page, "Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("heading", name="help", exact=True).wait_for()
    soon(dialog).to_contain_text("How long did you wait?")
    press(page, "x")
    said(page, "Withdrew help.")
    soon(page.locator(".stripe-key")).to_have_text([])
    assert coded(study) == []


def test_a_memo_is_written_on_the_coding_here(read: Read, study: Study) -> None:
    page = read()
    press(page, "1")
    said(page, "Coded")
    press(page, "m")
    page.get_by_label("Your note").fill("She laughs: <b>why</b>?")
    press(page, "Control+Enter")
    said(page, "Wrote a memo on help.")
    assert [one.memo for one in study.codings.list() if one.coder == "ana"] == ["She laughs: <b>why</b>?"]
    page.locator(".stripe").click()
    page.get_by_role("dialog").get_by_text("She laughs: <b>why</b>?").wait_for()


def test_a_code_in_vivo_is_marked_with_a_star(read: Read, study: Study) -> None:
    page = read()
    select_by_mouse(page, "stopped asking")
    press(page, "v")
    page.get_by_label("Its key").fill("STOPPED")
    press(page, "Enter")
    said(page, "STOPPED is in the draft of book; publish it under Codebook.")
    assert (page.locator("#said-link").get_attribute("href") or "").endswith("/codebook/draft")
    soon(page.locator(".stripe-key")).to_have_text(["STOPPED*"])
    assert [one.quote for one in study.in_vivo.list()] == ["stopped asking"]


def test_others_are_hidden_until_they_are_asked_for(read: Read) -> None:
    page = read()
    soon(page.locator(".stripe-key")).to_have_text([])
    press(page, "o")
    page.get_by_label("ben").check()
    press(page, "Enter")
    page.locator(".stripe").wait_for()
    soon(page.locator(".stripe-key")).to_have_text(["wait @ben"])


def test_a_suggestion_is_shown_with_its_reason_and_accepted_by_a_key(
    tmp_path: Path, workbench: Serve, enter: Enter
) -> None:
    with make_study(tmp_path, P1="ANA: 😀 We waited. They paid bribes.") as made:
        wait, money = (
            Code("wait", "Wait", terms=(("en", ("waited",)),)),
            Code("money", "M", terms=(("en", ("bribes",)),)),
        )
        made.codebooks.add_version(CodebookVersion("book", "1", (wait, money)))
        served = workbench(made.path)
        page = enter(served)
        page.goto(f"{served.url}read/{made.transcripts.show('P1').id}")
        page.wait_for_selector("html[data-ready]")
        press(page, "g")
        dialog = page.get_by_role("dialog")
        dialog.get_by_text("1 of 2").wait_for()
        soon(dialog.locator("mark")).to_have_text("waited")
        assert "`" not in dialog.inner_text()
        dialog.get_by_label("Code").select_option("money")
        dialog.get_by_text("1 of 1").wait_for()
        dialog.get_by_label("Code").select_option("")
        dialog.get_by_text("2 of 2").wait_for()
        press(page, "ArrowUp")
        dialog.get_by_text("1 of 2").wait_for()
        press(page, "a")
        dialog.get_by_text("1 of 1").wait_for()
        press(page, "d")
        dialog.get_by_text("Nothing more is suggested here.").wait_for()
        assert coded(made) == [("😀 We waited.", "wait")]
        assert len(made.suggestions.rejected()) == 1


def test_a_waiting_coding_is_dashed_and_found_by_its_key(study: Study, read: Read) -> None:
    study.code("P1", code="wait", quote="stopped asking")
    base = study.codebooks.show().content
    codes = tuple(replace(one, definition="Another meaning.") if one.key == "wait" else one for one in base.codes)
    change = (("effect", "narrow"), ("redefine", "wait"))
    study.codebooks.add_version(replace(base, version="2", codes=codes, changes=(change,)))
    assert [one.quote for one in study.codings.list(pending=True)] == ["two hours", "stopped asking"]
    page = read()
    press(page, "p")
    chosen(page, "stopped asking")
    soon(page.locator(".stripe-key")).to_have_text(["wait?"])
    soon(page.locator(".seg.dashed0")).to_have_count(1)


def test_the_room_can_be_used_on_a_telephone(read: Read, study: Study) -> None:
    page = read(viewport={"width": 390, "height": 800})
    page.get_by_role("button", name="help").first.click()
    said(page, "Coded help.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    soon(page.locator(".stripe-key").first).to_be_hidden()
    page.locator(".stripe").click()
    page.get_by_role("heading", name="help", exact=True).wait_for()


def test_speakers_and_words_with_markup_are_text(tmp_path: Path, workbench: Serve, enter: Enter) -> None:
    speaker, words = "<script>alert(1)</script>", "<img src=x onerror=alert(2)> &amp; 😀 ok"
    file = tmp_path / "<b>P1.vtt"
    cue = f"<v {escape(speaker)}>{escape(words)}"
    file.write_text(f"WEBVTT\n\n00:00.000 --> 00:02.000\n{cue}\n", encoding="utf-8")
    with create(tmp_path / "study.qcode", coder="ana") as made:
        name = "<i>Name</i>"
        made.codebooks.add_version(CodebookVersion("book", "1", (Code("<u>K", name, definition="<script>x</script>"),)))
        made.transcripts.add(file)
        transcript = made.transcripts.list()[0]
    served = workbench(tmp_path / "study.qcode")
    page = enter(served)
    page.on("dialog", lambda _: pytest.fail("a script ran"))
    page.goto(f"{served.url}read/{transcript.id}")
    page.wait_for_selector("html[data-ready]")
    press(page, "s", "1")
    page.locator(".stripe").click()
    page.get_by_text("What the code means").click()
    page.get_by_text("<script>x</script>").wait_for()
    soon(page.locator(".words").first).to_have_text(words)
    soon(page.locator(".speaker").first).to_have_text(speaker)
    soon(page.locator(".transcript script, .transcript img, dialog script, dialog i, .desk u")).to_have_count(0)
