"""The study, its codebook and its queue as a person works with them in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qcode.study.study import Study, create
from qcode.study.study import open as open_study
from qcode.web.serving import Workbench
from tests.study.next_version import follow
from tests.web.waiting import soon, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

Serve = Callable[..., Workbench]
Enter = Callable[..., "Page"]

NAME = "<img src=x onerror=alert(1)> {{7*7}}"
TALK = "INT: Как давно?\nANA: Я ждала <script>alert(1)</script> два часа.\n"


@pytest.fixture
def queued(study: Study) -> Path:
    """Give the path of a study in which a coding of ana and one of ben wait."""
    follow(study, "split trust into hope, fear")
    study.close()
    return study.path


def expect(page: Page, where: str, words: str) -> None:
    """Wait until an element is seen and holds some words."""
    from playwright.sync_api import expect as wait_for

    place = page.locator(where).first
    wait_for(place).to_be_visible(timeout=10_000)
    wait_for(place).to_contain_text(words, timeout=10_000)


def drop(page: Page, name: str, text: str) -> None:
    """Drop a file onto the page, as the browser would tell it."""
    page.evaluate(
        """([name, text]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text], name, { type: "text/plain" }));
          for (const kind of ["dragenter", "dragover", "drop"]) {
            const told = { dataTransfer: transfer, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new DragEvent(kind, told));
          }
        }""",
        [name, text],
    )


def test_from_an_empty_study_to_codes_and_an_interview_without_the_command_line(
    workbench: Serve, enter: Enter, tmp_path: Path
) -> None:
    create(tmp_path / "new.qcode", title=NAME).close()
    page = enter(workbench(tmp_path / "new.qcode"))
    expect(page, "h1", NAME)
    page.get_by_role("button", name="Take this one").click()
    expect(page, "#toasts", "drug-treatment-ca@")
    page.locator("#no-codebook").wait_for(state="hidden")
    drop(page, "Интервью <b>.txt", TALK)
    expect(page, "#import-state", "1 imported, 0 skipped, 0 refused")
    expect(page, "#rows th", "Интервью _b_")
    drop(page, "leer.txt", "")
    expect(page, "#import-result .refused", "leer.txt")


def test_chosen_files_come_in_one_by_one_and_a_bad_one_stops_no_other(
    workbench: Serve, enter: Enter, study_path: Path
) -> None:
    page = enter(workbench(study_path))
    page.get_by_text("Import transcripts").click()
    page.set_input_files(
        "#files",
        [
            {"name": "a.txt", "mimeType": "text/plain", "buffer": TALK.encode()},
            {"name": "b.docx", "mimeType": "application/zip", "buffer": b"PK\x03\x04 broken"},
            {"name": "c.txt", "mimeType": "text/plain", "buffer": TALK.encode()},
        ],
    )
    expect(page, "#import-state", "1 imported, 1 skipped, 1 refused")
    soon(page.locator("#import-result > li")).to_have_count(3)
    soon(page.locator("#rows tr")).to_have_count(3)
    with open_study(study_path) as study:
        assert study.check() == []


def test_what_is_done_in_the_terminal_appears_without_a_reload(
    workbench: Serve, enter: Enter, study_path: Path
) -> None:
    page = enter(workbench(study_path))
    expect(page, "#counts", "7 codings")
    with open_study(study_path, coder="ana") as elsewhere:
        elsewhere.code("P1", quote="on the phone", code=["wait", "leave"])
    expect(page, "#counts", "9 codings")
    expect(page, "#rows tr", "3")


def test_the_list_is_narrowed_by_typing_and_says_so_where_nothing_fits(
    workbench: Serve, enter: Enter, study_path: Path
) -> None:
    page = enter(workbench(study_path))
    expect(page, "#rows", "P2")
    page.get_by_label("Find").fill("boris")
    soon(page.locator("#rows th")).to_have_text(["P2"])
    page.get_by_label("Find").fill("nobody")
    expect(page, "#none", "No transcript fits")


def test_another_coder_sits_down_by_name(workbench: Serve, enter: Enter, study_path: Path) -> None:
    page = enter(workbench(study_path))
    page.locator("#who").click()
    page.get_by_label("Name of the coder").fill("Айгүл")
    expect(page, "#coder-hint", "new coder")
    page.get_by_role("button", name="Code under this name").click()
    expect(page, "#who-name", "Айгүл")


def test_a_coding_that_waits_is_decided_with_one_key_and_taken_back_with_another(
    workbench: Serve, enter: Enter, queued: Path
) -> None:
    served = workbench(queued)
    page = enter(served)
    page.get_by_role("link", name="Queue").click()
    expect(page, "#passage mark", "Nobody ever called me back")
    expect(page, "#happened", "trust was split in 2")
    page.keyboard.press("2")
    expect(page, "#nothing", "Nothing of yours waits")
    assert _codes(queued) == {"fear"}
    page.keyboard.press("z")
    expect(page, "#passage mark", "Nobody ever called me back")
    assert _codes(queued) == {"trust"}
    page.keyboard.press("x")
    expect(page, "#nothing", "Nothing of yours waits")
    assert _codes(queued) == set()


def test_a_coding_goes_to_several_codes_with_a_reason(workbench: Serve, enter: Enter, queued: Path) -> None:
    page = enter(workbench(queued))
    page.goto(page.url + "queue")
    page.get_by_label("several codes").check()
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.get_by_label("Why").fill("she tells of both")
    page.get_by_role("button", name="Give it these codes").click()
    expect(page, "#nothing", "Nothing of yours waits")
    assert _codes(queued) == {"hope", "fear"}


def test_the_keys_of_the_queue_are_the_same_on_a_russian_keyboard(workbench: Serve, enter: Enter, queued: Path) -> None:
    page = enter(workbench(queued))
    page.goto(page.url + "queue")
    expect(page, "#passage mark", "Nobody")
    page.evaluate(
        "document.body.dispatchEvent("
        "new KeyboardEvent('keydown', { key: 'ч', code: 'KeyX', bubbles: true, cancelable: true }))"
    )
    expect(page, "#nothing", "Nothing of yours waits")
    assert _codes(queued) == set()


def test_letters_typed_into_a_field_decide_nothing(workbench: Serve, enter: Enter, queued: Path) -> None:
    page = enter(workbench(queued))
    page.goto(page.url + "queue")
    expect(page, "#passage mark", "Nobody")
    page.get_by_label("Why").click()
    page.keyboard.type("x1z k")
    soon(page.get_by_label("Why")).to_have_value("x1z k")
    assert _codes(queued) == {"trust"}


def test_the_codes_are_walked_with_the_arrow_keys_and_versions_compared(
    workbench: Serve, enter: Enter, queued: Path
) -> None:
    page = enter(workbench(queued))
    page.goto(page.url + "codebook")
    page.locator("#tree [role=treeitem]").first.click()
    expect(page, "#panel", "INFLUENCE")
    page.keyboard.press("ArrowDown")
    expect(page, "#panel", "help")
    page.keyboard.press("End")
    until(page, "document.activeElement.getAttribute('aria-selected')", "true")
    page.get_by_role("tab", name="What changed").click()
    expect(page, "#changes", "trust → hope, fear")
    page.get_by_role("tab", name="History").click()
    expect(page, "#log", "2 codings put before the coders, 2 not decided")
    with page.expect_download() as kept:
        page.get_by_role("link", name="YAML").click()
    assert kept.value.path().read_bytes().startswith(b"codebook: book")


def test_a_codebook_file_is_looked_at_and_then_comes_in(workbench: Serve, enter: Enter, study_path: Path) -> None:
    page = enter(workbench(study_path))
    page.goto(page.url + "codebook")
    page.get_by_role("button", name="Bring a file").click()
    mine = "codebook: mine\nversion: '1.0'\ncodes:\n  - code: '<b>hope</b>'\n    name: Hope\n"
    page.set_input_files("#file", [{"name": "m.yaml", "mimeType": "text/yaml", "buffer": mine.encode()}])
    page.get_by_role("button", name="Look at it").click()
    expect(page, "#plan", "mine@1.0: 1 code")
    page.get_by_role("button", name="Take it into the study").click()
    expect(page, "#tree", "<b>hope</b>")


def test_a_workbench_that_was_stopped_is_told_in_the_page(workbench: Serve, enter: Enter, study_path: Path) -> None:
    served = workbench(study_path)
    page = enter(served)
    expect(page, "#counts", "7 codings")
    served.stop()
    expect(page, "#lost", "does not answer")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_have_no_barrier_do_not_run_over_and_load_nothing_from_elsewhere(
    workbench: Serve, enter: Enter, queued: Path, scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    served = workbench(queued)
    page = enter(served, viewport={"width": width, "height": 800}, color_scheme=scheme)
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    for path, ready in (("", "#rows tr"), ("codebook", "#tree li"), ("queue", "#passage mark")):
        page.goto(served.url + path)
        page.locator(ready).first.wait_for()
        violations = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert asked != []
    assert all(re.match(r"(http://127\.0\.0\.1:\d+/|blob:|data:)", url) for url in asked)


def _codes(path: Path) -> set[str]:
    """Return the codes that ana has on the passage, with those that wait."""
    with open_study(path) as study:
        assert study.check() == []
        return {c.code for c in study.codings.list() if c.quote.startswith("Nobody") and c.coder == "ana"}


def test_what_was_said_of_a_file_is_shown_with_it_and_not_taken_for_the_next(
    workbench: Serve, enter: Enter, study_path: Path
) -> None:
    page = enter(workbench(study_path))
    page.locator("#import > summary").click()
    page.locator("#say-more > summary").click()
    page.fill("#case", "Cem C.")
    drop(page, "P3.txt", "INT: Hello.\nCEM: Good day.\n")
    expect(page, "#import-result .imported", "as you said: case Cem C.")
    expect(page, "#import-state", "is cleared")
    drop(page, "P4.txt", "INT: Hello.\nDORA: Good evening.\n")
    expect(page, "#import-result .imported", "P4")
    assert "as you said" not in page.inner_text("#import-result")
    expect(page, "#rows tr:has-text('P3')", "Cem C.")
    assert "Cem C." not in page.inner_text("#rows tr:has-text('P4')")


def test_a_second_file_of_the_same_name_is_told_loudly(workbench: Serve, enter: Enter, study_path: Path) -> None:
    page = enter(workbench(study_path))
    page.locator("#import > summary").click()
    drop(page, "P1.txt", "ANA: I waited three hours.\n")
    expect(page, "#import-result .notice.wrong", "There is a transcript P1 already, with other words.")


def test_an_import_says_what_to_do_in_the_words_of_the_page(workbench: Serve, enter: Enter, study_path: Path) -> None:
    page = enter(workbench(study_path))
    page.locator("#import > summary").click()
    page.locator("#say-more > summary").click()
    page.fill("#encoding", "ascii")
    drop(page, "P9.txt", "ANA: Да.\n")
    expect(page, "#import-result .refused", "the field Encoding")
    assert "--" not in page.inner_text("#import-result")
    assert page.input_value("#encoding") == "ascii"
    said = page.evaluate(
        """async () => {
          const { hereSaid } = await import("/static/import_words.js");
          return ["with: qcode transcript add X", "if it is one, name all with --speakers"].map(hereSaid);
        }"""
    )
    assert said == [
        "in the terminal: qcode transcript add X",
        "if it is one, name all in the field Speakers under “Say more” and import it again",
    ]


def test_a_message_in_the_queue_covers_no_button(workbench: Serve, enter: Enter, queued: Path) -> None:
    served = workbench(queued)
    page = enter(served)
    page.goto(f"{served.url}/queue?")
    page.select_option("#of", "everyone")
    page.locator("#candidates button").first.click()
    toast = page.locator(".toast").bounding_box()
    assert toast is not None
    for button in page.locator("#work button:visible, .head-row button").all():
        box = button.bounding_box()
        assert box is not None
        apart = box["y"] >= toast["y"] + toast["height"] or box["x"] >= toast["x"] + toast["width"]
        assert apart, button.inner_text()


@pytest.mark.parametrize("room", ["matrix", "compare"])
def test_in_a_narrow_window_the_room_one_is_in_stands_in_the_menu(
    workbench: Serve, enter: Enter, study_path: Path, room: str
) -> None:
    served = workbench(study_path)
    page = enter(served, viewport={"width": 390, "height": 800})
    page.goto(f"{served.url}/{room}")
    page.wait_for_selector(f"html[data-ready={room}]")
    current, menu = (page.locator(one).bounding_box() for one in (".rooms a[aria-current]", ".rooms > ul"))
    assert current and menu
    assert menu["x"] <= current["x"] and current["x"] + current["width"] <= menu["x"] + menu["width"]


def test_who_typed_something_on_a_transcript_is_asked_before_leaving(
    workbench: Serve, enter: Enter, study_path: Path
) -> None:
    served = workbench(study_path)
    page = enter(served)
    page.get_by_label("Details of P1").click()
    page.wait_for_selector("html[data-ready=transcript]")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    page.wait_for_selector("html[data-ready=transcript]")
    assert asked == []
    page.fill("#case", "Case 9")
    page.reload()
    assert asked == ["beforeunload"]
