"""The queue in the browser: what waits, with its passage, and decisions that can be taken back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.notation import make_study
from tests.study.next_version import follow
from tests.web.visitor import Visitor

NOBODY, HOURS = "Nobody ever called me back", "two hours"


@pytest.fixture
def visitor(study: Study) -> Visitor:
    """Give ana, whose coding of NOBODY waits; ben's of HOURS waits too."""
    follow(study, "split trust into hope, fear")
    return Visitor(study.path)


def items(visitor: Visitor, of: str = "me") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = visitor.get(f"/api/queue?of={of}").json["items"]
    return found


def stands(path: Path) -> set[tuple[str, str, str, str]]:
    with open_study(path) as study:
        assert study.check() == []
        return {(one.quote, one.code, one.coder, one.status) for one in study.codings.list()}


def test_at_first_only_ones_own_codings_are_shown_and_the_others_are_counted(visitor: Visitor) -> None:
    told = visitor.get("/api/queue").json
    assert [one["quote"] for one in told["items"]] == [NOBODY]
    assert (told["mine"], told["everyone"]) == (1, 2)
    assert HOURS not in str(told)


def test_those_of_everyone_are_shown_when_they_are_asked_for(visitor: Visitor) -> None:
    assert [(one["quote"], one["coder"]) for one in items(visitor, "everyone")] == [(HOURS, "ben"), (NOBODY, "ana")]


def test_an_item_leads_to_its_passage_and_not_to_the_beginning(visitor: Visitor, study: Study) -> None:
    [one] = items(visitor)
    shown = study.transcripts.show("P1")
    at = shown.revision.text.index(NOBODY)
    assert one["link"] == f"/read/{shown.id}?at={at}&to={at + len(NOBODY)}"


def test_an_item_says_why_it_waits_and_where_it_may_go_with_the_rules_of_the_codes(visitor: Visitor) -> None:
    told = visitor.get("/api/queue").json
    [one] = told["items"]
    assert (one["code"], one["change"], one["under"], one["candidates"], one["kept"]) == (
        "trust",
        "split",
        "2",
        ["hope", "fear"],
        False,
    )
    assert (one["transcript"], one["turn"], one["speaker"]) == ("P1", 4, "ANA")
    assert set(told["codes"]) >= {"hope", "fear"}
    assert told["codes"]["hope"]["color"].startswith("#")


def test_the_passage_stands_in_its_context(visitor: Visitor) -> None:
    [one] = items(visitor)
    told = visitor.get(f"/api/queue/{one['id']}").json
    assert told["before"].endswith("INT: And then?\nANA: ")
    assert told["after"].startswith(", so I stopped asking")
    assert visitor.get(f"/api/queue/{uuid4()}").status_code == 404


def test_a_long_context_is_cut_between_words_and_says_so(tmp_path: Path) -> None:
    long = " ".join(f"word{n}" for n in range(100))
    with make_study(tmp_path, P1=f"ANA: {long} [here|trust] {long}") as study:
        follow(study, "split trust into hope, fear")
    visitor = Visitor(tmp_path / "study.qcode")
    told = visitor.get(f"/api/queue/{items(visitor)[0]['id']}").json
    assert re.fullmatch(r"… (word\d+ )+", told["before"])
    assert re.fullmatch(r"( word\d+)+ …", told["after"])
    assert told["before"].endswith("word98 word99 ")
    assert told["after"].startswith(" word0 word1 word2 ")


def test_a_decision_is_in_the_study_when_it_is_answered_under_the_name_of_who_decided(
    visitor: Visitor, study: Study
) -> None:
    [one] = items(visitor)
    done = visitor.post("/api/queue/decide", {"ids": [one["id"]], "to": ["hope", "fear"], "why": "both"}).json
    assert done == {"codings": 1, "made": 2}
    assert {(NOBODY, "hope", "ana", "settled"), (NOBODY, "fear", "ana", "settled")} <= stands(study.path)
    assert items(visitor) == []


def test_a_coding_is_withdrawn(visitor: Visitor, study: Study) -> None:
    [one] = items(visitor)
    visitor.post("/api/queue/decide", {"ids": [one["id"]], "withdraw": True})
    assert NOBODY not in {quote for quote, code, *_ in stands(study.path) if code in ("trust", "hope", "fear")}


def test_a_coding_is_kept_where_its_code_still_takes_codings(study: Study) -> None:
    follow(study, "narrow trust")
    visitor = Visitor(study.path)
    [one] = items(visitor)
    assert one["kept"]
    visitor.post("/api/queue/decide", {"ids": [one["id"]], "keep": True})
    assert (NOBODY, "trust", "ana", "settled") in stands(study.path)


