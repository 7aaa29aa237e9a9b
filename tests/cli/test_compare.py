"""`qcode compare`: two coders on one transcript, by code, as numbers and as passages."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.conftest import Run

KEYS = (
    "transcript code first second both both_characters first_only first_only_characters second_only "
    "second_only_characters"
)
QUOTES = "transcript code coders turn speaker start end quote"


@pytest.fixture
def path(run: Run, study_path: Path) -> Path:
    """Give the path of the tiny study, in which ana coded a little as ben did."""
    assert run("coding", "add", "P1", "wait", "--quote", "hours on the phone", "--study", study_path).exit == 0
    return study_path


def test_codes_are_listed_with_their_keys(run: Run, path: Path) -> None:
    rows = json.loads(run("compare", "P1", "ana", "ben", "--format", "json", "--study", path).out)
    assert {" ".join(row) for row in rows} == {KEYS}
    wait = next(row for row in rows if row["code"] == "wait")
    assert (wait["first"], wait["second"]) == ("ana", "ben")
    assert [wait[key] for key in KEYS.split()[4:]] == [1, 5, 1, 13, 1, 4]


def test_a_csv_has_the_same_columns(run: Run, path: Path) -> None:
    ran = run("compare", "P1", "ana", "ben", "--format", "csv", "--study", path)
    assert " ".join(next(csv.DictReader(io.StringIO(ran.out)))) == KEYS


def test_for_reading_each_code_is_a_line_with_characters_and_stretches(run: Run, path: Path) -> None:
    ran = run("compare", "P1", "ana", "ben", "--study", path)
    lines = [line.split() for line in ran.out.splitlines()]
    assert lines[0] == ["code", "both", "only", "ana", "only", "ben"]
    assert ["wait", "5", "(1)", "13", "(1)", "4", "(1)"] in lines
    assert ["trust", "-", "26", "(1)", "9", "(1)"] in lines
    assert "under book@1" in ran.err


def test_passages_are_shown_with_who_coded_them(run: Run, path: Path) -> None:
    words = ("compare", "P1", "ana", "ben", "--code", "wait", "--quotes")
    rows = json.loads(run(*words, "--format", "json", "--study", path).out)
    assert {" ".join(row) for row in rows} == {QUOTES}
    assert [(row["coders"], row["quote"], row["turn"], row["speaker"]) for row in rows] == [
        (["ben"], "two ", 2, "ANA"),
        (["ana", "ben"], "hours", 2, "ANA"),
        (["ana"], " on the phone", 2, "ANA"),
    ]
    assert run(*words, "--study", path).out.splitlines()[:3] == [
        "wait  (3 passages)",
        "  only ben  42-46  turn 2, ANA",
        "      two",
    ]


@pytest.mark.parametrize("more", [(), ("--quotes",)])
@pytest.mark.parametrize("ending", [".json", ".csv", ".xlsx", ".docx", ".html"])
def test_a_comparison_is_written_to_a_file_by_its_ending(
    run: Run, path: Path, ending: str, more: tuple[str, ...]
) -> None:
    file = path.with_name(f"compared{ending}")
    assert run("compare", "P1", "ana", "ben", *more, "-o", file, "--study", path).exit == 0
    assert file.stat().st_size > 100


@pytest.mark.parametrize("more", [(), ("--quotes",)])
def test_where_neither_coded_that_is_said(run: Run, path: Path, more: tuple[str, ...]) -> None:
    ran = run("compare", "P1", "ana", "ben", "--code", "money", *more, "--study", path)
    assert (ran.exit, ran.out) == (0, "")
    assert ran.err == "neither ana nor ben has coded P1 with any of these codes\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["P9", "ana", "ben"], "there is no transcript 'P9'"),
        (["P1", "ana", "zoe"], "there is no coder 'zoe'"),
        (["P1", "ana", "ana"], "ana is named twice; name two coders"),
        (["P1", "ana", "ben", "--code", "hope"], "there is no code 'hope'"),
        (["P1", "ana", "ben", "--codebook", "book@9"], "the codebook book has no version 9"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(run: Run, path: Path, words: list[str], sentence: str) -> None:
    ran = run("compare", *words, "--study", path)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {sentence}")
