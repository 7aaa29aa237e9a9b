"""A study that others change at the same time, and a workbench that does not answer."""

from __future__ import annotations

from qcode.study.study import Study
from tests.study.next_version import follow
from tests.web.fetches import answer, break_
from tests.web.reading_room.hands import Read, coded, press, quote, said, stripes
from tests.web.waiting import soon


def test_what_another_window_does_appears_and_keeps_the_selection(read: Read, study: Study) -> None:
    page = read()
    press(page, "ArrowDown")
    before = quote(page)
    study.code("P1", code="money", quote="I stopped asking")
    page.locator(".stripe-key", has_text="money").wait_for()
    soon(page.locator("#quote")).to_have_text(before)
    assert page.locator(".chosen").first.inner_text() in before


def test_a_refused_act_says_why_and_shows_the_truth(read: Read, study: Study) -> None:
    page = read()
    press(page, "1")
    said(page, "Coded")
    mine = next(one.id for one in study.codings.list() if one.coder == "ana")
    break_(page, "/api/stamp")
    study.codings.withdraw(mine)
    press(page, "x")
    page.locator(".toast.wrong", has_text="withdrawn already").wait_for()
    stripes(page, 0)


def test_a_mark_that_is_not_saved_says_so_and_is_saved_on_trying_again(read: Read, study: Study) -> None:
    page = read()
    break_(page, "/code")
    press(page, "1")
    banner = page.locator("#apart")
    banner.get_by_text("This mark was NOT saved").wait_for()
    soon(page.locator(".stripe-key")).to_have_text([])
    assert coded(study) == []
    answer(page, "/code")
    banner.get_by_role("button", name="Try again").click()
    said(page, "Coded help.")
    banner.wait_for(state="hidden")
    assert len(coded(study)) == 1


def test_a_mark_that_gets_no_answer_does_not_wait_in_silence(read: Read, study: Study) -> None:
    page = read()
    break_(page, "/code", "silent")
    press(page, "1")
    page.locator("#apart").get_by_text("This mark was NOT saved").wait_for(timeout=25_000)
    answer(page, "/code")
    page.locator("#apart").get_by_role("button", name="Try again").click()
    said(page, "Coded help.")
    assert len(coded(study)) == 1


def test_a_mark_whose_answer_was_lost_is_not_made_twice(read: Read, study: Study) -> None:
    page = read()
    break_(page, "/code", "lost")
    press(page, "1")
    page.locator("#apart").get_by_role("button", name="Try again").click()
    said(page, "The mark was saved after all.")
    soon(page.locator("#apart")).to_be_hidden()
    soon(page.locator(".stripe-key")).to_have_text(["help"])
    assert len(coded(study)) == 1


def test_several_marks_that_are_not_saved_are_all_tried_again(read: Read, study: Study) -> None:
    page = read()
    break_(page, "/code")
    press(page, "1", "ArrowRight", "2")
    page.locator("#apart").get_by_text("2 steps were NOT saved").wait_for()
    answer(page, "/code")
    page.locator("#apart").get_by_role("button", name="Try again").click()
    stripes(page, 2)
    assert coded(study) == [("How", "help"), ("long", "money")]


def test_marks_made_faster_than_they_are_answered_are_all_there(read: Read, study: Study) -> None:
    page = read()
    for _ in range(10):
        press(page, "1", "ArrowRight")
    stripes(page, 10)
    assert len(coded(study)) == 10


def test_the_place_is_kept_for_the_next_day(read: Read, study: Study) -> None:
    page = read()
    press(page, "End")
    left_off = quote(page)
    page.goto("about:blank")
    page.wait_for_timeout(300)
    at = study.reading.progress("ana")[0].at
    assert study.transcripts.show("P1").revision.text[at:].startswith(left_off)
    assert quote(read()) == left_off


def test_what_was_done_here_is_not_asked_for_again(read: Read) -> None:
    page, asked = read(), list[str]()
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    press(page, "1")
    said(page, "Coded")
    page.wait_for_timeout(3500)
    assert "stamp" in asked
    assert "codings" not in asked


def test_a_page_that_was_opened_before_a_new_version_looks_at_the_codes_again_first(read: Read, study: Study) -> None:
    page = read()
    break_(page, "/api/stamp")
    follow(study, "name help")
    press(page, "1")
    page.locator(".toast.wrong", has_text="has a new version 2 since this was opened").wait_for()
    page.locator(".toast", has_text="book@2 is new").wait_for()
    assert coded(study) == []
    press(page, "1")
    said(page, "Coded help.")
    assert len(coded(study)) == 1


def test_a_new_version_is_told_when_it_comes(read: Read, study: Study) -> None:
    page = read()
    follow(study, "name help")
    page.locator(".toast", has_text="The codebook has changed: book@2 is new.").wait_for()
    press(page, "1")
    said(page, "Coded help.")


def test_a_list_of_codes_that_was_opened_before_a_new_version_codes_nothing(read: Read, study: Study) -> None:
    page = read()
    press(page, "c")
    page.locator("dialog[open] input").wait_for()
    follow(study, "name help")
    page.locator(".toast", has_text="book@2 is new").wait_for()
    page.keyboard.type("help")
    page.keyboard.press("Enter")
    page.locator(".toast.wrong", has_text="has a new version 2").wait_for()
    assert coded(study) == []


def test_a_transcript_that_left_the_study_is_told_of(read: Read, study: Study) -> None:
    page = read()
    study.transcripts.remove("P1", with_codings=True)
    page.locator(".toast.wrong", has_text="not in the study any more").wait_for()
