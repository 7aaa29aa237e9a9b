"""Keys under other layouts, and letters that act only together with Alt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qcode.study.study import Study
from tests.web.reading_room.hands import Read, coded, press, said, stripes
from tests.web.waiting import soon, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

PRESS = """
([key, code, more]) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...more }))
"""


def hit(page: Page, key: str, code: str, **more: object) -> None:
    """Press the key at a place of the keyboard that gives this letter under the layout of the person."""
    page.evaluate(PRESS, [key, code, more])


@pytest.mark.parametrize(
    ("key", "code", "heading"),
    [
        ("с", "KeyC", "Code this passage"),
        ("ь", "KeyM", "Memo"),
        ("л", "KeyK", "Codings here"),
        ("C", "KeyC", "Code this passage"),
        ("ς", "KeyC", "Code this passage"),
    ],
)
def test_a_letter_acts_by_its_place_whatever_the_layout(read: Read, key: str, code: str, heading: str) -> None:
    page = read()
    press(page, "1")
    said(page, "Coded")
    hit(page, key, code, modifierCapsLock=key == "C")
    page.get_by_role("heading", name=heading).wait_for()


def test_digits_act_by_their_place_under_a_kazakh_layout(read: Read, study: Study) -> None:
    page = read()
    for n, (key, code) in enumerate([('"', "Digit1"), ("ә", "Digit2"), ("і", "Digit3")], start=1):
        hit(page, key, code)
        stripes(page, n)
    assert len({code for _, code in coded(study)}) == 3
    hit(page, ".", "Digit7")
    said(page, "There is no quick code 7.")


def test_withdrawing_and_taking_back_work_under_a_russian_layout(read: Read, study: Study) -> None:
    page = read()
    press(page, "1")
    stripes(page, 1)
    hit(page, "ч", "KeyX")
    stripes(page, 0)
    hit(page, "я", "KeyZ")
    stripes(page, 1)
    hit(page, "я", "KeyZ", ctrlKey=True)
    stripes(page, 0)


def test_letters_may_act_only_together_with_alt_which_the_browser_keeps_in_mind(read: Read, study: Study) -> None:
    page = read()
    press(page, "?")
    page.get_by_label("only together with Alt").check()
    press(page, "Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    press(page, "1", "c", "x", "ArrowRight")
    soon(page.locator("#quote")).to_have_text("long")
    assert page.get_by_role("dialog").count() == 0
    press(page, "Alt+1")
    said(page, "Coded")
    assert len(coded(study)) == 1
    press(page, "Control+z")
    stripes(page, 0)
    press(page, "Alt+c")
    page.get_by_role("heading", name="Code this passage").wait_for()
    press(page, "Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    press(page, "Alt+?")
    page.get_by_label("only together with Alt").uncheck()
    press(page, "Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    press(page, "1")
    stripes(page, 1)


def test_alt_with_a_letter_is_left_to_the_browser_where_letters_act_alone(read: Read, study: Study) -> None:
    page = read()
    press(page, "Alt+1", "2")
    stripes(page, 1)
    until(page, "localStorage.length", 0)
