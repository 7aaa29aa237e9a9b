"""The demo goes the whole way once."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import MissingExtra
from qcode.study.study import open as open_study
from tests.conftest import Run


def test_the_demo_makes_a_sound_study_and_says_what_to_type_next(run: Run, tmp_path: Path) -> None:
    ran = run("demo", tmp_path / "shown")
    assert ran.exit == 0
    assert "STIG-REG Registry label" in ran.out
    assert {path.name for path in (tmp_path / "shown").iterdir()} == {"demo.qcode", "matrix.docx", "matrix.png"}
    assert "qcode status --study" in ran.err
    with open_study(tmp_path / "shown" / "demo.qcode") as study:
        assert study.check() == []
        assert len(study.transcripts.list()) == 13
        assert {coder.name for coder, n in study.coders.list() if n > 100} == {"ana", "ben"}


def test_a_demo_study_that_is_there_is_kept(run: Run, tmp_path: Path) -> None:
    run("demo", tmp_path)
    run("coding", "add", "KG-CLI-01", "0", "5", "CTX-INT", "--study", tmp_path / "demo.qcode")
    assert run("demo", tmp_path).exit == 0
    assert "329" in run("status", "--study", tmp_path / "demo.qcode").out


def test_without_matplotlib_the_heat_map_is_an_svg(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(report: object) -> bytes:
        raise MissingExtra("drawing a PNG needs Matplotlib, which is not installed", "png")

    monkeypatch.setattr("qcode.reports.render.png.render", missing)
    ran = run("demo", tmp_path)
    assert ran.exit == 0
    assert "Matplotlib" in ran.err
    assert (tmp_path / "matrix.svg").read_text(encoding="utf-8").lstrip().startswith("<")
