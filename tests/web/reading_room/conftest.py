"""A transcript with emoji and Chinese, coded by two, and the window in which it is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qcode.study.study import Study
from tests.notation import make_study
from tests.web.conftest import Enter, Serve
from tests.web.reading_room.hands import Read

if TYPE_CHECKING:
    from playwright.sync_api import Page

P1 = """\
INT: 😀 How long did you wait?
ANA: I waited [two hours|wait @ben] on the phone. Nobody called me back 👩🏽 that day.
INT: And then?
ANA: I stopped asking. 我等了两个小时。没有人来。
"""


@pytest.fixture
def study(tmp_path: Path) -> Any:
    with make_study(tmp_path, codes=("INFLUENCE/help", "INFLUENCE/money", "wait", "trust"), P1=P1) as made:
        yield made


@pytest.fixture
def read(study: Study, workbench: Serve, enter: Enter) -> Read:
    """Open the transcript P1 in a new window and wait until it can be coded."""
    served = workbench(study.path)

    def open_room(*, at: int | None = None, **options: Any) -> Page:
        page = enter(served, **options)
        asked = "" if at is None else f"?at={at}"
        page.goto(f"{served.url}read/{study.transcripts.show('P1').id}{asked}")
        page.wait_for_selector("html[data-ready]")
        return page

    return open_room
