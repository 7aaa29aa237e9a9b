"""`qcode progress`, and what `qcode coding` does beside adding and withdrawing: restore, in-vivo."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import CODINGS, Run

QUOTE = "The doctor was kind"
PROGRESS = ["id", "name", "case", "language", "characters", "read", "at", "codings", "pending", "opened_at"]
MARK = ["id", "codebook", "key", "name", "transcript", "start", "end", "quote", "coder", "created_at", "lost"]
MARK += ["placed", "revision"]


def test_progress_shows_each_transcript_with_the_share_that_was_read(run: Run, study: Study) -> None:
    length = len(study.reading.open("P1").text)
    study.reading.keep_place("P1", 3, read=length // 2 + 1, coder="ben")
    study.close()
    ran = run("progress", "--coder", "ben", "--study", study.path)
    assert ran.exit == 0
    assert [line.split()[0] for line in ran.out.splitlines() if line.startswith("P")] == ["P1", "P2"]
    assert "50 %" in ran.out
    assert "0 %" in ran.out


@pytest.mark.parametrize("fmt", ["json", "csv"])
def test_progress_for_programs_has_every_column(run: Run, study_path: Path, fmt: str) -> None:
    out = run("progress", "--coder", "ben", "--format", fmt, "--study", study_path).out
    rows = json.loads(out) if fmt == "json" else list(csv.DictReader(io.StringIO(out)))
    assert [list(row) for row in rows] == [PROGRESS, PROGRESS]
    assert [int(row["codings"]) for row in rows] == [3, 2]


@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx", ".docx", ".html"])
def test_progress_is_written_to_a_file(run: Run, study_path: Path, ending: str) -> None:
    file = study_path.with_name(f"progress{ending}")
    assert run("progress", "-o", file, "--study", study_path).exit == 0
    assert file.stat().st_size > 100


def test_an_empty_study_has_no_progress(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path / "a.qcode")
    assert "no transcripts yet" in (ran := run("progress", "--study", tmp_path / "a.qcode")).out + ran.err


def test_a_withdrawn_coding_is_restored(run: Run, study: Study) -> None:
    name = study.codings.list()[0].id
    study.close()
    assert run("coding", "withdraw", name[:8], "--study", study.path).exit == 0
    ran = run("coding", "restore", name[:8], "--study", study.path)
    assert (ran.exit, "restored 1 coding" in ran.out + ran.err) == (0, True)
    with open_study(study.path) as again:
        assert len(again.codings.list()) == CODINGS


def test_a_coding_that_stands_is_not_restored(run: Run, study: Study) -> None:
    name = study.codings.list()[0].id
    study.close()
    ran = run("coding", "restore", name, "--study", study.path)
    assert (ran.exit, "stands: it is not withdrawn" in ran.err) == (2, True)


def test_a_passage_is_marked_listed_and_becomes_a_coding(run: Run, study_path: Path) -> None:
    words = ("coding", "in-vivo", "--study", study_path)
    ran = run(*words, "P2", "--quote", QUOTE, "--key", "KIND", "--under", "INFLUENCE", "--coder", "ben")
    assert (ran.exit, "ben marked P2" in ran.out + ran.err) == (0, True)
    (row,) = json.loads(run(*words, "--format", "json").out)
    assert (list(row), row["key"], row["quote"], row["lost"]) == (MARK, "KIND", QUOTE, False)
    assert "KIND" in run(*words, "P2").out
    assert "nothing is marked" in (none := run(*words, "P1")).out + none.err
    published = run("codebook", "publish", "--study", study_path)
    assert (published.exit, "1 passage marked in vivo is a coding now" in published.err) == (0, True)
    (coded,) = json.loads(run("coding", "list", "--code", "KIND", "--format", "json", "--study", study_path).out)
    assert (coded["id"], coded["coder"]) == (row["id"], "ben")


def test_a_mark_is_made_by_positions_and_removed(run: Run, study_path: Path) -> None:
    words = ("coding", "in-vivo", "--study", study_path)
    made = json.loads(run(*words, "P2", "5", "20", "--format", "json").out)
    assert (made["start"], made["end"]) == (5, 20)
    ran = run(*words, "--remove", made["id"][:8])
    assert (ran.exit, "removed 1 mark" in ran.out + ran.err) == (0, True)
    assert json.loads(run(*words, "--format", "json").out) == []


@pytest.mark.parametrize(
    "words",
    [
        ("P2", "5"),
        ("P2", "a", "b"),
        ("P2", "5", "9", "11"),
        ("P2", "5", "9", "--quote", "x"),
        ("--quote", "x"),
        ("P2", "--remove", "00000000"),
        ("--remove", "00000000", "--quote", "x"),
        ("P2", "--key", "K"),
    ],
    ids=" ".join,
)
def test_a_place_that_is_not_whole_is_refused(run: Run, study_path: Path, words: tuple[str, ...]) -> None:
    assert run("coding", "in-vivo", *words, "--study", study_path).exit == 2
    assert json.loads(run("coding", "in-vivo", "--format", "json", "--study", study_path).out) == []


def test_what_was_marked_in_a_discarded_draft_is_told(run: Run, study_path: Path) -> None:
    run("coding", "in-vivo", "P2", "--quote", QUOTE, "--study", study_path)
    ran = run("codebook", "draft", "--discard", "--study", study_path)
    assert "1 passage marked in vivo has no code any more" in ran.err
    assert "yes" in (out := run("coding", "in-vivo", "--study", study_path).out) or "True" in out
