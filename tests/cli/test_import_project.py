"""`qcode import` of projects of other programs, as a program and as a person see it."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import open as open_study
from tests.conftest import Dump, Run

TEXT = "INT: How long?\nANA: Two hours 😀 in the cold.\n"
GUIDS = {n: f"{n:08x}-0000-4000-8000-000000000000" for n in range(10)}
XML = f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="Pilot" origin="Other 2.0">
<Users><User guid="{GUIDS[1]}" name="Ana"/></Users>
<CodeBook><Codes><Code guid="{GUIDS[2]}" name="Cold" isCodable="true"/></Codes></CodeBook>
<Sources><TextSource guid="{GUIDS[3]}" name="P1" plainTextPath="internal://{GUIDS[3]}.txt">
<PlainTextSelection guid="{GUIDS[4]}" startPosition="27" endPosition="36" name="">
<Coding guid="{GUIDS[5]}" creatingUser="{GUIDS[1]}" creationDateTime="2024-05-05T10:00:00Z">
<CodeRef targetGUID="{GUIDS[2]}"/></Coding>
</PlainTextSelection></TextSource>
<PictureSource guid="{GUIDS[6]}" name="map" path="internal://{GUIDS[6]}.png"/></Sources>
</Project>
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project of one text, one code and one coding, with a picture beside."""
    path = tmp_path / "in" / "pilot.qdpx"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", XML)
        archive.writestr(f"sources/{GUIDS[3]}.txt", TEXT)
    return path


@pytest.fixture
def empty_path(tmp_path: Path, run: Run) -> Path:
    """Make an empty study."""
    path = tmp_path / "empty.qcode"
    assert run("init", path).exit == 0
    return path


def test_what_came_in_is_told_as_the_contract_says(run: Run, empty_path: Path, project: Path) -> None:
    ran = run("import", project, "--format", "json", "--study", empty_path)
    found: dict[str, Any] = json.loads(ran.out)
    keys = ["imported", "codes", "codings", "coders", "cases", "memos", "positions", "quotes_agree", "lost"]
    assert list(found)[:9] == keys
    assert [found[key] for key in keys[1:6]] == [1, 1, 1, 0, 0]
    (one,) = found["imported"]
    assert (one["transcript"], one["path"], one["format"], one["speakers"]) == (
        "P1",
        str(project),
        "qdpx",
        ["INT", "ANA"],
    )
    assert list(found["positions"]) == ["rule", "score", "tried"]
    assert {"what": "pictures", "n": 1} in [{"what": lost["what"], "n": lost["n"]} for lost in found["lost"]]
    assert ran.exit == 0


def test_the_coding_stands_at_its_words(run: Run, empty_path: Path, project: Path) -> None:
    run("import", project, "--study", empty_path)
    with open_study(empty_path) as study:
        assert [(c.quote, c.code, c.coder) for c in study.codings.list()] == [(TEXT[27:36], "Cold", "Ana")]
        assert study.check() == []


def test_a_person_sees_counts_positions_and_losses(run: Run, empty_path: Path, project: Path) -> None:
    ran = run("import", project, "--study", empty_path)
    for words in (
        f"imported {project}  (Other 2.0)",
        "1 transcript, 1 code",
        "positions: ",
        "what did not come in",
        "pictures",
    ):
        assert words in ran.out
    assert "nothing new in" in run("import", project, "--study", empty_path).out


