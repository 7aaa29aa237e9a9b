"""Which study is meant, and who acts."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import pytest

from qcode.study.study import Study, create
from tests.conftest import Run


def title_of(run: Run, *words: str | Path) -> str:
    ran = run(*words)
    assert ran.exit == 0, ran.err
    return str(json.loads(ran.out)["title"])


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Make `above/a.qcode`, `above/below/b.qcode` and `above/below/empty`; return `above`."""
    (tmp_path / "above" / "below" / "empty").mkdir(parents=True)
    create(tmp_path / "above" / "a.qcode", title="A").close()
    create(tmp_path / "above" / "below" / "b.qcode", title="B").close()
    return tmp_path / "above"


def test_a_study_is_named_after_the_command(run: Run, two: Path) -> None:
    assert title_of(run, "status", "--format", "json", "--study", two / "a.qcode") == "A"


def test_a_study_is_named_before_the_command(run: Run, two: Path) -> None:
    assert title_of(run, "--study", two / "a.qcode", "status", "--format", "json") == "A"


def test_a_study_is_named_in_the_environment(run: Run, two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QCODE_STUDY", str(two / "a.qcode"))
    monkeypatch.chdir(two / "below")
    assert title_of(run, "status", "--format", "json") == "A"


def test_an_option_goes_before_the_environment(run: Run, two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QCODE_STUDY", str(two / "a.qcode"))
    assert title_of(run, "status", "--format", "json", "--study", two / "below" / "b.qcode") == "B"


@pytest.mark.parametrize(("folder", "title"), [(".", "A"), ("below", "B"), ("below/empty", "B")])
def test_the_only_study_here_or_in_the_nearest_folder_above_is_meant(
    run: Run, two: Path, monkeypatch: pytest.MonkeyPatch, folder: str, title: str
) -> None:
    monkeypatch.chdir(two / folder)
    assert title_of(run, "status", "--format", "json") == title


def test_two_studies_here_are_one_too_many(run: Run, two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(two / "c.qcode").close()
    monkeypatch.chdir(two)
    ran = run("status")
    assert (ran.exit, ran.out) == (2, "")
    assert "there are 2 studies in" in ran.err
    assert ran.err.endswith("(a.qcode, c.qcode); say which: --study NAME.qcode\n")


def test_no_study_here_or_above_is_a_sentence(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path.anchor)
    ran = run("status")
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err == (
        "error: there is no study in this folder or above it; make one with `qcode init NAME.qcode`, "
        "or say --study PATH\n"
    )


@pytest.mark.parametrize("name", ["none.qcode", "~nobody/none.qcode", "x" * 300])
def test_a_study_that_is_not_there_is_a_sentence(run: Run, name: str) -> None:
    ran = run("status", "--study", name)
    assert ran.exit == 2
    assert ran.err.startswith("error: ")


def coder_of_last_act(study: Study) -> str:
    return study.coder_names()[study.history(last=1)[0].coder]


def test_the_default_coder_acts(run: Run, study: Study) -> None:
    run("memo", "add", "a thought", "--study", study.path)
    assert coder_of_last_act(study) == "ana"


@pytest.mark.parametrize(
    "words", [["memo", "add", "a thought", "--coder", "ben"], ["--coder", "ben", "memo", "add", "a thought"]]
)
def test_a_coder_is_named_before_or_after_the_command(run: Run, study: Study, words: list[str]) -> None:
    assert run("--study", study.path, *words).exit == 0
    assert coder_of_last_act(study) == "ben"


def test_a_coder_is_named_in_the_environment(run: Run, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QCODE_CODER", "ben")
    run("memo", "add", "a thought", "--study", study.path)
    assert coder_of_last_act(study) == "ben"


def test_a_named_coder_goes_before_the_environment(run: Run, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QCODE_CODER", "ben")
    run("memo", "add", "a thought", "--study", study.path, "--coder", "Zoe")
    assert coder_of_last_act(study) == "Zoe"


def test_the_coder_of_a_new_study_is_never_the_account(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "account_of_ana")
    assert getpass.getuser() == "account_of_ana"
    run("init", tmp_path / "a.qcode")
    run("memo", "add", "a thought", "--study", tmp_path / "a.qcode")
    assert "coder1" in run("history", "--study", tmp_path / "a.qcode").out
    assert b"account_of_ana" not in (tmp_path / "a.qcode").read_bytes()


@pytest.mark.parametrize("pair", ["client", "=client", " =x"])
def test_a_word_that_is_no_pair_is_a_sentence(run: Run, study_path: Path, pair: str) -> None:
    ran = run("case", "set", "P07", pair, "--study", study_path)
    assert (ran.exit, ran.err) == (2, f"error: {pair!r} is not KEY=VALUE; write for example role=client\n")


@pytest.mark.parametrize("where", [".", "", "/", ".."])
def test_a_new_study_needs_a_name(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("init", where)
    assert ran.exit == 2
    assert list(tmp_path.iterdir()) == []


def test_a_new_study_gets_its_ending(run: Run, tmp_path: Path) -> None:
    assert run("init", tmp_path / "opioids").exit == 0
    assert (tmp_path / "opioids.qcode").is_file()


def test_a_new_study_takes_no_name_that_is_taken(run: Run, study_path: Path) -> None:
    ran = run("init", study_path)
    assert ran.exit == 2
    assert "is already there; choose another name; qcode never overwrites a study" in ran.err
