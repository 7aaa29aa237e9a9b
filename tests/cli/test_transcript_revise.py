"""`qcode transcript revise`: what it prints of a correction, and how what waits then is decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Dump, Run
from tests.study.correcting import P1

NOBODY = "Nobody ever called me back"
REVISED = "transcript id revision revision_id changed share characters turns sha256 speakers"
REVISED += " same moved adjusted unplaceable marks rejections_forgotten warnings dry_run"
TOLD = "id new_id code coder revision start end quote verdict new_start new_end new_quote reordered"


@pytest.fixture
def corrected(tmp_path: Path, study_path: Path) -> tuple[str | Path, ...]:
    """Give the words that correct P1: a passage gets another word, one goes, one stands elsewhere."""
    text = P1.replace("two hours", "two long hours").replace(f"{NOBODY}, so ", "")
    (tmp_path / "new.txt").write_text(text)
    return ("transcript", "revise", "P1", tmp_path / "new.txt", "--speakers", "INT,ANA", "--study", study_path)


def test_a_correction_is_told_with_what_became_of_each_coding(run: Run, corrected: tuple[str | Path, ...]) -> None:
    ran = run(*corrected)
    assert ran.exit == 0
    lines = [line.split(maxsplit=3)[1:] for line in ran.out.splitlines()[1:]]
    assert [(code, coder) for code, coder, _ in lines] == [
        ("trust", "ana"),
        ("wait", "ben"),
        ("trust", "ben"),
        ("leave", "ben"),
    ]
    assert "two hours → two long hours" in ran.out
    assert "waits in the queue" in ran.out.splitlines()[1]
    assert "P1 is at revision 2 (109 characters, 4 turns; speakers: INT, ANA)" in ran.err
    assert "of 4 codings: 0 as they were, 1 moved, 2 adjusted, 1 without a place" in ran.err
    assert "qcode codebook queue --transcript P1" in ran.err
    assert "the earlier text stays: qcode transcript show P1 --revision 1" in ran.err


def test_a_dry_run_tells_it_and_changes_nothing(
    run: Run, corrected: tuple[str | Path, ...], study_path: Path, dump: Dump
) -> None:
    before = dump(study_path)
    assert "P1 would be at revision 2" in run(*corrected, "--dry-run").err
    assert dump(study_path) == before


def test_a_correction_as_json_names_everything(run: Run, corrected: tuple[str | Path, ...]) -> None:
    told = json.loads(run(*corrected, "--format", "json").out)
    assert " ".join(told) == REVISED
    assert (told["revision"], told["changed"], told["dry_run"]) == (2, True, False)
    assert " ".join(told["adjusted"][0]) == TOLD
    assert [(one["quote"], one["new_id"]) for one in told["unplaceable"]] == [(NOBODY, None)]
    again = json.loads(run(*corrected, "--format", "json").out)
    assert (again["revision"], again["changed"], again["moved"]) == (2, False, [])


def test_the_texts_of_a_transcript_are_listed_and_shown(
    run: Run, corrected: tuple[str | Path, ...], study_path: Path
) -> None:
    shown = ("transcript", "show", "P1", "--format", "json", "--study", study_path)
    assert "revision" not in json.loads(run(*shown).out)
    run(*corrected)
    listed = json.loads(run("transcript", "revisions", "P1", "--format", "json", "--study", study_path).out)
    assert [(one["revision"], one["codings"]) for one in listed] == [(1, 1), (2, 3)]
    first, newest = (json.loads(run(*shown, *more).out) for more in (("--revision", "1"), ()))
    assert (first["text"], first["revision"], newest["revision"]) == (P1, 1, 2)
    assert run(*shown, "--revision", "3").err.startswith("error: P1 has no revision 3; it has 1 to 2")


def test_a_coding_whose_words_are_gone_is_in_the_queue_with_what_to_type(
    run: Run, corrected: tuple[str | Path, ...], study_path: Path
) -> None:
    run(*corrected)
    ran = run("codebook", "queue", "--study", study_path)
    assert "trust: its words are not in revision 2 of P1\n  may be placed anew, or be withdrawn" in ran.out
    assert '--quote "its words now"      or --at START END' in ran.err
    (item,) = json.loads(run("codebook", "queue", "--format", "json", "--study", study_path).out)
    assert (item["change"], item["why"], item["candidates"]) == ("revise", "its words are not in revision 2", [])


def test_it_is_placed_by_its_words_or_by_positions_and_that_is_taken_back(
    run: Run, corrected: tuple[str | Path, ...], study_path: Path
) -> None:
    run(*corrected)
    (item,) = json.loads(run("codebook", "queue", "--format", "json", "--study", study_path).out)
    resolve, study = ("codebook", "resolve"), ("--study", study_path)
    placed = run(*resolve, item["id"], "--quote", "on the phone", *study)
    assert (placed.exit, "placed 1 coding anew" in placed.err, "nothing waits any more" in placed.err) == (
        0,
        True,
        True,
    )
    assert run(*resolve, "--undo", *study).exit == 0
    assert run(*resolve, item["id"], "--at", "5", "9", *study).exit == 0
    codings = json.loads(run("coding", "list", "--format", "json", *study).out)
    assert ("ana", "How ", 5, 9) in [(c["coder"], c["quote"], c["start"], c["end"]) for c in codings]
    assert run("check", *study).exit == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--quote", "on the phone"], "--at and --quote place one coding: name it by its id"),
        (["12345678", "--quote", "on the phone", "--keep"], "--keep and --quote do not go together"),
        (["12345678", "--at", "5", "9", "--to", "wait"], "--to and --at do not go together"),
    ],
)
def test_a_place_that_cannot_be_meant_is_one_sentence(run: Run, study_path: Path, words: list[str], said: str) -> None:
    everything = ["--all"] if words[0].startswith("--") else []
    ran = run("codebook", "resolve", *words, *everything, "--study", study_path)
    assert (ran.exit, said in ran.err) == (2, True)


def test_another_talk_is_refused_with_a_sentence(run: Run, study_path: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Wholly other words stand here, of somebody else.\n")
    words = ("transcript", "revise", "P1", tmp_path / "other.txt", "--study", study_path)
    ran = run(*words)
    assert (ran.exit, "seems to be another talk; look whether it is the right file" in ran.err) == (2, True)
    assert run(*words, "--anyway").exit == 0
    assert "Wholly" not in ran.err
