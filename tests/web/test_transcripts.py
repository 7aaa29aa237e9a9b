"""One transcript in the browser: its facts, its name and case, and its removal."""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.web.visitor import Visitor


@pytest.fixture
def visitor(study_path: Path) -> Visitor:
    return Visitor(study_path)


def id_of(visitor: Visitor, name: str) -> str:
    return str(next(one["id"] for one in visitor.get("/api/home").json["transcripts"] if one["name"] == name))


def facts(visitor: Visitor, name: str, more: str = "") -> dict[str, Any]:
    return dict(visitor.get(f"/api/transcripts/{id_of(visitor, name)}{more}").get_json())


def act(visitor: Visitor, name: str, what: str, body: dict[str, Any]) -> Any:
    return visitor.post(f"/api/transcripts/{id_of(visitor, name)}/{what}", body)


def test_a_transcript_tells_its_facts_and_where_it_came_from(visitor: Visitor, study_path: Path) -> None:
    found = facts(visitor, "P1")
    with open_study(study_path) as study:
        [listed] = [one for one in study.transcripts.list() if one.name == "P1"]
    assert (found["characters"], found["turns"], found["codings"]) == (listed.characters, 4, 4)
    assert found["sha256"] == listed.sha256
    assert found["speakers"] == [
        {"name": "INT", "labels": 2, "aliases": []},
        {"name": "ANA", "labels": 2, "aliases": []},
    ]
    assert (found["source"]["format"], found["source"]["labels"]) == ("txt", 4)
    assert len(found["source"]["sha256"]) == 64
    assert found["case"]["name"] == "Ana A."
    assert found["attributes"] == [["role", "client"], ["country", "Kyrgyzstan"]]


def test_no_word_of_the_transcript_stands_on_its_page(visitor: Visitor) -> None:
    page = visitor.get(f"/transcripts/{id_of(visitor, 'P1')}")
    assert page.status_code == 200
    assert "two hours" not in page.text + str(facts(visitor, "P1"))


def test_the_address_holds_an_id_and_an_unknown_one_is_not_found(visitor: Visitor) -> None:
    unknown = uuid.uuid4()
    assert visitor.get(f"/api/transcripts/{unknown}").status_code == 404
    assert visitor.get(f"/transcripts/{unknown}").status_code == 404
    assert visitor.get("/transcripts/P1").status_code == 404
    for what in ("rename", "case", "attributes", "remove"):
        body = {"name": "x", "case": "x", "keys": ["a"], "values": ["b"], "codings": 0, "marks": 0}
        assert visitor.post(f"/api/transcripts/{unknown}/{what}", body).status_code == 404


def test_it_gets_another_name_and_keeps_its_codings(visitor: Visitor) -> None:
    one = id_of(visitor, "P1")
    assert act(visitor, "P1", "rename", {"name": " Интервью 1 "}).json["name"] == "Интервью 1"
    assert (id_of(visitor, "Интервью 1"), facts(visitor, "Интервью 1")["codings"]) == (one, 4)


@pytest.mark.parametrize(("name", "status"), [("p2", 409), ("", 400), ("x" * 201, 400), ("a\u202eb", 400)])
def test_a_name_that_is_taken_or_none_is_refused(visitor: Visitor, name: str, status: int) -> None:
    answer = act(visitor, "P1", "rename", {"name": name})
    assert (answer.status_code, bool(answer.json["error"])) == (status, True)
    assert facts(visitor, "P1")["name"] == "P1"


def test_it_is_put_under_a_case_that_is_there_or_new(visitor: Visitor) -> None:
    assert act(visitor, "P1", "case", {"case": "boris b."}).json["case"] == "Boris B."
    assert act(visitor, "P1", "case", {"case": "Case 9"}).json["case"] == "Case 9"
    assert facts(visitor, "P1")["case"]["name"] == "Case 9"
    assert act(visitor, "P1", "case", {"case": "  "}).status_code == 400


def test_memos_on_it_and_on_its_codings_are_told_apart(study: Study) -> None:
    coding = next(one for one in study.codings.list() if one.transcript == "P1")
    study.memos.add("On the place.", about="coding", target=coding.id)
    study.memos.add("On the whole.", about="transcript", target="P1")
    study.memos.add("Again.", about="transcript", target="P1")
    visitor = Visitor(study.path)
    told = [facts(visitor, name) for name in ("P1", "P2")]
    assert [(one["memos"], one["coding_memos"]) for one in told] == [(2, 1), (0, 0)]


