"""Rows of a transcript's revisions: what goes over to the next, and what `check` finds where that was not so."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from qcode.store import newest, revisions, transcripts
from qcode.study.selection import Filters
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.store.test_integrity import findings_after
from tests.study.correcting import P1, correct
from tests.study.next_version import follow

WITHOUT = P1.replace("Nobody ever called me back, so ", "")


@pytest.fixture
def corrected_path(study: Study) -> Path:
    """Give a study with a corrected transcript, one coding of which waits; nobody has it open."""
    correct(study, WITHOUT)
    study.close()
    return study.path


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DELETE FROM pending", "it stands on a text that was corrected since, and does not wait"),
        ("UPDATE pending SET n = 0", "it waits because of a change that is not there"),
        ("DELETE FROM coding_origin", "it was moved, allocated, revised or placed and nothing came of it"),
        ("UPDATE coding_origin SET origin_id = 7", "it came from a coding of another place or coder"),
        ("UPDATE coding SET code_id = code_id + 1 WHERE ended_how IS NOT NULL", "is of another transcript or code"),
        ("UPDATE coding SET ended_how = 'moved' WHERE ended_how = 'revised'", "it came from a coding of another place"),
        ("UPDATE pending SET coding_id = (SELECT max(id) FROM coding)", "gone, and stands on the newest text"),
        ("UPDATE revision SET text = text || ' ' WHERE n = 1", "its text is not what was imported"),
    ],
)
def test_a_change_from_outside_to_a_corrected_transcript_is_found(
    corrected_path: Path, statement: str, what: str
) -> None:
    assert findings_after(corrected_path, "SELECT 1") == []
    found = findings_after(corrected_path, statement)
    assert any(what in said for _, said in found), found


def test_each_correction_has_a_row_of_its_own_that_is_never_given_again(study: Study) -> None:
    correct(study, WITHOUT)
    follow(study, "reorder all")
    with study.store.read() as connection:
        before = newest.transcripts_by_revision(connection)
    assert sorted(before) == [1, 2, 3]
    study.transcripts.remove("P1", with_codings=True)
    correct(study, study.transcripts.show("P2").revision.text + "INT: Thanks.\n", "P2")
    with study.store.read() as connection:
        assert sorted(newest.transcripts_by_revision(connection)) == [2, 4]
        assert [row.name for row in transcripts.revision_rows(connection, 3)] == ["P2"]
        assert [row.revision_id for row in transcripts.revision_rows(connection)] == [4]


def test_codings_that_go_over_have_the_same_identity_wherever_that_happens(study: Study, tmp_path: Path) -> None:
    study.back_up(tmp_path / "other.qcode")
    with open_study(tmp_path / "other.qcode") as other:
        correct(study, WITHOUT)
        correct(other, WITHOUT)
        assert {c.id for c in study.codings.list()} == {c.id for c in other.codings.list()}


def test_what_stands_already_where_a_coding_goes_takes_it_in(study: Study) -> None:
    correct(study, WITHOUT)
    lost = next(c for c in study.codings.list() if c.status == "pending")
    study.code("P1", code="trust", quote="on the phone", coder="ana")
    start = WITHOUT.index("on the phone")
    with study.store.write() as connection:
        (row,) = [row for row in revisions.codings_of(connection, 1) if row.uuid == lost.id]
        going = revisions.Going(3, "0" * 64, "2026-01-01T00:00:00Z", 1)
        revisions.go_over(connection, going, [(row.id, start, start + 12, "on the phone")])
    assert [c.coder for c in study.codings.list(Filters(codes=("trust",))) if c.quote == "on the phone"] == ["ana"]
    assert (study.status().pending, study.check()) == (0, [])


def test_a_study_from_before_corrections_counts_its_versions_over_the_texts_that_it_has(study: Study) -> None:
    follow(study, "reorder all")
    study.close()
    connection = sqlite3.connect(study.path)
    connection.execute("DROP TABLE merged_act")  # what came still later
    connection.execute("ALTER TABLE codebook_version DROP COLUMN revisions_up_to")
    connection.execute("UPDATE alembic_version SET version_num = '0003'")
    connection.commit()
    connection.close()
    with open_study(study.path) as older:
        before = older.cooccurrence(codebook="book@1", unit="turn").to_json()
        correct(older, WITHOUT)
        assert older.cooccurrence(codebook="book@1", unit="turn").to_json() == before
        assert older.check() == []
