"""The coders in the browser: who codes how much, a new one, another name."""

from __future__ import annotations

import threading
import uuid
from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import open as open_study
from qcode.web import sessions
from tests.web.visitor import Visitor


@pytest.fixture
def visitor(study_path: Path) -> Visitor:
    return Visitor(study_path)


def coders(visitor: Visitor) -> dict[str, int]:
    return {one["coder"]: one["codings"] for one in visitor.get("/api/coders/counts").json["coders"]}


def rename(visitor: Visitor, name: str, to: str) -> Any:
    told = visitor.get("/api/coders/counts").json["coders"]
    one = next(one["id"] for one in told if one["coder"] == name)
    return visitor.post(f"/api/coders/{one}/rename", {"name": to})


def test_the_coders_are_told_with_their_codings(visitor: Visitor) -> None:
    assert coders(visitor) == {"ana": 2, "ben": 5}
    assert visitor.get("/coders").status_code == 200


def test_a_coder_is_added_before_the_first_coding(visitor: Visitor) -> None:
    assert visitor.post("/api/coders/add", {"name": " Айгүл "}).json["coder"] == "Айгүл"
    assert coders(visitor)["Айгүл"] == 0
    assert visitor.post("/api/coders/add", {"name": ""}).status_code == 400


def test_another_coder_gets_another_name_and_keeps_the_codings(visitor: Visitor) -> None:
    assert rename(visitor, "ben", "Бен").json == {"coder": "Бен", "before": "ben", "here": False, "remarks": []}
    assert coders(visitor) == {"ana": 2, "Бен": 5}
    assert visitor.get("/api/home").json["coder"] == "ana"


def test_who_is_renamed_goes_on_under_the_new_name_in_every_window(study_path: Path) -> None:
    first = Visitor(study_path, coder="ana")
    second, third = Visitor(app=first.app), Visitor(app=first.app)
    third.post("/api/coder", {"name": "ben"})
    assert rename(third, "ana", "anna").json["here"] is False
    for window in (first, second):
        assert window.get("/api/home").json["coder"] == "anna"
        assert window.post("/api/memos/add", {"text": "here"}).status_code == 200
    assert Visitor(app=first.app).get("/api/home").json["coder"] == "anna"
    assert coders(first) == {"anna": 2, "ben": 5}


@pytest.mark.parametrize(("to", "status"), [("BEN", 409), ("", 400), ("x" * 201, 400), ("a\nb", 400)])
def test_a_name_that_is_taken_or_none_is_refused_and_nothing_changes(visitor: Visitor, to: str, status: int) -> None:
    answer = rename(visitor, "ana", to)
    assert (answer.status_code, bool(answer.json["error"])) == (status, True)
    assert coders(visitor) == {"ana": 2, "ben": 5}
    assert visitor.get("/api/home").json["coder"] == "ana"


def test_a_coder_who_is_not_there_is_not_found(visitor: Visitor) -> None:
    assert visitor.post(f"/api/coders/{uuid.uuid4()}/rename", {"name": "x"}).status_code == 404


def test_a_window_that_is_at_work_is_not_renamed_under_its_hands(
    study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "PATIENCE", 0.05)
    visitor = Visitor(study_path, coder="ana")
    busy = Visitor(app=visitor.app)
    busy.post("/api/coder", {"name": "ben"})
    session = visitor.app.sessions.find(busy.client.get_cookie("qcode").value)
    held, done = threading.Event(), threading.Event()

    def work() -> None:
        with session.lock:
            held.set()
            done.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    held.wait(10)
    answer = rename(visitor, "ben", "Bernd")
    done.set()
    thread.join()
    assert (answer.status_code, "at work" in answer.json["error"]) == (503, True)
    assert rename(visitor, "ben", "Bernd").status_code == 200
    with open_study(study_path) as study:
        assert sorted(study.coder_names().values()) == ["Bernd", "ana"]
