"""Matrix, quotes and comparison as a person uses them in a browser: by mouse, by keyboard, narrow, in the dark."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qcode.study.study import open as open_study
from tests.notation import make_study
from tests.web.conftest import Enter, Serve
from tests.web.fetches import break_
from tests.web.waiting import soon, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVIL = "<img src=x onerror=document.title='broken'>"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    told = (
        "ANA: \N{GRINNING FACE} Я [ждала [два часа|доверие, 信任] у двери|стигма], and [nobody called|доверие @ben].\n"
        f"INT: And {EVIL} [then [what|信任]|стигма @ben]?"
    )
    with make_study(tmp_path, P1=told, P2="ANA: [又|信任] [ждала|стигма].") as made:
        made.codings.add("P1", ["стигма"], quote="ждала два часа", coder="ben")
        made.cases.set("Ana", {"role": "client"}, transcripts=("P1",))
    return made.path


def there(serve: Serve, enter: Enter, path: Path, room: str, **options: Any) -> Page:
    served = serve(path)
    page = enter(served, **options)
    page.goto(f"{served.url}/{room}")
    page.wait_for_selector(f"html[data-ready={room}]")
    if room == "matrix":
        page.locator("#more > summary").click()
    return page


def counted(workbench: Serve, enter: Enter, path: Path, **options: Any) -> Page:
    page = there(workbench, enter, path, "matrix", **options)
    with page.expect_response("**/api/matrix"):
        page.click("#ask")
    page.wait_for_selector("#ask:not([aria-disabled])")
    page.wait_for_selector("table.heat")
    return page


def test_a_cell_leads_to_its_passages_and_these_into_the_transcript(workbench: Serve, enter: Enter, path: Path) -> None:
    page = counted(workbench, enter, path)
    page.get_by_role("button", name="стигма with 信任").click()
    page.wait_for_selector(".passage")
    assert page.inner_text(".passage .quote") == "два часа"
    assert page.inner_text("#drawer-state") == "2 passages"
    page.click(".passage a")
    page.wait_for_url("**/read/**")
    assert "P1" not in page.url and "at=" in page.url


def test_the_matrix_is_read_with_the_keyboard_alone(workbench: Serve, enter: Enter, path: Path) -> None:
    page = counted(workbench, enter, path)
    soon(page.locator('table.heat button[tabindex="0"]')).to_have_count(1)
    page.focus('table.heat button[tabindex="0"]')
    before = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowRight")
    after = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert before != after
    page.keyboard.press("Enter")
    page.wait_for_selector(".passage")
    page.keyboard.press("Escape")
    until(page, "document.activeElement.getAttribute('aria-label')", after)


def test_cells_are_coloured_and_numbers_stay_readable(workbench: Serve, enter: Enter, path: Path) -> None:
    for scheme in ("light", "dark"):
        page = counted(workbench, enter, path, color_scheme=scheme)
        button = page.get_by_role("button", name="стигма with 信任")
        look = "b => [getComputedStyle(b.parentElement).backgroundColor, getComputedStyle(b).color]"
        ground, ink = button.evaluate(look)
        assert ground != "rgba(0, 0, 0, 0)" and ground != ink


def test_coders_that_are_counted_together_are_told_and_each_is_counted_by_itself(
    workbench: Serve, enter: Enter, path: Path
) -> None:
    page = counted(workbench, enter, path)
    told = page.locator(".pooled")
    soon(told).to_contain_text("2 coders are counted together")
    told.get_by_role("button", name="Count each coder by itself").click()
    page.locator("#command", has_text="--per-coder").wait_for(state="attached")
    soon(page.locator(".pooled")).to_have_count(0)
    soon(page.locator("[name=per_coder]")).to_be_checked()


def test_codes_without_codings_are_left_out_of_the_heat_map_and_counted(
    workbench: Serve, enter: Enter, tmp_path: Path
) -> None:
    with make_study(tmp_path, codes=("idle", "rest"), P1="ANA: I [waited|a, b] and [left|b].") as made:
        pass
    page = counted(workbench, enter, made.path)
    soon(page.locator("table.heat tbody .key")).to_have_text(["a", "b"])
    soon(page.get_by_text("2 codes left out")).to_be_visible()
    page.get_by_label("only codes with codings").uncheck()
    soon(page.locator("table.heat tbody tr")).to_have_count(4)
    page.click('[data-view="table"]')
    soon(page.locator("table.heat tbody tr")).to_have_count(4)


def test_too_many_cases_asked_for_is_said_and_withheld_codes_go(workbench: Serve, enter: Enter, path: Path) -> None:
    page = there(workbench, enter, path, "matrix")
    page.fill("#min-cases", "3")
    page.click("#ask")
    page.wait_for_selector(".too-many")
    soon(page.locator(".too-many")).to_contain_text("3 is too many for 2 cases")
    page.get_by_label("without codes whose cells are all withheld").check()
    soon(page.locator("table.heat")).to_have_count(0)
    soon(page.get_by_text("No code is left to show.")).to_be_visible()


@pytest.mark.parametrize("room", ["matrix", "quotes", "compare"])
def test_a_question_cannot_be_sent_before_the_page_is_ready(
    workbench: Serve, enter: Enter, path: Path, room: str
) -> None:
    served = workbench(path)
    page = enter(served)
    break_(page, "/api/choices", "late", from_the_start=True)
    page.goto(f"{served.url}/{room}", wait_until="commit")
    page.locator("#ask").click()
    page.wait_for_selector("#answer:not([hidden])")
    assert page.url == f"{served.url}/{room}"


def test_files_wait_where_the_filters_were_changed_since(workbench: Serve, enter: Enter, path: Path) -> None:
    page = there(workbench, enter, path, "quotes", viewport={"width": 1280, "height": 500})
    page.click("#ask")
    page.wait_for_selector(".passage")
    assert page.locator('[data-kind="docx"]').is_enabled() and page.is_hidden("#changed")
    until(page, "document.activeElement.id", "answer-heading")
    page.locator("summary", has_text="Coders").click()
    page.get_by_label("ben", exact=True).check()
    soon(page.locator('[data-kind="docx"]')).to_be_disabled()
    soon(page.locator("#changed")).to_be_visible()
    page.click("#ask")
    page.wait_for_selector("#changed", state="hidden")
    assert page.locator('[data-kind="docx"]').is_enabled()


def test_files_are_saved_under_neutral_names(workbench: Serve, enter: Enter, path: Path) -> None:
    page = counted(workbench, enter, path)
    with page.expect_download() as saved:
        page.click('[data-kind="docx"]')
    assert saved.value.suggested_filename == "matrix.docx"
    content = Path(saved.value.path()).read_bytes()
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    page.click('[data-view="network"]')
    page.wait_for_selector(".picture img")
    with page.expect_download() as saved:
        page.click('[data-kind="svg"]')
    assert saved.value.suggested_filename == "network.svg"


def test_the_network_is_a_picture_with_words(workbench: Serve, enter: Enter, path: Path) -> None:
    page = counted(workbench, enter, path)
    page.click('[data-view="network"]')
    image = page.wait_for_selector(".picture img")
    assert image is not None
    assert page.locator(".picture img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    assert "стигма" in (image.get_attribute("alt") or "")


def test_a_filter_narrows_the_matrix_and_the_command_says_it(workbench: Serve, enter: Enter, path: Path) -> None:
    page = there(workbench, enter, path, "matrix")
    page.locator("summary", has_text="Coders").click()
    page.get_by_label("ben", exact=True).check()
    page.select_option("#unit", "turn")
    page.click("#ask")
    page.locator("#command", has_text="--unit turn").wait_for(state="attached")
    soon(page.locator("#command")).to_have_text("qcode cooccurrence --coder ben --unit turn")


def test_a_permutation_test_has_its_columns(workbench: Serve, enter: Enter, path: Path) -> None:
    page = there(workbench, enter, path, "matrix")
    page.get_by_label("permutation test").check()
    page.click("#ask")
    page.locator("#command", has_text="permutation").wait_for(state="attached")
    page.click('[data-view="pairs"]')
    heads = page.locator("#shown thead th").all_inner_texts()
    assert heads == ["Code", "with", "Stretches", "Expected", "p", "q", "Cases"]


def test_what_cannot_be_counted_is_said(workbench: Serve, enter: Enter, path: Path) -> None:
    page = there(workbench, enter, path, "matrix")
    page.select_option("#measure", "phi")
    page.click("#ask")
    page.locator("#state", has_text="phi is not defined").wait_for()
    assert page.is_hidden("#answer")


def test_a_change_from_elsewhere_is_told(workbench: Serve, enter: Enter, path: Path) -> None:
    page = counted(workbench, enter, path)
    with page.expect_response("**/api/stamp"):  # the page knows how the study stands
        pass
    with open_study(path) as study:
        study.codings.add("P2", ["доверие"], quote="ждала")
    page.wait_for_selector("#stale:not([hidden])")
    page.click("#again")
    page.wait_for_selector("#stale", state="hidden")
    soon(page.get_by_role("button", name="доверие with стигма")).to_have_text("2")


def test_a_quote_is_copied_with_its_source(workbench: Serve, enter: Enter, path: Path) -> None:
    page = there(workbench, enter, path, "quotes", permissions=["clipboard-read", "clipboard-write"])
    page.fill("#words", "NOBODY")
    page.keyboard.press("Enter")
    page.wait_for_selector(".passage")
    page.click("text=Copy with its source")
    page.wait_for_selector("text=Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("nobody called\n— P1 · case Ana · turn 1, ANA") and "coded by ben" in copied


def test_texts_with_markup_are_text(workbench: Serve, enter: Enter, path: Path) -> None:
    page = there(workbench, enter, path, "compare")
    page.click("#ask")
    page.wait_for_selector(".turn-row")
    assert EVIL in page.inner_text("#text")
    assert page.title() != "broken"


def test_the_comparison_says_by_shape_and_words_who_coded_what(workbench: Serve, enter: Enter, path: Path) -> None:
    page = there(workbench, enter, path, "compare")
    page.click("#ask")
    page.wait_for_selector(".turn-row")
    page.locator(".agreement button.code", has_text="стигма").click()
    row = page.locator(".turn-row").first
    assert row.locator("mark.both").all_text_contents() == ["ждала два часа"]
    assert row.locator("mark.first").all_text_contents() == [" у двери"]
    lines = row.locator("mark").evaluate_all("all => all.map(m => getComputedStyle(m).textDecorationStyle)")
    assert lines == ["solid", "dashed"]
    assert page.locator(".turn-row").nth(1).locator("mark.second").all_text_contents() == ["then what"]
    page.locator(".agreement tr", has_text="стигма").get_by_role("button", name="Go to").click()
    until(page, "document.activeElement.textContent", "ждала два часа")


@pytest.mark.parametrize("room", ["matrix", "quotes", "compare"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(workbench: Serve, enter: Enter, path: Path, room: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    page = there(workbench, enter, path, room, color_scheme=scheme, reduced_motion="reduce")  # no colours half-way
    page.click("#ask")
    page.wait_for_selector("#answer:not([hidden])")
    page.wait_for_timeout(300)
    views = ["heat", "table", "pairs", "network"] if room == "matrix" else [""]
    for view in views:
        if view:
            page.click(f'[data-view="{view}"]')
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("room", ["matrix", "quotes", "compare"])
def test_a_narrow_window_scrolls_inside_only(workbench: Serve, enter: Enter, path: Path, room: str) -> None:
    page = there(workbench, enter, path, room, viewport={"width": 390, "height": 800})
    page.click("#ask")
    page.wait_for_selector("#answer:not([hidden])")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_sixty_codes_are_one_table_with_heads_that_stay(workbench: Serve, enter: Enter, tmp_path: Path) -> None:
    words = " ".join(f"[w{n} x{n}|CODE-{n:02d}, CODE-{(n * 7 + 1) % 60:02d}]" for n in range(60))
    with make_study(tmp_path, P1=f"ANA: {words}") as made:
        pass
    page = counted(workbench, enter, made.path)
    soon(page.locator("table.heat tbody tr")).to_have_count(60)
    page.evaluate("document.querySelector('.heat-scroll').scrollTo(700, 700)")
    box, head, side = (
        page.locator(one).first.bounding_box()
        for one in (".heat-scroll", "table.heat thead th", "tbody tr:nth-child(40) th")
    )
    assert box and head and side
    assert abs(head["y"] - box["y"]) < 3 and abs(side["x"] - box["x"]) < 3


def test_a_large_matrix_comes_in_pieces_and_the_keyboard_goes_through_all_of_it(
    workbench: Serve, enter: Enter, tmp_path: Path
) -> None:
    words = " ".join(f"[w{n} x{n}|CODE-{n:03d}]" for n in range(110))
    with make_study(tmp_path, P1=f"ANA: {words}") as made:
        pass
    page = there(workbench, enter, made.path, "matrix")
    page.select_option("#unit", "transcript")
    page.click("#ask")
    rows = page.locator("table.heat tbody tr")
    soon(rows).to_have_count(110)
    count = "document.querySelectorAll('table.heat tbody tr').length"
    at_once = page.evaluate(f"document.querySelector('[data-view=table]').click(), {count}")
    assert 0 < at_once < 110
    soon(rows).to_have_count(110)
    soon(page.locator('table.heat button[tabindex="0"]')).to_have_count(1)
    rows.nth(108).locator("button").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    until(page, "document.activeElement.getAttribute('aria-label')", "CODE-109 alone: 1")
    page.keyboard.press("Enter")
    page.wait_for_selector(".passage")


def test_who_points_at_a_cell_is_told_what_it_holds(workbench: Serve, enter: Enter, path: Path) -> None:
    page = counted(workbench, enter, path)
    cell = page.get_by_role("button", name="стигма with 信任")
    cell.hover()
    soon(cell).to_have_attribute("title", "стигма with 信任: 2, 1 case")


def test_colours_follow_when_the_window_goes_dark(workbench: Serve, enter: Enter, path: Path) -> None:
    page = counted(workbench, enter, path, color_scheme="light")
    ground = "getComputedStyle(document.querySelector('table.heat td[class^=more]')).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    until(page, f"{ground} === {light!r}", False)
