"""`qcode backup`: a copy of a study that may be in use."""

from __future__ import annotations

from pathlib import Path

from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import CODINGS, Run


def test_a_copy_holds_what_a_program_kept_that_has_the_study_open(study: Study, run: Run, tmp_path: Path) -> None:
    study.memos.add("just now")
    ran = run("backup", str(tmp_path / "copy.qcode"), "--study", str(study.path))
    assert (ran.exit, ran.out, ran.err) == (0, "", f"copied study.qcode to {tmp_path / 'copy.qcode'}\n")
    with open_study(tmp_path / "copy.qcode") as copy:
        assert (len(copy.codings.list()), copy.check()) == (CODINGS, [])
        assert copy.memos.list()[-1].text == "just now"


def test_a_copy_goes_under_the_same_name_into_a_folder(study: Study, run: Run, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    assert run("backup", str(tmp_path / "copies"), "--study", str(study.path)).exit == 0
    assert [p.name for p in (tmp_path / "copies").iterdir()] == ["study.qcode"]


def test_a_copy_gets_the_ending_of_a_study(study: Study, run: Run, tmp_path: Path) -> None:
    assert run("backup", str(tmp_path / "monday"), "--study", str(study.path)).exit == 0
    assert (tmp_path / "monday.qcode").exists()


def test_a_copy_is_never_made_over_a_file(study: Study, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "copy.qcode"
    target.write_text("mine")
    ran = run("backup", str(target), "--study", str(study.path))
    assert ran.exit == 2
    assert "is already there; choose another name" in ran.err
    assert target.read_text() == "mine"


def test_a_copy_opens_in_place_of_a_study_that_went_on(study: Study, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "copy.qcode"
    run("backup", str(target), "--study", str(study.path))
    study.memos.add("later")
    study.close()
    target.replace(study.path)
    assert [one.text for one in study.memos.list() if one.text == "later"] == []
    assert study.check() == []


def test_who_works_on_a_copy_becomes_its_default_coder_and_stays_apart_when_both_are_joined(
    study: Study, run: Run, tmp_path: Path
) -> None:
    copy = str(tmp_path / "copies" / "copy.qcode")
    (tmp_path / "copies").mkdir()
    assert run("backup", copy, "--study", str(study.path)).exit == 0
    assert run("coder", "default", "zoe", "--study", copy).err.startswith("zoe is the default coder of copy.qcode\n")
    assert run("coding", "add", "P1", "wait", "--quote", "on the phone", "--study", copy).exit == 0
    assert run("merge", copy, "--study", str(study.path)).exit == 0
    with open_study(study.path) as joined:
        assert [coding.coder for coding in joined.codings.list() if coding.quote == "on the phone"] == ["zoe"]
        assert (joined.status().default_coder, joined.check()) == ("ana", [])
