"""Memos and withdrawing in the reading room: on which coding, and no typed word is lost."""

from __future__ import annotations

from qcode.study.study import Study
from tests.web.reading_room.hands import Read, press, said, stripes
from tests.web.waiting import soon, until


def test_a_memo_dialog_asks_before_it_lets_typed_words_go(read: Read, study: Study) -> None:
    page = read()
    press(page, "1")
    said(page, "Coded")
    press(page, "m")
    page.get_by_label("Your note").fill("She laughs.")
    for close in (lambda: press(page, "Escape"), lambda: page.get_by_label("Close", exact=True).click()):
        close()
        page.get_by_text("This note is not saved. Throw it away?").wait_for()
        press(page, "Escape")
        soon(page.get_by_label("Your note")).to_have_value("She laughs.")
    press(page, "Escape")
    page.get_by_role("button", name="Throw away").click()
    page.get_by_role("dialog").wait_for(state="detached")
    press(page, "m")
    soon(page.get_by_label("Your note")).to_have_value("")
    press(page, "Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    assert study.memos.list() == []


def test_a_memo_goes_to_the_focused_bar_then_the_exact_passage_then_the_newest(read: Read, study: Study) -> None:
    page = read()
    press(page, "s", "1")
    stripes(page, 1)
    press(page, "Home", "2")
    stripes(page, 2)

    def memo_is_on(code: str) -> bool:
        press(page, "m")
        chosen = page.locator("dialog select").evaluate("one => one.selectedOptions[0].textContent")
        press(page, "Escape")
        page.get_by_role("dialog").wait_for(state="detached")
        return f"coding {code} " in chosen

    assert memo_is_on("money")
    press(page, "s")
    assert memo_is_on("help")
    press(page, "Shift+ArrowRight")
    assert memo_is_on("money")
    page.locator(".stripe", has_text="help").focus()
    assert memo_is_on("help")
    press(page, "x")
    said(page, "Withdrew help.")
    soon(page.locator(".stripe-key")).to_have_text(["money"])


def test_the_keyboard_is_on_the_transcript_after_opening_and_after_coding(read: Read) -> None:
    page = read()
    until(page, "document.activeElement.id", "text")
    page.locator(".quick-code").first.click()
    said(page, "Coded help.")
    page.wait_for_function("document.activeElement.id === 'text'")


def test_underlines_stay_below_the_letters_however_many_codes_overlap(read: Read) -> None:
    page = read()
    press(page, "s", "1", "2", "3", "4")
    stripes(page, 4)
    found = page.locator(".seg").first.evaluate(
        """one => {
          const range = document.createRange();
          range.selectNodeContents(one);
          const style = getComputedStyle(one);
          return {pad: parseFloat(style.paddingBottom), at: style.backgroundPositionY, size: style.backgroundSize,
                  lines: style.backgroundImage.split("gradient").length - 1, decoration: style.textDecorationLine};
        }"""
    )
    highest = max(float(one.partition("-")[2].strip(" px)") or 0) for one in found["at"].split(","))
    thick = float(found["size"].split(",")[0].split()[1].removesuffix("px"))
    assert highest + thick <= found["pad"]
    assert (found["lines"], found["decoration"]) == (3, "none")


def test_half_of_a_low_window_is_text(read: Read) -> None:
    page = read(viewport={"width": 640, "height": 400})
    press(page, "s", "1")
    said(page, "Coded")
    shown = page.evaluate(
        "document.getElementById('desk').getBoundingClientRect().top"
        " - Math.max(0, document.getElementById('text').getBoundingClientRect().top)"
    )
    assert shown >= 200
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_is_not_left_with_a_memo_half_written_without_a_question(read: Read) -> None:
    page = read()
    page.on("dialog", lambda dialog: dialog.dismiss())
    press(page, "m")
    page.get_by_label("Your note").fill("She laughs")
    with page.expect_event("dialog") as asked:
        page.evaluate("location.assign('/queue')")
    assert asked.value.type == "beforeunload"
    soon(page.get_by_label("Your note")).to_have_value("She laughs")


def test_the_page_is_left_without_a_question_once_the_memo_is_written(read: Read) -> None:
    page = read()
    asked = list[str]()
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    press(page, "m")
    page.get_by_label("Your note").fill("She laughs.")
    press(page, "Control+Enter")
    said(page, "Wrote a memo")
    page.evaluate("location.assign('/queue')")
    page.wait_for_url("**/queue")
    assert asked == []
