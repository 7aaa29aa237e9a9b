"""`qcode codebook passages` lists sentences that a code's terms find and that nobody coded with it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.conftest import Dump, Ran, Run

KEYS = "transcript turn speaker start end quote found"


@pytest.fixture
def passages(run: Run, study_path: Path) -> Run:
    """Give a function that runs the command on the tiny study, in which `help` has terms and one coding."""
    run("codebook", "redefine", "help", "--term", "en=help, sister, doctor, cost, week", "--study", study_path)
    run("codebook", "publish", "--study", study_path)

    def passages(*words: str) -> Ran:
        return run("codebook", "passages", *words, "--study", study_path)

    return passages


def test_each_sentence_stands_below_its_place(passages: Run, study_path: Path, dump: Dump) -> None:
    before = dump(study_path)
    ran = passages("help")
    assert ran.out.splitlines() == [
        "P2 56-76  turn 2, BORIS  (doctor)",
        "    The doctor was kind.",
        "",
        "P2 107-132  turn 4, BORIS  (week)",
        "    Two thousand, every week.",
        "",
    ]
    assert "My sister" not in ran.out
    assert "What did it cost?" not in ran.out, "questions suggest nothing"
    assert "2 sentences may belong here\n" in ran.err
    assert "qcode coding add TRANSCRIPT START END help" in ran.err
    assert dump(study_path) == before


def test_json_and_csv_have_the_same_keys(passages: Run) -> None:
    document = json.loads(passages("help", "--format", "json").out)
    assert {" ".join(one) for one in document} == {KEYS}
    assert [one["found"] for one in document] == [["doctor"], ["week"]]
    rows = list(csv.DictReader(io.StringIO(passages("help", "--format", "csv").out)))
    assert [(" ".join(one), one["quote"]) for one in rows] == [(KEYS, one["quote"]) for one in document]


@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx", ".docx", ".html"])
def test_they_are_written_by_the_ending(passages: Run, tmp_path: Path, ending: str) -> None:
    ran = passages("help", "-o", str(tmp_path / f"out{ending}"))
    assert (ran.exit, ran.out) == (0, "")
    assert ran.err.startswith("wrote 2 rows to")


def test_where_nothing_is_left_that_is_said(passages: Run) -> None:
    ran = passages("help", "--transcript", "P1")
    assert (ran.exit, ran.out, ran.err) == (0, "", "no sentence with terms of help is left uncoded\n")
    assert passages("help", "--transcript", "P1", "--format", "json").out == "[]\n"


def test_a_case_chooses_its_transcripts(passages: Run) -> None:
    assert "doctor" in passages("help", "--case", "boris b.").out
    assert passages("help", "--case", "Ana A.").out == ""


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("wait",), "wait has no terms that could find passages; add some: qcode codebook redefine wait --term"),
        (("INFLUENCE",), "INFLUENCE is only a heading, which takes no codings; ask for help or money"),
        (("ghost",), "there is no code 'ghost'"),
        (("help", "--transcript", "P9"), "there is no transcript 'P9'"),
        (("help", "--codebook", "other"), "there is no codebook 'other'"),
    ],
)
def test_what_cannot_be_is_a_sentence(passages: Run, words: tuple[str, ...], why: str) -> None:
    ran = passages(*words)
    assert (ran.exit, ran.out) == (2, "")
    assert why in ran.err


def test_terms_that_the_hint_tells_to_add_find_passages(passages: Run, run: Run, study_path: Path) -> None:
    run("codebook", "redefine", "wait", "--term", "en=stop", "--study", study_path)
    run("codebook", "publish", "--study", study_path)
    assert [one["quote"] for one in json.loads(passages("wait", "--format", "json").out)] == [
        "Nobody ever called me back, so I stopped asking."
    ]
