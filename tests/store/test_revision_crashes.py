"""What a kill and a full disk do to a correction: the new text is there with all codings on it, or nothing of it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.store import codings
from qcode.study.study import create
from tests.store.test_crashes import FULL, assert_whole, count, pytestmark, qcode

__all__ = ["pytestmark"]

ROWS, LOST = 8_000, 10
SPEAKERS = ("--speakers", "ANA")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a study of ROWS codings once, with the file of a corrected text beside it."""
    folder = tmp_path_factory.mktemp("big")
    lines = [f"ANA: In hour {n} I waited for what came in hour {n}.\n" for n in range(ROWS)]
    text = "".join(lines)
    (folder / "P1.txt").write_text(text)
    (folder / "new.txt").write_text("".join(["ANA: I waited.\n", *lines[:50], *lines[50 + LOST :]]))
    with create(folder / "a.qcode") as study:
        study.codebooks.add_version(CodebookVersion("book", "1", (Code("C", "Code"),)))
        study.transcripts.add(folder / "P1.txt")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line))
        with study.store.write() as connection:
            codings.add_codings(connection, (coding(n, text, starts[n] + 5, starts[n + 1] - 1) for n in range(ROWS)))
    return folder


def coding(n: int, text: str, start: int, end: int) -> dict[str, object]:
    place = {"revision_id": 1, "start": start, "end": end, "code_id": 1, "coder_id": 1}
    made = {"uuid": str(uuid.UUID(int=n)), "version_id": 1, "created_at": "2026-01-01T00:00:00Z"}
    return place | made | {"quote": text[start:end]}


@pytest.fixture
def big(made_once: Path, tmp_path: Path) -> Path:
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "a.qcode"


def revising(path: Path) -> subprocess.Popen[bytes]:
    return qcode("transcript", "revise", "P1", path.with_name("new.txt"), *SPEAKERS, "--study", path)


def assert_all_or_nothing(path: Path) -> bool:
    """Hold what is in the study against what it has to be; tell whether the correction came in."""
    came = count(path, "revision") == 2
    assert count(path, "coding") == (2 * ROWS - LOST if came else ROWS)
    assert count(path, "coding WHERE ended_version_id IS NULL") == ROWS
    assert count(path, "pending") == (LOST if came else 0)
    assert count(path, "history WHERE act = 'transcript.revise'") == int(came)
    assert_whole(path)
    return came


def test_a_correction_that_is_left_alone_comes_in(big: Path) -> None:
    assert revising(big).wait() == 0
    assert assert_all_or_nothing(big)


@pytest.mark.parametrize("floor", [1, 500_000, 2_000_000])
def test_a_kill_in_the_middle_of_a_correction_leaves_all_of_it_or_nothing(big: Path, floor: int) -> None:
    running, log = revising(big), big.with_name("a.qcode-wal")
    while running.poll() is None and not (log.exists() and log.stat().st_size >= floor):
        time.sleep(0.0005)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert_all_or_nothing(big)
    assert revising(big).wait() == 0
    assert assert_all_or_nothing(big)


def test_a_disk_that_takes_no_more_is_a_sentence_and_leaves_the_text_as_it_was(big: Path) -> None:
    words = ["transcript", "revise", "P1", str(big.with_name("new.txt")), *SPEAKERS, "--study", str(big)]
    ran = subprocess.run([sys.executable, "-c", FULL, "1500000", *words], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("error: the disk of a.qcode does not read or write; look at the disk")
    assert not assert_all_or_nothing(big)
