"""The queue by its keys, under the layouts of those who code; and decisions of an earlier sitting taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qcode.study.study import open as open_study
from tests.notation import make_study
from tests.study.next_version import follow
from tests.web.conftest import Enter, Serve
from tests.web.waiting import soon

if TYPE_CHECKING:
    from playwright.sync_api import Page

PRESS = """
([key, code]) => document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true }))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a study in which two codings wait that may go to hope (1) or fear (2)."""
    with make_study(tmp_path, codes=("trust",), P1="ANA: I [waited|trust] and [left|trust].") as study:
        follow(study, "split trust into hope, fear")
        return study.path


def room(workbench: Serve, enter: Enter, path: Path) -> Page:
    page = enter(workbench(path))
    page.goto(f"{page.url}queue")
    page.locator("#passage mark", has_text="waited").wait_for()
    return page


def codes(path: Path) -> dict[str, str]:
    with open_study(path) as study:
        return {one.quote: one.code for one in study.codings.list()}


@pytest.mark.parametrize(
    ("key", "code", "found"),
    [
        ('"', "Digit1", "hope"),
        ("ә", "Digit2", "fear"),
        ("&", "Digit1", "hope"),
        ("é", "Digit2", "fear"),
        ("2", "Numpad2", "fear"),
    ],
)
def test_digits_decide_by_their_place_under_a_kazakh_or_french_layout(
    workbench: Serve, enter: Enter, path: Path, key: str, code: str, found: str
) -> None:
    page = room(workbench, enter, path)
    page.evaluate(PRESS, [key, code])
    soon(page.locator("#passage mark")).to_have_text("left")
    assert codes(path)["waited"] == found
    page.evaluate(PRESS, ["я", "KeyZ"])
    soon(page.locator("#state")).to_contain_text("2 codings wait")


def test_a_digit_without_a_code_decides_nothing(workbench: Serve, enter: Enter, path: Path) -> None:
    page = room(workbench, enter, path)
    page.evaluate(PRESS, [".", "Digit7"])
    page.evaluate(PRESS, ["ArrowDown", "ArrowDown"])
    soon(page.locator("#passage mark")).to_have_text("left")
    assert codes(path) == {"waited": "trust", "left": "trust"}


def test_a_decision_of_an_earlier_sitting_is_taken_back_after_a_question(
    workbench: Serve, enter: Enter, path: Path
) -> None:
    with open_study(path) as study:
        study.queue.resolve(study.queue.list()[1].coding.id, to="fear")
    page = room(workbench, enter, path)
    page.get_by_role("button", name="Take back an earlier decision …").click()
    page.locator("#sure-dialog").get_by_role("button", name="Cancel").click()
    soon(page.locator("#sure-dialog")).to_be_hidden()
    assert codes(path)["left"] == "fear"
    page.locator("#earlier").click()
    page.locator("#sure-do").click()
    soon(page.locator("#state")).to_contain_text("2 codings wait")
    assert codes(path)["left"] == "trust"
    page.evaluate(PRESS, ["1", "Digit1"])
    soon(page.locator("#earlier")).to_be_hidden()
