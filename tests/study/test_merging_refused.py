"""Files that are not merged: what they are is said in one sentence, and nothing changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

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
