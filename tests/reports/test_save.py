"""Saving: the ending picks the format; the file is there whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qcode.errors import BadValue, QcodeError
from qcode.reports import matrix, render_to, save
from qcode.reports.report import Report
from qcode.reports.save import ENDINGS, write
from tests.reports import report_samples as samples

REPORT: Report = matrix(samples.matrix(3), made_by=samples.MADE_BY)


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_gives_the_same_bytes_twice(ending: str) -> None:
    assert render_to(REPORT, ending) == render_to(REPORT, ending.upper())


@pytest.mark.parametrize("ending", [".pdf", ".doc", ""])
def test_another_ending_is_refused_with_those_there_are(ending: str) -> None:
    with pytest.raises(BadValue, match=r"take one of \.docx, \.html"):
        render_to(REPORT, ending)


def test_the_file_holds_what_was_rendered(tmp_path: Path) -> None:
    path = save(REPORT, tmp_path / "отчёт.html")
    assert path.read_bytes() == render_to(REPORT, ".html")
    assert [p.name for p in tmp_path.iterdir()] == ["отчёт.html"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.md"
    path.write_text("old")

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(QcodeError, match="cannot be written"):
        save(REPORT, path)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.md"]


KILLED = """
import os, signal, sys
from pathlib import Path
from qcode.reports.save import write
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
write(b"words", sys.argv[1])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_what_a_killed_program_left_of_a_report_goes_with_the_next_file_that_is_written_there(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "a.docx")])
    (left,) = tmp_path.iterdir()
    assert left.read_bytes() == b"words"
    write(b"", tmp_path / "b.docx")
    assert left.exists(), "it may be being written"
    os.utime(left, (0, 0))
    write(b"", tmp_path / "b.docx")
    assert [one.name for one in tmp_path.iterdir()] == ["b.docx"]


def test_what_only_looks_like_a_leftover_stays(tmp_path: Path) -> None:
    names = {".qcode-notes.part", "qcode-abcdefgh.part", ".qcode-abcdefgh.partly", ".qcode-abcdefgh.part"}
    for name in names - {".qcode-abcdefgh.part"}:
        (tmp_path / name).write_text("mine")
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / ".qcode-abcdefgh.part").mkdir()
    os.utime(tmp_path / ".qcode-abcdefgh.part", (0, 0))
    write(b"", tmp_path / "b.docx")
    assert {one.name for one in tmp_path.iterdir()} == names | {"b.docx"}


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="there is no folder"):
        write(b"", tmp_path / "nowhere" / "report.md")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "report.md"
    folder.mkdir()
    with pytest.raises(BadValue, match="is a folder"):
        write(b"", folder)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_leaves_no_piece_of_the_report(tmp_path: Path) -> None:
    code = f"""
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
from qcode.reports.save import write
write(b"words" * 10_000, {str(tmp_path / "report.docx")!r})
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "cannot be written" in done.stderr
    assert list(tmp_path.iterdir()) == []
