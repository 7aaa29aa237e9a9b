"""`qcode search`: all places of words, with their turns and the words around them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.conftest import Run

KEYS = "transcript turn speaker start end quote before after"


def test_places_are_listed_with_their_keys(run: Run, study_path: Path) -> None:
    (one,) = json.loads(run("search", "TWO", "hours", "--format", "json", "--study", study_path).out)
    assert " ".join(one) == KEYS
    assert (one["turn"], one["speaker"], one["quote"], one["before"]) == (2, "ANA", "two hours", "I waited ")


def test_a_csv_has_the_same_columns(run: Run, study_path: Path) -> None:
    ran = run("search", "the", "--format", "csv", "--study", study_path)
    assert " ".join(next(csv.DictReader(io.StringIO(ran.out)))) == KEYS


@pytest.mark.parametrize("ending", [".json", ".csv", ".xlsx", ".docx", ".html"])
def test_places_are_written_to_a_file_by_its_ending(run: Run, study_path: Path, ending: str) -> None:
    file = study_path.with_name(f"places{ending}")
    assert run("search", "the", "-o", file, "--study", study_path).exit == 0
    assert file.stat().st_size > 100


def test_for_reading_places_stand_under_their_transcript_with_the_words_marked(run: Run, study_path: Path) -> None:
    ran = run("search", "two hours", "--study", study_path)
    assert ran.out.splitlines() == [
        "P1  (1 place)",
        "  42-51  turn 2, ANA",
        "      I waited [[two hours]] on the phone.",
        "",
    ]


def test_a_place_in_a_label_is_told_as_such(run: Run, study_path: Path) -> None:
    assert "outside of the turns" in run("search", "boris", "--study", study_path).out


def test_forms_are_found_when_asked_for(run: Run, study_path: Path) -> None:
    plain, forms = (
        run("search", "wait", *more, "--format", "json", "--study", study_path) for more in ((), ("--forms",))
    )
    assert [one["quote"] for one in json.loads(plain.out)] == ["wait", "wait"]
    assert [one["quote"] for one in json.loads(forms.out)] == ["wait", "waited"]


def test_filters_choose_the_transcripts(run: Run, study_path: Path) -> None:
    words = ["search", "the", "--where", "country=Kazakhstan", "--format", "json", "--study", study_path]
    assert {one["transcript"] for one in json.loads(run(*words).out)} == {"P2"}


def test_words_that_stand_nowhere_are_told(run: Run, study_path: Path) -> None:
    assert run("search", "zebra", "--study", study_path).err == "the words stand nowhere\n"
    ran = run("search", "zebra", "--transcript", "P1", "--study", study_path)
    assert (ran.exit, ran.out, ran.err) == (0, "", "the words stand nowhere in these transcripts\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([" "], "no words are given to search for; type one or more"),
        (["?!", "--forms"], "only words have forms, and there is none here; search for it as it stands"),
        (["the", "--transcript", "P9"], "there is no transcript 'P9'"),
        (["the", "--where", "role"], "'role' is not KEY=VALUE"),
    ],
)
def test_what_cannot_be_searched_is_a_sentence(run: Run, study_path: Path, words: list[str], sentence: str) -> None:
    ran = run("search", *words, "--study", study_path)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {sentence}")
