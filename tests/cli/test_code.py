"""`qcode code`: a sentence where it cannot begin, and the real screen in a real terminal."""

from __future__ import annotations

import importlib.util
import io
import os
import select
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from qcode.study.study import create
from qcode.study.study import open as open_study
from tests.conftest import Run
from tests.notation import make_study

LONG = 300
"""Seconds that a busy machine may take for anything."""


class Terminal:
    """A terminal of 80 by 24 with `qcode code` in it."""

    def __init__(self, *words: str | Path) -> None:
        self.pid, self.screen = pytest.importorskip("pty").fork()
        if self.pid == 0:  # pragma: no cover (another process)
            import fcntl
            import termios

            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            for name in ("COLUMNS", "LINES"):
                os.environ.pop(name, None)
            os.environ.update(TERM="xterm-256color", PYTHONPATH=str(Path(__file__).parents[2]))
            os.execv(sys.executable, [sys.executable, "-m", "qcode", *map(str, words)])
        self.shown = b""

    def wait_for(self, words: str, seconds: float = LONG) -> None:
        until = time.monotonic() + seconds
        while words.encode() not in self.shown:
            assert time.monotonic() < until, self.shown[-3000:].decode(errors="replace")
            self._read(0.2)

    def type(self, keys: str) -> None:
        self.shown = b""
        os.write(self.screen, keys.encode())

    def leave(self) -> int:
        """Type q and return the exit code."""
        self.type("q")
        until = time.monotonic() + LONG
        while time.monotonic() < until:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            self._read(0.05)
        raise AssertionError("it does not leave")

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def _read(self, seconds: float) -> None:
        if select.select([self.screen], [], [], seconds)[0]:
            try:
                self.shown += os.read(self.screen, 65536)
            except OSError:  # the other side is closed
                time.sleep(seconds)


def test_where_there_is_no_terminal_the_plain_mode_is_named(run: Run, study_path: Path) -> None:
    ran = run("--study", study_path, "code", "P1")
    assert (ran.exit, ran.out) == (2, "")
    assert ran.err == (
        "error: this is not a terminal, so there is no screen to read on; "
        "run it in a terminal, or line by line with: qcode code --plain\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="a shell closes it in another way here")
@pytest.mark.parametrize("plain", ["", "--plain"])
def test_with_a_closed_input_it_is_a_sentence_too(study_path: Path, plain: str) -> None:
    words = ["sh", "-c", f'exec "$0" -m qcode --study "$1" code P1 {plain} <&-', sys.executable, str(study_path)]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=LONG, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("error: this is not a terminal, so there is n")


def test_without_textual_the_command_to_type_is_named(
    run: Run, study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qcode.cli.code._must_be_a_terminal", lambda: None)
    real = importlib.util.find_spec
    monkeypatch.setattr("qcode.cli.code.find_spec", lambda name: None if name == "textual" else real(name))
    ran = run("--study", study_path, "code", "P1")
    assert ran.exit == 2 and 'pip install "qcode-interviews[tui]"' in ran.err


@pytest.mark.parametrize("plain", [(), ("--plain",)])
def test_a_study_without_transcripts_is_a_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain: tuple[str, ...]
) -> None:
    monkeypatch.setattr("qcode.cli.code._must_be_a_terminal", lambda: None)
    create(tmp_path / "new.qcode").close()
    ran = run("--study", tmp_path / "new.qcode", "code", *plain)
    assert (ran.exit, ran.err) == (2, "error: this study has no transcripts yet; type: qcode import FOLDER\n")


def test_a_study_without_a_codebook_is_a_sentence(run: Run, tmp_path: Path) -> None:
    make_study(tmp_path, P1="ANA: yes").close()
    ran = run("--study", tmp_path / "study.qcode", "code", "--plain")
    assert (ran.exit, ran.err) == (
        2,
        (
            "error: this study has no codebook yet; take one that ships with qcode "
            "(qcode codebook import generic-interview), or your own: qcode codebook import FILE.yaml\n"
        ),
    )


def test_no_study_an_unknown_transcript_and_an_unknown_coder_are_sentences(
    run: Run, study_path: Path, tmp_path: Path
) -> None:
    assert "there is no study" in run("--study", tmp_path / "no.qcode", "code", "--plain").err
    assert "there is no transcript 'P9'" in run("--study", study_path, "code", "P9", "--plain").err
    ran = run("--study", study_path, "code", "P1", "--with", "zoe", "--plain")
    assert ran.exit == 2 and "there is no coder 'zoe'; the coders are" in ran.err


def test_the_screen_gets_transcript_coder_and_whom_to_show(
    run: Run, study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    got = SimpleNamespace()

    def reader(study: object, sitting: object, transcript: str | None, shown: list[str], *, greeting: str) -> None:
        assert greeting == ""
        got.coder, got.transcript, got.shown = sitting.coder, transcript, shown  # type: ignore[attr-defined]

    monkeypatch.setattr("qcode.cli.code._must_be_a_terminal", lambda: None)
    monkeypatch.setattr("qcode.tui.app.run", reader)
    assert run("--study", study_path, "code", "p1", "--with", "BEN", "--with", "ben", "--coder", "ana").exit == 0
    with open_study(study_path) as study:
        assert got.transcript == study.transcripts.show("P1").id
    assert (got.coder, got.shown) == ("ana", ["ben"])


def test_a_coder_whom_the_study_does_not_know_is_told_so_and_leaves_no_trace(
    run: Run, study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    ran = run("--study", study_path, "code", "P1", "--coder", "anna", "--plain")
    assert ran.out.startswith("anna is new here; the coders so far are ana, ben. q leaves before anything is coded.\n")
    with open_study(study_path) as study:
        assert [one.name for one, _ in study.coders.list()] == ["ana", "ben"]


def test_a_person_codes_in_a_terminal_and_leaves(study_path: Path) -> None:
    terminal = Terminal("--study", study_path, "code", "P1")
    terminal.wait_for("long")
    terminal.type("]1")
    terminal.wait_for("takes it back")
    assert terminal.leave() == 0
    with open_study(study_path) as study:
        assert [one.quote for one in study.codings.list() if one.coder == "ana" and one.quote.startswith("I waited")]
        assert study.check() == []


def test_a_mark_whose_message_was_shown_outlives_a_kill(study_path: Path) -> None:
    terminal = Terminal("--study", study_path, "code", "P1")
    terminal.wait_for("long")
    terminal.type("]1")
    terminal.wait_for("takes it back")
    terminal.kill()
    with open_study(study_path) as study:
        assert [one.quote for one in study.codings.list() if one.coder == "ana" and one.quote.startswith("I waited")]
        assert study.check() == []
