"""`qcode import` as a program sees it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import Study
from tests.conftest import Dump, Ran, Run

TEXT = "INT: How long?\nANA: Two hours in the cold.\nINT: And then?\nANA: Nobody came, nobody called.\n"


def document(ran: Ran) -> dict[str, Any]:
    return dict(json.loads(ran.out))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder of a good file, a bad one and another good one."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "b.docx").write_bytes(b"%PDF-1.7 renamed")
    (tmp_path / "in" / "c.txt").write_text(TEXT.replace("cold", "rain"), encoding="utf-8")
    return tmp_path / "in"


def test_an_import_says_what_it_decided(run: Run, study_path: Path, folder: Path) -> None:
    ran = run("import", folder / "a.txt", "--format", "json", "--study", study_path)
    (one,) = document(ran)["imported"]
    assert len(one.pop("id")) == 36
    assert one == {
        "transcript": "a",
        "path": str(folder / "a.txt"),
        "format": "txt",
        "encoding": "utf-8",
        "language": "en",
        "characters": len(TEXT),
        "turns": 4,
        "labels": 4,
        "speakers": ["INT", "ANA"],
        "sha256": sha256(TEXT.encode()).hexdigest(),
        "warnings": [],
    }


def test_the_keys_of_an_import_are_those_of_the_contract(run: Run, study_path: Path, folder: Path) -> None:
    found = document(run("import", folder, "--format", "json", "--study", study_path))
    assert list(found) == ["imported", "skipped", "refused"]
    assert " ".join(found["imported"][0]) == (
        "transcript id path format encoding language characters turns labels speakers sha256 warnings"
    )
    assert list(found["refused"][0]) == ["path", "why"]


def test_one_bad_file_of_three_is_exit_1_and_the_others_are_in(run: Run, study: Study, folder: Path) -> None:
    ran = run("import", folder, "--study", study.path)
    assert ran.exit == 1
    assert [t.name for t in study.transcripts.list()] == ["a", "c", "P1", "P2"]
    assert f"refused  {folder / 'b.docx'}: " in ran.out


def test_nothing_but_bad_files_is_exit_2(run: Run, study_path: Path, folder: Path) -> None:
    assert run("import", folder / "b.docx", "--study", study_path).exit == 2


def test_nothing_but_known_files_is_exit_0(run: Run, study_path: Path, folder: Path) -> None:
    run("import", folder / "a.txt", "--study", study_path)
    ran = run("import", folder / "a.txt", "--format", "json", "--study", study_path)
    assert ran.exit == 0
    assert document(ran)["skipped"] == [{"path": str(folder / "a.txt"), "why": "the same bytes are in the study as a"}]


@pytest.mark.parametrize("format", ["table", "json"])
def test_where_nothing_comes_in_each_reason_is_an_error(
    run: Run, study_path: Path, tmp_path: Path, dump: Dump, format: str
) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK\x03\x04nothing")
    before = dump(study_path)
    ran = run("import", bad, tmp_path / "nowhere.txt", "--format", format, "--study", study_path)
    errors = [line for line in ran.err.splitlines() if line.startswith("error: ")]
    assert (ran.exit, len(errors), ran.out == "") == (2, 2, format == "table")
    assert str(bad) in errors[0] and "there is no such file" in errors[1]
    assert dump(study_path) == before


def test_a_path_that_is_not_there_is_refused(run: Run, study_path: Path, tmp_path: Path) -> None:
    ran = run("import", tmp_path / "none.txt", "--format", "json", "--study", study_path)
    assert ran.exit == 2
    assert "there is no such file" in document(ran)["refused"][0]["why"]


def test_a_dry_run_changes_nothing(run: Run, study_path: Path, folder: Path, dump: Dump) -> None:
    before = dump(study_path)
    words = ["--dry-run", "--case", "P07", "--attr", "role=client", "--coder", "Zoe", "--format", "json"]
    ran = run("import", folder, *words, "--study", study_path)
    assert [one["transcript"] for one in document(ran)["imported"]] == ["a", "c"]
    assert dump(study_path) == before


def test_a_dry_run_says_what_the_import_will(run: Run, study_path: Path, folder: Path) -> None:
    words = ["import", folder, "--format", "json", "--study", study_path]
    would, did = document(run(*words, "--dry-run")), document(run(*words))
    for one in (*would["imported"], *did["imported"]):
        del one["id"]
    assert would == did


def test_case_and_facts_are_written(run: Run, study: Study, folder: Path) -> None:
    words = ["--case", "P07", "--attr", "role=client", "--attr", "country=Kyrgyzstan"]
    run("import", folder / "a.txt", *words, "--study", study.path)
    (case,) = [case for case in study.cases.list() if case.name == "P07"]
    assert (case.transcripts, dict(case.attributes)) == (("a",), {"role": "client", "country": "Kyrgyzstan"})


def test_what_was_decided_can_be_overridden(run: Run, study_path: Path, folder: Path) -> None:
    words = ["--language", "kk", "--encoding", "latin-1", "--no-speakers", "--name", "P07"]
    (one,) = document(run("import", folder / "a.txt", *words, "--format", "json", "--study", study_path))["imported"]
    assert (one["transcript"], one["language"], one["speakers"]) == ("P07", "kk", [])
    assert one["encoding"] in ("latin-1", "iso-8859-1", "iso8859-1")


def test_only_the_speakers_that_were_named_are_believed(run: Run, study_path: Path, folder: Path) -> None:
    words = ["--speakers", "ANA", "--format", "json"]
    (one,) = document(run("import", folder / "a.txt", *words, "--study", study_path))["imported"]
    assert one["speakers"] == ["ANA"]


@pytest.mark.parametrize("words", [["--encoding", "klingon"], ["--attr", "client"], ["--attr", "id=7"]])
def test_an_option_that_cannot_be_used_is_exit_2(
    run: Run, study_path: Path, folder: Path, dump: Dump, words: list[str]
) -> None:
    before = dump(study_path)
    ran = run("import", folder / "a.txt", *words, "--study", study_path)
    assert ran.exit == 2
    assert dump(study_path) == before


def test_a_name_for_several_files_is_refused(run: Run, study_path: Path, folder: Path) -> None:
    ran = run("import", folder, "--name", "P07", "--study", study_path)
    assert ran.exit == 2
    assert "--name names one transcript, and here are 3 files" in ran.err


def test_talk_goes_to_stderr(run: Run, study_path: Path, folder: Path) -> None:
    ran = run("import", folder, "--format", "json", "--study", study_path)
    assert "2 imported, 0 skipped, 1 refused" in ran.err
    document(ran)


def test_an_empty_folder_brings_nothing(run: Run, study_path: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("import", tmp_path / "empty", "--format", "json", "--study", study_path)
    assert (ran.exit, document(ran)) == (0, {"imported": [], "skipped": [], "refused": []})


TABLE = "File,Who,Said\nA,INT,So?\nA,ANA,No.\nB,INT,And?\nB,BEN,Yes.\n"


def test_a_file_of_two_transcripts_has_two_entries_of_one_path(run: Run, study_path: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    ran = run("import", tmp_path / "t.csv", "--format", "json", "--study", study_path)
    assert [(one["transcript"], one["path"]) for one in document(ran)["imported"]] == [
        ("A", str(tmp_path / "t.csv")),
        ("B", str(tmp_path / "t.csv")),
    ]
    again = document(run("import", tmp_path / "t.csv", "--format", "json", "--study", study_path))
    assert again["skipped"] == [{"path": str(tmp_path / "t.csv"), "why": "the same bytes are in the study as A, B"}]


def test_columns_are_those_that_were_named(run: Run, study_path: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    words = ["--columns", "speaker=File,text=Said", "--format", "json", "--study", study_path]
    (one,) = document(run("import", tmp_path / "t.csv", *words))["imported"]
    assert (one["transcript"], one["speakers"]) == ("t", ["A", "B"])
    assert run("import", tmp_path / "t.csv", "--columns", "who", "--study", study_path).exit == 2


def test_where_there_is_no_file_every_ending_that_is_read_is_told(run: Run, study_path: Path, tmp_path: Path) -> None:
    from qcode.importers.registry import endings

    (tmp_path / "empty").mkdir()
    ran = run("import", tmp_path / "empty", "--study", study_path)
    assert f"there is no file here to import: {' '.join(endings())} are read" in ran.err
