"""Entering and leaving the workbench."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qcode.study.study import open as open_study
from qcode.web.app import create_app
from qcode.web.security import Doors, Password, hosts_of
from tests.web.visitor import Visitor

WORD = "a long password"
SEND = {"X-QCODE-CSRF": "enter"}


@pytest.fixture
def app(study_path: Path) -> Any:
    return create_app(study_path, doors=Doors(cookie="qcode-8765"))


@pytest.fixture
def guarded(study_path: Path) -> Any:
    return create_app(study_path, doors=Doors(cookie="qcode-8765", password=Password(WORD)))


def test_the_link_gives_a_cookie_that_scripts_and_other_sites_do_not_get_and_leads_to_the_study(app: Any) -> None:
    answer = app.test_client().get("/enter", query_string={"key": app.doors.links.new()})
    cookie = answer.headers["Set-Cookie"]
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert cookie.startswith("qcode-8765=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert len(cookie.partition("=")[2].partition(";")[0]) == 43


def test_a_link_that_was_used_gives_no_cookie_and_nothing_of_the_study(app: Any) -> None:
    key = app.doors.links.new()
    app.test_client().get("/enter", query_string={"key": key})
    answer = app.test_client().get("/enter", query_string={"key": key})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert "press Enter" in answer.text
    assert "Invented" not in answer.text


@pytest.mark.parametrize("key", ["", "x", "ключ", "0" * 43])
def test_a_wrong_key_gets_nothing(app: Any, key: str) -> None:
    answer = app.test_client().get("/enter", query_string={"key": key})
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_who_only_looks_whether_a_link_is_there_does_not_use_it_up(app: Any) -> None:
    key = app.doors.links.new()
    assert app.test_client().head("/enter", query_string={"key": key}).status_code == 403
    ahead = {"Sec-Purpose": "prefetch;prerender"}
    assert app.test_client().get("/enter", query_string={"key": key}, headers=ahead).status_code == 403
    assert app.test_client().get("/enter", query_string={"key": key}).status_code == 303


def test_a_link_in_another_page_leads_on_by_a_step_of_our_own_for_the_cookie_is_strict(app: Any) -> None:
    answer = app.test_client().get(
        "/enter", query_string={"key": app.doors.links.new()}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 200
    assert "enter.js" in answer.text
    assert "Set-Cookie" in answer.headers


@pytest.mark.parametrize("path", ["/", "/codebook", "/queue", "/nothing", "/login"])
def test_without_a_cookie_every_page_is_a_sentence_and_tells_nothing(app: Any, path: str) -> None:
    answer = app.test_client().get(path)
    assert answer.status_code == 403
    assert "qcode serve" in answer.text
    assert "Invented" not in answer.text


@pytest.mark.parametrize("path", ["/api/home", "/api/stamp", "/api/queue", "/api/nothing"])
def test_without_a_cookie_a_question_gets_a_sentence(app: Any, path: str) -> None:
    answer = app.test_client().get(path)
    assert answer.status_code == 403
    assert list(answer.json) == ["error"]


def test_a_cookie_that_was_made_up_opens_nothing(app: Any) -> None:
    client = app.test_client()
    client.set_cookie("qcode-8765", "0" * 43)
    assert client.get("/api/home").status_code == 403


def test_who_left_is_outside_although_the_cookie_is_kept(app: Any) -> None:
    visitor = Visitor(app=app)
    kept = visitor.client.get_cookie("qcode-8765")
    assert kept is not None
    assert visitor.post("/api/leave").status_code == 200
    visitor.client.set_cookie("qcode-8765", kept.value)
    assert visitor.get("/api/home").status_code == 403


def test_with_a_password_the_link_is_void_and_pages_lead_to_the_form(guarded: Any) -> None:
    client = guarded.test_client()
    assert client.get("/enter", query_string={"key": guarded.doors.links.new()}).status_code == 403
    assert client.get("/").headers["Location"] == "/login"
    form = client.get("/login")
    assert form.status_code == 200
    assert "Invented" not in form.text


def test_the_password_lets_in_under_the_name_that_was_said_with_a_cookie_for_tls_only(guarded: Any) -> None:
    client = guarded.test_client()
    answer = client.post("/api/login", json={"password": WORD, "name": "Вера"}, headers=SEND)
    assert {"HttpOnly", "SameSite=Strict", "Secure"} <= set(answer.headers["Set-Cookie"].split("; "))
    assert client.get("/api/home", base_url="https://localhost").json["coder"] == "Вера"


def test_a_wrong_password_lets_nobody_in_and_after_five_the_right_one_has_to_wait_too(guarded: Any) -> None:
    client = guarded.test_client()
    answers = [client.post("/api/login", json={"password": "wrong", "name": "ana"}, headers=SEND) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {403}
    assert all("Set-Cookie" not in answer.headers for answer in answers)
    assert client.post("/api/login", json={"password": WORD, "name": "ana"}, headers=SEND).status_code == 429


def test_a_form_of_another_page_cannot_log_anybody_in(guarded: Any) -> None:
    client = guarded.test_client()
    assert client.post("/api/login", json={"password": WORD, "name": "ana"}).status_code == 403
    elsewhere = SEND | {"Origin": "http://evil.example"}
    assert client.post("/api/login", json={"password": WORD, "name": "ana"}, headers=elsewhere).status_code == 403


def test_a_name_that_is_none_is_refused_at_the_door(guarded: Any) -> None:
    answer = guarded.test_client().post("/api/login", json={"password": WORD, "name": " "}, headers=SEND)
    assert answer.status_code == 400
    assert "name" in answer.json["error"]


def test_to_enter_changes_nothing_in_the_study(app: Any, study_path: Path) -> None:
    with open_study(study_path) as study:
        before = study.reading.stamp()
    Visitor(app=app).get("/api/home")
    with open_study(study_path) as study:
        assert study.reading.stamp() == before


def guess(app: Any, word: str, address: str) -> int:
    headers = SEND | {"X-Forwarded-For": address}
    return int(
        app.test_client().post("/api/login", json={"password": word, "name": "ana"}, headers=headers).status_code
    )


def test_who_guesses_is_slowed_and_a_colleague_elsewhere_gets_in(guarded: Any) -> None:
    assert [guess(guarded, "wrong", "203.0.113.5") for _ in range(7)] == [403] * 5 + [429] * 2
    assert guess(guarded, WORD, "203.0.113.5") == 429
    assert guess(guarded, WORD, "198.51.100.7") == 200


def test_the_form_tells_no_name(study_path: Path) -> None:
    app = create_app(study_path, coder="Dr Secret Name", doors=Doors(password=Password(WORD)))
    assert "Secret" not in app.test_client().get("/login").text


def test_on_a_way_that_can_be_listened_to_there_is_a_sentence_and_no_form(study_path: Path) -> None:
    hosts = hosts_of("192.168.1.5", 8765, ("study.example.org",))
    app = create_app(study_path, doors=Doors(hosts=hosts, names=("study.example.org",), password=Password(WORD)))
    for host in ("192.168.1.5:8765", "study.example.org", "study.example.org:8765"):
        for path in ("/login", "/"):
            answer = app.test_client().get(path, headers={"Host": host})
            assert answer.status_code == 403
            assert "Open https://study.example.org/" in answer.text and "<form" not in answer.text
        sent = app.test_client().post("/api/login", json={"password": WORD}, headers=SEND | {"Host": host})
        assert sent.status_code == 403 and "https://study.example.org/" in sent.json["error"]
    through = {"Host": "study.example.org", "X-Forwarded-Proto": "https"}
    assert "<form" in app.test_client().get("/login", headers=through).text


def test_what_a_stranger_sends_is_not_read_before_the_door_was_asked(app: Any, guarded: Any) -> None:
    deep = b"[" * 9_000
    for one, headers, status in ((app, SEND, 403), (guarded, {}, 403), (guarded, SEND, 400)):
        answer = one.test_client().post("/api/login", data=deep, headers=headers, content_type="application/json")
        assert (answer.status_code, list(answer.json)) == (status, ["error"])


def test_a_stranger_who_sends_much_is_refused(guarded: Any) -> None:
    body = b'{"password": "' + b"x" * 20_000 + b'"}'
    answer = guarded.test_client().post("/api/login", data=body, headers=SEND, content_type="application/json")
    assert answer.status_code == 413
    assert "too much" in answer.json["error"]
