"""Other programs' projects, exports and corrected texts as a person works with them in a browser."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qcode.study.study import Study
from qcode.study.study import open as open_study
from qcode.web.serving import Workbench
from tests.study.correcting import P1, correct
from tests.web.test_projects import NAME, TALK, project
from tests.web.waiting import soon

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

Serve = Callable[..., Workbench]
Enter = Callable[..., "Page"]

WITHOUT = P1.replace("two hours", "two <b>long</b> hours").replace("Nobody ever called me back, so ", "")


def file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def drop(page: Page, name: str, data: bytes, *, folder: str = "") -> None:
    """Drop a file onto the page; with `folder` the folder of that name that holds it."""
    page.evaluate(
        """([name, bytes, folder]) => {
          const file = new File([new Uint8Array(bytes)], name);
          const transfer = new DataTransfer();
          transfer.items.add(file);
          const inside = { isFile: true, isDirectory: false, name, file: (good) => good(file) };
          const getFile = (asked, how, good, bad) => (asked === name ? good(inside) : bad());
          const entry = { isFile: false, isDirectory: true, name: folder, getFile };
          const items = [{ webkitGetAsEntry: () => entry }];
          const told = new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true });
          if (folder) Object.defineProperty(told, "dataTransfer", { value: { types: ["Files"], items, files: [] } });
          document.body.dispatchEvent(told);
        }""",
        [name, list(data), folder],
    )


def test_a_project_is_looked_at_left_looked_at_again_and_brought_in(
    workbench: Serve, enter: Enter, study_path: Path
) -> None:
    page = enter(workbench(study_path))
    drop(page, "team <b>.qdpx", project())
    state, told = page.locator("#project-state"), page.locator("#project-told")
    soon(state).to_have_text("This would come in. Nothing is changed yet.")
    soon(page.locator("#project-heading")).to_contain_text("team <b>.qdpx")
    soon(told).to_contain_text("1 transcript")
    soon(told).to_contain_text("1 quote of the file stands at its place")
    soon(told.locator(".ledger tbody tr").filter(has_text="pictures")).to_contain_text("1")
    page.locator("#project-leave").click()
    soon(page.locator("#project")).to_be_hidden()
    soon(page.locator("#rows tr")).to_have_count(2)
    page.set_input_files("#files", [file("not one.qdpx", b"PK broken"), file("team.zip", project())])
    soon(state).to_contain_text("It was refused, and nothing is changed")
    page.locator("#project-leave").click()
    soon(state).to_have_text("This would come in. Nothing is changed yet.")
    page.locator("#project-do").click()
    soon(state).to_have_text("It is in the study.")
    soon(page.locator("#rows th").filter(has_text=NAME)).to_have_count(1)
    page.locator("#project-leave").click()
    soon(page.locator("#project")).to_be_hidden()
    with open_study(study_path) as study:
        assert study.transcripts.show(NAME).revision.text == TALK
        assert study.check() == []


def test_the_folder_of_qualcoder_is_one_project_and_a_rule_that_is_none_can_be_mended(
    workbench: Serve, enter: Enter, study_path: Path
) -> None:
    page = enter(workbench(study_path))
    drop(page, "data.qda", project(), folder="Team.qda")
    state = page.locator("#project-state")
    soon(page.locator("#project-heading")).to_contain_text("Team.qda")
    soon(state).to_contain_text("Nothing is changed yet")
    page.locator("#project-more > summary").click()
    page.get_by_label("Positions, where").fill("nonsense")
    page.get_by_role("button", name="Look again").click()
    soon(state).to_contain_text("It was refused")
    page.get_by_label("Positions, where").fill("codepoints")
    page.get_by_role("button", name="Look again").click()
    soon(page.locator("#project-told")).to_contain_text("code points")


def test_the_study_goes_out_with_its_proof_and_as_tables(
    workbench: Serve, enter: Enter, study_path: Path, tmp_path: Path
) -> None:
    served = workbench(study_path)
    page = enter(served)
    page.goto(f"{served.url}reports")
    page.wait_for_selector("html[data-exchange=ready]")
    page.select_option("#program", "nvivo")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Make the project").click()
    kept.value.save_as(tmp_path / "x.qdpx")
    soon(page.locator("#project-state")).to_have_text("study.qdpx is made, and holds all that was sent.")
    soon(page.locator("#proof")).to_contain_text("the same before and after")
    soon(page.locator("#proof .ledger")).to_contain_text("acts in the history")
    with page.expect_download() as beside:
        page.get_by_role("button", name="Keep the proof").click()
    proof = beside.value.path().read_text(encoding="utf-8")
    assert hashlib.sha256((tmp_path / "x.qdpx").read_bytes()).hexdigest() in proof
    for button, name in (("Make the table", "codings.csv"), ("All tables in one file (ZIP)", "tables.zip")):
        with page.expect_download() as kept:
            page.get_by_role("button", name=button).click()
        assert kept.value.suggested_filename == name
        soon(page.locator("#table-state")).to_contain_text(f"{name} is made")
    assert "tables/README.txt" in zipfile.ZipFile(kept.value.path()).namelist()


def test_a_corrected_text_is_looked_at_taken_and_its_lost_coding_placed_anew(
    workbench: Serve, enter: Enter, study_path: Path
) -> None:
    served = workbench(study_path, coder="ana")
    page = enter(served)
    page.get_by_label("Details of P1").click()
    soon(page.locator("#revise-look")).to_be_enabled()
    page.set_input_files("#revise-file", [file("P1.txt", WITHOUT.encode())])
    page.locator("#revise-look").click()
    soon(page.locator("#revise-told")).to_contain_text("Nobody ever called me back")
    soon(page.locator("#revise-state")).to_contain_text("Nothing is changed yet")
    page.get_by_role("button", name="Take this text").click()
    soon(page.locator("#revise-state")).to_have_text("It is the text of the transcript now.")
    soon(page.locator("#revisions li")).to_have_count(2)
    page.get_by_role("link", name="Text 1", exact=True).click()
    soon(page.locator(".full-text")).to_contain_text("Nobody ever called me back")
    page.goto(f"{served.url}queue")
    soon(page.locator("#happened")).to_contain_text("trust has lost its words")
    page.keyboard.press("p")
    page.keyboard.type("stopped asking")
    page.keyboard.press("Enter")
    soon(page.locator("#anew-state")).to_have_text("Found in 1 place.")
    page.locator("#places button").click()
    soon(page.locator("#nothing-said")).to_be_visible()
    with open_study(study_path) as study:
        assert ("stopped asking", "trust") in {(one.quote, one.code) for one in study.codings.list()}
        assert study.check() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_shown_has_no_barrier_and_does_not_run_over(
    workbench: Serve, enter: Enter, study: Study, scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    correct(study, WITHOUT)
    study.close()
    served = workbench(study.path, coder="ana")
    page = enter(served, viewport={"width": width, "height": 800}, color_scheme=scheme)

    def look(what: str) -> None:
        violations = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == [], what
        assert page.evaluate("document.documentElement.scrollWidth") <= width, what

    drop(page, "team.qdpx", project())
    page.locator("#project-do").wait_for()
    look("project")
    page.goto(f"{served.url}reports")
    page.wait_for_selector("html[data-exchange=ready]")
    page.locator("#project-make").click()
    page.locator("#proof .ledger").wait_for()
    look("reports")
    page.goto(served.url)
    page.get_by_label("Details of P1").click()
    soon(page.locator("#revise-look")).to_be_enabled()
    page.set_input_files("#revise-file", [file("P1.txt", P1.replace("asking", "begging").encode())])
    page.locator("#revise-look").click()
    page.locator("#revise-do").wait_for()
    look("transcript")
    page.get_by_role("link", name="Text 1", exact=True).click()
    page.locator(".full-text").wait_for()
    look("revision")
    page.goto(f"{served.url}queue")
    page.locator("#anew").wait_for()
    page.fill("#anew-words", "a")
    page.keyboard.press("Enter")
    page.locator("#places button").first.wait_for()
    look("queue")
