"""`qcode serve`: where the workbench is told, what it refuses, and that it stops cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import Run

LONG = 300
"""Seconds that a busy machine may take for anything."""

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(study_path: Path) -> Iterator[Start]:
    """Start `qcode serve` on the study as a program of its own."""
    running = list["subprocess.Popen[str]"]()

    def begin(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "qcode", "serve", "--study", str(study_path), "--no-browser", *words]
        pipe = subprocess.PIPE
        running.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True))
        return running[-1]

    yield begin
    for one in running:
        if one.poll() is None:
            one.kill()
        one.communicate()


def status_of(link: str) -> int:
    parts = urlsplit(link)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=LONG)
    connection.request("GET", f"{parts.path}?{parts.query}")
    return connection.getresponse().status


def link_of(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    return program.stdout.readline().strip()


@pytest.mark.skipif(os.name != "posix", reason="signals are sent in another way here")
def test_it_prints_a_link_that_works_once_and_ctrl_c_closes_it_cleanly(start: Start) -> None:
    program = start("--port", "0")
    link = link_of(program)
    assert link.startswith("http://127.0.0.1:")
    assert [status_of(link), status_of(link)] == [303, 403]
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=LONG)
    assert (program.returncode, out) == (0, "")
    assert "everything that was done is in the study" in err
    assert "Traceback" not in err


@pytest.mark.skipif(os.name != "posix", reason="signals are sent in another way here")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_machine_that_shuts_down_or_a_terminal_that_closes_ends_it_as_cleanly(start: Start, name: str) -> None:
    program = start("--port", "0")
    link = link_of(program)
    assert status_of(link) == 303
    program.send_signal(getattr(signal, name))
    out, err = program.communicate(timeout=LONG)
    assert (program.returncode, out) == (0, "")
    assert "everything that was done is in the study" in err


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved here")
def test_a_study_that_is_gone_at_the_end_is_told(start: Start, study_path: Path) -> None:
    program = start("--port", "0")
    link_of(program)
    study_path.rename(study_path.with_name("elsewhere.qcode"))
    program.send_signal(signal.SIGTERM)
    _, err = program.communicate(timeout=LONG)
    assert "is not there any more" in err
    assert "everything that was done is in the study" not in err


@pytest.mark.skipif(os.name != "posix", reason="there is no such program here")
def test_who_asked_for_it_to_outlive_the_terminal_gets_that(study_path: Path) -> None:
    words = [sys.executable, "-m", "qcode", "serve", "--study", str(study_path), "--no-browser", "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(["nohup", *words], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as program:
        link = link_of(program)
        program.send_signal(signal.SIGHUP)
        assert status_of(link) == 303
        program.terminate()


def test_it_says_that_a_link_is_void_after_ten_minutes(start: Start) -> None:
    program = start("--port", "0")
    link_of(program)
    program.terminate()
    assert "the link works once, within 10 minutes; press Enter here for another one" in program.communicate()[1]


def test_no_request_is_logged(start: Start) -> None:
    program = start("--port", "0")
    status_of(link_of(program))
    program.terminate()
    out, err = program.communicate(timeout=LONG)
    assert "enter" not in out + err
    assert "GET" not in out + err


def test_a_second_workbench_takes_the_next_free_port_by_itself(start: Start) -> None:
    links = [link_of(start()), link_of(start())]
    ports = [urlsplit(link).port for link in links]
    assert None not in ports
    assert ports[0] != ports[1]


def test_a_port_that_was_asked_for_and_is_in_use_is_a_sentence(run: Run, study_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ran = run("serve", "--study", study_path, "--port", str(port), "--no-browser")
    assert ran.exit == 2
    assert ran.err == f"error: the port {port} is in use; take another one, or leave out --port\n"


def test_others_are_not_let_in_without_a_password_and_the_proxy_is_named(run: Run, study_path: Path) -> None:
    ran = run("serve", "--study", study_path, "--host", "0.0.0.0", "--no-browser")
    assert ran.exit == 2
    assert all(word in ran.err for word in ("--password-file", "TLS", "Caddy", "nginx", "--name"))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"            \n", "is empty"),
        (b"elevenchars\n", "fewer than 12"),
        (b"a long password\nand more\n", "several lines"),
        (b"\xff\xfe\x00\x00", "UTF-8"),
    ],
)
def test_a_password_that_is_none_is_a_sentence(
    run: Run, study_path: Path, tmp_path: Path, content: bytes, why: str
) -> None:
    file = tmp_path / "password.txt"
    file.write_bytes(content)
    ran = run(
        *("serve", "--study", study_path, "--host", "0.0.0.0", "--name", "study.example.org"),
        *("--password-file", file, "--no-browser"),
    )
    assert ran.exit == 2
    assert why in ran.err
    assert str(file) in ran.err


def test_a_password_file_that_is_not_there_is_a_sentence(run: Run, study_path: Path, tmp_path: Path) -> None:
    ran = run("serve", "--study", study_path, "--password-file", tmp_path / "none.txt", "--no-browser")
    assert ran.exit == 2
    assert "cannot be read" in ran.err


def test_without_a_study_it_is_the_usual_sentence(run: Run, tmp_path: Path) -> None:
    ran = run("serve", "--study", tmp_path / "none.qcode", "--no-browser")
    assert ran.exit == 2
    assert "there is no study" in ran.err


def test_the_password_is_never_printed_and_no_key_is_either(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "password.txt"
    file.write_text("a long password\n", encoding="utf-8")
    program = start(*("--host", "0.0.0.0", "--port", "0", "--name", "study.example.org", "--password-file", str(file)))
    address = link_of(program)
    assert address == "https://study.example.org/"
    program.terminate()
    out, err = program.communicate(timeout=LONG)
    assert "0.0.0.0" in err
    assert "a long password" not in out + err + address


def test_without_flask_it_says_what_to_install(run: Run, study_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.startswith("qcode.web.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "flask", None)
    ran = run("serve", "--study", study_path, "--no-browser")
    assert ran.exit == 2
    assert 'pip install "qcode-interviews[web]"' in ran.err


@pytest.mark.skipif(os.name != "posix", reason="there is no such terminal here")
def test_enter_in_the_terminal_prints_another_link(study_path: Path) -> None:
    import pty

    above, below = pty.openpty()
    command = [sys.executable, "-m", "qcode", "serve", "--study", str(study_path), "--no-browser", "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=below, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as program:
        first = link_of(program)
        os.write(above, b"\n")
        second = link_of(program)
        assert first != second
        assert [status_of(first), status_of(second)] == [303, 303]
        program.terminate()
    os.close(above)
    os.close(below)
