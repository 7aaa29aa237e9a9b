"""What the browser writes to its own disk: no word of the study, and none that was typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qcode.study.study import Study
from tests.notation import make_study
from tests.web.chromium import require_chromium
from tests.web.conftest import Enter, Serve
from tests.web.waiting import soon

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = (
    "",
    "codebook",
    "codebook/draft",
    "queue",
    "matrix",
    "quotes",
    "compare",
    "memos",
    "cases",
    "coders",
    "reports",
)
OPEN_FIELDS = """
[...document.querySelectorAll("form, input, select, textarea")]
  .filter((one) => one.getAttribute("autocomplete") !== "off").map((one) => one.outerHTML)
"""


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with make_study(tmp_path, codes=("wait", "trust"), P1="ANA: I waited [quokka hours|wait] there.\n") as made:
        yield made


def files_of(profile: Path) -> Iterator[bytes]:
    return (one.read_bytes() for one in profile.rglob("*") if one.is_file() and not one.is_symlink())


def holds(profile: Path, words: str) -> bool:
    """Tell whether any file of a profile has these words."""
    spelled = (words.encode(), words.encode("utf-16-le"))
    return any(one in content for content in files_of(profile) for one in spelled)


def type_into(page: Page, label: str, words: str) -> None:
    page.get_by_label(label, exact=True).press_sequentially(words)
    soon(page.get_by_label(label, exact=True)).to_have_value(words)


def test_no_word_read_or_typed_is_left_in_the_profile_of_the_browser(
    study: Study, workbench: Serve, browser: Browser, tmp_path: Path
) -> None:
    served, profile = workbench(study.path), tmp_path / "profile"
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=require_chromium(), args=["--no-sandbox"]
    )
    page = context.new_page()
    page.goto(served.link())
    page.goto(f"{served.url}read/{study.transcripts.show('P1').id}")
    page.wait_for_selector("html[data-ready]")
    page.keyboard.press("m")
    type_into(page, "Your note", "numbat thought")
    other = context.new_page()
    other.goto(f"{served.url}memos")
    other.wait_for_selector("html[data-ready]")
    type_into(other, "Memo", "wombat thought")
    type_into(other, "Find", "potoroo")
    context.close()
    assert holds(profile, "/memos"), "the browser kept no session, so this proves nothing"
    assert [words for words in ("quokka", "numbat", "wombat", "potoroo") if holds(profile, words)] == []


def test_every_field_says_that_the_browser_is_not_to_keep_it(study: Study, workbench: Serve, enter: Enter) -> None:
    served = workbench(study.path)
    page = enter(served)
    for name in PAGES:
        page.goto(f"{served.url}{name}")
        page.wait_for_load_state("networkidle")
        assert (name, page.evaluate(OPEN_FIELDS)) == (name, [])
