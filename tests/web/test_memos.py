"""The memos in the browser: what is told, writing one, and removing one's own."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import open as open_study
from tests.web.visitor import Visitor


@pytest.fixture
def visitor(study_path: Path) -> Visitor:
    return Visitor(study_path, coder="ana")


def memos(visitor: Visitor, of: str = "") -> list[dict[str, Any]]:
    return list(visitor.get(f"/api/memos{of}").json["memos"])


def test_a_memo_is_written_on_the_study_a_transcript_a_code_and_a_case(visitor: Visitor) -> None:
    on = visitor.get("/api/memos").json["on"]
    assert visitor.post("/api/memos/add", {"text": "first idea"}).status_code == 200
    for about in ("transcript", "code", "case"):
        body = {"text": f"on a {about}", "about": about, "target": on[about][0]["id"]}
        assert visitor.post("/api/memos/add", body).status_code == 200
    told = [(one["about"], one["on"], one["text"], one["coder"], one["mine"]) for one in memos(visitor)]
    assert told[0][:3] == ("case", "Ana A.", "on a case")
    assert told[1][0] == "code" and told[1][1]
    assert told[2][:3] == ("transcript", "P1", "on a transcript")
    assert told[3] == ("study", "", "first idea", "ana", True)


def test_a_memo_is_a_step_that_can_be_taken_back(visitor: Visitor) -> None:
    visitor.post("/api/memos/add", {"text": "first idea"})
    assert "first idea" in visitor.post("/api/queue/undo").json["said"]
    assert memos(visitor) == []


@pytest.mark.parametrize(
    "body",
    [
        {"text": "  "},
        {"text": "x" * 20_001},
        {"text": "x", "about": "coding", "target": "1"},
        {"text": "x", "about": "galaxy"},
        {"text": "x", "about": "case"},
        {"text": "x", "about": "transcript", "target": "P77"},
        {"text": 7},
    ],
)
def test_a_memo_that_is_none_is_refused(visitor: Visitor, body: dict[str, Any]) -> None:
    answer = visitor.post("/api/memos/add", body)
    assert answer.status_code in (400, 404) and answer.json["error"]
    assert memos(visitor) == []


def test_a_coder_removes_their_own_memo_and_no_other(visitor: Visitor, study_path: Path) -> None:
    with open_study(study_path, coder="ben") as study:
        study.memos.add("by ben")
    visitor.post("/api/memos/add", {"text": "by ana"})
    [mine, other] = memos(visitor, "?of=everyone")
    answer = visitor.post(f"/api/memos/{other['id']}/remove")
    assert (answer.status_code, "ben wrote" in answer.json["error"]) == (409, True)
    assert visitor.post(f"/api/memos/{mine['id']}/remove").status_code == 200
    assert [one["text"] for one in memos(visitor, "?of=everyone")] == ["by ben"]
    assert visitor.post(f"/api/memos/{mine['id']}/remove").status_code == 404


def test_a_memo_on_a_coding_leads_to_its_place(visitor: Visitor, study_path: Path) -> None:
    with open_study(study_path, coder="ana") as study:
        [coding] = study.codings.add("P2", ["wait"], quote="Two thousand", coder="ana", memo="dear")
        shown = study.transcripts.show("P2")
    [memo] = memos(visitor)
    answer = visitor.get(f"/codings/{memo['target']}")
    assert (memo["about"], memo["target"], answer.status_code) == ("coding", coding.id, 303)
    assert answer.location == f"/read/{shown.id}?at={shown.revision.text.index('Two thousand')}"
    assert visitor.get(f"/codings/{uuid.uuid4()}").status_code == 404


def test_the_page_holds_no_memo_before_it_is_asked_for(visitor: Visitor) -> None:
    visitor.post("/api/memos/add", {"text": "<script>alert(1)</script>"})
    page = visitor.get("/memos")
    assert (page.status_code, "alert(1)" in page.text) == (200, False)


def test_what_others_wrote_is_only_counted_until_it_is_asked_for(visitor: Visitor, study_path: Path) -> None:
    with open_study(study_path, coder="ben") as study:
        for about, target in (("study", ""), ("transcript", "P1"), ("code", "wait")):
            study.memos.add("by ben", about=about, target=target)
        [coding] = study.codings.add("P2", ["wait"], quote="Two thousand", coder="ben", memo="dear")
    visitor.post("/api/memos/add", {"text": "by ana"})
    told = visitor.get("/api/memos")
    assert ([one["text"] for one in told.json["memos"]], told.json["others"]) == (["by ana"], 4)
    assert "ben" not in told.text and coding.id not in told.text
    assert visitor.get(f"/codings/{coding.id}").status_code == 404
    assert [one["coder"] for one in memos(visitor, "?of=everyone")] == ["ana", *["ben"] * 4]
    assert visitor.get(f"/codings/{coding.id}").status_code == 303
