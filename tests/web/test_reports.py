"""Reports and lists in the browser: the bytes of the command line; and codings taken from a table."""

from __future__ import annotations

import io
import shlex
from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import open as open_study
from qcode.web.reports import KINDS, LISTS
from tests.conftest import Run
from tests.study.next_version import follow
from tests.web.visitor import Visitor

ASKED: dict[str, dict[str, Any]] = {
    "full": {"coders": ["ana", "ben"], "unit": "turn", "min_cases": 1, "quotes_per_code": 2},
    "codebook": {"codebook": "book@1"},
    "quotes": {"where": ["role=client"], "transcripts": ["P1"], "words": "hours"},
    "matrix": {"unit": "near", "distance": "1t", "by": "country"},
    "network": {"unit": "turn", "top": 3, "rollup": True},
    "history": {},
    "transcript": {"transcript": "P1", "codes": ["trust", "wait"], "no_children": True, "coders": ["ben"]},
    "methods": {},
}
SAID = {
    "full": "report full --coder ana --coder ben --unit turn --min-cases 1 --quotes-per-code 2",
    "codebook": "report codebook book@1",
    "quotes": "report quotes --transcript P1 --where role=client --words hours",
    "matrix": "report matrix --unit near --distance 1t --by country",
    "network": "report network --unit turn --rollup --top 3",
    "history": "codebook log",
    "transcript": "report transcript P1 --code trust --code wait --no-children --coder ben",
    "methods": "report methods",
}
LISTED = {
    "transcripts": "transcript list",
    "cases": "case list",
    "memos": "memo list",
    "coders": "coder list",
    "history": "history",
    "codings": "coding export",
}


@pytest.fixture
def visitor(study_path: Path) -> Visitor:
    return Visitor(study_path)


def table(text: str) -> dict[str, Any]:
    return {"file": (io.BytesIO(text.encode()), "team.csv")}


@pytest.mark.parametrize(("what", "kind"), [(what, kind) for what, kinds in KINDS.items() for kind in kinds])
def test_a_report_has_the_bytes_that_the_command_line_writes(
    run: Run, visitor: Visitor, study_path: Path, tmp_path: Path, what: str, kind: str
) -> None:
    if what == "history":  # of one version there is no picture
        with open_study(study_path) as study:
            follow(study, "split trust into hope, fear")
    answer = visitor.post("/api/reports", {"what": what, "kind": kind, **ASKED[what]})
    file = tmp_path / f"x.{kind}"
    assert run(*shlex.split(SAID[what]), "--study", study_path, "-o", file).exit == 0
    assert (answer.status_code, answer.data == file.read_bytes()) == (200, True)


def test_a_transcript_with_a_blank_in_its_name_is_reported_with_the_bytes_of_the_command_line(
    run: Run, visitor: Visitor, study_path: Path, tmp_path: Path
) -> None:
    with open_study(study_path) as study:
        study.transcripts.rename("P1", "Разговор 1; two")
    answer = visitor.post("/api/reports", {"what": "transcript", "kind": "html", "transcript": "Разговор 1; two"})
    file = tmp_path / "x.html"
    assert run("report", "transcript", "Разговор 1; two", "--study", study_path, "-o", file).exit == 0
    assert answer.data == file.read_bytes()


def test_a_report_on_codings_that_wait_has_the_same_bytes_too(run: Run, study: Any, tmp_path: Path) -> None:
    follow(study, "split trust into hope, fear")
    study.close()
    answer = Visitor(study.path).post("/api/reports", {"what": "quotes", "kind": "md"})
    file = tmp_path / "x.md"
    assert "left out" in run("report", "quotes", "--study", study.path, "-o", file).err
    assert answer.data == file.read_bytes()


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "docx", "html"])
@pytest.mark.parametrize("what", LISTS)
def test_a_list_has_the_bytes_that_the_command_line_writes(
    run: Run, visitor: Visitor, study_path: Path, tmp_path: Path, what: str, kind: str
) -> None:
    visitor.post("/api/memos/add", {"text": "an idea; two"})
    answer = visitor.post("/api/lists", {"what": what, "kind": kind})
    file = tmp_path / f"x.{kind}"
    assert run(*LISTED[what].split(), "--study", study_path, "-o", file).exit == 0
    assert (answer.status_code, answer.data == file.read_bytes()) == (200, True)