def test_facts_are_written_changed_and_forgotten(visitor: Visitor) -> None:
    answer = act(visitor, "P1", "attributes", {"keys": ["role", "age", "country"], "values": ["expert", "40", ""]})
    assert answer.json["case"] == "Ana A."
    assert facts(visitor, "P1")["attributes"] == [["role", "expert"], ["age", "40"]]


@pytest.mark.parametrize(
    ("keys", "values"),
    [([], []), (["role"], []), ([""], ["x"]), (["a", "A"], ["1", "2"]), (["transcripts"], ["x"]), (["a"], [1])],
)
def test_facts_that_are_none_are_refused(visitor: Visitor, keys: list[Any], values: list[Any]) -> None:
    before = facts(visitor, "P1")["attributes"]
    answer = act(visitor, "P1", "attributes", {"keys": keys, "values": values})
    assert (answer.status_code, bool(answer.json["error"])) == (400, True)
    assert facts(visitor, "P1")["attributes"] == before


def test_what_could_harm_a_participant_is_shown_only_when_it_is_asked_for(visitor: Visitor) -> None:
    act(visitor, "P1", "attributes", {"keys": ["register_status", "real_name"], "values": ["on it", "Ainura"]})
    plain = facts(visitor, "P1")
    assert "Ainura" not in str(plain) and "on it" not in str(plain)
    assert plain["not_shown"] == ["real_name", "register_status"]
    shown = facts(visitor, "P1", "?hidden=yes")
    assert ["real_name", "Ainura"] in shown["attributes"] and shown["not_shown"] == []


def test_it_is_removed_with_its_codings_and_every_word(visitor: Visitor, study_path: Path) -> None:
    one = id_of(visitor, "P1")
    answer = act(visitor, "P1", "remove", {"name": "P1", "codings": 4, "marks": 0})
    assert answer.status_code == 200
    assert (answer.json["removed"], answer.json["codings"]) == ("P1", 4)
    assert any("Ana A." in words for words in answer.json["remarks"])
    assert visitor.get(f"/api/transcripts/{one}").status_code == 404
    with open_study(study_path) as study:
        assert ([t.name for t in study.transcripts.list()], study.check()) == (["P2"], [])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "p1", "codings": 4, "marks": 0}, 400),
        ({"name": "", "codings": 4, "marks": 0}, 400),
        ({"name": "P2", "codings": 4, "marks": 0}, 400),
        ({"name": "P1", "codings": 0, "marks": 0}, 409),
        ({"name": "P1", "codings": 3, "marks": 0}, 409),
        ({"name": "P1", "codings": 4, "marks": 1}, 409),
        ({"name": "P1"}, 400),
        ({"name": "P1", "codings": True, "marks": 0}, 400),
    ],
)
def test_it_stays_where_the_name_or_the_number_of_codings_is_not_right(
    visitor: Visitor, body: dict[str, Any], status: int
) -> None:
    answer = act(visitor, "P1", "remove", body)
    assert (answer.status_code, bool(answer.json["error"])) == (status, True)
    assert facts(visitor, "P1")["codings"] == 4


def test_a_coding_that_came_in_between_stops_the_removal(visitor: Visitor, study_path: Path) -> None:
    with open_study(study_path) as elsewhere:
        elsewhere.code("P1", quote="on the phone", code="wait", coder="eve")
    assert act(visitor, "P1", "remove", {"name": "P1", "codings": 4, "marks": 0}).status_code == 409
    assert facts(visitor, "P1")["codings"] == 5


def test_passages_marked_in_vivo_are_counted_and_go_with_it(visitor: Visitor, study_path: Path) -> None:
    with open_study(study_path) as study:
        study.in_vivo.add("P1", quote="on the phone")
    assert facts(visitor, "P1")["marks"] == 1
    answer = act(visitor, "P1", "remove", {"name": "P1", "codings": 4, "marks": 1})
    assert answer.status_code == 200
    with open_study(study_path) as study:
        assert study.in_vivo.list() == []


def test_a_removal_that_another_program_keeps_from_the_disk_is_told_as_a_notice(
    visitor: Visitor, study_path: Path
) -> None:
    reader = sqlite3.connect(study_path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM transcript").fetchone()
    try:
        answer = act(visitor, "P1", "remove", {"name": "P1", "codings": 4, "marks": 0})
    finally:
        reader.close()
    assert answer.status_code == 200
    assert "still on the disk" in answer.json["notice"]
    assert [one["name"] for one in visitor.get("/api/home").json["transcripts"]] == ["P2"]


def test_a_name_with_markup_is_text(visitor: Visitor) -> None:
    act(visitor, "P1", "rename", {"name": "<script>alert(1)</script>"})
    assert "<script>alert" not in visitor.get(f"/transcripts/{id_of(visitor, '<script>alert(1)</script>')}").text
