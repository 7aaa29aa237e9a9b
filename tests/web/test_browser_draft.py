"""The draft of a codebook as a person writes it in a browser, alone and while somebody else does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qcode.study.study import Study
from qcode.study.study import open as open_study
from qcode.web.serving import Workbench
from tests.web.test_browser_home import expect
from tests.web.waiting import soon, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

Serve = Callable[..., Workbench]
Enter = Callable[..., "Page"]

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def page(workbench: Serve, enter: Enter, study_path: Path) -> Page:
    """Give a page at the draft of the tiny study."""
    served = workbench(study_path)
    opened = enter(served)
    opened.goto(served.url + "codebook/draft")
    expect(opened, "#tree", "trust")
    return opened


@pytest.fixture
def elsewhere(page: Page, study_path: Path) -> Iterator[Study]:
    """Give the study in the hands of ben, who works at the same time."""
    with open_study(study_path, coder="ben") as opened:
        yield opened


def choose(page: Page, key: str) -> None:
    page.locator(f'#tree [data-key="{key}"]').click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def draft(study_path: Path) -> dict[str, str]:
    """Return the names of the codes in the draft by key."""
    with open_study(study_path) as study:
        return {code.key: code.name for code in study.drafts.show().content.codes}


def test_a_code_is_added_another_split_and_the_draft_published_and_what_waits_stands_in_the_queue(
    page: Page, study_path: Path
) -> None:
    expect(page, "#sum", "changes nothing yet")
    press(page, "Add a code …")
    page.get_by_label("Key", exact=True).fill(HOSTILE)
    page.locator("#act").get_by_label("Name", exact=True).fill("Доверие 信任")
    press(page, "Add it")
    expect(page, "#entry h2", "Доверие 信任")
    expect(page, "#sum", "1 change; no coding would wait for a decision.")
    choose(page, "trust")
    press(page, "Split …")
    page.get_by_label("Key 1").fill("hope")
    press(page, "Split it")
    expect(page, "#act-wrong", "would be split into one")
    page.get_by_label("Key 2").fill("fear")
    press(page, "Split it")
    expect(page, "#sum", "2 codings would wait for a decision.")
    expect(page, "#planned", "trust → hope, fear")
    press(page, "Publish …")
    expect(page, "#act", "2 codings in 1 transcript wait: allocate to hope or fear or withdraw")
    page.get_by_label("Note").fill("two kinds")
    press(page, "Publish it")
    expect(page, "#done", "book@2 is the newest version now. 2 codings wait for a decision")
    expect(page, "#sum", "changes nothing yet")
    page.get_by_role("link", name="go to the queue").click()
    expect(page, "#state", "1 coding waits for a decision")
    with open_study(study_path) as study:
        assert study.check() == []
        assert len(study.queue.list()) == 2
        assert HOSTILE in study.codebooks.show().content.by_key


def test_the_codes_are_walked_with_the_arrow_keys_and_the_chosen_one_stands_in_the_form(page: Page) -> None:
    choose(page, "INFLUENCE")
    page.keyboard.press("ArrowDown")
    expect(page, "#entry h2", "Help")
    page.keyboard.press("End")
    last = page.locator("#tree [role=treeitem]").last.get_attribute("data-key")
    soon(page.get_by_label("Key", exact=True)).to_have_value(last)
    until(page, "document.activeElement.getAttribute('aria-selected')", "true")


def test_an_entry_is_saved_with_its_effect_and_one_undo_takes_it_back_and_brings_it_again(
    page: Page, study_path: Path
) -> None:
    choose(page, "trust")
    page.locator("#entry").get_by_label("Name", exact=True).fill("信任 и вера")
    page.get_by_label("Definition").fill("Only in staff.")
    press(page, "Save in the draft")
    expect(page, "#entry [role=alert]", "choose whether it is clearer, wider or narrower")
    expect(page, ".effects", "2 codings wait in the queue")
    page.get_by_label("Narrower").check()
    page.get_by_label("Why").fill("agreed")
    press(page, "Save in the draft")
    expect(page, "#sum", "2 changes; 2 codings would wait")
    press(page, "Undo the last change")
    expect(page, "#sum", "changes nothing yet")
    soon(page.get_by_label("Definition")).to_have_value("")
    press(page, "Bring it again")
    expect(page, "#sum", "2 changes")
    assert draft(study_path)["trust"] == "信任 и вера"


def test_examples_names_and_terms_in_many_languages_are_added_and_taken_out(page: Page, study_path: Path) -> None:
    choose(page, "trust")
    press(page, "Another example")
    page.get_by_label("Example").fill("Мы верим\nтолько своим.")
    page.locator("#entry summary").click()
    press(page, "Another language")
    page.get_by_label("Language").last.fill("zh")
    page.locator("#entry .row-of").get_by_label("Name").fill("信任")
    press(page, "Terms of another language")
    page.get_by_label("Language").last.fill("ru")
    page.get_by_label("Terms, one on a line").fill("верить\nвера")
    press(page, "Save in the draft")
    expect(page, "#sum", "1 change")
    with open_study(study_path) as study:
        code = study.drafts.show().content.by_key["trust"]
        assert (code.examples, code.names) == (("Мы верим\nтолько своим.",), (("zh", "信任"),))
        assert code.terms == (("ru", ("верить", "вера")),)
    page.get_by_role("button", name="Take this out").first.click()
    press(page, "Save in the draft")
    page.locator("#entry .row-of", has_text="Terms").wait_for()
    expect(page, "#toasts", "Saved")
    page.wait_for_function("document.querySelectorAll('#entry .row-of').length === 2")
    with open_study(study_path) as study:
        assert study.drafts.show().content.by_key["trust"].examples == ()


def test_what_was_typed_is_not_lost_when_another_code_is_chosen(page: Page, study_path: Path) -> None:
    choose(page, "trust")
    page.get_by_label("In brief").fill("half a thought")
    choose(page, "wait")
    expect(page, "#leaving", "You changed trust")
    press(page, "Go on typing")
    soon(page.get_by_label("In brief")).to_have_value("half a thought")
    choose(page, "wait")
    press(page, "Save it")
    expect(page, "#entry h2", "Wait")
    with open_study(study_path) as study:
        assert study.drafts.show().content.by_key["trust"].brief == "half a thought"
    page.get_by_label("In brief").fill("another")
    press(page, "Retire …")
    press(page, "Throw it away")
    expect(page, "#act", "Retire wait")


def test_the_page_is_not_left_with_something_typed_without_a_question(page: Page) -> None:
    choose(page, "trust")
    page.get_by_label("In brief").fill("half a thought")
    asked = list[str]()
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.evaluate("location.assign('/queue')")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert page.url.endswith("/codebook/draft")
    soon(page.get_by_label("In brief")).to_have_value("half a thought")


def test_escape_does_not_throw_a_form_away_in_which_something_was_typed(page: Page) -> None:
    press(page, "Add a code …")
    page.keyboard.press("Escape")
    page.locator("#act").wait_for(state="hidden")
    press(page, "Add a code …")
    page.locator("#act").get_by_label("Key", exact=True).fill("hope")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page, "#act-wrong", "close this with Cancel")
    soon(page.locator("#act").get_by_label("Key", exact=True)).to_have_value("hope")


def test_what_somebody_else_changes_appears_without_a_reload(page: Page, elsewhere: Study) -> None:
    elsewhere.drafts.rename("wait", name="Ждать")
    expect(page, '#tree [data-key="wait"]', "Ждать")
    expect(page, "#facts", "changed last by ben")


def test_what_somebody_else_changes_takes_nothing_from_who_types(page: Page, elsewhere: Study) -> None:
    choose(page, "trust")
    page.get_by_label("In brief").fill("by ana")
    elsewhere.drafts.redefine("trust", brief="by ben")
    expect(page, "#entry .notice", "This code was changed by ben while you typed")
    soon(page.get_by_label("In brief")).to_have_value("by ana")
    press(page, "Save in the draft")
    expect(page, "#entry [role=alert]", "brief of trust was changed in the meantime")
    soon(page.get_by_label("In brief")).to_have_value("by ana")
    assert elsewhere.drafts.show().content.by_key["trust"].brief == "by ben"


def test_a_code_is_moved_merged_retired_and_brought_back_by_buttons(page: Page, study_path: Path) -> None:
    choose(page, "wait")
    press(page, "Move …")
    page.get_by_label("Which code").select_option("INFLUENCE")
    press(page, "Move it")
    expect(page, '#tree [data-key="wait"] .state', "moved")
    press(page, "Retire …")
    expect(page, "#act", "1 coding is frozen")
    page.locator("#act").get_by_label("Why").fill("nobody")
    press(page, "Retire it")
    page.locator('#tree [data-key="wait"]').wait_for(state="detached")
    press(page, "Bring back …")
    expect(page, "#act select", "wait · Wait (retired in this draft)")
    press(page, "Bring it back")
    expect(page, "#entry h2", "Wait")
    press(page, "Merge several …")
    page.get_by_label("trust · Trust").check()
    press(page, "Merge them")
    page.locator('#tree [data-key="trust"]').wait_for(state="detached")
    assert {"wait", "trust"} & set(draft(study_path)) == {"wait"}


def test_yaml_that_is_refused_stays_in_the_box_with_the_problem(page: Page, study_path: Path) -> None:
    press(page, "Edit as YAML …")
    box = page.get_by_role("textbox", name="The draft as YAML")
    text = box.input_value()
    box.fill(text.replace("code: trust", "code: faith"))
    press(page, "Check and save")
    expect(page, "#act-wrong", "trust")
    assert "code: faith" in box.input_value()
    box.fill(text.replace("name: Trust", "name: Доверие"))
    press(page, "Check and save")
    expect(page, "#tree", "Доверие")
    assert draft(study_path)["trust"] == "Доверие"


def test_a_mark_in_vivo_leads_into_the_reading_room_and_can_be_removed(page: Page, elsewhere: Study) -> None:
    elsewhere.in_vivo.add("P1", quote="two hours", key=HOSTILE)
    expect(page, "#marks-more", "Show 1 mark of other coders, too")
    page.locator("#marks-more").click()
    page.get_by_role("link", name="two hours").click()
    expect(page, "#text", "two hours")
    page.go_back()
    page.locator("#marks-more").click()
    page.get_by_role("button", name=f"Remove the mark {HOSTILE}").click()
    page.locator("#marks").wait_for(state="hidden")
    assert elsewhere.in_vivo.list() == []


def test_a_draft_is_thrown_away_after_a_question(page: Page, elsewhere: Study, study_path: Path) -> None:
    elsewhere.drafts.add("hope")
    expect(page, "#tree", "hope")
    press(page, "Discard …")
    expect(page, "#act", "The 1 change of this draft is lost for good")
    press(page, "Throw it away")
    expect(page, "#done", "The draft is thrown away.")
    assert "hope" not in draft(study_path)


def test_a_draft_that_came_too_late_is_downloaded(page: Page, elsewhere: Study) -> None:
    from tests.study.next_version import follow

    elsewhere.drafts.add("hope")
    follow(elsewhere, "retire leave")
    expect(page, "#late", "the study is at 2 by now")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Download it as YAML").click()
    assert b"code: hope" in kept.value.path().read_bytes()
    soon(page.locator("#publish")).to_be_disabled()


def test_the_codebook_leads_to_the_draft_and_tells_that_one_is_open(page: Page, elsewhere: Study) -> None:
    elsewhere.drafts.add("hope")
    page.get_by_role("link", name="Codebook").last.click()
    expect(page, "#drafted", "The next version is being written: 1 change so far, the last by ben.")
    page.get_by_role("link", name="Change this codebook").click()
    expect(page, "#heading", "Draft of book@2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_draft_has_no_barrier_does_not_run_over_and_loads_nothing_from_elsewhere(
    workbench: Serve, enter: Enter, study: Study, scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    study.drafts.add(HOSTILE, name="<b>Очень длинное имя кода, которое не помещается</b>", terms=(("zh", ("信任",)),))
    study.drafts.split("trust", [("hope", "Надежда"), ("fear", "恐惧")])
    study.in_vivo.add("P1", quote="two hours")
    study.close()
    served = workbench(study.path)
    page = enter(served, viewport={"width": width, "height": 800}, color_scheme=scheme)
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served.url + "codebook/draft")
    expect(page, "#sum-bar" if width < 500 else "#sum", "2 codings would wait")
    seen = [_barriers(Axe(), page)]
    choose(page, HOSTILE)
    page.locator("#entry summary").click()
    page.get_by_label("In brief").fill("x")
    seen.append(_barriers(Axe(), page))
    for name in ("Split …", "Merge …", "Publish …", "Edit as YAML …"):
        page.get_by_role("button", name=name, exact=True).click()
        if page.locator("#leaving[open]").count():
            seen.append(_barriers(Axe(), page))
            press(page, "Throw it away")
        page.locator("#act[open]").wait_for()
        seen.append(_barriers(Axe(), page))
        press(page, "Cancel")
    assert [one for one in seen if one != ([], True)] == []
    assert all(re.match(r"(http://127\.0\.0\.1:\d+/|blob:|data:)", url) for url in asked)


def _barriers(axe: object, page: Page) -> tuple[list[tuple[str, str]], bool]:
    """Return what keeps somebody out, and whether the page is as wide as the window at most."""
    violations = axe.run(page).response["violations"]  # type: ignore[attr-defined]
    fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return [(one["id"], one["nodes"][0]["html"]) for one in violations], fits