def test_codes_alone_come_in_as_a_codebook_and_again_as_nothing_new(
    run: Run, study_path: Path, empty_path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "book.qdc"
    assert run("codebook", "export", "-o", str(file), "--study", str(study_path)).exit == 0
    told = json.loads(run("import", str(file), "--study", str(empty_path), "--format", "json").out)
    assert (told["codes"], told["codings"], told["positions"]) == (6, 0, None)
    again = run("import", str(file), "--study", str(empty_path))
    assert (again.exit, again.out.startswith("nothing new")) == (0, True)
    refused = run("import", str(file), "--positions", "utf16", "--study", str(empty_path))
    assert (refused.exit, "holds codes alone" in refused.err) == (2, True)


def test_a_dry_run_changes_nothing(run: Run, empty_path: Path, project: Path, dump: Dump) -> None:
    before = dump(empty_path)
    ran = run("import", project, "--dry-run", "--study", empty_path)
    assert (ran.exit, "would import" in ran.out) == (0, True)
    assert dump(empty_path) == before


def test_projects_and_transcripts_come_in_together(run: Run, empty_path: Path, project: Path) -> None:
    (project.parent / "talk.txt").write_text("INT: Yes?\nANA: No.\nINT: Why?\nANA: So.\n", encoding="utf-8")
    bad = project.parent / "bad.qdpx"
    bad.write_bytes(b"PK\x03\x04 cut off")
    ran = run("import", project, project.parent / "talk.txt", bad, "--format", "json", "--study", empty_path)
    found = json.loads(ran.out)
    assert [one["transcript"] for one in found["imported"]] == ["talk"]
    assert [one["codings"] for one in found["projects"]] == [1]
    assert [one["path"] for one in found["refused"]] == [str(bad)]
    assert ran.exit == 1


def test_a_bad_project_is_refused_with_a_sentence(run: Run, empty_path: Path, tmp_path: Path, dump: Dump) -> None:
    bad = tmp_path / "bad.qdpx"
    bad.write_bytes(b"PK\x03\x04 cut off")
    before = dump(empty_path)
    ran = run("import", bad, "--study", empty_path)
    assert (ran.exit, ran.out, ran.err.startswith(f"error: {bad}: ")) == (2, "", True)
    ran = run("import", bad, "--format", "json", "--study", empty_path)
    assert json.loads(ran.out)["refused"][0]["path"] == str(bad)
    assert ran.err.startswith(f"error: {bad}: ")
    assert dump(empty_path) == before


def test_projects_and_transcripts_that_are_all_refused_are_all_errors(
    run: Run, empty_path: Path, tmp_path: Path
) -> None:
    bad = [tmp_path / "bad.qdpx", tmp_path / "bad.docx"]
    for one in bad:
        one.write_bytes(b"PK\x03\x04 cut off")
    ran = run("import", *bad, "--study", empty_path)
    errors = [line for line in ran.err.splitlines() if line.startswith("error: ")]
    assert (ran.exit, ran.out, len(errors)) == (2, "", 2)
    assert str(bad[0]) in errors[0] and str(bad[1]) in errors[1]


def test_beside_a_project_that_came_in_a_bad_one_is_a_line_of_the_list(
    run: Run, empty_path: Path, project: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.qdpx"
    bad.write_bytes(b"PK\x03\x04 cut off")
    ran = run("import", project, bad, "--study", empty_path)
    assert (ran.exit, f"refused  {bad}: " in ran.out, "error: " in ran.err) == (1, True, False)


def test_a_database_of_nobody_we_know_is_refused(run: Run, empty_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    ran = run("import", other, "--study", empty_path)
    assert (ran.exit, "no project of QualCoder, Taguette or RQDA" in ran.err) == (2, True)


def test_another_study_is_no_project(run: Run, empty_path: Path, study_path: Path) -> None:
    ran = run("import", study_path, "--study", empty_path)
    assert (ran.exit, "the file is a database, not a transcript" in ran.err) == (2, True)


def test_a_folder_passes_projects_over_and_says_how_to_import_them(run: Run, empty_path: Path, project: Path) -> None:
    (project.parent / "old.qda" / "documents").mkdir(parents=True)
    (project.parent / "old.qda" / "data.qda").write_bytes(b"")
    (project.parent / "old.qda" / "documents" / "copy.txt").write_text("INT: Yes?\nANA: No.\n", encoding="utf-8")
    ran = run("import", project.parent, "--format", "json", "--study", empty_path)
    skipped = json.loads(ran.out)["skipped"]
    assert [one["why"] for one in skipped] == [
        f"this is a project; import it by its name: qcode import {project.parent / 'old.qda'}",
        f"this is a project; import it by its name: qcode import {project}",
    ]


def test_the_folder_of_a_project_is_the_project(run: Run, empty_path: Path, tmp_path: Path) -> None:
    (tmp_path / "old.qda").mkdir()
    (tmp_path / "old.qda" / "data.qda").write_bytes(b"not a database")
    ran = run("import", tmp_path / "old.qda", "--study", empty_path)
    assert (ran.exit, ran.err.startswith(f"error: {tmp_path / 'old.qda'}: ")) == (2, True)


@pytest.mark.parametrize(
    "words", [["--case", "P1"], ["--attr", "role=client"], ["--speakers", "A"], ["--no-speakers"], ["--name", "x"]]
)
def test_an_option_of_transcripts_is_refused_for_a_project(
    run: Run, empty_path: Path, project: Path, words: list[str]
) -> None:
    ran = run("import", project, *words, "--study", empty_path)
    assert (ran.exit, f"{words[0]} is for transcripts" in ran.err) == (2, True)


@pytest.mark.parametrize("option", ["--positions", "--project", "--codebook"])
def test_an_option_of_projects_is_refused_for_a_transcript(run: Run, study_path: Path, option: str) -> None:
    ran = run("import", study_path.parent / "P1.txt", option, "x", "--study", study_path)
    assert (ran.exit, f"{option} is for projects" in ran.err) == (2, True)


def test_the_codebook_can_be_named_and_the_rule_given(run: Run, empty_path: Path, project: Path) -> None:
    ran = run("import", project, "--codebook", "mine", "--positions", "codepoints", "--study", empty_path)
    assert (ran.exit, "mine@1.0" in ran.out) == (0, True)
    assert run("import", project, "--positions", "inches", "--study", empty_path).exit == 2
    assert run("import", project, "--project", "x", "--study", empty_path).exit == 2


def test_a_project_where_a_transcript_is_wanted_says_how_to_import_it(study_path: Path, project: Path) -> None:
    with open_study(study_path) as study:
        (refused,) = study.transcripts.add(project)
    assert refused.why == (  # type: ignore[union-attr]
        "this is a project of another program, not a transcript; import it in the terminal: qcode import pilot.qdpx"
    )
