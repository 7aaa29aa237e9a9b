"""Words of participants that are needed for a moment lie out of sight, and no longer than that."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qcode.study import out_of_sight as module
from qcode.study.out_of_sight import out_of_sight

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows marks no folder as in use")

HOLDS = """
import sys
from pathlib import Path
from qcode.study import out_of_sight as module
module.MEMORY = Path(sys.argv[1])
with module.out_of_sight(0) as folder:
    (folder / "words").write_text("Не сразу.", encoding="utf-8")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "MEMORY", tmp_path)
    monkeypatch.setattr(module, "gettempdir", lambda: str(tmp_path))
    return tmp_path


def holder(memory: Path) -> tuple[subprocess.Popen[str], Path]:
    """Return a process that holds a folder which was made long ago, and that folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(memory)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    folder = Path(process.stdout.readline().strip())
    os.utime(folder, (0, 0))
    return process, folder


def test_the_folder_is_of_one_person_and_goes_with_its_words(memory: Path) -> None:
    with out_of_sight(0) as folder:
        (folder / "words").write_text("Не сразу.", encoding="utf-8")
        assert (folder.parent, folder.stat().st_mode & 0o777) == (memory, 0o700)
    assert not list(memory.iterdir())


def test_what_a_killed_process_left_is_removed_by_the_next(memory: Path) -> None:
    process, folder = holder(memory)
    process.kill()
    process.communicate()
    assert (folder / "words").exists()
    with out_of_sight(0):
        assert not folder.exists()


def test_what_a_living_process_uses_stays(memory: Path) -> None:
    process, folder = holder(memory)
    with out_of_sight(0):
        assert (folder / "words").exists()
    process.communicate("")
    assert (process.returncode, folder.exists()) == (0, False)


def test_what_only_looks_like_such_a_folder_stays(memory: Path) -> None:
    (memory / "other").mkdir()
    (memory / "qcode-proof-file").write_text("mine", encoding="utf-8")
    (memory / "qcode-proof-link").symlink_to(memory / "other")
    (memory / "qcode-proof-young").mkdir()
    with out_of_sight(0):
        names = {path.name for path in memory.iterdir()}
    assert names >= {"other", "qcode-proof-file", "qcode-proof-link", "qcode-proof-young"}
