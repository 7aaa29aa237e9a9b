"""A coding whose words are gone is placed anew by selecting words in the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.study.correcting import correct
from tests.web.conftest import Enter, Serve
from tests.web.reading_room.hands import select_by_mouse
from tests.web.waiting import soon


@pytest.fixture
def path(study: Study) -> Path:
    """Give a study in which the words of ben's coding are gone from the corrected text, behind an emoji."""
    text = study.transcripts.show("P1").revision.text
    correct(study, text.replace("two hours", "a very long time"))
    return study.path


def stands(path: Path) -> list[tuple[str, str, str]]:
    with open_study(path) as study:
        assert study.check() == []
        return [(one.quote, one.coder, one.status) for one in study.codings.list()]


def test_a_coding_that_lost_its_words_is_placed_on_those_selected_and_taken_back(
    workbench: Serve, enter: Enter, path: Path
) -> None:
    served = workbench(path)
    page = enter(served)
    page.goto(f"{served.url}queue")
    page.locator("#of").select_option("everyone")
    page.get_by_role("link", name="Select them in the text").click()
    soon(page.locator("#anew q")).to_have_text("two hours")
    select_by_mouse(page, "very long time")
    page.get_by_role("button", name="Place it on the words selected").click()
    soon(page.locator("#said")).to_have_text("Placed wait anew.")
    soon(page.locator("#anew")).to_be_hidden()
    soon(page.get_by_role("link", name="Back to the queue")).to_be_visible()
    assert stands(path) == [("very long time", "ben", "settled")]
    page.keyboard.press("z")
    soon(page.locator("#said")).to_contain_text("Took back")
    assert [status for *_, status in stands(path)] == ["pending"]


def test_a_coding_that_has_its_place_offers_nothing_above_the_text(
    workbench: Serve, enter: Enter, study: Study
) -> None:
    served = workbench(study.path, coder="ben")
    page = enter(served)
    [coding] = study.codings.list()
    page.goto(f"{served.url}read/{study.transcripts.show('P1').id}?place={coding.id}")
    page.wait_for_selector("html[data-ready]")
    soon(page.locator(".toast")).to_contain_text("does not wait for a place")
    soon(page.locator("#anew")).to_be_hidden()
