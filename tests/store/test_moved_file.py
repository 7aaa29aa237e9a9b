"""What becomes of a study whose file is moved, deleted or replaced under the programs that have it open."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.errors import Conflict, QcodeError, StudyMoved, StudyNotFound
from qcode.store import engine
from qcode.store.moved_file import next_mark
from qcode.study.study import Study, create
from qcode.study.study import open as open_study
from tests.conftest import CODINGS

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody move a file that is open")

LONG = 600
"""Seconds that a program waits for another one here: on a busy machine both may be slow."""

KEEPER = """
import sys
from qcode.errors import QcodeError
from qcode.store import engine
from qcode.study.study import open
engine.BUSY_SECONDS = float(sys.argv[2])
with open(sys.argv[1]) as study:
    study.status()
    print("open", flush=True)
    for line in sys.stdin:
        try:
            study.memos.add(line.strip())
            print("kept", flush=True)
        except QcodeError as error:
            print(error.sentence, flush=True)
"""


class Keeper:
    """Another program that has a study open and keeps memos in it."""

    def __init__(self, path: Path) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-c", KEEPER, str(path), str(LONG)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._said() == "open"

    def keep(self, memo: str) -> str:
        assert self._program.stdin is not None
        print(memo, file=self._program.stdin, flush=True)
        return self._said()

    def kill(self) -> None:
        self._program.kill()
        self._program.communicate()

    def close(self) -> None:
        self._program.communicate()

    def _said(self) -> str:
        assert self._program.stdout is not None
        return self._program.stdout.readline().strip()


@pytest.fixture
def start(study_path: Path) -> Iterator[Callable[[], Keeper]]:
    started: list[Keeper] = []

    def begin() -> Keeper:
        started.append(Keeper(study_path))
        return started[-1]

    yield begin
    for one in started:
        one.kill()


@pytest.fixture
def older(study_path: Path) -> Path:
    """Give a copy of the study from before it was worked on again."""
    copy = study_path.with_name("older.backup")
    shutil.copy(study_path, copy)
    with open_study(study_path) as study:
        study.memos.add("later")
    return copy


def memos(path: Path) -> list[str]:
    with open_study(path) as study:
        assert study.check() == []
        return [one.text for one in study.memos.list()]


def log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


@on_posix
@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.rename(path.with_name("elsewhere.qcode"))])
def test_nothing_is_said_to_be_kept_in_a_file_that_lost_its_name(
    study_path: Path, start: Callable[[], Keeper], change: Callable[[Path], None]
) -> None:
    program = start()
    assert program.keep("one") == "kept"
    change(study_path)
    assert program.keep("two").startswith("study.qcode was moved, renamed or deleted while it was open, so nothing can")


@on_posix
def test_a_file_that_was_moved_holds_all_that_was_kept_before(study_path: Path, start: Callable[[], Keeper]) -> None:
    program, moved = start(), study_path.with_name("elsewhere.qcode")
    program.keep("one")
    study_path.rename(moved)
    program.close()
    assert memos(moved)[-1] == "one"


@on_posix
def test_a_file_that_was_moved_holds_all_that_was_kept_before_also_when_the_program_is_killed(
    study_path: Path, start: Callable[[], Keeper]
) -> None:
    program, moved = start(), study_path.with_name("elsewhere.qcode")
    program.keep("one")
    study_path.rename(moved)
    program.keep("refused")
    program.kill()
    assert memos(moved)[-1] == "one"


@on_posix
def test_a_program_goes_on_when_the_file_is_put_back(study_path: Path, start: Callable[[], Keeper]) -> None:
    program, moved = start(), study_path.with_name("elsewhere.qcode")
    assert program.keep("one") == "kept"
    study_path.rename(moved)
    assert program.keep("refused") != "kept"
    moved.rename(study_path)
    assert program.keep("two") == "kept"
    program.close()
    assert memos(study_path)[-2:] == ["one", "two"]


@on_posix
def test_a_reader_is_told_that_the_file_is_gone(study: Study) -> None:
    study.path.unlink()
    with pytest.raises(StudyMoved, match=r"close qcode everywhere, put study.qcode back, and open the study again"):
        study.status()


@on_posix
def test_nothing_is_said_to_be_kept_where_the_file_is_moved_in_the_middle(study: Study) -> None:
    with pytest.raises(StudyMoved), study.store.write() as connection:
        connection.exec_driver_sql("UPDATE study SET title = 'new'")
        study.path.rename(study.path.with_name("elsewhere.qcode"))


@on_posix
def test_nothing_is_said_to_be_kept_where_the_log_was_deleted(study: Study) -> None:
    study.memos.add("one")
    log(study.path).unlink()
    with pytest.raises(StudyMoved, match=r"study.qcode lost study.qcode-wal while it was open"):
        study.memos.add("two")


@on_posix
def test_a_file_that_was_replaced_is_neither_written_nor_read(older: Path, study_path: Path) -> None:
    with open_study(study_path) as study:
        study.memos.add("one")
        older.replace(study_path)
        before = study_path.read_bytes()
        with pytest.raises(StudyMoved, match="was replaced by another file while it was open"):
            study.memos.add("two")
        with pytest.raises(StudyMoved):
            study.status()
    assert study_path.read_bytes() == before


@on_posix
@pytest.mark.parametrize("log_is_empty", [True, False])
def test_a_file_that_was_copied_over_in_place_is_not_written(
    older: Path, study_path: Path, start: Callable[[], Keeper], log_is_empty: bool
) -> None:
    program = start()
    if not log_is_empty:
        assert program.keep("one") == "kept"
    shutil.copyfile(older, study_path)
    assert "was replaced by another file while it was open" in program.keep("two")


def test_a_log_that_a_killed_program_left_is_not_played_into_another_copy(
    older: Path, study_path: Path, start: Callable[[], Keeper]
) -> None:
    program = start()
    program.keep("one")
    program.kill()
    older.replace(study_path)
    before = study_path.read_bytes()
    with pytest.raises(StudyMoved, match=r"study.qcode-wal holds the last changes of another copy of study.qcode; put"):
        open_study(study_path)
    assert study_path.read_bytes() == before


def test_a_copy_opens_when_the_log_of_the_other_is_moved_away(
    older: Path, study_path: Path, start: Callable[[], Keeper]
) -> None:
    program, before = start(), memos(older)
    program.keep("one")
    program.kill()
    older.replace(study_path)
    for end in ("-wal", "-shm"):
        study_path.with_name(study_path.name + end).unlink()
    assert memos(study_path) == before


def test_a_log_that_a_killed_program_left_is_played_into_its_own_file(
    study_path: Path, start: Callable[[], Keeper]
) -> None:
    program = start()
    program.keep("one")
    program.kill()
    assert memos(study_path)[-1] == "one"


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_a_new_study_is_not_made_beside_what_is_left_of_another(tmp_path: Path, end: str) -> None:
    (tmp_path / f"a.qcode{end}").write_bytes(b"rest")
    with pytest.raises(
        Conflict, match=f"a.qcode{end} is still there, which belongs to a study that was called a.qcode"
    ):
        create(tmp_path / "a.qcode")
    assert [p.name for p in tmp_path.iterdir()] == [f"a.qcode{end}"]


@on_posix
def test_two_handles_of_one_program_keep_the_log_that_another_program_closes(
    study_path: Path, start: Callable[[], Keeper]
) -> None:
    """A process that closes a file loses its locks on it, and a program that sees no locks removes the log."""
    with open_study(study_path) as first, open_study(study_path) as second:
        first.memos.add("one")
        other = start()
        other.keep("two")
        other.close()
        assert log(study_path).exists()
        second.memos.add("three")
        with open_study(study_path):
            pass
        first.memos.add("four")
    assert memos(study_path)[-4:] == ["one", "two", "three", "four"]


def test_two_programs_keep_in_one_file(study_path: Path, start: Callable[[], Keeper]) -> None:
    one, two = start(), start()
    assert [program.keep(f"m{n}") for n in range(10) for program in (one, two)] == ["kept"] * 20
    one.close()
    assert two.keep("last") == "kept"


def test_a_program_goes_on_after_another_made_the_file_small(study_path: Path, start: Callable[[], Keeper]) -> None:
    program = start()
    with open_study(study_path) as study:
        study.memos.add("one")
        study.store.compact()
    assert program.keep("two") == "kept"


def test_a_program_goes_on_after_another_wrote_its_log_into_the_file_and_began_it_anew(
    study_path: Path, start: Callable[[], Keeper]
) -> None:
    program = start()
    with open_study(study_path) as study:
        for n in range(100):
            study.memos.add(f"{n} " + "word " * 15_000)
        assert log(study_path).stat().st_size < 100 * 75_000  # so it did begin anew
        assert program.keep("two") == "kept"
        study.memos.add("three")


def test_programs_that_write_and_are_killed_never_meet_a_stranger(
    study_path: Path, start: Callable[[], Keeper], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", LONG)
    stop, met = threading.Event(), list[str]()

    def open_again_and_again() -> None:
        while not stop.is_set():
            try:
                with open_study(study_path) as study:
                    study.memos.add("mine " + "word " * 15_000)
                    study.store.compact()
            except QcodeError as error:
                met.append(error.sentence)

    thread = threading.Thread(target=open_again_and_again)
    thread.start()
    for _ in range(3):
        program = start()
        met += [said for n in range(10) if (said := program.keep(f"theirs {n} " + "word " * 15_000)) != "kept"]
        program.kill()
    stop.set()
    thread.join()
    assert met == []
    assert sum(text.startswith("theirs") for text in memos(study_path)) == 30


def empty_the_log_into_the_file(study_path: Path) -> None:
    plain = sqlite3.connect(study_path)
    plain.execute("PRAGMA wal_checkpoint(PASSIVE)")
    plain.close()


def begin_the_log_anew(study_path: Path, *, first_frame_too: bool = False) -> None:
    """Leave the log as a program does that is killed before the first change in it is whole."""
    with log(study_path).open("r+b") as file:
        file.seek(16)
        file.write(b"anewanew" + b"checksum")
        if first_frame_too:
            file.seek(32 + 8)
            file.write(b"anewanew")


@pytest.mark.parametrize("first_frame_too", [False, True])
def test_a_program_goes_on_after_another_was_killed_when_it_began_the_log_anew(
    study_path: Path, first_frame_too: bool
) -> None:
    with open_study(study_path) as study, open_study(study_path) as other:
        for n in range(3):
            other.memos.add(str(n))
        empty_the_log_into_the_file(study_path)
        begin_the_log_anew(study_path, first_frame_too=first_frame_too)
        study.memos.add("one")
    assert memos(study_path)[-2:] == ["2", "one"]


def test_a_study_opens_after_a_program_was_killed_when_it_began_the_log_anew(
    study_path: Path, start: Callable[[], Keeper]
) -> None:
    program = start()
    for n in range(3):
        program.keep(str(n))
    empty_the_log_into_the_file(study_path)
    program.kill()
    begin_the_log_anew(study_path, first_frame_too=True)
    assert memos(study_path)[-1] == "2"


@pytest.mark.parametrize("first_frame_too", [False, True])
def test_a_file_that_was_copied_over_in_place_is_not_written_either_when_the_log_was_begun_anew(
    older: Path, study_path: Path, first_frame_too: bool
) -> None:
    with open_study(study_path) as study:
        for n in range(3):
            study.memos.add(str(n))
        empty_the_log_into_the_file(study_path)
        begin_the_log_anew(study_path, first_frame_too=first_frame_too)
        shutil.copyfile(older, study_path)
        with pytest.raises(StudyMoved, match="was replaced by another file while it was open"):
            study.memos.add("one")


def test_a_program_goes_on_after_another_made_the_file_small_and_was_killed_before_it_left_a_mark(
    study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_cursor: object) -> None:
        raise sqlite3.OperationalError

    with open_study(study_path) as study:
        with open_study(study_path) as other:
            other.memos.add("two")
            with monkeypatch.context() as before:
                before.setattr(engine, "_leave_mark", killed)
                assert not other.store.compact()
        study.memos.add("one")
    assert memos(study_path)[-2:] == ["two", "one"]


def test_a_log_that_another_program_has_open_holds_no_words_after_the_file_was_made_small(
    study_path: Path, start: Callable[[], Keeper]
) -> None:
    program = start()
    with open_study(study_path) as study:
        study.memos.add("said in confidence")
        assert b"said in confidence" in log(study_path).read_bytes()
        assert study.store.compact()
        assert b"said in confidence" not in log(study_path).read_bytes()
        assert program.keep("one") == "kept"


@on_posix
def test_a_study_opens_under_a_name_that_links_to_it(study_path: Path) -> None:
    link = study_path.with_name("link.qcode")
    link.symlink_to(study_path)
    with open_study(link) as study, open_study(study_path) as other:
        for one in (study, other, study):
            one.memos.add("one")
        study.store.compact()
        other.memos.add("two")
    assert len(memos(study_path)) == len(memos(link))


def test_a_study_that_was_opened_by_a_relative_path_is_found_from_another_folder(
    study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(study_path.parent)
    with open_study("study.qcode") as study:
        monkeypatch.chdir("/")
        study.memos.add("one")
    assert memos(study_path)[-1] == "one"


def test_a_handle_that_was_closed_opens_the_file_again(study: Study) -> None:
    study.close()
    study.close()
    assert len(study.codings.list()) == CODINGS
    study.memos.add("one")
    study.close()
    assert not log(study.path).exists()


def test_no_new_file_is_made_where_the_study_was(study_path: Path) -> None:
    with open_study(study_path) as study:
        study.close()
        study_path.unlink()
        with pytest.raises(StudyNotFound, match=r"there is no study .* any more"):
            study.status()
    assert not study_path.exists()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the system does not tell which files are open")
def test_no_file_stays_open_after_the_last_handle(study_path: Path) -> None:
    with open_study(study_path), open_study(study_path):
        pass
    held = [one.resolve() for one in Path("/proc/self/fd").iterdir() if one.exists()]
    assert study_path.resolve() not in held


def test_each_change_leaves_another_mark(study: Study) -> None:
    marks = set()
    for n in range(3):
        study.memos.add(str(n))
        with study.store.read() as connection:
            marks.add(connection.exec_driver_sql("PRAGMA user_version").scalar())
    assert len(marks) == 3


def test_a_block_that_fails_leaves_no_mark(study: Study) -> None:
    def mark() -> object:
        with study.store.read() as connection:
            return connection.exec_driver_sql("PRAGMA user_version").scalar()

    before = mark()
    with pytest.raises(RuntimeError), study.store.write():
        raise RuntimeError
    assert mark() == before


@given(st.integers(-(2**31), 2**31 - 1))
def test_a_mark_begins_with_the_end_of_the_one_before(before: int) -> None:
    after = next_mark(before)
    assert (after >> 16) & 0xFFFF == before & 0xFFFF
    assert -(2**31) <= after < 2**31


def test_a_study_that_qcode_never_marked_is_worked_on(study_path: Path) -> None:
    with sqlite3.connect(study_path) as plain:
        plain.execute("PRAGMA user_version = 0")
    plain.close()
    kept = memos(study_path)
    with open_study(study_path) as study:
        study.memos.add("one")
    assert memos(study_path) == [*kept, "one"]
