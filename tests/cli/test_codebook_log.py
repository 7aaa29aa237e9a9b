"""The history of a codebook is told as text and JSON, and written for the methods section of a paper."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from qcode.analysis.layout import display_width
from qcode.study.study import Study
from tests.cli.terminal import in_terminal
from tests.conftest import Ran, Run
from tests.study.joined_lines import beside
from tests.study.next_version import follow

KEYS = "codebook version follows created_at coder note sha256 codes codable codings touched queued waiting changes"


@pytest.fixture
def log(run: Run, study: Study) -> Run:
    """Give a function that runs `qcode codebook log` on the tiny study after three versions, one of them beside."""
    file = beside(study, "split trust! into hope, fear", note="из команды: 两件事")
    follow(study, "narrow wait", "name leave")
    study.codebooks.merge(file, note="joined")
    study.close()

    def log(*words: str | Path) -> Ran:
        return run("codebook", "log", *words, "--study", study.path)

    return log


def test_versions_are_told_oldest_first(log: Run) -> None:
    ran = log()
    heads = [line.partition("  (")[0] for line in ran.out.splitlines() if line.startswith("==")]
    assert heads == [
        "== book@1 ==",
        "== book@2, follows 1 ==",
        "== book@team, follows 1 ==",
        "== book@3, follows 2 and team ==",
    ]
    assert "  из команды: 两件事\n" in ran.out
    assert "split trust into hope, fear\n    -> 2 codings in 1 transcript wait" in ran.out
    assert "1 put before the coders, 1 not decided" in ran.out


def test_the_history_as_json_has_all_numbers(log: Run) -> None:
    document = json.loads(log("--format", "json").out)
    assert {" ".join(one) for one in document} == {KEYS}
    joined = document[-1]
    assert (joined["version"], joined["follows"], joined["note"]) == ("3", ["2", "team"], "joined")
    assert (joined["codings"], joined["touched"], joined["queued"], joined["waiting"]) == (0, 2, 2, 2)
    assert {one["change"] for one in joined["changes"]} == {"split", "edit"}


@pytest.mark.parametrize(("name", "versions"), [("book@2", ["1", "2"]), ("BOOK@team", ["1", "team"])])
def test_with_a_version_only_those_that_lead_to_it_are_told(log: Run, name: str, versions: list[str]) -> None:
    assert [one["version"] for one in json.loads(log(name, "--format", "json").out)] == versions


@pytest.mark.parametrize("name", ["book", "book@2", "book@team"])
@pytest.mark.parametrize("ending", [".docx", ".html", ".md", ".xlsx", ".svg", ".json"])
def test_the_history_is_written_by_its_ending_the_same_each_time(
    log: Run, tmp_path: Path, name: str, ending: str
) -> None:
    files = [tmp_path / f"one{ending}", tmp_path / f"two{ending}"]
    for file in files:
        ran = log(name, "-o", file)
        assert (ran.exit, ran.out, ran.err) == (0, "", f"wrote {file}\n")
    assert files[0].read_bytes() == files[1].read_bytes()


def words_of(file: Path) -> str:
    if file.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as opened:
            return opened.read("word/document.xml").decode()
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", [".docx", ".html", ".md"])
def test_a_written_history_tells_reasons_numbers_and_how_it_was_made(log: Run, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"history{ending}"
    log("book", "-o", file)
    text = words_of(file)
    for words in ("из команды: 两件事", "hope", "qcode codebook log book", "joined"):
        assert words in text


def test_the_drawing_shows_each_version(log: Run, tmp_path: Path) -> None:
    file = tmp_path / "drawn.svg"
    log("-o", file)
    drawn = file.read_text(encoding="utf-8")
    assert drawn.lstrip().startswith("<")
    for words in ("team", "trust", "hope"):
        assert words in drawn


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("other",), "there is no codebook 'other'"),
        (("book@9",), "the codebook book has no version 9; it has 1, 2, team, 3"),
        (("-o", "history.txt"), "the history is not written as .txt"),
        (("-o", "history"), "the history is not written as a name without an ending"),
        (("-o", "nowhere/history.docx"), "there is no folder nowhere"),
    ],
)
def test_what_cannot_be_is_a_sentence(log: Run, words: tuple[str, ...], why: str) -> None:
    ran = log(*words)
    assert (ran.exit, ran.out) == (2, "")
    assert why in ran.err


def test_no_line_is_wider_than_the_terminal(run: Run, tmp_path: Path) -> None:
    run("demo", tmp_path, "--versions")
    for words in (("codebook", "log"), ("codebook", "passages", "HR-OD"), ("codebook", "passages", "FUND-HAND")):
        ran = in_terminal(*words, "--study", "demo.qcode", folder=tmp_path)
        assert ran.exit == 0
        assert max(map(display_width, ran.out.splitlines())) <= 80