def test_a_decision_is_taken_back_and_done_again(visitor: Visitor, study: Study) -> None:
    before = stands(study.path)
    [one] = items(visitor)
    visitor.post("/api/queue/decide", {"ids": [one["id"]], "to": ["hope"]})
    after = stands(study.path)
    assert visitor.get("/api/queue").json["can_undo"]
    assert visitor.post("/api/queue/undo").json["said"]
    assert stands(study.path) == before
    assert visitor.get("/api/queue").json["can_redo"]
    visitor.post("/api/queue/redo")
    assert stands(study.path) == after


def test_nothing_to_take_back_is_a_sentence(visitor: Visitor) -> None:
    answer = visitor.post("/api/queue/undo")
    assert answer.status_code == 409
    assert answer.json["error"]


@pytest.mark.parametrize(
    "decision",
    [{}, {"to": ["wait"]}, {"to": ["nothing"]}, {"keep": True}, {"to": ["hope"], "withdraw": True}, {"to": "hope"}],
)
def test_a_decision_that_cannot_be_changes_nothing(visitor: Visitor, study: Study, decision: dict[str, Any]) -> None:
    before = stands(study.path)
    [one] = items(visitor)
    assert visitor.post("/api/queue/decide", {"ids": [one["id"]], **decision}).status_code in (400, 404, 409)
    assert stands(study.path) == before


def test_what_somebody_else_decided_meanwhile_is_told_and_not_decided_again(visitor: Visitor, study: Study) -> None:
    [one] = items(visitor)
    with open_study(study.path, coder="ana") as elsewhere:
        elsewhere.queue.resolve(one["id"], to="fear")
    answer = visitor.post("/api/queue/decide", {"ids": [one["id"]], "to": ["hope"]})
    assert answer.status_code == 409
    assert "does not wait" in answer.json["error"]


def test_codings_of_others_that_wait_are_out_of_reach_until_the_queue_of_everyone_is_asked_for(tmp_path: Path) -> None:
    with make_study(tmp_path, P1="ANA: I [trusted|trust @ben] them.") as study:
        follow(study, "split trust into hope, fear")
        id = study.queue.list()[0].coding.id
    visitor = Visitor(tmp_path / "study.qcode", coder="ana")
    body = {"ids": [id], "to": ["hope"]}
    assert visitor.get(f"/api/queue/{id}").status_code == 404
    assert visitor.post("/api/queue/decide", body).status_code == 404
    assert visitor.get("/api/queue").json["everyone"] == 1
    assert visitor.get(f"/api/queue/{id}").status_code == 404
    visitor.get("/api/queue?of=everyone")
    assert visitor.get(f"/api/queue/{id}").status_code == 200
    assert visitor.post("/api/queue/decide", body).status_code == 200


def test_a_decision_of_an_earlier_sitting_is_taken_back(visitor: Visitor, study: Study) -> None:
    id = visitor.get("/api/queue").json["items"][0]["id"]
    visitor.post("/api/queue/decide", {"ids": [id], "withdraw": True})
    tomorrow = Visitor(study.path, coder="ana")
    told = tomorrow.get("/api/queue").json
    assert (told["can_undo"], told["earlier"]) == (False, True)
    assert tomorrow.post("/api/queue/undo", {}).status_code == 409
    assert tomorrow.post("/api/queue/undo", {"earlier": True}).json["said"].endswith("earlier on 1 coding")
    assert id in [one["id"] for one in tomorrow.get("/api/queue").json["items"]]
    assert tomorrow.post("/api/queue/undo", {"earlier": True}).status_code == 404
    assert tomorrow.get("/api/queue").json["earlier"] is False


def test_a_decision_of_another_coder_is_not_taken_back(visitor: Visitor, study: Study) -> None:
    visitor.post("/api/queue/decide", {"ids": [visitor.get("/api/queue").json["items"][0]["id"]], "withdraw": True})
    assert Visitor(study.path, coder="ben").post("/api/queue/undo", {"earlier": True}).status_code == 404


def test_filters_leave_some_of_what_waits(visitor: Visitor) -> None:
    asked = {"of": "everyone", "transcripts": ["P1"]}
    assert len(visitor.post("/api/queue", asked).json["items"]) == 2
    assert visitor.post("/api/queue", asked | {"transcripts": ["P2"]}).json["items"] == []
    assert [one["coder"] for one in visitor.post("/api/queue", {"coders": ["ben"]}).json["items"]] == ["ben"]


def test_a_filter_on_an_earlier_version_is_refused_with_a_sentence(visitor: Visitor) -> None:
    answer = visitor.post("/api/queue", {"codebook": "book@1"})
    assert answer.status_code == 409
    assert "1" in answer.json["error"]
