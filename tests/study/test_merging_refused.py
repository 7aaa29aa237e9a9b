"""Files that are not merged: what they are is said in one sentence, and nothing changes."""

from __future__ import annotations

import sqlite3
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.domain.history import chain_hash
from qcode.errors import Conflict, Damaged, StudyNotFound, StudyTooNew
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import Dump


@pytest.fixture
def other(study: Study, tmp_path: Path) -> Iterator[Study]:
    """Give a copy of the tiny study."""
    study.back_up(tmp_path / "other.qcode")
    with open_study(tmp_path / "other.qcode") as opened:
        yield opened


def test_what_is_no_other_study_is_refused_in_words(study: Study, tmp_path: Path) -> None:
    text = tmp_path / "notes.qcode"
    text.write_text("no study", encoding="utf-8")
    with pytest.raises(Damaged, match="not a qcode study"):
        study.merge(text)
    with pytest.raises(StudyNotFound):
        study.merge(tmp_path / "nowhere.qcode")
    with pytest.raises(Conflict, match="is this study itself"):
        study.merge(study.path)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE coding SET quote = 'said by nobody' WHERE id = 1",
        "DELETE FROM history WHERE n = 3",
        "UPDATE code_entry SET content = 'no json' WHERE position = 1",
        "DELETE FROM coder WHERE id = 2",
    ],
)
def test_a_study_that_was_tampered_with_is_refused(study: Study, other: Study, dump: Dump, damage: str) -> None:
    other.close()
    with sqlite3.connect(other.path) as connection:
        connection.execute(damage)
    connection.close()
    before = dump(study.path)
    with pytest.raises(Damaged, match="not as qcode wrote it"):
        study.merge(other.path)
    assert dump(study.path) == before


@pytest.mark.parametrize(("step", "error", "said"), [("0003", Conflict, "older qcode"), ("9999", StudyTooNew, "newer")])
def test_another_qcodes_study_is_refused_and_not_upgraded(
    study: Study, other: Study, step: str, error: type[Exception], said: str
) -> None:
    other.close()
    with sqlite3.connect(other.path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (step,))
    connection.close()
    before = other.path.read_bytes()
    with pytest.raises(error, match=said):
        study.merge(other.path)
    assert other.path.read_bytes() == before


ENDLESS = "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x FROM r) SELECT x AS coder_id FROM r"


@pytest.mark.parametrize(
    "made",
    [
        ("DROP TABLE rejection", f"CREATE VIEW rejection AS {ENDLESS}"),
        ("CREATE TRIGGER quiet AFTER INSERT ON memo BEGIN DELETE FROM coding; END",),
        ("UPDATE coding SET created_at = x'ff00' WHERE id = 1",),
    ],
)
def test_a_study_with_what_qcode_never_makes_is_refused(study: Study, other: Study, made: tuple[str, ...]) -> None:
    other.close()
    connection = sqlite3.connect(other.path)
    for one in made:
        connection.execute(one)
    connection.commit()
    connection.close()
    with pytest.raises(Damaged, match="not as qcode wrote it"):
        study.merge(other.path)
    assert study.check() == []


def test_acts_that_cannot_be_read_are_told_though_their_chain_holds(study: Study, other: Study) -> None:
    other.codings.withdraw(other.codings.list()[0].id)
    other.close()
    connection = sqlite3.connect(other.path)
    row = connection.execute("SELECT n, at, coder, act, version, previous FROM history ORDER BY n DESC").fetchone()
    hash = chain_hash(*row[:5], "[1]", row[5])
    connection.execute("UPDATE history SET details = '[1]', hash = ? WHERE n = ?", (hash, row[0]))
    connection.commit()
    connection.close()
    with pytest.raises(Damaged, match="what it tells cannot be read"):
        study.merge(other.path)


def test_a_text_of_a_damaged_file_is_not_in_the_error(study: Study, other: Study) -> None:
    other.close()
    connection = sqlite3.connect(other.path)
    connection.execute("UPDATE revision SET text = cast(cast(text AS blob) || x'ff' AS text)")
    connection.commit()
    connection.close()
    with pytest.raises(Damaged, match="is damaged") as caught:
        study.merge(other.path)
    told = "".join(traceback.format_exception(caught.value))
    assert "Nobody ever called" not in told


def test_why_something_fails_is_not_hidden_by_what_is_being_read(
    study: Study, other: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.codings.withdraw(other.codings.list()[0].id)

    def fails(_: object) -> None:
        raise RuntimeError("why")

    monkeypatch.setattr("qcode.store.merged_acts.json.loads", fails)
    with pytest.raises((RuntimeError, Damaged)) as caught:
        study.merge(other.path)
    assert "being written" not in str(caught.value)


def test_a_folder_that_cannot_be_looked_into_is_told_in_words(
    study: Study, other: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "samefile", forbidden)
    assert not study.merge(other.path).differently
