"""The cases in the browser: what is told, written, removed and taken from a table."""

from __future__ import annotations

import io
import uuid
from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import open as open_study
from qcode.web import uploads
from tests.web.visitor import Visitor


@pytest.fixture
def visitor(study_path: Path) -> Visitor:
    return Visitor(study_path)


def cases(visitor: Visitor, more: str = "") -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in visitor.get(f"/api/cases{more}").json["cases"]}


def table(text: str, name: str = "cases.csv") -> dict[str, Any]:
    return {"file": (io.BytesIO(text.encode()), name)}


def test_the_cases_are_told_with_their_facts_and_transcripts(visitor: Visitor) -> None:
    found = cases(visitor)
    assert found["Ana A."]["attributes"] == [["role", "client"], ["country", "Kyrgyzstan"]]
    assert [one["name"] for one in found["Ana A."]["transcripts"]] == ["P1"]
    assert visitor.get("/cases").status_code == 200


def test_a_new_case_is_made_with_facts_and_a_transcript_of_another_one(visitor: Visitor) -> None:
    transcript = cases(visitor)["Boris B."]["transcripts"][0]["id"]
    body = {"name": "Clinic", "keys": ["kind"], "values": ["ngo"], "transcripts": [transcript]}
    answer = visitor.post("/api/cases/add", body)
    assert answer.json["case"] == "Clinic"
    assert any("under another case" in words for words in answer.json["remarks"])
    found = cases(visitor)
    assert (found["Clinic"]["attributes"], len(found["Clinic"]["transcripts"])) == ([["kind", "ngo"]], 1)
    assert found["Boris B."]["transcripts"] == []


def test_a_fact_of_a_case_is_changed_and_forgotten(visitor: Visitor) -> None:
    one = cases(visitor)["Ana A."]["id"]
    visitor.post(f"/api/cases/{one}/set", {"keys": ["role", "country"], "values": ["expert", ""]})
    assert cases(visitor)["Ana A."]["attributes"] == [["role", "expert"]]


def test_a_case_without_a_name_or_with_a_wrong_fact_is_refused(visitor: Visitor) -> None:
    for body in ({"name": " "}, {"name": "X", "keys": ["id"], "values": ["1"]}, {"name": "X", "transcripts": ["no"]}):
        answer = visitor.post("/api/cases/add", body)
        assert answer.status_code in (400, 404) and answer.json["error"]
    assert set(cases(visitor)) == {"Ana A.", "Boris B."}


def test_a_case_that_is_gone_is_not_made_anew_by_editing_it(visitor: Visitor) -> None:
    gone = str(uuid.uuid4())
    assert visitor.post(f"/api/cases/{gone}/set", {"keys": ["a"], "values": ["b"]}).status_code == 404
    assert visitor.post(f"/api/cases/{gone}/remove").status_code == 404
    assert set(cases(visitor)) == {"Ana A.", "Boris B."}


def test_a_case_is_removed_and_its_transcript_stays(visitor: Visitor) -> None:
    answer = visitor.post(f"/api/cases/{cases(visitor)['Ana A.']['id']}/remove")
    assert (answer.json["removed"], answer.json["transcripts"]) == ("Ana A.", 1)
    assert set(cases(visitor)) == {"Boris B."}
    assert {one["name"]: one["case"] for one in visitor.get("/api/home").json["transcripts"]}["P1"] is None


def test_what_could_harm_a_participant_is_told_only_when_it_is_asked_for(visitor: Visitor) -> None:
    visitor.post("/api/cases/add", {"name": "Ana A.", "keys": ["real_name"], "values": ["Ainura"]})
    plain = visitor.get("/api/cases")
    assert ("Ainura" in plain.text, plain.json["not_shown"]) == (False, ["real_name"])
    assert ["real_name", "Ainura"] in cases(visitor, "?hidden=yes")["Ana A."]["attributes"]


def test_a_table_of_cases_comes_in_whole(visitor: Visitor) -> None:
    answer = visitor.post("/api/cases/import", form=table("case;role;transcripts\nAna A.;expert;P1\nНовый;client;P2\n"))
    assert answer.json["cases"] == 2
    assert cases(visitor)["Ana A."]["attributes"] == [["role", "expert"], ["country", "Kyrgyzstan"]]
    assert [one["name"] for one in cases(visitor)["Новый"]["transcripts"]] == ["P2"]


def test_a_table_with_one_wrong_row_changes_nothing_and_the_row_is_named(visitor: Visitor, study_path: Path) -> None:
    answer = visitor.post("/api/cases/import", form=table("case,role,transcripts\nNew,expert,\nAna A.,x,P9\n", "t.csv"))
    assert answer.status_code == 400
    assert "t.csv, row 3" in answer.json["error"]
    with open_study(study_path) as study:
        assert [one.name for one in study.cases.list()] == ["Ana A.", "Boris B."]


def test_a_table_that_is_missing_or_too_large_is_refused(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    assert visitor.post("/api/cases/import", form={"x": "y"}).status_code == 400
    monkeypatch.setattr(uploads, "MOST_TABLE", 20)
    answer = visitor.post("/api/cases/import", form=table("case,role\n" + "x,y\n" * 20))
    assert (answer.status_code, "split it" in answer.json["error"]) == (400, True)
