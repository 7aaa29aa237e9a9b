"""Opening a study file, and what becomes of one that is none."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from qcode.errors import BadValue, Damaged, QcodeError, StudyBusy, StudyNotFound
from qcode.store import engine
from qcode.store.engine import connect_store
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import CODINGS


def test_foreign_keys_are_on(study: Study) -> None:
    with study.store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_row_that_points_nowhere_cannot_be_written(study: Study) -> None:
    with pytest.raises(QcodeError), study.store.write() as connection:
        connection.exec_driver_sql("UPDATE transcript SET case_id = 99")


def test_a_study_keeps_a_write_ahead_log(study: Study) -> None:
    with study.store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_block_that_fails_changes_nothing(study: Study) -> None:
    with pytest.raises(RuntimeError), study.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM coding")
        raise RuntimeError
    assert len(study.codings.list()) == CODINGS


def test_a_reader_sees_the_state_before_a_writer_commits(study: Study) -> None:
    with study.store.write() as writer:
        writer.exec_driver_sql("DELETE FROM coding")
        with study.store.read() as reader:
            assert reader.exec_driver_sql("SELECT count(*) FROM coding").scalar() == CODINGS


def test_two_writers_wait_for_each_other(study: Study, study_path: Path) -> None:
    other, order = connect_store(study_path), list[str]()
    inside = threading.Event()

    def second() -> None:
        inside.wait()
        with other.write() as connection:
            order.append("second")
            connection.exec_driver_sql("UPDATE study SET title = title || '2'")

    thread = threading.Thread(target=second)
    thread.start()
    with study.store.write() as connection:
        inside.set()
        connection.exec_driver_sql("UPDATE study SET title = '1'")
        thread.join(0.3)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert study.status().title == "12"


def test_a_writer_that_waits_too_long_says_that_the_study_is_busy(
    study: Study, study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    other = connect_store(study_path)
    busy = pytest.raises(StudyBusy, match="being written by another window or program")
    with study.store.write(), busy, other.write():
        pass


@pytest.mark.parametrize("content", [b"", b"ANA: I waited.\n", b"SQLite format 3\0" + b"\0" * 84])
def test_a_file_that_is_no_study_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.qcode"
    path.write_bytes(content)
    with pytest.raises(Damaged, match="is not a qcode study; name a file"):
        open_study(path)
    assert path.read_bytes() == content


def test_another_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "other.qcode"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE alembic_version (version_num TEXT)")
    other.close()
    with pytest.raises(Damaged, match="is not a qcode study"):
        open_study(path)


def test_a_database_that_only_claims_to_be_a_study_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "empty.qcode"
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA application_id = {engine.APPLICATION_ID}")
    other.execute("CREATE TABLE t (a)")
    other.close()
    with pytest.raises(Damaged, match="not a whole qcode study"):
        open_study(path)


@pytest.mark.parametrize("kept", [100, 1000, 4096, 5000, 20_000, 0.5, 0.9])
def test_a_study_that_was_cut_short_is_refused_with_a_sentence(study_path: Path, kept: float) -> None:
    whole = study_path.read_bytes()
    cut = study_path.with_name("cut.qcode")
    cut.write_bytes(whole[: int(kept * len(whole)) if kept < 1 else int(kept)])
    with pytest.raises(Damaged, match=r"cut.qcode is "), open_study(cut) as study:
        study.check()


def test_a_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StudyNotFound, match=r"is a folder; name the .qcode file in it"):
        open_study(tmp_path)


def test_a_missing_study_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StudyNotFound, match=r"there is no study .*; make one with: qcode init"):
        open_study(tmp_path / "none.qcode")
    assert list(tmp_path.iterdir()) == []


def test_a_path_longer_than_a_disk_allows_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StudyNotFound):
        open_study(tmp_path / f"{'x' * 300}.qcode")


def test_half_a_character_is_refused_with_a_sentence(study: Study) -> None:
    with pytest.raises(BadValue, match="half a character"), study.store.write() as connection:
        connection.exec_driver_sql("UPDATE study SET title = ?", ("a \ud800 b",))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_full_disk_is_said_and_changes_nothing(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    before = study.status()
    with study.store.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def small(connection: sqlite3.Connection, record: object) -> None:
        set_up(connection, record)
        connection.execute(f"PRAGMA max_page_count = {pages}")

    set_up = engine._set_up
    monkeypatch.setattr(engine, "_set_up", small)
    with open_study(study.path) as full, pytest.raises(StudyBusy, match="no room is left on the disk"):
        full.memos.add("word " * 15_000)
    assert study.status() == before


def test_a_copy_is_made_while_the_study_is_in_use(study: Study, tmp_path: Path) -> None:
    with study.store.write() as connection:
        connection.exec_driver_sql("UPDATE study SET title = 'not yet'")
        study.store.copy_to(tmp_path / "copy.qcode")
    with open_study(tmp_path / "copy.qcode") as copy:
        assert copy.status().title == "Invented"
        assert copy.check() == []


def test_a_study_that_was_closed_is_one_file(study_path: Path) -> None:
    beside = {p.name for p in study_path.parent.iterdir() if p.name.startswith("study.")}
    assert beside == {"study.qcode"}


def test_a_study_opens_from_a_path_with_odd_characters(study_path: Path) -> None:
    odd = study_path.with_name("étude 100%? #1 Ош.qcode")
    shutil.move(study_path, odd)
    with open_study(odd) as study:
        assert study.check() == []


@pytest.fixture
def protected(study_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a closed study in a folder in which nobody may write."""
    may = os.access

    def refused(path: Path, mode: int) -> bool:
        return may(path, mode) and not (Path(path) == study_path.parent and mode == os.W_OK)

    monkeypatch.setattr("qcode.store.moved_file.os.access", refused)
    return study_path


def test_a_study_on_a_protected_medium_can_be_read(protected: Path) -> None:
    with open_study(protected) as study:
        assert len(study.codings.list()) == CODINGS
        assert study.check() == []
        assert [one.name for one in protected.parent.glob("study.qcode*")] == [protected.name]


def test_a_study_on_a_protected_medium_is_not_written(protected: Path) -> None:
    before = protected.read_bytes()
    with open_study(protected) as study, pytest.raises(StudyBusy, match="cannot be written"):
        study.memos.add("a")
    assert protected.read_bytes() == before


def test_a_study_on_a_protected_medium_can_be_copied(protected: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with open_study(protected) as study:
        study.back_up(tmp_path / "mine" / "copy.qcode")
    with open_study(tmp_path / "mine" / "copy.qcode") as copy:
        assert len(copy.codings.list()) == CODINGS


def test_what_somebody_else_has_not_written_back_yet_is_read_from_a_protected_folder(
    study_path: Path, request: pytest.FixtureRequest
) -> None:
    with open_study(study_path) as study:
        study.memos.add("the newest")
        protected = request.getfixturevalue("protected")
        with open_study(protected) as reader:
            assert "the newest" in [one.text for one in reader.memos.list()]


def test_a_disk_without_room_for_the_log_is_called_full(study_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(path: Path, file: object) -> sqlite3.Connection:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(engine, "_connect", fails)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=0))
    with pytest.raises(StudyBusy, match="no room is left on the disk"):
        open_study(study_path)
