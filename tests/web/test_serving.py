"""The server: its port, its link, and that it stops."""

from __future__ import annotations

import socket
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from qcode.errors import BadValue, Conflict
from qcode.web.security import HEADERS
from qcode.web.serving import Workbench, take_port

Serve = Callable[..., Workbench]


def ask(bench: Workbench, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", bench.port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]


def test_a_link_leads_in_over_a_real_connection_and_works_once(workbench: Serve, study_path: Path) -> None:
    bench = workbench(study_path)
    link = path_of(bench.link())
    entered = ask(bench, link)
    cookie = (entered.getheader("Set-Cookie") or "").partition(";")[0]
    assert cookie.startswith(f"qcode-{bench.port}=")
    assert ask(bench, "/api/home", Cookie=cookie).status == 200
    assert ask(bench, link).status == 403
    assert ask(bench, "/api/home").status == 403


def test_each_link_is_another_one(workbench: Serve, study_path: Path) -> None:
    bench = workbench(study_path)
    first, second = bench.link(), bench.link()
    assert first != second
    assert [ask(bench, path_of(link)).status for link in (second, first)] == [303, 303]


def test_the_server_does_not_say_what_it_is_and_sends_the_strict_headers(workbench: Serve, study_path: Path) -> None:
    answer = ask(workbench(study_path), "/")
    assert answer.status == 403
    assert answer.getheader("Server") is None
    assert {name: answer.getheader(name) for name in HEADERS} == HEADERS


def test_a_request_that_the_server_cannot_read_is_answered_under_the_same_headers(
    workbench: Serve, study_path: Path
) -> None:
    with socket.create_connection(("127.0.0.1", workbench(study_path).port), timeout=10) as line:
        line.sendall(b"nonsense\r\n\r\n")
        answer = line.makefile("rb").read().decode()
    assert answer.startswith("HTTP/1.0 400")
    assert "waitress" not in answer
    assert f"Content-Security-Policy: {HEADERS['Content-Security-Policy']}" in answer


def test_more_than_is_taken_at_once_is_refused_before_it_was_sent(workbench: Serve, study_path: Path) -> None:
    with socket.create_connection(("127.0.0.1", workbench(study_path).port), timeout=10) as line:
        line.sendall(b"POST /api/import HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
        assert b" 413 " in line.makefile("rb").readline()


def test_a_name_that_somebody_made_point_here_gets_nothing(workbench: Serve, study_path: Path) -> None:
    bench = workbench(study_path)
    answer = ask(bench, path_of(bench.link()), Host=f"evil.example:{bench.port}")
    assert (answer.status, answer.getheader("Set-Cookie")) == (403, None)


def test_only_this_machine_is_listened_to(workbench: Serve, study_path: Path) -> None:
    assert workbench(study_path)._socket.getsockname()[0] == "127.0.0.1"


def test_when_it_is_stopped_the_port_is_free_again(workbench: Serve, study_path: Path) -> None:
    bench = workbench(study_path)
    ask(bench, "/")
    bench.stop()
    take_port("127.0.0.1", bench.port).close()


def test_a_port_in_use_is_a_sentence(study_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Conflict, match=f"the port {port} is in use"):
            Workbench(study_path, port=port)


def test_an_address_that_is_none_of_this_machine_is_a_sentence() -> None:
    with pytest.raises(BadValue, match="cannot listen"):
        take_port("203.0.113.7", 0)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "study.example.org"])
def test_others_are_let_in_with_a_password_and_a_name_only(study_path: Path, host: str) -> None:
    with pytest.raises(BadValue, match="Caddy"):
        Workbench(study_path, host=host)
    with pytest.raises(BadValue, match="--name"):
        Workbench(study_path, host=host, password="a long password")


def test_with_a_password_the_link_is_the_form_and_the_proxy_is_answered(workbench: Serve, study_path: Path) -> None:
    bench = workbench(study_path, host="0.0.0.0", password="a long password", names=("study.example.org",))
    assert bench.link().endswith("/login")
    assert "key=" not in bench.link()
    assert ask(bench, "/login", Host="study.example.org").status == 200
    assert ask(bench, "/login", Host="other.example.org").status == 403