def test_codings_are_kept_by_filters_and_with_the_withdrawn_ones(run: Run, visitor: Visitor, study_path: Path) -> None:
    with open_study(study_path) as study:
        study.codings.withdraw(study.codings.list()[0].id)
    for more, words in (({}, ()), ({"withdrawn": True}, ("--withdrawn",))):
        answer = visitor.post("/api/lists", {"what": "codings", "kind": "json", "transcripts": ["P1"], **more})
        asked = run("coding", "list", "--study", study_path, "--transcript", "P1", *words, "--format", "json")
        assert answer.text == asked.out
    assert '"withdrawn"' in answer.text


def test_hidden_facts_are_in_the_list_of_cases_only_when_they_are_asked_for(visitor: Visitor) -> None:
    visitor.post("/api/cases/add", {"name": "Ana A.", "keys": ["real_name"], "values": ["Ainura"]})
    assert "Ainura" not in visitor.post("/api/lists", {"what": "cases", "kind": "csv"}).text
    assert "Ainura" in visitor.post("/api/lists", {"what": "cases", "kind": "csv", "hidden": True}).text
    assert b"Ainura" not in visitor.post("/api/reports", {"what": "full", "kind": "html"}).data


@pytest.mark.parametrize(
    ("what", "name"), [("full", "report.html"), ("history", "codebook-history.html"), ("transcript", "transcript.html")]
)
def test_the_file_has_a_name_that_says_nothing_of_the_study(visitor: Visitor, what: str, name: str) -> None:
    answer = visitor.post("/api/reports", {"what": what, "kind": "html", **ASKED[what]})
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment") and name in said and "nvented" not in said


@pytest.mark.parametrize(
    "body",
    [
        {"what": "full", "kind": "png"},
        {"what": "secrets", "kind": "docx"},
        {"what": "full", "kind": "../x"},
        {"what": "full", "kind": "docx", "quotes_per_code": -1},
        {"what": "network", "kind": "svg", "top": 0},
        {"what": "codebook", "kind": "docx", "codebook": "none"},
        {"what": "quotes", "kind": "docx", "coders": ["nobody"]},
        {"what": "matrix", "kind": "docx", "unit": "galaxy"},
        {"what": "transcript", "kind": "docx"},
        {"what": "transcript", "kind": "docx", "transcript": "P9"},
        {"what": "transcript", "kind": "xlsx", "transcript": "P1"},
    ],
)
def test_what_cannot_be_made_is_refused_with_a_sentence(visitor: Visitor, body: dict[str, Any]) -> None:
    answer = visitor.post("/api/reports", body)
    assert answer.status_code in (400, 404) and answer.json["error"]


@pytest.mark.parametrize("body", [{"what": "codings", "kind": "png"}, {"what": "x", "kind": "csv"}, {"kind": "csv"}])
def test_a_list_that_is_none_is_refused(visitor: Visitor, body: dict[str, Any]) -> None:
    assert visitor.post("/api/lists", body).status_code == 400


def test_a_table_of_codings_comes_in_and_again_adds_nothing(visitor: Visitor, study_path: Path) -> None:
    text = "transcript,quote,code,coder\nP1,on the phone,wait,eve\nP2,The doctor was kind,trust,\n"
    assert visitor.post("/api/codings/import", form=table(text)).json["added"] == 2
    with open_study(study_path) as study:
        assert {one.quote: one.coder for one in study.codings.list() if one.coder == "eve"} == {"on the phone": "eve"}
        assert study.check() == []
    kept = visitor.post("/api/lists", {"what": "codings", "kind": "csv"}).text
    told = visitor.post("/api/codings/import", form=table(kept)).json
    assert (told["added"], told["known"]) == (0, 9)


def test_a_table_with_one_wrong_row_adds_nothing_and_the_row_is_named(visitor: Visitor) -> None:
    text = "transcript,quote,code\nP1,on the phone,wait\nP1,never said,wait\n"
    answer = visitor.post("/api/codings/import", form=table(text))
    assert answer.status_code == 400
    assert "team.csv, row 3" in answer.json["error"]
    assert visitor.get("/api/home").json["counts"]["codings"] == 7


def test_no_table_is_a_sentence(visitor: Visitor) -> None:
    assert visitor.post("/api/codings/import", form={"x": "1"}).json["error"]
