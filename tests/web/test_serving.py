"""The server: its port, its link, and that it stops."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from qcode.errors import BadValue, Conflict
from qcode.study.folders import Found
from qcode.study.study import open as open_study
from qcode.web.limits import MOST_BYTES
from qcode.web.security import HEADERS
from qcode.web.serving import Workbench, take_port

Serve = Callable[..., Workbench]


WORD = "a long password"


def ask(bench: Workbench, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", bench.port, timeout=10)
    connection.request(method, path, body, headers)
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


def test_what_is_still_being_answered_when_it_stops_writes_nowhere(
    workbench: Serve, study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = workbench(study_path)
    ask(bench, "/")
    bench.stop()
    written = list[int]()
    monkeypatch.setattr("os.write", lambda number, _: written.append(number))
    bench._server.pull_trigger()
    assert written == []


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


def test_with_a_password_people_open_the_address_of_the_proxy_and_no_other(workbench: Serve, study_path: Path) -> None:
    bench = workbench(study_path, host="0.0.0.0", password=WORD, names=("study.example.org",))
    assert bench.link() == "https://study.example.org/"
    through = {"Host": "study.example.org", "X-Forwarded-Proto": "https"}
    assert ask(bench, "/login", **through).status == 200
    assert ask(bench, "/login", Host="study.example.org").status == 403
    assert ask(bench, "/login", **(through | {"Host": "other.example.org"})).status == 403
    assert ask(bench, "/login").status == 200


def test_with_a_password_on_this_machine_alone_the_link_is_the_form(workbench: Serve, study_path: Path) -> None:
    bench = workbench(study_path, password=WORD)
    assert bench.link() == f"{bench.url}login"
    assert ask(bench, "/login").status == 200


def login(bench: Workbench, word: str, address: str) -> HTTPResponse:
    body = json.dumps({"password": word, "name": "ana"}).encode()
    headers = {"X-QCODE-CSRF": "enter", "Content-Type": "application/json", "X-Forwarded-For": address}
    return ask(bench, "/api/login", "POST", body, **headers)


def test_behind_a_proxy_a_guesser_is_slowed_and_a_colleague_gets_in(workbench: Serve, study_path: Path) -> None:
    bench = workbench(study_path, password=WORD)
    assert [login(bench, "wrong", "203.0.113.5").status for _ in range(7)] == [403] * 5 + [429] * 2
    assert login(bench, WORD, "203.0.113.5").status == 429
    assert login(bench, WORD, "198.51.100.7").status == 200


def enter(bench: Workbench) -> dict[str, str]:
    """Return the headers of somebody who has entered and may change things."""
    cookie = (ask(bench, path_of(bench.link())).getheader("Set-Cookie") or "").partition(";")[0]
    page = HTTPConnection("127.0.0.1", bench.port, timeout=10)
    page.request("GET", "/", headers={"Cookie": cookie})
    found = re.search(rb'name="csrf" content="([^"]+)"', page.getresponse().read())
    assert found is not None
    return {"Cookie": cookie, "X-QCODE-CSRF": found[1].decode()}


@pytest.mark.parametrize("size", [20_000, 60_000_000, 99_999_999_999])
def test_what_a_stranger_sends_is_not_even_read(workbench: Serve, study_path: Path, size: int) -> None:
    bench = workbench(study_path)
    for host in (f"127.0.0.1:{bench.port}", "evil.example"):
        with socket.create_connection(("127.0.0.1", bench.port), timeout=10) as line:
            head = (
                f"POST /api/import HTTP/1.1\r\nHost: {host}\r\nExpect: 100-continue\r\nContent-Length: {size}\r\n\r\n"
            )
            line.sendall(head.encode())
            answer = line.makefile("rb").read()
        assert b" 413 " in answer.splitlines()[0]
        assert json.loads(answer.partition(b"\r\n\r\n")[2])["error"]


def test_what_a_stranger_sends_in_pieces_without_saying_how_much_ends_early(workbench: Serve, study_path: Path) -> None:
    bench = workbench(study_path)
    with socket.create_connection(("127.0.0.1", bench.port), timeout=10) as line:
        line.sendall(f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{bench.port}\r\nTransfer-Encoding: chunked\r\n\r\n".encode())
        line.sendall(b"2711\r\n" + b"x" * 10_001)
        assert b" 413 " in line.makefile("rb").readline()


def test_a_browser_that_sends_more_than_is_taken_hears_why(workbench: Serve, study_path: Path) -> None:
    bench = workbench(study_path)
    headers = enter(bench) | {"Content-Type": "multipart/form-data; boundary=b"}
    line = HTTPConnection("127.0.0.1", bench.port, timeout=60)
    line.request("POST", "/api/import", b"x" * (MOST_BYTES + 3_000_000), headers)
    answer = line.getresponse()
    assert answer.status == 413
    assert "more than 64 MB" in json.loads(answer.read())["error"]
    assert ask(bench, "/api/home", **headers).status == 200


def test_files_of_many_megabytes_come_in_from_who_has_entered(workbench: Serve, study_path: Path) -> None:
    bench = workbench(study_path)
    headers = enter(bench) | {"Content-Type": "multipart/form-data; boundary=b"}
    words = (b"ANA: " + b"It was a long day. " * 1_000 + b"\nBEN: no\n") * 60
    body = b'--b\r\nContent-Disposition: form-data; name="files"; filename="n.txt"\r\n\r\n' + words + b"\r\n--b--\r\n"
    line = HTTPConnection("127.0.0.1", bench.port, timeout=60)
    line.request("POST", "/api/import", body, headers)
    told = json.loads(line.getresponse().read())
    assert [one["transcript"] for one in told["imported"]] == ["n"], told


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the open files are not told here")
def test_no_answer_however_long_is_put_into_a_temporary_file(workbench: Serve, study_path: Path) -> None:
    words = (b"BEN: " + b"Ein langes Wort. " * 2_000 + b"\n") * 100
    with open_study(study_path) as study:
        [_] = study.transcripts.add_each([Found(Path("long.txt"), "", asked_for=True, data=b"ANA: so\n" + words)])
        transcript = study.transcripts.show("long").id
    bench = workbench(study_path)
    headers = enter(bench)
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(60)
        line.connect(("127.0.0.1", bench.port))
        before = open_files()
        head = (f"GET /api/read/{transcript} HTTP/1.1", f"Host: 127.0.0.1:{bench.port}", f"Cookie: {headers['Cookie']}")
        line.sendall("\r\n".join([*head, "", ""]).encode())
        answer = b""
        while len(answer) < 20_000:  # so much of it that all has been handed to the server
            answer += line.recv(1000)
        length = re.search(rb"Content-Length: (\d+)", answer)
        assert length is not None and int(length[1]) > 3_000_000
        assert [one for one in open_files() - before if "(deleted)" in one] == []


def open_files() -> set[str]:
    found = set()
    for one in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.add(str(one.readlink()))
    return found


def test_a_connection_on_which_nothing_comes_is_closed_after_a_minute(workbench: Serve, study_path: Path) -> None:
    assert workbench(study_path)._server.adj.channel_timeout <= 60
