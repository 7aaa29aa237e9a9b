"""The matrix in the browser: the same numbers and files as the command line, the passages behind a cell, no leaks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import open as open_study
from tests.conftest import Run
from tests.notation import make_study
from tests.web.visitor import Visitor

TURN = {"unit": "turn", "coders": ["ana", "ben"]}


def answer(path: Path, ask: str, **body: Any) -> dict[str, Any]:
    found = Visitor(path).post(ask, body)
    assert found.status_code == 200, found.text
    return dict(found.get_json())


def cell(document: dict[str, Any], row: str, column: str) -> Any:
    return document["matrix"][document["codes"].index(row)][document["codes"].index(column)]


def test_the_numbers_are_those_of_the_command_line(run: Run, study_path: Path) -> None:
    shown = answer(study_path, "/api/matrix", unit="turn", measure="jaccard")["groups"][0]["document"]
    words = ("cooccurrence", "--study", study_path, "--unit", "turn", "--measure", "jaccard", "--format", "json")
    assert shown == json.loads(run(*words).out)


def test_the_command_that_is_shown_gives_the_same_matrix(run: Run, study_path: Path) -> None:
    found = answer(
        study_path,
        "/api/matrix",
        unit="near",
        distance="1t",
        count="segments",
        per_coder=True,
        rollup=True,
        codes=["INFLUENCE"],
        where=["country=Kazakhstan"],
    )
    words = found["command"].split()
    assert words[:2] == ["qcode", "cooccurrence"]
    assert json.loads(run(*words[1:], "--study", study_path, "--format", "json").out) == found["groups"][0]["document"]


@pytest.mark.parametrize("kind", ["docx", "xlsx", "png", "svg", "html", "md"])
@pytest.mark.parametrize("what", ["matrix", "network"])
def test_a_file_has_the_bytes_that_the_command_line_writes(
    run: Run, study_path: Path, tmp_path: Path, kind: str, what: str
) -> None:
    found = Visitor(study_path).post("/api/matrix/export", {**TURN, "kind": kind, "what": what})
    file = tmp_path / f"x.{kind}"
    options = ("--coder", "ana", "--coder", "ben", "--unit", "turn")
    assert run("report", what, "--study", study_path, *options, "-o", file).exit == 0
    assert found.data == file.read_bytes()


def test_csv_is_that_of_the_command_line(run: Run, study_path: Path) -> None:
    for more in ({}, {"by": "country"}):
        found = Visitor(study_path).post("/api/matrix/export", {"unit": "turn", "kind": "csv", **more})
        options = ("--by", "country") if more else ()
        printed = run("cooccurrence", "--study", study_path, "--unit", "turn", "--format", "csv", *options).out
        assert found.text == printed


def test_a_json_file_holds_the_matrix(study_path: Path) -> None:
    found = Visitor(study_path).post("/api/matrix/export", {"unit": "turn", "kind": "json"})
    assert json.loads(found.data) == answer(study_path, "/api/matrix", unit="turn")["groups"][0]["document"]


def test_the_name_of_a_file_says_nothing_of_the_study(study_path: Path) -> None:
    found = Visitor(study_path).post("/api/matrix/export", {"kind": "csv", "transcripts": ["P1"], "cases": ["Ana A."]})
    said = found.headers["Content-Disposition"]
    assert said.startswith('attachment; filename="matrix.csv"') and "Ana" not in said and "P1" not in said
    assert found.headers["Cache-Control"] == "no-store"


def test_another_kind_of_file_is_refused(study_path: Path) -> None:
    found = Visitor(study_path).post("/api/matrix/export", {"kind": "exe"})
    assert found.status_code == 400 and "exe" in found.get_json()["error"]


def test_there_is_a_group_for_each_value(study_path: Path) -> None:
    groups = answer(study_path, "/api/matrix", unit="turn", by="country")["groups"]
    assert [one["value"] for one in groups] == ["Kazakhstan", "Kyrgyzstan"]


def test_passages_lead_to_their_place(study_path: Path) -> None:
    found = answer(study_path, "/api/matrix/passages", first="help", second="money")
    (one,) = found["passages"]
    assert (one["quote"], one["transcript"], one["speaker"]) == ("paid for the bus", "P2", "BORIS")
    assert [c["code"] for c in one["first"]] == ["help"]
    assert one["first"][0]["quote"] == "My sister paid for the bus"
    with open_study(study_path) as study:
        shown = study.transcripts.show("P2")
    at = shown.revision.text.index("paid for")
    assert one["link"] == f"/read/{shown.id}?at={at}&to={at + len('paid for the bus')}"


def test_the_number_of_passages_is_that_of_the_cell(study_path: Path) -> None:
    document = answer(study_path, "/api/matrix", unit="turn")["groups"][0]["document"]
    for row in document["codes"]:
        for column in document["codes"]:
            if row != column and cell(document, row, column):
                found = answer(study_path, "/api/matrix/passages", unit="turn", first=row, second=column)
                assert found["total"] == cell(document, row, column), (row, column)


def test_the_diagonal_leads_to_the_passages_of_the_code(study_path: Path) -> None:
    document = answer(study_path, "/api/matrix")["groups"][0]["document"]
    found = answer(study_path, "/api/matrix/passages", unit="follows", distance="1t", first="money", second="money")
    assert found["total"] == cell(document, "money", "money") == 2


def test_passages_of_a_group_are_of_its_cases(study_path: Path) -> None:
    asked = {"by": "country", "first": "help", "second": "money"}
    assert answer(study_path, "/api/matrix/passages", **asked, group="Kazakhstan")["total"] == 1
    assert answer(study_path, "/api/matrix/passages", **asked, group="Kyrgyzstan")["total"] == 0


def test_the_passages_of_a_withheld_cell_are_refused(study_path: Path) -> None:
    visitor = Visitor(study_path)
    for first, second in (("help", "money"), ("money", "money")):
        found = visitor.post("/api/matrix/passages", {"min_cases": 2, "first": first, "second": second})
        assert found.status_code == 409 and "withheld" in found.get_json()["error"]
        assert "bus" not in found.text


def test_the_number_of_cases_that_were_looked_at_is_told(study_path: Path) -> None:
    assert answer(study_path, "/api/matrix")["cases"] == 2
    assert answer(study_path, "/api/matrix", cases=["Ana A."])["cases"] == 1


def test_withheld_cells_are_empty_and_listed(study_path: Path) -> None:
    group = answer(study_path, "/api/matrix", min_cases=2)["groups"][0]
    assert ["help", "money"] in group["document"]["hidden"]
    assert cell(group["document"], "help", "money") is None
    i, j = (group["document"]["codes"].index(code) for code in ("help", "money"))
    assert group["weights"][i][j] is None and group["printed"][i][j] == ""


def test_the_network_is_a_drawing_with_words_for_it(study_path: Path) -> None:
    (one,) = answer(study_path, "/api/matrix/network", unit="turn")["groups"]
    assert one["svg"].startswith("<svg") and "<script" not in one["svg"]
    assert one["alt"].startswith("Network of")


def test_a_network_of_nothing_is_a_sentence(study_path: Path) -> None:
    (one,) = answer(study_path, "/api/matrix/network", codes=["wait"])["groups"]
    assert one["svg"] == "" and one["notes"]


@pytest.mark.parametrize(
    "body",
    [
        {"unit": "galaxy"},
        {"unit": "near"},
        {"unit": "turn", "measure": "c"},
        {"where": ["role"]},
        {"codes": "wait"},
        {"min_cases": -1},
        {"test": "permutation", "permutations": 10**9},
        {"coders": ["nobody"]},
    ],
)
def test_what_cannot_be_counted_is_refused_with_a_sentence(study_path: Path, body: dict[str, Any]) -> None:
    found = Visitor(study_path).post("/api/matrix", body)
    assert found.status_code in (400, 404) and found.get_json()["error"]


def test_names_with_markup_are_text(tmp_path: Path) -> None:
    with make_study(tmp_path, P1="ANA: I [waited|<b>x, y] long.") as made:
        made.cases.set("<script>alert(1)</script>", {"role": "<i>"}, transcripts=("P1",))
    visitor = Visitor(made.path)
    assert "<script>alert" not in visitor.get("/matrix").text
    (drawn,) = visitor.post("/api/matrix/network", {}).get_json()["groups"]
    assert "<b>" not in drawn["svg"]


def test_choices_leave_hidden_attributes_out(study_path: Path) -> None:
    found = Visitor(study_path).get("/api/choices").get_json()
    assert found["attributes"] == {"country": ["Kazakhstan", "Kyrgyzstan"], "role": ["client"]}
    assert [one["name"] for one in found["transcripts"]] == ["P1", "P2"]
    (book,) = found["codebooks"]
    assert [code["key"] for code in book["versions"][0]["codes"]][:3] == ["INFLUENCE", "help", "money"]


def test_an_empty_study_has_nothing_to_choose(tmp_path: Path) -> None:
    from qcode.study.study import create

    create(tmp_path / "empty.qcode").close()
    visitor = Visitor(tmp_path / "empty.qcode")
    found = visitor.get("/api/choices").get_json()
    assert (found["codebooks"], found["transcripts"]) == ([], [])
    assert visitor.post("/api/matrix", {}).status_code in (400, 404)


def test_nobody_counts_without_having_entered(study_path: Path) -> None:
    visitor = Visitor(study_path)
    assert visitor.client.post("/api/matrix", json={}).status_code == 403
    assert visitor.app.test_client().get("/api/choices").status_code == 403
