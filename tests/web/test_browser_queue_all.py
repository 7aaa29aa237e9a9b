"""One decision on all codings of the queue that are shown, in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qcode.study.study import open as open_study
from tests.notation import make_study
from tests.study.next_version import follow
from tests.web import fetches
from tests.web.conftest import Enter, Serve
from tests.web.waiting import soon

if TYPE_CHECKING:
    from playwright.sync_api import Page

P1 = "ANA: I [waited|trust] and [waited on|trust], then [left|trust @ben].\n"
P2 = "ANA: He [promised|trust] it. She [laughed|hurt] at me.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a study in which three codings of ana wait in P1 and P2, and one of ben in P1."""
    with make_study(tmp_path, codes=("trust", "hurt"), P1=P1, P2=P2) as study:
        follow(study, "split trust into hope, fear")
        return study.path


@pytest.fixture
def page(path: Path, workbench: Serve, enter: Enter) -> Page:
    entered = enter(workbench(path))
    entered.goto(f"{entered.url}queue")
    entered.locator("#passage mark").wait_for()
    return entered


def codes(path: Path) -> dict[str, str]:
    with open_study(path) as study:
        assert study.check() == []
        return {one.quote: one.code for one in study.codings.list()}


def narrow(page: Page, name: str, value: str) -> None:
    """Open the filters and tick a box of one of them."""
    if page.locator("#filters-in .choosers").count() == 0:
        page.locator("#filters > summary").click()
    page.locator("#filters-in summary", has_text=name).click()
    page.locator("#filters-in").get_by_label(value, exact=True).check()


def choose(page: Page, what: str, *keys: str) -> None:
    """Open the form and choose what happens to all."""
    page.locator("#all > summary").click()
    page.get_by_label(what).check()
    if keys:
        page.locator("#all-to summary").click()
    for key in keys:
        page.locator("#all-to").get_by_label(key).check()


def waiting(page: Page, n: int) -> None:
    soon(page.locator("#state")).to_contain_text(f"{n} coding")


def test_all_that_is_shown_goes_to_a_code_in_one_step_that_can_be_taken_back(page: Page, path: Path) -> None:
    waiting(page, 3)
    choose(page, "each goes to the same code", "fear")
    page.get_by_role("button", name="Decide on all …").click()
    soon(page.locator("#sure-words")).to_contain_text("3 codings of 2 transcripts: each goes to fear")
    page.locator("#sure-do").click()
    soon(page.locator("#nothing-said")).to_contain_text("Nothing of yours waits")
    assert codes(path) == {
        "waited": "fear",
        "waited on": "fear",
        "promised": "fear",
        "left": "trust",
        "laughed": "hurt",
    }
    page.keyboard.press("z")
    waiting(page, 3)
    assert set(codes(path).values()) == {"trust", "hurt"}


def test_only_what_the_filters_leave_is_decided_on(page: Page, path: Path) -> None:
    narrow(page, "Transcripts", "P1")
    waiting(page, 2)
    choose(page, "each is withdrawn")
    page.get_by_role("button", name="Decide on all …").click()
    page.locator("#sure-do").click()
    soon(page.locator("#nothing-said")).to_have_text("No coding that waits fits these filters.")
    assert codes(path) == {"promised": "trust", "left": "trust", "laughed": "hurt"}


def test_naming_a_coder_shows_what_waits_of_that_coder(page: Page) -> None:
    narrow(page, "Coders", "ben")
    soon(page.locator("#passage mark")).to_have_text("left")
    soon(page.locator("#all")).to_be_hidden()


def test_of_two_answers_on_their_way_the_last_one_asked_for_is_shown(page: Page) -> None:
    narrow(page, "Transcripts", "P1")
    waiting(page, 2)
    fetches.break_(page, "/api/queue?of=me", "late")
    with page.expect_response(lambda answer: answer.url.endswith("of=me")):
        page.locator("#filters-in").get_by_label("P1", exact=True).uncheck()
        page.locator("#filters-in").get_by_label("P2", exact=True).check()
        waiting(page, 1)
    page.evaluate("fetch('/api/stamp').then((answer) => answer.text())")
    waiting(page, 1)


def test_what_is_not_confirmed_is_not_done(page: Page, path: Path) -> None:
    choose(page, "each is withdrawn")
    page.get_by_role("button", name="Decide on all …").click()
    page.locator("#sure-dialog").get_by_role("button", name="Cancel").click()
    soon(page.locator("#sure-dialog")).to_be_hidden()
    assert "trust" in codes(path).values()


def test_letters_pressed_among_the_filters_decide_nothing(page: Page, path: Path) -> None:
    narrow(page, "Transcripts", "P1")
    waiting(page, 2)
    page.keyboard.press("x")
    page.keyboard.press("1")
    page.locator("#next").focus()
    page.keyboard.press("ArrowDown")
    soon(page.locator("#place")).to_have_text("2 of 2")
    assert set(codes(path).values()) == {"trust", "hurt"}
