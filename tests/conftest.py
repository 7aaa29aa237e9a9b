"""Small fixtures: a tiny study, its file, a way to run the command line, and every row of a study as text."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from qcode.cli.main import run as run_command_line
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.notation import make_study

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # a busy machine is no fault of what is tested

CODINGS = 7
P1 = """\
INT: How long did you wait?
ANA: I waited [two hours|wait, trust @ben] on the phone.
INT: And then?
ANA: [Nobody ever called me back|trust], so I [stopped asking|leave @ben].
"""
P2 = """\
INT: Who helped you?
BORIS: [My sister [paid for the bus|money]|help @ben]. The doctor was kind.
INT: What did it cost?
BORIS: [Two thousand|money @ben], every week.
"""


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    exit: int
    out: str
    err: str


Run = Callable[..., Ran]
Dump = Callable[[Path], list[str]]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the environment of whoever runs the tests out of them."""
    for name in ("QCODE_STUDY", "QCODE_CODER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made-once")
    with make_study(folder, codes=("INFLUENCE/help", "INFLUENCE/money", "wait"), P1=P1, P2=P2) as made:
        made.cases.set("Ana A.", {"role": "client", "country": "Kyrgyzstan"}, transcripts=("P1",))
        made.cases.set("Boris B.", {"role": "client", "country": "Kazakhstan"}, transcripts=("P2",))
    return made.path


@pytest.fixture
def study(tmp_path: Path, _made_once: Path) -> Iterator[Study]:
    """Give a study of two transcripts, two coders, CODINGS codings and the codes of `book@1`; INFLUENCE is a heading.

    Its file and those of the transcripts stand in `tmp_path`.
    """
    shutil.copytree(_made_once.parent, tmp_path, dirs_exist_ok=True)
    with open_study(tmp_path / _made_once.name) as opened:
        yield opened


@pytest.fixture
def study_path(study: Study) -> Path:
    """Give the path of the tiny study, which nobody has open."""
    study.close()
    return study.path


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Give a function that runs a command line in this process and returns exit code, stdout and stderr."""

    def run(*words: str | Path) -> Ran:
        capfd.readouterr()
        code = run_command_line([str(word) for word in words])
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return Ran(code, out, err)

    return run


@pytest.fixture
def dump() -> Dump:
    """Give a function that returns every table and row of a study as SQL."""

    def dump(path: Path) -> list[str]:
        connection = sqlite3.connect(path)
        try:
            return list(connection.iterdump())
        finally:
            connection.close()

    return dump
