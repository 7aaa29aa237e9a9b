"""Two lines of a codebook are joined from the command line: conflicts are listed, and settled as said or as asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qcode.analysis.layout import display_width
from qcode.study.study import Study
from tests.cli.terminal import in_terminal
from tests.conftest import Dump, Ran, Run
from tests.study.joined_lines import beside
from tests.study.next_version import follow

JSON_KEYS = "codebook version follows base done conflicts plan queued moved"


@pytest.fixture
def parted(study: Study) -> Path:
    """Give a file of another team that changed `trust` otherwise, beside the closed study; its name has a blank."""
    file = beside(study, "narrow trust", "split leave into go, stay", number="0.9 b")
    follow(study, "widen trust", "name wait")
    study.close()
    return file


@pytest.fixture
def merge(run: Run, study_path: Path) -> Run:
    """Give a function that runs `qcode codebook merge` on the tiny study."""

    def merge(*words: str | Path) -> Ran:
        return run("codebook", "merge", *words, "--study", study_path)

    return merge


def test_conflicts_are_listed_with_both_texts_and_nothing_is_done(
    parted: Path, merge: Run, study_path: Path, dump: Dump
) -> None:
    before = dump(study_path)
    ran = merge(parted)
    assert ran.exit == 1
    assert ran.out.splitlines() == [
        "trust.definition",
        "    was     (nothing)",
        "    ours    widen in 2",
        "    theirs  narrow in 0.9 b",
        "",
    ]
    assert "1 conflict between 2 and 0.9 b; nothing was changed\n" in ran.err
    assert f"qcode codebook merge '{parted}' --settle trust.definition=theirs" in " ".join(ran.err.split())
    assert dump(study_path) == before


def test_conflicts_as_json_are_one_document(parted: Path, merge: Run) -> None:
    ran = merge(parted, "--format", "json")
    document = json.loads(ran.out)
    assert (ran.exit, " ".join(document)) == (1, JSON_KEYS)
    assert (document["follows"], document["base"], document["done"], document["plan"]) == (
        ["2", "0.9 b"],
        "1",
        False,
        [],
    )
    assert document["conflicts"] == [
        {"code": "trust", "field": "definition", "base": "", "ours": "widen in 2", "theirs": "narrow in 0.9 b"}
    ]


@pytest.mark.parametrize("settle", ["trust=theirs", "*=Theirs", "TRUST.definition=theirs"])
def test_a_join_tells_what_it_did(parted: Path, merge: Run, run: Run, study_path: Path, settle: str) -> None:
    dry = merge(parted, "--settle", settle, "--dry-run", "--as", "2.0")
    assert dry.err.startswith("2 and 0.9 b, which follow 1, would be joined as book@2.0\n")
    assert "type this again without --dry-run" in dry.err
    done = merge(parted, "--settle", settle, "--as", "2.0", "--note", "with the team")
    assert (done.exit, done.out) == (0, dry.out)
    assert "split leave into go, stay\n    -> 1 coding in 1 transcript waits" in done.out
    assert done.err == ("2 and 0.9 b, which follow 1, joined as book@2.0\n  -> 3 codings wait: qcode codebook queue\n")
    log = json.loads(run("codebook", "log", "--study", study_path, "--format", "json").out)
    assert [(one["version"], one["follows"]) for one in log][-1] == ("2.0", ["2", "0.9 b"])
    assert log[-1]["note"] == "with the team"
    assert run("check", "--study", study_path).exit == 0


def test_a_join_as_json_is_one_document(parted: Path, merge: Run) -> None:
    document = json.loads(merge(parted, "--settle", "*=theirs", "--format", "json").out)
    assert " ".join(document) == JSON_KEYS
    assert (document["done"], document["conflicts"], document["queued"], document["moved"]) == (True, [], 3, 0)
    assert {change["change"] for change in document["plan"]} >= {"split", "redefine"}


def test_a_join_that_takes_nothing_says_so(study: Study, merge: Run) -> None:
    file = beside(study, "narrow trust")
    follow(study, "widen trust")
    study.close()
    assert merge(file, "--settle", "*=ours").out == "nothing differs from 2\n\n"


WRONG = [
    (("--settle", "trust"), "--settle 'trust' is not CODE[.FIELD]=CHOICE"),
    (("--settle", "=ours"), "is not CODE[.FIELD]=CHOICE"),
    (("--settle", "help=ours"), "help is not in conflict; in conflict: trust.definition"),
    (("--settle", "*=own words"), "own words settle one field"),
    (("--settle", "*=ours", "--as", "2"), "book has a version 2 already"),
    (("--settle", "*=ours", "--as", "0.9 b"), "book has a version 0.9 b already"),
    (("--settle", "*=ours", "--as", "a@b"), "cannot be the number of a version: it has an @"),
    (("--codebook", "book"), "--codebook goes with --into"),
    (("--name", "Trust"), "name one file; to merge codes, give --into KEY"),
    (("--into", "X", "--dry-run"), "go with a file, --into goes with codes"),
]


@pytest.mark.parametrize(("words", "why"), WRONG)
def test_what_cannot_be_is_a_sentence_and_changes_nothing(
    parted: Path, merge: Run, study_path: Path, dump: Dump, words: tuple[str, ...], why: str
) -> None:
    before = dump(study_path)
    ran = merge(parted, *words)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert why in ran.err
    assert dump(study_path) == before


@pytest.mark.parametrize("name", ["nowhere.yaml", "generic-interview", "."])
def test_what_is_no_file_of_the_codebook_is_a_sentence(merge: Run, name: str) -> None:
    ran = merge(name)
    assert (ran.exit, ran.out, ran.err[:7]) == (2, "", "error: ")


def test_the_same_file_is_joined_once(parted: Path, merge: Run) -> None:
    merge(parted, "--settle", "*=ours")
    ran = merge(parted)
    assert (ran.exit, "is in the study already; it was joined or imported before" in ran.err) == (2, True)


def test_their_file_is_exported_byte_for_byte(parted: Path, merge: Run, run: Run, study_path: Path) -> None:
    merge(parted, "--settle", "*=ours")
    out = parted.with_name("out.yaml")
    run("codebook", "export", "book@0.9 b", "-o", out, "--study", study_path)
    assert out.read_bytes() == parted.read_bytes()


def test_in_a_terminal_a_person_settles_one_after_the_other(parted: Path, tmp_path: Path, run: Run) -> None:
    ran = in_terminal("codebook", "merge", parted.name, folder=tmp_path, typed=("Слова: наши\n",))
    assert ran.exit == 0
    assert "1 of 1  trust.definition" in ran.out
    assert "joined as book@3" in ran.out
    assert run("codebook", "show", "--code", "trust", "--study", tmp_path / "study.qcode").out.count("Слова: наши") == 1


def test_in_a_terminal_an_answer_that_settles_nothing_is_asked_again(study: Study, tmp_path: Path) -> None:
    file = beside(study, "split trust into hope, fear")
    follow(study, "widen trust")
    study.close()
    ran = in_terminal("codebook", "merge", file.name, folder=tmp_path, typed=("neither\n", "theirs\n"))
    assert ran.exit == 0
    assert "trust.fate cannot be settled in own words; say ours or theirs" in ran.out
    assert ran.out.count("1 of 1  trust.fate") == 2


def test_in_a_terminal_a_person_may_stop_and_nothing_is_done(
    parted: Path, tmp_path: Path, study_path: Path, dump: Dump
) -> None:
    before = dump(study_path)
    ran = in_terminal("codebook", "merge", parted.name, folder=tmp_path, typed=("\x03",))
    assert (ran.exit, dump(study_path) == before) == (1, True)


def test_no_line_is_wider_than_the_terminal(study: Study, tmp_path: Path) -> None:
    long = "Кто-то говорит, что учреждению или человеку можно или нельзя доверять, и приводит пример из своей жизни. "
    file = beside(study, "narrow trust")
    file.write_text(file.read_text(encoding="utf-8").replace("narrow in team", long * 2), encoding="utf-8")
    follow(study, "widen trust")
    study.close()
    words = ("codebook", "merge", file.name, "--settle", "*=theirs")
    for more in (("--dry-run",), ()):
        ran = in_terminal(*words, *more, folder=tmp_path)
        assert ran.exit == 0
        assert max(map(display_width, ran.out.splitlines())) <= 80


def test_codes_of_the_draft_are_merged_into_one(merge: Run) -> None:
    ran = merge("help", "Money", "--into", "HANDS", "--name", "Hands", "--why", "one")
    assert (ran.exit, "merge help, money into HANDS\n    one\n" in ran.out) == (0, True)
