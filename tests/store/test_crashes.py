"""What a kill, a full disk and a second program do to a study: real processes, one file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.study.study import Study, create
from qcode.study.study import open as open_study

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither these signals nor these limits")

FILES, ROWS = 500, 20_000
LANGUAGE = ["--language", "en"]
PATIENT = """
import runpy
from qcode.store import engine
engine.BUSY_SECONDS = 600
runpy.run_module("qcode", run_name="__main__", alter_sys=True)
"""
"""The program, but it waits longer for another one: on a busy machine both may be slow."""


def qcode(*words: str | Path, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", PATIENT, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,  # type: ignore[call-overload]
    )


def write_interviews(folder: Path, count: int, place: str) -> Path:
    folder.mkdir()
    for n in range(count):
        text = f"INT: What happened in {place} on day {n}?\nANA: I waited {n} hours. " + "Nobody came. " * 40 + "\n"
        (folder / f"{place}-{n:03}.txt").write_text(text)
    return folder


def count(path: Path, table: str) -> int:
    with open_study(path) as study, study.store.read() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() or 0)


def assert_whole(path: Path) -> None:
    with open_study(path) as study:
        assert study.check() == []


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    create(tmp_path / "a.qcode").close()
    return tmp_path / "a.qcode"


def test_a_kill_in_the_middle_of_an_import_leaves_whole_transcripts_only(empty: Path, tmp_path: Path) -> None:
    folder = write_interviews(tmp_path / "in", FILES, "osh")
    importing = qcode("import", folder, *LANGUAGE, "--study", empty)
    while count(empty, "transcript") < 20 and importing.poll() is None:
        time.sleep(0.02)
    importing.send_signal(signal.SIGKILL)
    importing.communicate()
    assert 20 <= count(empty, "transcript") < FILES
    assert count(empty, "transcript") == count(empty, "history WHERE act = 'transcript.add'")
    assert_whole(empty)


ACKNOWLEDGE = """
import sys
from qcode.study.study import open
from qcode.study.folders import find_files
from qcode.importers.base import Options
with open(sys.argv[1]) as study:
    for one in study.transcripts.add_each(find_files([sys.argv[2]]), options=Options(language="en")):
        print(one.transcript, flush=True)
"""


def test_a_kill_loses_no_transcript_that_was_acknowledged(empty: Path, tmp_path: Path) -> None:
    folder = write_interviews(tmp_path / "in", FILES, "osh")
    words = [sys.executable, "-c", ACKNOWLEDGE, str(empty), str(folder)]
    importing = subprocess.Popen(words, stdout=subprocess.PIPE)
    assert importing.stdout is not None
    told = [importing.stdout.readline() for _ in range(30)]
    importing.send_signal(signal.SIGKILL)
    told += importing.stdout.readlines()
    importing.wait()
    acknowledged = len([line for line in told if line.endswith(b"\n")])
    assert acknowledged < FILES
    assert count(empty, "transcript") in (acknowledged, acknowledged + 1)
    assert_whole(empty)


def test_after_a_kill_the_import_goes_on_where_it_was(empty: Path, tmp_path: Path) -> None:
    folder = write_interviews(tmp_path / "in", 60, "osh")
    importing = qcode("import", folder, *LANGUAGE, "--study", empty)
    while count(empty, "transcript") < 10 and importing.poll() is None:
        time.sleep(0.02)
    importing.send_signal(signal.SIGKILL)
    importing.communicate()
    assert qcode("import", folder, *LANGUAGE, "--study", empty).wait() == 0
    assert count(empty, "transcript") == 60


@pytest.fixture
def coded(tmp_path: Path) -> tuple[Path, Path]:
    """Make a study of one long transcript, and a table of ROWS codings for it."""
    text = "ANA: " + "I waited for hours. " * (ROWS // 10)
    (tmp_path / "P1.txt").write_text(text)
    codes = tuple(Code(f"C{n}", f"Code {n}") for n in range(10))
    with create(tmp_path / "a.qcode") as study:
        study.codebooks.add_version(CodebookVersion("book", "1", codes))
        study.transcripts.add(tmp_path / "P1.txt")
    rows = "".join(f"P1,{n},{n + 20},C{n % 10}\n" for n in range(ROWS))
    (tmp_path / "codings.csv").write_text("transcript,start,end,code\n" + rows)
    return tmp_path / "a.qcode", tmp_path / "codings.csv"


@pytest.mark.parametrize("wait_for", ["start", "log", "late"])
def test_a_kill_in_the_middle_of_a_bulk_import_leaves_all_codings_or_none(
    coded: tuple[Path, Path], wait_for: str
) -> None:
    path, table = coded
    importing = qcode("coding", "import", table, "--study", path)
    log = path.with_name("a.qcode-wal")
    floor = {"start": 1, "log": 300_000, "late": 2_000_000}[wait_for]
    while importing.poll() is None and not (log.exists() and log.stat().st_size >= floor):
        time.sleep(0.002)
    importing.send_signal(signal.SIGKILL)
    importing.communicate()
    assert count(path, "coding") in (0, ROWS)
    assert count(path, "coding") == ROWS * count(path, "history WHERE act = 'coding.import'")
    assert_whole(path)


def test_a_bulk_import_that_is_left_alone_takes_all_codings(coded: tuple[Path, Path]) -> None:
    path, table = coded
    assert qcode("coding", "import", table, "--study", path).wait() == 0
    assert count(path, "coding") == ROWS


def test_two_imports_at_once_both_come_in(empty: Path, tmp_path: Path) -> None:
    folders = [write_interviews(tmp_path / place, 40, place) for place in ("osh", "almaty")]
    both = [qcode("import", folder, *LANGUAGE, "--study", empty) for folder in folders]
    assert [one.wait() for one in both] == [0, 0]
    assert count(empty, "transcript") == 80
    assert_whole(empty)


def test_two_imports_of_the_same_folder_at_once_bring_each_file_once(empty: Path, tmp_path: Path) -> None:
    folder = write_interviews(tmp_path / "in", 40, "osh")
    both = [qcode("import", folder, *LANGUAGE, "--study", empty) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    assert count(empty, "transcript") == 40
    assert_whole(empty)


FULL = """
import resource, sys
from qcode.cli.main import run
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(run(sys.argv[2:]))
"""


def test_a_disk_that_takes_no_more_is_a_sentence_and_changes_nothing(coded: tuple[Path, Path]) -> None:
    path, table = coded
    limit = path.stat().st_size + 200_000
    words = [sys.executable, "-c", FULL, str(limit), "coding", "import", str(table), "--study", str(path)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "error: the disk of a.qcode does not read or write; look at the disk; nothing was changed\n"
    assert count(path, "coding") == 0
    assert_whole(path)


@pytest.mark.parametrize("limit", ["0", "20000", "195000", "200000", "240000", "900000"])
def test_a_study_that_cannot_be_finished_for_want_of_room_leaves_nothing_behind(tmp_path: Path, limit: str) -> None:
    words = [sys.executable, "-c", FULL, limit, "init", str(tmp_path / "a.qcode")]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    if ran.returncode == 0:
        assert_whole(tmp_path / "a.qcode")
    else:
        assert (ran.returncode, ran.stderr[:7]) == (2, "error: ")
        assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_study_that_may_not_be_written_is_a_sentence(study: Study) -> None:
    study.close()
    study.path.chmod(0o400)
    ran = qcode("memo", "add", "a thought", "--study", study.path)
    _, said = ran.communicate()
    assert (ran.returncode, b"cannot be written; look at the permissions" in said) == (2, True)
