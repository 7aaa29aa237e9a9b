"""A study with two codebooks that have a code of the same key."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.study.study import Study
from tests.conftest import Run


@pytest.fixture
def path(study: Study) -> Path:
    """Give the tiny study with a second codebook that has a code `trust`, too, on words that nobody else coded."""
    study.codebooks.add_version(CodebookVersion("other", "1", (Code("trust", name="Trust in law"),)))
    study.codings.add("P1", "trust", quote="I stopped", codebook="other")
    study.close()
    return study.path


@pytest.mark.parametrize("report", [("transcript", "P1"), ("quotes",)])
def test_a_report_keeps_codes_of_the_same_key_apart(run: Run, path: Path, report: tuple[str, ...]) -> None:
    file = path.with_name("report.md")
    assert run("report", *report, "-o", file, "--study", path).exit == 0
    text = file.read_text(encoding="utf-8")
    assert "trust (book)" in text
    assert "trust (other)" in text


def test_a_list_of_codings_names_the_codebook_where_there_are_several(run: Run, path: Path) -> None:
    assert "codebook" in run("coding", "list", "--study", path).out.splitlines()[0]


def test_a_list_of_codings_leaves_the_codebook_out_where_there_is_one(run: Run, study_path: Path) -> None:
    assert "codebook" not in run("coding", "list", "--study", study_path).out.splitlines()[0]
