"""How far a text was read: only reading on counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import Study
from tests.notation import make_study
from tests.web.conftest import Enter, Serve
from tests.web.reading_room.hands import press


@pytest.fixture
def long(tmp_path: Path) -> Any:
    line = "I waited for two hours and nobody called me back that day, so I went home again. "
    words = "".join(f"{'INT' if n % 2 else 'ANA'}: {n} {line * 3}\n" for n in range(60))
    with make_study(tmp_path, codes=("wait",), P1=words) as made:
        yield made


def read_by(study: Study) -> int:
    return study.reading.progress("ana")[0].read


def test_a_glance_and_a_jump_do_not_count_as_read_and_reading_on_does(
    long: Study, workbench: Serve, enter: Enter
) -> None:
    served = workbench(long.path)
    page = enter(served)
    page.goto(f"{served.url}read/{long.transcripts.show('P1').id}")
    page.wait_for_selector("html[data-ready]")
    page.wait_for_timeout(4500)
    assert read_by(long) == 0
    press(page, "End")
    page.wait_for_timeout(2500)
    assert read_by(long) == 0
    press(page, "Home")
    page.wait_for_timeout(2500)
    first = read_by(long)
    assert 0 < first < 4000
    for _ in range(2):
        press(page, "PageDown")
        page.wait_for_timeout(700)
    page.wait_for_timeout(2000)
    assert first < read_by(long) < 9000
