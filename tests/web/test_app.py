"""The workbench as a whole: what holds for every address and every answer."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest

import qcode.web
from qcode.errors import Conflict, Damaged, NotFound, StudyBusy
from qcode.study.folders import Found
from qcode.study.study import create
from qcode.web.app import create_app
from qcode.web.limits import MOST_BYTES, MOST_FILES, MOST_JSON
from qcode.web.security import HEADERS
from tests.web.visitor import Visitor

FILES = Path(qcode.web.__file__).parent


@pytest.fixture
def visitor(study_path: Path) -> Visitor:
    return Visitor(study_path)


@pytest.mark.parametrize(
    "path", ["/", "/codebook", "/queue", "/api/home", "/api/nothing", "/nothing", "/static/base.js", "/static/nothing"]
)
def test_every_answer_has_the_strict_headers(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "Server" not in answer.headers


def test_a_refused_answer_has_the_strict_headers_too(visitor: Visitor) -> None:
    client = visitor.app.test_client()
    for answer in (client.get("/"), client.get("/enter"), client.get("/", headers={"Host": "evil"}), client.put("/")):
        assert answer.status_code in (403, 405)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_lets_nothing_be_loaded_from_elsewhere_and_nothing_inline() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_what_is_of_the_study_is_kept_nowhere_and_files_of_the_program_are_asked_for_again(visitor: Visitor) -> None:
    assert {visitor.get(path).headers["Cache-Control"] for path in ("/", "/api/home", "/nothing")} == {"no-store"}
    assert visitor.get("/static/base.css").headers["Cache-Control"] == "no-cache"


def test_no_address_takes_a_name_or_a_text_only_ids_and_numbers(visitor: Visitor) -> None:
    for rule in visitor.app.url_map.iter_rules():
        if rule.endpoint != "static":
            kinds = re.findall(r"<(?:(\w+)[^:>]*:)?\w+>", rule.rule)
            assert set(kinds) <= {"uuid", "int", "any"}, rule.rule


def test_every_address_that_answers_questions_begins_with_api_and_every_change_is_one_of_them(visitor: Visitor) -> None:
    for rule in visitor.app.url_map.iter_rules():
        assert "POST" not in rule.methods or rule.rule.startswith("/api/"), rule.rule
        assert rule.methods <= {"GET", "HEAD", "POST"} or rule.endpoint == "static", rule.rule


def test_every_change_without_the_secret_of_the_session_is_refused(visitor: Visitor) -> None:
    paths = [rule.rule for rule in visitor.app.url_map.iter_rules() if "POST" in rule.methods]
    open_ones = [path for path in paths if "<" not in path and path != "/api/login"]
    assert len(open_ones) > 5
    for path in open_ones:
        for headers in ({}, {"X-QCODE-CSRF": "x"}, {"X-QCODE-CSRF": ""}):
            assert visitor.client.post(path, json={}, headers=headers).status_code == 403, path


def test_the_secret_of_one_session_is_none_in_another(visitor: Visitor) -> None:
    other = Visitor(app=visitor.app)
    answer = visitor.client.post("/api/coder", json={"name": "eve"}, headers={"X-QCODE-CSRF": other.csrf})
    assert answer.status_code == 403


def test_a_change_with_the_secret_from_another_origin_is_refused(visitor: Visitor) -> None:
    headers = {"X-QCODE-CSRF": visitor.csrf, "Origin": "http://evil.example"}
    assert visitor.client.post("/api/coder", json={"name": "eve"}, headers=headers).status_code == 403


def test_a_request_under_another_host_name_is_refused_even_with_the_cookie(visitor: Visitor) -> None:
    cookie = visitor.client.get_cookie("qcode")
    assert cookie is not None
    headers = {"Host": "evil.example", "Cookie": f"qcode={cookie.value}"}
    answer = visitor.app.test_client(use_cookies=False).get("/api/home", headers=headers)
    assert answer.status_code == 403
    assert list(answer.json) == ["error"]


def test_a_title_with_markup_is_text(tmp_path: Path) -> None:
    create(tmp_path / "x.qcode", title='<script>alert("1")</script> {{ 7*7 }} ${x}').close()
    page = Visitor(tmp_path / "x.qcode").get("/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; {{ 7*7 }}" in page


def test_no_page_holds_script_or_style_of_its_own() -> None:
    pages = sorted((FILES / "templates").glob("*.html"))
    assert len(pages) > 5
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), page.name
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), page.name
        assert not re.search(r"\|\s*safe|autoescape\s+false", text), page.name


def test_no_script_makes_markup_of_text_or_reaches_elsewhere() -> None:
    scripts = sorted((FILES / "static").glob("*.js"))
    assert len(scripts) > 5
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), (
            script
        )
        assert not re.search(r"https?://(?!www\.w3\.org/)", text), script.name


def test_more_than_is_taken_at_once_is_refused_with_a_sentence(visitor: Visitor) -> None:
    answer = visitor.client.post(
        "/api/import",
        data=b"x",
        headers={"X-QCODE-CSRF": visitor.csrf},
        environ_overrides={"CONTENT_LENGTH": str(MOST_BYTES + 1)},
        content_type="multipart/form-data; boundary=b",
    )
    assert answer.status_code == 413
    assert "64 MB" in answer.json["error"]


@pytest.mark.parametrize(
    ("error", "status"), [(NotFound("no such thing"), 404), (Conflict("it is taken"), 409), (StudyBusy("busy"), 503)]
)
def test_a_failure_that_a_person_can_mend_is_its_sentence(visitor: Visitor, error: Exception, status: int) -> None:
    visitor.app.view_functions["home.overview"] = _raising(error)
    answer = visitor.get("/api/home")
    assert (answer.status_code, answer.json) == (status, {"error": str(error)})


def test_our_own_fault_is_logged_without_a_word_of_the_study_and_told_as_such(
    study_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    logged = list[BaseException]()
    app = create_app(study_path, write_log=lambda error: (logged.append(error), "/tmp/the.log")[1])
    visitor = Visitor(app=app)
    fault = RuntimeError("her words")
    app.view_functions["home.overview"] = app.view_functions["home.page"] = _raising(fault)
    answer, page = visitor.get("/api/home"), visitor.get("/")
    assert answer.status_code == page.status_code == 500
    assert "our fault" in answer.json["error"]
    assert "/tmp/the.log" in page.text
    assert "her words" not in answer.text + page.text
    assert logged == [fault, fault]
    out, err = capfd.readouterr()
    assert "her words" not in out + err + caplog.text


def test_a_study_that_cannot_be_read_any_more_is_a_sentence_too(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qcode.study.study import Study

    monkeypatch.setattr(Study, "status", _raising(Damaged("the study is damaged", mend="go back to a copy")))
    assert visitor.get("/api/home").json == {"error": "the study is damaged; go back to a copy"}
    assert visitor.get("/").status_code == 200


def test_a_page_that_is_not_there_is_a_sentence_with_a_way_back(visitor: Visitor) -> None:
    answer = visitor.get("/nothing")
    assert answer.status_code == 404
    assert 'href="/"' in answer.text


def test_too_many_files_are_told_as_such(visitor: Visitor) -> None:
    files = [(io.BytesIO(b"x"), f"{n}.txt") for n in range(MOST_FILES + 60)]
    answer = visitor.post("/api/import", form={"files": files})
    assert answer.status_code == 413
    assert "more than 2,000 files" in answer.json["error"]
    assert visitor.get("/api/home").json["counts"]["transcripts"] == 2


def test_a_page_that_sends_too_much_without_files_is_told_so(visitor: Visitor) -> None:
    answer = visitor.post("/api/coder", {"name": "x" * MOST_JSON})
    assert (answer.status_code, answer.json) == (413, {"error": "this is too much at once; send less"})


def test_a_nested_request_is_one_that_cannot_be_read_and_no_fault_of_ours(study_path: Path) -> None:
    app = create_app(study_path, write_log=lambda error: pytest.fail("a log was written"))
    visitor = Visitor(app=app)
    headers = {"X-QCODE-CSRF": visitor.csrf}
    answer = visitor.client.post("/api/coder", data=b"[" * 100_000, headers=headers, content_type="application/json")
    assert answer.status_code == 400
    assert "cannot be read" in answer.json["error"]


def test_no_title_of_a_page_says_a_name_for_the_browser_keeps_titles(tmp_path: Path) -> None:
    with create(tmp_path / "x.qcode", title="Secret Study") as study:
        [_] = study.transcripts.add_each([Found(Path("Secret.txt"), "", asked_for=True, data=b"ANA: yes\nBEN: no\n")])
    visitor = Visitor(tmp_path / "x.qcode")
    transcript = visitor.get("/api/home").json["transcripts"][0]["id"]
    rules = [rule for rule in visitor.app.url_map.iter_rules() if "GET" in rule.methods]
    pages = [rule.rule for rule in rules if not rule.rule.startswith(("/api/", "/static/", "/enter"))]
    assert len(pages) > 8
    for page in pages:
        text = visitor.get(re.sub(r"<[^>]+>", transcript, page)).text
        title = re.search(r"<title>(.*?)</title>", text)
        assert title is not None and title[1].endswith(" · qcode"), page
        assert "Secret" not in title[1], page


def test_the_title_of_every_template_is_constant() -> None:
    for page in sorted((FILES / "templates").glob("*.html")):
        for said in re.findall(r"<title>.*?</title>|{% block title %}.*?{% endblock %}", page.read_text("utf-8")):
            assert "{{" not in said or page.name == "message.html", page.name


def test_uploads_of_any_size_are_not_written_to_the_disk_by_the_server(visitor: Visitor) -> None:
    with visitor.app.test_request_context(
        "/api/import", method="POST", data={"files": (io.BytesIO(b"x" * 3_000_000), "a.txt")}
    ):
        from flask import request

        assert isinstance(request.files["files"].stream, io.BytesIO)


def _raising(error: Exception) -> Any:
    def view(*_: Any, **__: Any) -> Any:
        raise error

    return view
