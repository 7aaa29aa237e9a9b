"""`qcode report methods`: its numbers are those that the other commands list."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import CODINGS, Run


@pytest.mark.parametrize("ending", ["docx", "html", "md", "xlsx"])
def test_it_is_written_in_each_format_and_twice_the_same(
    run: Run, study_path: Path, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"methods.{ending}"
    written = []
    for _ in range(2):
        assert run("report", "methods", "--study", study_path, "-o", file).exit == 0
        written.append(file.read_bytes())
    assert written[0] == written[1]


def test_a_coders_number_is_what_the_named_command_lists(run: Run, study_path: Path) -> None:
    file = study_path.with_name("methods.md")
    run("report", "methods", "--study", study_path, "-o", file)
    rows = re.findall(r"\| Codings by \w+ \| (\d+) \| qcode (.+?) \|", file.read_text(encoding="utf-8"))
    assert sum(int(number) for number, _ in rows) == CODINGS
    for number, command in rows:
        listed = run(*shlex.split(command), "--format", "json", "--study", study_path)
        assert len(json.loads(listed.out)) == int(number)


def test_an_empty_study_has_a_report_too(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path / "empty.qcode")
    file = tmp_path / "methods.md"
    assert run("report", "methods", "--study", tmp_path / "empty.qcode", "-o", file).exit == 0
    assert "The study has no transcripts yet." in file.read_text(encoding="utf-8")
