"""`check` finds what another program changed in the file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from qcode.study.study import Study
from qcode.study.study import open as open_study


def findings_after(path: Path, *statements: str) -> list[tuple[str, str]]:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    with open_study(path) as study:
        return study.check()


def test_a_study_as_it_was_made_is_whole(study: Study) -> None:
    assert study.check() == []


@pytest.mark.parametrize(
    ("statement", "where", "what"),
    [
        ("UPDATE revision SET text = replace(text, 'phone', 'radio')", "transcript P1", "its SHA-256 differs"),
        ("UPDATE revision SET text = text || ' '", "transcript P2", "its SHA-256 differs"),
        ("UPDATE revision SET characters = 1", "transcript P1", "not what was imported"),
        ('UPDATE coding SET start = start + 1, "end" = "end" + 1', "transcript P1, coding", "its quote is not"),
        ("UPDATE coding SET quote = 'three hours' WHERE id = 1", "transcript P1, coding", "its quote is not"),
        ('UPDATE coding SET "end" = 100000 WHERE id = 1', "transcript P1, coding", "its quote is not"),
        ("UPDATE turn SET start = 0 WHERE n = 2", "transcript P1, turn 2", "overlaps the turn before"),
        ('UPDATE turn SET "end" = 100000 WHERE n = 4', "transcript P1, turn 4", "ends behind the text"),
        ("UPDATE code_entry SET name = 'Other' WHERE key = 'wait'", "codebook book@1", "it is not what was imported"),
        ('UPDATE code_entry SET content = \'{"brief": "b"}\'', "codebook book@1", "it is not what was imported"),
        ("DELETE FROM code_entry WHERE key = 'wait'", "code ", "under a version that does not have it"),
        ("UPDATE coding SET version_id = 99", "table coding", "points to a row of codebook_version"),
        ("UPDATE transcript SET case_id = 99", "table transcript", "points to a row of case"),
        ("UPDATE history SET details = '{}' WHERE n = 3", "history, act 3", "the history was changed"),
        ("UPDATE history SET coder = 'x' WHERE n = 3", "history, act 3", "the history was changed"),
        ("DELETE FROM history WHERE n = 3", "history, act 4", "the history was changed"),
        ("DELETE FROM history WHERE n = 1", "history, act 2", "the history was changed"),
    ],
)
def test_a_change_from_outside_is_found(study_path: Path, statement: str, where: str, what: str) -> None:
    found = findings_after(study_path, statement)
    assert any(w.startswith(where) and what in said for w, said in found), found


def test_a_mark_in_vivo_whose_words_stand_elsewhere_is_found(study: Study) -> None:
    study.in_vivo.add("P2", quote="The doctor was kind")
    study.close()
    assert findings_after(study.path, "SELECT 1") == []
    ((where, what),) = findings_after(study.path, "UPDATE in_vivo SET quote = 'The doctor was rude'")
    assert (where.startswith("transcript P2, mark "), what) == (True, "its quote is not what stands at its place")


def test_acts_that_changed_places_are_found(study_path: Path) -> None:
    swap = "UPDATE history SET n = CASE n WHEN -3 THEN 4 ELSE 3 END WHERE n IN (-3, -4)"
    found = findings_after(study_path, "UPDATE history SET n = -n WHERE n IN (3, 4)", swap)
    assert ("history, act 3", "it does not follow the act before it: the history was changed") in found


@pytest.mark.parametrize("about", ["transcript", "code", "coding", "case", "study"])
def test_a_memo_about_something_that_is_gone_is_found(study: Study, about: str) -> None:
    study.memos.add("a thought", about="study")
    study.close()
    found = findings_after(study.path, f"UPDATE memo SET about = '{about}', target = 'gone'")
    assert [what for _, what in found] == [f"the {about} it is about is not there"]


def test_a_finding_holds_no_words_of_a_transcript(study_path: Path) -> None:
    found = findings_after(study_path, "UPDATE revision SET text = replace(text, 'phone', 'radio')")
    assert found
    assert not any("radio" in what or "two hours" in what for _, what in found)
