"""`qcode report transcript`: one interview to read and to hand round, with its codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.study.study import Study
from tests.conftest import Run


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_a_transcript_is_written_in_each_format_and_twice_the_same(
    run: Run, study_path: Path, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"p1.{ending}"
    written = []
    for _ in range(2):
        assert run("report", "transcript", "p1", "--study", study_path, "-o", file).exit == 0
        written.append(file.read_bytes())
    assert written[0] == written[1]


def read(run: Run, path: Path, *options: str) -> str:
    file = path.with_name("report.md")
    ran = run("report", "transcript", "P1", *options, "--study", path, "-o", file)
    assert ran.exit == 0, ran.err
    return file.read_text(encoding="utf-8")


def test_passages_are_marked_with_codes_and_coders(run: Run, study_path: Path) -> None:
    text = read(run, study_path)
    assert "I waited \\[**1**two hours**1**\\] on the phone." in text
    assert "- **1** Trust (trust) \\[ben\\]; Wait (wait) \\[ben\\]" in text


def test_filters_choose_what_is_marked_and_are_said(run: Run, study_path: Path) -> None:
    text = read(run, study_path, "--code", "leave", "--coder", "ben")
    assert "\\[**1**stopped asking**1**\\]" in text and "I waited two hours" in text
    assert "qcode report transcript P1 --code leave --coder ben" in text


def test_under_a_version_its_own_text_is_shown(run: Run, study: Study, tmp_path: Path) -> None:
    """The transcript is corrected under version 2: the report on version 1 shows what stood there then."""
    before = study.transcripts.show("P1").revision.text
    following = tmp_path / "book-2.yaml"
    run("codebook", "export", "book", "-o", following, "--study", study.path)
    written = following.read_text(encoding="utf-8").replace("version: '1'", "version: '2'")
    following.write_text(written.replace('version: "1"', 'version: "2"'), encoding="utf-8")
    assert run("codebook", "import", following, "--study", study.path).exit == 0
    corrected = tmp_path / "P1-corrected.txt"
    corrected.write_text(before.replace("on the phone", "at the door"), encoding="utf-8")
    assert run("transcript", "revise", "P1", corrected, "--study", study.path).exit == 0
    assert "on the phone" in read(run, study.path, "--codebook", "book@1")
    assert "at the door" in read(run, study.path)


def test_an_unknown_transcript_and_an_unfit_ending_are_refused(run: Run, study_path: Path, tmp_path: Path) -> None:
    unknown = run("report", "transcript", "P9", "--study", study_path, "-o", tmp_path / "p.docx")
    unfit = run("report", "transcript", "P1", "--study", study_path, "-o", tmp_path / "p.xlsx")
    assert (unknown.exit, unfit.exit) == (2, 2)
    assert "P9" in unknown.err and "take one of .docx" in unfit.err
    assert not list(tmp_path.glob("p.*"))
