"""A page of the reading room in a browser in which somebody else sits down, or that has to be entered again."""

from __future__ import annotations

from typing import Any

from qcode.study.study import Study
from tests.web.conftest import Enter, Serve
from tests.web.fetches import break_
from tests.web.reading_room.hands import Read, coded, press, said
from tests.web.waiting import soon


def sit_down(page: Any, name: str) -> None:
    """Let somebody else code, in another tab of the same browser."""
    tab = page.context.new_page()
    tab.goto(f"{page.url.partition('/read')[0]}/")
    tab.locator("#who").click()
    tab.locator("#coder-name").fill(name)
    with tab.expect_navigation():
        tab.locator("#coder-form button[type=submit]").click()
    tab.close()


def test_a_page_covers_its_text_when_somebody_else_codes_in_this_browser(read: Read, study: Study) -> None:
    page = read()
    press(page, "1")
    said(page, "Coded")
    sit_down(page, "ben")
    page.locator("#cover", has_text="ben codes in this browser now; reload the page.").wait_for()
    soon(page.locator("#text")).to_be_hidden()
    soon(page.locator("#desk")).to_be_hidden()
    press(page, "2", "z")
    page.wait_for_timeout(300)
    assert [code for _, code in coded(study)] == ["help"] and [code for _, code in coded(study, "ben")] == ["wait"]
    sit_down(page, "ana")
    page.locator("#text").wait_for()
    soon(page.locator(".stripe-key")).to_have_text(["help"])
    sit_down(page, "ben")
    page.get_by_role("button", name="Reload the page").click()
    page.wait_for_selector("html[data-ready]")
    soon(page.locator(".stripe-key")).to_have_text(["wait"])


def test_what_was_not_saved_is_saved_in_this_tab_after_entering_again(
    study: Study, workbench: Serve, enter: Enter
) -> None:
    served = workbench(study.path)
    page = enter(served)
    page.goto(f"{served.url}read/{study.transcripts.show('P1').id}")
    page.wait_for_selector("html[data-ready]")
    press(page, "1")
    said(page, "Coded")
    end_sessions(served)
    press(page, "ArrowRight", "2")
    banner = page.locator("#apart")
    banner.get_by_text("enter again with a new link (press Enter in the terminal where qcode serve runs)").wait_for()
    soon(page.locator("#take-back")).to_be_hidden()
    press(page, "m")
    page.get_by_label("Your note").fill("kept until it is sent")
    press(page, "Control+Enter")
    banner.get_by_text("2 steps were NOT saved").wait_for()
    banner.get_by_role("button", name="Try again").click()
    banner.get_by_text("2 steps were NOT saved").wait_for()
    tab = page.context.new_page()
    tab.goto(served.link())
    banner.get_by_role("button", name="Try again").click()
    banner.wait_for(state="hidden")
    said(page, "Wrote a memo")
    assert {code for _, code in coded(study)} == {"help", "money"}
    assert [one.text for one in study.memos.list()] == ["kept until it is sent"]


def test_nothing_is_sent_again_under_the_name_of_another_coder(study: Study, workbench: Serve, enter: Enter) -> None:
    served = workbench(study.path)
    page = enter(served)
    page.goto(f"{served.url}read/{study.transcripts.show('P1').id}")
    page.wait_for_selector("html[data-ready]")
    break_(page, "/api/stamp")
    end_sessions(served)
    press(page, "1")
    page.locator("#apart").get_by_text("NOT saved").wait_for()
    tab = page.context.new_page()
    tab.goto(served.link())
    sit_down(page, "ben")
    page.locator("#apart").get_by_role("button", name="Try again").click()
    page.locator("#apart", has_text="ben codes in this browser now").wait_for()
    assert coded(study) == []
    sit_down(page, "ana")
    page.locator("#apart").get_by_role("button", name="Try again").click()
    said(page, "Coded help.")
    assert [code for _, code in coded(study)] == ["help"]


def test_a_step_in_another_transcript_is_taken_back_with_its_name_and_a_link(
    read: Read, study: Study, tmp_path: Any
) -> None:
    file = tmp_path / "P2.txt"
    file.write_text("Quite another text.\n", encoding="utf-8")
    study.transcripts.add(file)
    page = read()
    press(page, "1")
    said(page, "Coded")
    page.goto(page.url.replace(study.transcripts.show("P1").id, study.transcripts.show("P2").id))
    page.wait_for_selector("html[data-ready]")
    press(page, "z")
    said(page, "in P1.")
    page.locator("#said-link").click()
    page.wait_for_selector("html[data-ready]")
    soon(page.locator("h1")).to_have_text("P1")


def test_a_link_selects_its_passage_and_says_whose_codings_are_hidden_there(read: Read, study: Study) -> None:
    at = study.transcripts.show("P1").revision.text.index("two hours")
    page = read(at=f"{at}&to={at + 9}")
    soon(page.locator("#quote")).to_have_text("two hours")
    said(page, "Codings of ben here are hidden; o shows them.")


def end_sessions(served: Any) -> None:
    """Forget who has entered, as a workbench does that is started again."""
    served._app.sessions.close()
