"""The next version of a codebook is written from the command line, step by step."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from qcode.analysis.layout import display_width
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.cli.terminal import in_terminal
from tests.conftest import Dump, Ran, Run
from tests.study.next_version import follow

NEXT = [
    "  -> take the last change back: qcode codebook draft --undo",
    "  -> make it the next version: qcode codebook publish",
]


@pytest.fixture
def book(run: Run, study_path: Path) -> Run:
    """Give a function that runs `qcode codebook` on the tiny study."""

    def book(*words: str | Path) -> Ran:
        return run("codebook", *words, "--study", study_path)

    return book


def test_an_act_shows_the_draft_and_what_to_do_next(book: Run) -> None:
    ran = book("split", "Trust", "hope=Hope = more", "fear", "--why", "two things")
    assert ran.out.splitlines() == [
        "draft of book@2, follows 1",
        "",
        "split trust into hope, fear",
        "    two things",
        "    -> 2 codings in 1 transcript wait: allocate to hope or fear or withdraw",
        "    -> trust is only a heading now",
        "",
    ]
    assert (ran.exit, ran.err.splitlines()) == (0, NEXT)


def test_a_name_may_hold_an_equals_sign(book: Run, tmp_path: Path) -> None:
    book("split", "trust", "hope=Hope = more", "fear")
    assert book("draft", "-o", tmp_path / "mine.yaml").err == f"wrote {tmp_path / 'mine.yaml'}\n"
    assert "name: Hope = more\n" in (tmp_path / "mine.yaml").read_text(encoding="utf-8")


ACTS = [
    (("add", "надежда", "--under", "influence", "--name", "希望", "--term", "ru=надежда, верить"), "add надежда"),
    (("add", "HOPE", "--heading", "--after", "wait"), "add HOPE"),
    (("rename", "wait", "waiting", "--name", "Waiting", "--why", "better"), "rename wait to waiting\n    better\n"),
    (("rename", "Wait", "--name", "Warten"), "name wait: Wait -> Warten"),
    (("move", "trust", "--under", "influence"), "move trust from the top to INFLUENCE"),
    (("move", "help", "--top"), "move help from INFLUENCE to the top"),
    (("move", "trust", "--after", "help"), "move trust from the top to INFLUENCE"),
    (("move", "leave", "--before", "wait"), "order the codes"),
    (
        ("redefine", "trust", "--effect", "widen", "--definition", "All.", "--why", "w"),
        "redefine trust (widen): definition",
    ),
    (("redefine", "trust", "--effect", "narrow", "--when-not", "Kin."), "2 codings in 1 transcript wait: keep, move"),
    (
        ("redefine", "trust", "--brief", "b", "--color", "#aabbcc", "--example", "e"),
        "edit trust: brief, examples, color",
    ),
    (("split", "trust", "hope", "fear", "--keep"), "wait: allocate to hope or fear, keep or withdraw"),
    (("merge", "help", "Money", "--into", "HANDS", "--name", "Hands", "--why", "one"), "merge help, money into HANDS"),
    (("retire", "leave", "--why", "nobody"), "1 coding in 1 transcript is frozen"),
]


@pytest.mark.parametrize(("words", "told"), ACTS)
def test_every_act_tells_what_it_would_do(book: Run, words: tuple[str, ...], told: str) -> None:
    ran = book(*words)
    assert (ran.exit, ran.err.splitlines()) == (0, NEXT)
    assert ran.out.startswith("draft of book@2, follows 1\n\n")
    assert told in ran.out


WRONG = [
    (("rename", "wait"), "give the new key, or --name"),
    (("move", "trust"), "give --under CODE or --top"),
    (("move", "trust", "--under", "help", "--top"), "give --under CODE or --top"),
    (("redefine", "trust", "--definition", "x"), "give --effect clarify, widen or narrow"),
    (("redefine", "trust", "--effect", "narrow"), "give --definition, --when or --when-not"),
    (("redefine", "trust"), "give a part of the entry to change"),
    (("redefine", "trust", "--term", "стыд"), "--term 'стыд' is not LANGUAGE=WORDS"),
    (("redefine", "trust", "--color", "blue"), "the color 'blue' is none"),
    (("split", "trust", "hope"), "trust would be split into one"),
    (("add", "a,b"), "a key has no comma"),
    (("add", "trust"), "trust is in the draft already; choose another key"),
    (("merge", "help", "--into", "help"), "a merge takes two codes or more"),
    (("merge", "help", "money"), "name one file; to merge codes, give --into KEY"),
    (("merge", "help", "money", "--into", "X", "--as", "2"), "--as, --note and --dry-run go with a file"),
    (("retire", "trusts"), "there is no code 'trusts' in the draft; did you mean trust"),
    (("revive", "ghost"), "no version before book@1 had a code 'ghost'"),
    (("draft", "--undo", "--discard"), "give one of --undo, --discard and -o"),
    (("draft", "--undo"), "there is no change of the draft to take back"),
    (("draft", "-o", "mine.txt"), "a draft is written as .yaml"),
    (("draft", "--codebook", "other"), "there is no codebook 'other'"),
    (("publish",), "the draft changes nothing yet"),
    (("edit", "--from", "nowhere.yaml"), "there is no file nowhere.yaml"),
]


@pytest.mark.parametrize(("words", "why"), WRONG)
def test_what_cannot_be_is_a_sentence_and_changes_nothing(
    book: Run, study_path: Path, dump: Dump, words: tuple[str, ...], why: str
) -> None:
    before = dump(study_path)
    ran = book(*words)
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err.startswith("error: ")
    assert why in ran.err
    assert dump(study_path) == before


def test_the_key_of_a_retired_code_names_the_way_back(book: Run) -> None:
    book("rename", "leave", "ДОВЕРИЕ РАВНЫХ")
    book("publish")
    book("retire", "ДОВЕРИЕ РАВНЫХ")
    book("publish")
    why = "ДОВЕРИЕ РАВНЫХ was retired in 3; bring it back with: qcode codebook revive 'ДОВЕРИЕ РАВНЫХ', or choose"
    assert why in book("add", "доверие равных").err
    revived = book("revive", "доверие равных", "--under", "INFLUENCE", "--why", "again")
    assert "revive ДОВЕРИЕ РАВНЫХ\n    again\n    -> 1 coding in 1 transcript is back\n" in revived.out


def test_a_draft_is_undone_brought_again_and_discarded(book: Run) -> None:
    shown = book("retire", "leave").out
    assert book("draft").out == shown
    assert book("draft", "--undo").out == "book@2 changes nothing yet; it follows 1\n"
    assert book("draft", "--undo").out == shown
    assert book("draft", "--discard").err == "the draft is thrown away\n"
    assert book("draft", "--discard").err == "there is no draft\n"
    assert book("draft").out == "book@2 changes nothing yet; it follows 1\n"


def test_a_draft_as_json_is_one_document(book: Run) -> None:
    book("retire", "leave", "--why", "nobody")
    document = json.loads(book("draft", "--format", "json").out)
    assert {key: document[key] for key in ("codebook", "version", "follows")} == {
        "codebook": "book",
        "version": "2",
        "follows": "1",
    }
    (change,) = document["plan"]
    assert (change["change"], change["codings"], change["happens"], change["why"]) == (
        "retire",
        1,
        "are frozen",
        "nobody",
    )


def test_publishing_tells_the_same_as_an_import(book: Run, study_path: Path, dump: Dump) -> None:
    book("split", "trust", "hope", "fear")
    before = dump(study_path)
    dry = book("publish", "--dry-run", "--as", "1.5", "--note", "two")
    assert dump(study_path) == before
    assert dry.err.startswith("book@1.5 would be published\n")
    assert "to publish it, type this again without --dry-run" in dry.err
    done = book("publish", "--as", "1.5", "--note", "two")
    assert done.out == dry.out
    assert done.err.startswith("book@1.5 published\n")
    assert done.err.endswith("  -> 2 codings wait: qcode codebook queue\n")
    assert json.loads(book("list", "--format", "json").out)[1]["note"] == "two"


def test_publishing_as_json_has_the_plan(book: Run) -> None:
    book("retire", "leave")
    done = json.loads(book("publish", "--format", "json").out)
    assert (done["version"], done["follows"], done["queued"], done["plan"][0]["change"]) == ("2", "1", 0, "retire")


@pytest.mark.parametrize("number", ["2", "9"])
def test_the_way_out_of_a_draft_that_came_too_late_works(
    run: Run, study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    monkeypatch.chdir(tmp_path)
    study.drafts.rename("wait", "waiting")
    follow(study, "add hope", number=number)
    study.close()
    sentence = run("codebook", "publish").err
    assert f"the draft follows book@1, and the study is at {number} by now" in sentence
    assert sentence.removeprefix("error: ").strip() in run("codebook", "draft").err
    assert run("codebook", "edit").exit == 2
    for words in ("draft -o mine.yaml", "draft --discard", "merge mine.yaml"):
        assert words.split()[-1] in sentence
        assert run("codebook", *words.split()).exit == 0, words
    keys = {code["code"] for code in json.loads(run("codebook", "show", "--format", "json").out)["codes"]}
    assert {"hope", "waiting"} <= keys
    assert run("check").exit == 0


def test_where_there_are_several_codebooks_one_is_named(book: Run) -> None:
    book("import", "generic-interview")
    assert "this study holds 2 codebooks; name one: book or generic-interview" in book("retire", "leave").err
    assert "draft of book@2" in book("retire", "leave", "--codebook", "BOOK").out
    assert "generic-interview@1.1 changes nothing" in book("draft", "--codebook", "generic-interview").out
    assert book("publish", "--codebook", "book").exit == 0


def test_another_coder_goes_on_with_a_draft(book: Run) -> None:
    book("retire", "leave", "--coder", "ana")
    assert "retire leave" in book("rename", "wait", "waiting", "--coder", "ben").out
    book("publish", "--coder", "cy")
    assert [one["coder"] for one in json.loads(book("log", "--format", "json").out)] == ["ana", "cy"]


def test_acts_of_several_processes_are_all_kept(study_path: Path) -> None:
    words = [sys.executable, "-m", "qcode", "codebook", "add"]
    acts = [[*words, f"new{n}", "--study", str(study_path), "--coder", f"c{n}"] for n in range(4)]
    processes = [subprocess.Popen(act, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for act in acts]
    assert [process.communicate()[1].count(b"error") for process in processes] == [0, 0, 0, 0]
    with open_study(study_path) as study:
        keys = {code.key for code in study.drafts.show().content.codes}
    assert {f"new{n}" for n in range(4)} <= keys


def test_no_line_of_a_draft_is_wider_than_the_terminal(study_path: Path, tmp_path: Path) -> None:
    why = "clinics and offices differ, and coders asked for it in each of the last three meetings of the team"
    for words in (("split", "trust", "hope", "fear", "--why", why), ("publish", "--dry-run"), ("log",)):
        ran = in_terminal("codebook", *words, "--study", study_path, folder=tmp_path)
        assert ran.exit == 0
        assert max(map(display_width, ran.out.splitlines())) <= 80


def test_a_damaged_draft_is_no_traceback(book: Run, study_path: Path) -> None:
    book("retire", "leave")
    connection = sqlite3.connect(study_path)
    connection.execute("UPDATE draft SET content = 'nonsense'")
    connection.commit()
    connection.close()
    assert book("draft").exit == 2
    assert book("draft", "--discard").exit == 0
