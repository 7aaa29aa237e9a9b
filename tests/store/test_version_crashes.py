"""What a kill, a full disk and a second program do to a version that comes in: all of it is there, or nothing."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.interchange import codebook_yaml
from qcode.store import codings
from qcode.study.study import create
from qcode.study.study import open as open_study
from tests.store.test_crashes import FULL, assert_whole, count, pytestmark, qcode
from tests.study.next_version import next_version

__all__ = ["pytestmark"]

ROWS, CODES = 20_000, 10
EACH = ROWS // CODES
SAID = (
    "split C0 into C0a, C0b",
    "merge C1, C2, C3 into C123",
    "narrow C4",
    "retire C5",
    "rename C6 to C66",
    "heading C7",
    "widen C8",
)
WAIT, MOVE = 3 * EACH, 3 * EACH


def coding(n: int, quote: str) -> dict[str, object]:
    place = {"revision_id": 1, "start": n, "end": n + 20, "code_id": 1 + n % CODES, "coder_id": 1}
    made = {"uuid": str(uuid.UUID(int=n)), "version_id": 1, "created_at": "2026-01-01T00:00:00Z", "quote": quote}
    return place | made


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a study of ROWS codings on CODES codes once, with the file of a version that follows beside it."""
    folder = tmp_path_factory.mktemp("big")
    text = "ANA: " + "I waited for hours. " * (ROWS // 10)
    (folder / "P1.txt").write_text(text)
    codes = tuple(Code(f"C{n}", f"Code {n}") for n in range(CODES))
    with create(folder / "a.qcode") as study:
        study.codebooks.add_version(CodebookVersion("book", "1", codes))
        study.transcripts.add(folder / "P1.txt")
        with study.store.write() as connection:
            codings.add_codings(connection, (coding(n, text[n : n + 20]) for n in range(ROWS)))
        (folder / "v2.yaml").write_text(codebook_yaml.write(next_version(study.codebooks.show().content, *SAID)))
    return folder


@pytest.fixture
def big(made_once: Path, tmp_path: Path) -> Path:
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "a.qcode"


def importing(path: Path) -> subprocess.Popen[bytes]:
    return qcode("codebook", "import", path.with_name("v2.yaml"), "--study", path)


def assert_all_or_nothing(path: Path) -> bool:
    """Hold what is in the study against what it has to be; tell whether the version came in."""
    came = count(path, "codebook_version") == 2
    assert count(path, "pending") == (WAIT if came else 0)
    assert count(path, "coding") == ROWS + (MOVE if came else 0)
    assert count(path, "coding WHERE ended_version_id IS NOT NULL") == (MOVE if came else 0)
    assert count(path, "coding_origin") == (MOVE if came else 0)
    assert count(path, "code_change") == (6 if came else 0) + (1 if came else 0)
    assert count(path, "history WHERE act = 'codebook.follow'") == int(came)
    assert_whole(path)
    return came


def test_a_version_that_is_left_alone_comes_in_with_its_queue(big: Path) -> None:
    assert importing(big).wait() == 0
    assert assert_all_or_nothing(big)
    with open_study(big) as study:
        assert len(study.queue.list()) == WAIT


@pytest.mark.parametrize("floor", [1, 200_000, 1_000_000, 3_000_000])
def test_a_kill_in_the_middle_of_a_version_leaves_all_of_it_or_nothing(big: Path, floor: int) -> None:
    running, log = importing(big), big.with_name("a.qcode-wal")
    while running.poll() is None and not (log.exists() and log.stat().st_size >= floor):
        time.sleep(0.0005)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert_all_or_nothing(big)
    assert importing(big).wait() == 0
    assert assert_all_or_nothing(big)


@pytest.mark.parametrize("seed", range(3))
def test_a_kill_at_any_moment_leaves_all_of_it_or_nothing(big: Path, seed: int) -> None:
    running = importing(big)
    time.sleep(random.Random(seed).uniform(0.2, 0.9))
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert_all_or_nothing(big)


def test_of_two_imports_of_a_version_at_once_one_brings_it_and_the_other_says_that_it_is_there(big: Path) -> None:
    both = [importing(big) for _ in range(2)]
    said = sorted(b"is in the study already" in b"".join(one.communicate()) for one in both)
    assert ([one.returncode for one in both], said) == ([0, 0], [False, True])
    assert assert_all_or_nothing(big)


def test_of_two_versions_at_once_that_follow_the_same_one_one_comes_in_and_the_other_is_refused(big: Path) -> None:
    other = big.with_name("v3.yaml")
    other.write_text(big.with_name("v2.yaml").read_text().replace('version: "2"', 'version: "2b"'))
    both = [qcode("codebook", "import", file, "--study", big) for file in (big.with_name("v2.yaml"), other)]
    said = b"".join(part for one in both for part in one.communicate())
    assert sorted(one.returncode for one in both) == [0, 2]
    assert b"follows 1, and the study is at 2" in said
    assert_all_or_nothing(big)


@pytest.mark.parametrize("limit", [100_000, 1_500_000, 3_000_000])
def test_a_disk_that_takes_no_more_is_a_sentence_and_leaves_the_version_out(big: Path, limit: int) -> None:
    file = big.with_name("v2.yaml")
    words = [sys.executable, "-c", FULL, str(limit), "codebook", "import", str(file), "--study", str(big)]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "error: the disk of a.qcode does not read or write; look at the disk; nothing was changed\n"
    assert not assert_all_or_nothing(big)
