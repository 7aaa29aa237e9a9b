"""The rooms of a study as a whole, as a person uses them in a browser: removal, reports, cases, memos, history."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest

from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import Run
from tests.web.conftest import Enter, Serve
from tests.web.waiting import soon

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVIL = "<img src=x onerror=document.title='broken'>"
ROOMS = ("transcript", "cases", "memos", "coders", "reports", "history")


@pytest.fixture
def path(study: Study) -> Path:
    study.cases.set("Ana A.", {"real_name": "Ainura", "note": EVIL})
    study.memos.add(EVIL)
    study.memos.add("ask about the bus", about="transcript", target="P2")
    study.codings.add("P1", ["wait"], quote="on the phone", coder="ben", memo="a thought of ben")
    study.close()
    return study.path


def room(serve: Serve, enter: Enter, path: Path, name: str, **options: Any) -> Page:
    served = serve(path, coder="ana")
    page = enter(served, **options)
    with open_study(path) as study:
        one = study.transcripts.show("P1").id
    page.goto(urljoin(served.url, f"/transcripts/{one}" if name == "transcript" else f"/{name}"))
    page.wait_for_selector(f"html[data-ready={name}]")
    return page


def test_a_transcript_is_removed_only_when_its_name_was_typed(workbench: Serve, enter: Enter, path: Path) -> None:
    page = room(workbench, enter, path, "transcript")
    page.get_by_role("button", name="Remove this transcript").click()
    page.wait_for_selector("#remove-dialog[open]")
    assert "5 codings" in page.inner_text("#remove-said")
    assert page.is_disabled("#remove-do")
    page.fill("#typed", "P2")
    assert page.is_disabled("#remove-do")
    page.keyboard.press("Enter")
    page.fill("#typed", "P1")
    page.click("#remove-do")
    page.wait_for_selector("#removed:not([hidden])")
    assert "P1 is removed" in page.inner_text("#removed-said")
    with open_study(path) as study:
        assert ([one.name for one in study.transcripts.list()], study.check()) == (["P2"], [])


def test_the_removal_is_left_with_cancel(workbench: Serve, enter: Enter, path: Path) -> None:
    page = room(workbench, enter, path, "transcript")
    page.get_by_role("button", name="Remove this transcript").click()
    page.fill("#typed", "P1")
    page.click("#remove-cancel")
    page.wait_for_selector("#remove-dialog", state="hidden")
    with open_study(path) as study:
        assert len(study.transcripts.list()) == 2


def test_a_report_comes_as_a_file_with_the_bytes_of_the_command_line(
    workbench: Serve, enter: Enter, path: Path, run: Run, tmp_path: Path
) -> None:
    page = room(workbench, enter, path, "reports")
    page.select_option("#what", "matrix")
    page.select_option("#kind", "docx")
    page.select_option("#unit", "turn")
    page.locator("#report .chooser", has_text="Coders").click()
    page.locator("#report").get_by_label("ben", exact=True).check()
    with page.expect_download() as told:
        page.click("#make")
    told.value.save_as(tmp_path / "got.docx")
    words = ("report", "matrix", "--study", path, "--coder", "ben", "--unit", "turn", "-o", tmp_path / "x.docx")
    assert run(*words).exit == 0
    assert told.value.suggested_filename == "matrix.docx"
    assert (tmp_path / "got.docx").read_bytes() == (tmp_path / "x.docx").read_bytes()


def test_a_transcript_is_written_as_a_report_from_its_own_page(
    workbench: Serve, enter: Enter, path: Path, run: Run, tmp_path: Path
) -> None:
    page = room(workbench, enter, path, "transcript")
    page.get_by_role("link", name="Write it as a report").click()
    page.wait_for_selector("html[data-ready=reports]")
    soon(page.locator("#transcript")).to_have_value("P1")
    soon(page.locator("#kind option")).to_have_text(["docx", "html", "md"])
    soon(page.locator("#report .chooser:visible")).to_have_count(2)
    page.locator("#report .chooser", has_text="Coders").click()
    page.locator("#report").get_by_label("ben", exact=True).check()
    with page.expect_download() as told:
        page.click("#make")
    told.value.save_as(tmp_path / "got.docx")
    assert run("report", "transcript", "P1", "--study", path, "--coder", "ben", "-o", tmp_path / "x.docx").exit == 0
    assert told.value.suggested_filename == "transcript.docx"
    assert (tmp_path / "got.docx").read_bytes() == (tmp_path / "x.docx").read_bytes()


def test_a_filter_chosen_for_another_report_does_not_narrow_that_on_a_transcript(
    workbench: Serve, enter: Enter, path: Path
) -> None:
    page = room(workbench, enter, path, "reports")
    page.locator("#report .chooser", has_text="Transcripts").click()
    page.locator("#report").get_by_label("P2", exact=True).check()
    page.select_option("#what", "transcript")
    page.select_option("#kind", "md")
    with page.expect_download() as told:
        page.click("#make")
    assert "on the phone" in Path(told.value.path()).read_text("utf-8")


def test_the_facts_for_a_methods_section_have_no_filters(workbench: Serve, enter: Enter, path: Path) -> None:
    page = room(workbench, enter, path, "reports")
    page.select_option("#what", "methods")
    soon(page.locator("#filters")).to_be_hidden()
    with page.expect_download() as told:
        page.click("#make")
    assert told.value.suggested_filename == "methods.docx"


def test_codings_that_cannot_be_taken_are_named_and_none_comes_in(workbench: Serve, enter: Enter, path: Path) -> None:
    page = room(workbench, enter, path, "reports")
    table = "transcript,quote,code\nP1,And then,wait\nP1,never said,wait\n"
    page.set_input_files("#file", {"name": "team.csv", "mimeType": "text/csv", "buffer": table.encode()})
    page.get_by_role("button", name="Import").click()
    page.wait_for_selector("#take-said.wrong")
    assert "Nothing was taken" in page.inner_text("#take-said")
    assert "row 3" in page.inner_text("#take-said")
    with open_study(path) as study:
        assert len(study.codings.list()) == 8


def test_facts_are_changed_and_hidden_ones_shown_when_asked(workbench: Serve, enter: Enter, path: Path) -> None:
    page = room(workbench, enter, path, "transcript")
    assert "Ainura" not in page.content()
    page.get_by_label("Value of role").fill("expert")
    page.click("#add-fact")
    page.get_by_label("Name of the fact").fill("возраст")
    page.get_by_label("Value of the fact").fill("40")
    page.get_by_role("button", name="Forget country").click()
    page.click("#save-facts")
    page.get_by_label("Value of возраст").wait_for()
    soon(page.get_by_label("Value of country")).to_have_count(0)
    page.click("#show-hidden")
    page.get_by_label("Value of real_name").wait_for()
    soon(page.get_by_label("Value of real_name")).to_have_value("Ainura")


def test_memos_of_others_are_shown_when_asked(workbench: Serve, enter: Enter, path: Path) -> None:
    page = room(workbench, enter, path, "memos")
    soon(page.locator("#memos > li")).to_have_count(2)
    assert "you do not code blind any more" in page.inner_text("#others-row")
    page.check("#others")
    page.locator("#memos .words", has_text="a thought of ben").wait_for()
    page.fill("#filter", "bus")
    soon(page.locator("#memos .words")).to_have_text(["ask about the bus"])


def test_a_memo_is_written_and_removed_after_a_question(workbench: Serve, enter: Enter, path: Path) -> None:
    page = room(workbench, enter, path, "memos")
    page.select_option("#about", "code")
    page.fill("#text", "a narrow code")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Remove the memo a narrow code").click()
    page.click("#sure-do")
    page.locator("#memos .words", has_text="a narrow code").wait_for(state="detached")
    with open_study(path) as study:
        assert [one.text for one in study.memos.list()] == [EVIL, "ask about the bus", "a thought of ben"]


def test_the_memos_are_not_left_with_one_half_written_without_a_question(
    workbench: Serve, enter: Enter, path: Path
) -> None:
    page = room(workbench, enter, path, "memos")
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.fill("#text", "half a tho")
    with page.expect_event("dialog") as asked:
        page.evaluate("location.assign('/queue')")
    assert asked.value.type == "beforeunload"
    soon(page.locator("#text")).to_have_value("half a tho")


def test_the_memos_are_left_without_a_question_once_it_is_written(workbench: Serve, enter: Enter, path: Path) -> None:
    page = room(workbench, enter, path, "memos")
    asked = list[str]()
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#text", "a whole thought")
    page.get_by_role("button", name="Keep it").click()
    page.locator("#memos .words", has_text="a whole thought").wait_for()
    page.evaluate("location.assign('/queue')")
    page.wait_for_url("**/queue")
    assert asked == []


def test_the_check_says_that_the_study_is_whole(workbench: Serve, enter: Enter, path: Path) -> None:
    page = room(workbench, enter, path, "history")
    page.click("#check")
    page.get_by_text("The study is whole").wait_for()


def test_a_case_is_added_with_the_keyboard_and_removed_after_a_question(
    workbench: Serve, enter: Enter, path: Path
) -> None:
    page = room(workbench, enter, path, "cases")
    page.focus("#new")
    page.keyboard.press("Enter")
    page.fill("#case-name", "Clinic")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Clinic").wait_for()
    page.get_by_role("button", name="Remove the case Clinic").click()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Remove the case Clinic").click()
    page.click("#sure-do")
    page.get_by_role("heading", name="Clinic").wait_for(state="detached")


def test_the_coder_who_works_here_is_renamed_in_the_head_of_the_page(
    workbench: Serve, enter: Enter, path: Path
) -> None:
    page = room(workbench, enter, path, "coders")
    page.get_by_role("button", name="Rename ana").click()
    page.fill("#new-name", "Анна")
    page.click("#rename-form button.primary")
    page.get_by_text("ana is now called Анна").wait_for()
    assert page.inner_text("#who-name") == "Анна"


def test_the_menu_leads_to_the_other_rooms_and_closes_with_escape(workbench: Serve, enter: Enter, path: Path) -> None:
    page = room(workbench, enter, path, "history", viewport={"width": 390, "height": 800})
    page.locator("#more-rooms summary").click()
    page.keyboard.press("Escape")
    soon(page.locator("#more-rooms[open]")).to_have_count(0)
    page.locator("#more-rooms summary").click()
    page.get_by_role("link", name="Memos").click()
    page.wait_for_selector("html[data-ready=memos]")


def test_the_list_of_transcripts_leads_to_the_details(workbench: Serve, enter: Enter, path: Path) -> None:
    page = enter(workbench(path))
    page.get_by_role("link", name="Details of P2").click()
    page.wait_for_selector("html[data-ready=transcript]")
    assert page.inner_text("h1") == "P2"
    assert re.search(r"/transcripts/[0-9a-f-]{36}$", page.url)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_no_page_runs_over(
    workbench: Serve, enter: Enter, path: Path, scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    options: dict[str, Any] = {
        "viewport": {"width": width, "height": 800},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
    }
    page = room(workbench, enter, path, "transcript", **options)
    opened = {"transcript": "#remove", "cases": "#new", "coders": "#coders button", "history": "#check"}
    for name in ROOMS:
        if name != "transcript":
            page.goto(urljoin(page.url, f"/{name}"))
            page.wait_for_selector(f"html[data-ready={name}]")
        for act in ("#more-rooms summary", opened.get(name, "")):
            page.keyboard.press("Escape")
            if act:
                page.locator(act).first.click()
            found = Axe().run(page)
            assert found.violations_count == 0, (name, found.generate_report())
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.title() != "broken"
