"""`qcode report network`, and what `qcode report quotes --words` leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.mark.parametrize("ending", ["docx", "html", "xlsx", "md", "csv", "svg", "png"])
def test_a_network_is_written_in_each_format(run: Run, study_path: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"net.{ending}"
    assert run("report", "network", "--study", study_path, "-o", file).exit == 0
    assert file.stat().st_size > 60


def test_an_ending_that_no_network_has_is_refused(run: Run, study_path: Path, tmp_path: Path) -> None:
    ran = run("report", "network", "--study", study_path, "-o", tmp_path / "net.pdf")
    assert ran.exit == 2 and ".svg" in ran.err


def test_top_says_how_many_pairs_are_drawn(run: Run, study_path: Path, tmp_path: Path) -> None:
    file = tmp_path / "net.csv"
    run("report", "network", "--study", study_path, "--unit", "transcript", "--top", "1", "-o", file)
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == 2


def test_the_last_page_says_the_command(run: Run, study_path: Path, tmp_path: Path) -> None:
    file = tmp_path / "net.md"
    run("report", "network", "--study", study_path, "--unit", "turn", "--top", "3", "-o", file)
    assert "qcode report network --unit turn --top 3" in file.read_text(encoding="utf-8")


def test_there_is_one_network_for_each_value_of_an_attribute(run: Run, study_path: Path, tmp_path: Path) -> None:
    file = tmp_path / "net.md"
    run("report", "network", "--study", study_path, "--by", "country", "-o", file)
    text = file.read_text(encoding="utf-8")
    assert "country: Kazakhstan" in text and "country: Kyrgyzstan" in text


def test_quotes_may_be_chosen_by_their_words(run: Run, study_path: Path, tmp_path: Path) -> None:
    file = tmp_path / "quotes.csv"
    run("report", "quotes", "--study", study_path, "--words", "CALLED me", "-o", file)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2 and "Nobody ever called me back" in lines[1]
