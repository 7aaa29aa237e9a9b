"""`qcode suggest`: lists what the terms suggest, and codes or rejects what a person says."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qcode.domain.codebook import CodebookVersion
from qcode.study.study import Study, create
from tests.conftest import Dump, Run

KEYS = "id transcript turn speaker start end quote code words terms why codebook"


@pytest.fixture
def path(study: Study) -> Path:
    """Give the path of the tiny study, in whose codebook two codes have terms."""
    terms = {"wait": (("en", ("phone", "call")),), "help": (("en", ("doctor",)),)}
    codes = tuple(replace(code, terms=terms.get(code.key, ())) for code in study.codebooks.show().content.codes)
    study.codebooks.add_version(CodebookVersion("book", "2", codes))
    study.close()
    return study.path


def listed(run: Run, path: Path, *words: str) -> list[dict[str, Any]]:
    ran = run("suggest", *words, "--format", "json", "--study", path)
    assert ran.exit == 0, ran.err
    return list(json.loads(ran.out))


def test_suggestions_are_listed_with_their_keys(run: Run, path: Path) -> None:
    one = listed(run, path, "--coder", "ben")[0]
    assert " ".join(one) == KEYS
    assert (one["transcript"], one["code"], one["words"], one["terms"]) == ("P1", "wait", ["called"], ["call (en)"])


def test_a_csv_has_the_same_columns(run: Run, path: Path) -> None:
    ran = run("suggest", "--format", "csv", "--study", path)
    first = next(csv.DictReader(io.StringIO(ran.out)))
    assert " ".join(first) == KEYS


@pytest.mark.parametrize("ending", [".json", ".csv", ".xlsx", ".docx", ".html"])
def test_suggestions_are_written_to_a_file_by_its_ending(run: Run, path: Path, ending: str) -> None:
    file = path.with_name(f"list{ending}")
    assert run("suggest", "-o", file, "--study", path).exit == 0
    assert file.stat().st_size > 100


def test_for_reading_each_stands_with_its_place_and_reason_and_what_to_type(run: Run, path: Path) -> None:
    one = listed(run, path, "P2")[0]
    ran = run("suggest", "P2", "--study", path)
    assert ran.out.splitlines() == [
        f"{one['id']}  help  P2, turn 2, BORIS",
        "    The doctor was kind.",
        "      `doctor` is a term (en) of help",
        "",
    ]
    assert f"qcode suggest --accept {one['id']}" in ran.err


def test_an_accepted_one_is_coded_by_who_accepted_it(run: Run, path: Path) -> None:
    one = listed(run, path, "P2")[0]
    ran = run("suggest", "P2", "--accept", one["id"], "--coder", "ben", "--format", "json", "--study", path)
    (made,) = json.loads(ran.out)
    assert (made["code"], made["quote"], made["coder"]) == ("help", "The doctor was kind.", "ben")
    assert listed(run, path, "P2", "--coder", "ben") == []
    assert listed(run, path, "P2") == [one]
    assert "ana coded P2" in run("suggest", "--accept", one["id"], "--study", path).err


def test_a_rejected_one_is_listed_as_such_until_it_is_restored(run: Run, path: Path) -> None:
    one = listed(run, path, "P2")[0]
    ran = run("suggest", "--reject", one["id"], "--study", path)
    assert (ran.exit, ran.out) == (0, "")
    assert ran.err.startswith("rejected 1 suggestion;")
    assert listed(run, path, "P2") == []
    assert listed(run, path, "--rejected") == [one]
    assert one["id"] in run("suggest", "--rejected", "--study", path).out
    ran = run("suggest", "--restore", one["id"], "--format", "json", "--study", path)
    assert json.loads(ran.out) == {"restored": 1}
    assert listed(run, path, "P2") == [one]


def test_an_id_that_is_not_suggested_is_a_sentence(run: Run, path: Path, dump: Dump) -> None:
    before = dump(path)
    for option in ("--accept", "--reject", "--restore"):
        ran = run("suggest", option, "feedfeedfeed", "--study", path)
        assert (ran.exit, ran.out) == (2, "")
        assert ran.err.startswith("error: there is no suggestion 'feedfeedfeed'")
    assert dump(path) == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--accept", "feedfeed", "--reject", "feedfeed"], "--accept and --reject do not go together"),
        (["--rejected", "--restore", "feedfeed"], "--rejected and --restore do not go together"),
        (["--accept", "feedfeed", "--code", "wait"], "--accept goes without --code: it lists nothing"),
        (["--reject", "feedfeed", "-o", "x.csv"], "--reject goes without -o: it lists nothing"),
        (["P9"], "there is no transcript 'P9'"),
        (["--code", "hope"], "there is no code 'hope'"),
    ],
)
def test_what_does_not_go_is_a_sentence(run: Run, path: Path, words: list[str], sentence: str) -> None:
    ran = run("suggest", *words, "--study", path)
    assert (ran.exit, ran.out) == (2, "")
    assert sentence in ran.err


def test_nothing_is_coded_by_looking(run: Run, path: Path, dump: Dump) -> None:
    before = dump(path)
    run("suggest", "--study", path)
    run("suggest", "--rejected", "--coder", "zoe", "--study", path)
    assert dump(path) == before


def test_where_nothing_is_suggested_it_is_said_why(run: Run, study_path: Path) -> None:
    ran = run("suggest", "--study", study_path)
    assert (ran.exit, ran.out) == (0, "")
    assert "the codes have no terms; add some: qcode codebook redefine CODE --term LANGUAGE=WORDS" in ran.err
    assert "nothing that you rejected" in run("suggest", "--rejected", "--study", study_path).err


def test_a_study_without_codebook_and_one_without_transcripts_are_told(run: Run, tmp_path: Path, path: Path) -> None:
    with create(tmp_path / "empty.qcode"):
        pass
    empty = tmp_path / "empty.qcode"
    assert "no codebook yet" in run("suggest", "--study", empty).err
    assert run("codebook", "export", "book", "-o", tmp_path / "b.yaml", "--study", path).exit == 0
    assert run("codebook", "import", tmp_path / "b.yaml", "--study", empty).exit == 0
    assert "there is no transcript yet" in run("suggest", "--study", empty).err


def test_where_all_is_decided_that_is_said(run: Run, path: Path) -> None:
    ids = [word for one in listed(run, path) for word in ("--reject", one["id"])]
    run("suggest", *ids, "--study", path)
    ran = run("suggest", "--study", path)
    assert ran.err == "nothing suggests a code here that you have not coded or rejected\n"
