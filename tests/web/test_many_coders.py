"""Twenty coders at once, and a workbench that is killed: what was acknowledged is there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qcode.study.study import open as open_study
from tests.notation import make_study
from tests.web.many import Coder, Served, code_together

CODES = ("wait", "trust", "money", "help")
Serve = Callable[[], Served]


@pytest.fixture
def study_file(tmp_path: Path) -> Path:
    said = " ".join(f"We waited {n} hours for the doctor." for n in range(400))
    with make_study(tmp_path, codes=CODES, P1=f"ANA: {said}") as made:
        return made.path


@pytest.fixture
def serve(study_file: Path) -> Iterator[Serve]:
    running: list[Served] = []

    def start() -> Served:
        running.append(Served(study_file))
        return running[-1]

    yield start
    for one in running:
        one.kill()


def transcript_of(path: Path) -> str:
    with open_study(path) as study:
        return study.transcripts.list()[0].id


def must_hold(path: Path, people: list[Coder]) -> None:
    """Every acknowledged coding stands, by the coder who made it, and the study is whole."""
    with open_study(path) as study:
        there = {one.id: one.coder for one in study.codings.list()}
        assert study.check() == []
    for person in people:
        assert {there.get(id) for id in person.acknowledged} <= {person.name}


def test_what_twenty_coders_were_told_is_kept_stands_in_the_study(study_file: Path, serve: Serve) -> None:
    people = code_together(serve(), transcript_of(study_file), CODES, coders=20, seconds=6)
    assert all(person.acknowledged for person in people)
    assert [why for person in people for why in person.refused if "on this segment already" not in why] == []
    must_hold(study_file, people)


def test_a_workbench_killed_in_the_middle_loses_nothing_it_acknowledged(study_file: Path, serve: Serve) -> None:
    served, transcript = serve(), transcript_of(study_file)
    killer = threading.Thread(target=lambda: (time.sleep(4), served.kill()))
    killer.start()
    people = code_together(served, transcript, CODES, coders=8, seconds=30)
    killer.join()
    assert sum(len(person.acknowledged) for person in people) > 0
    must_hold(study_file, people)
    again = Coder(serve().port, "coder 00")
    shown = {one["id"] for one in again.open(transcript)["codings"]}
    assert shown >= set(people[0].acknowledged)
    assert len(shown) <= len(people[0].acknowledged) + 1  # killed between the commit and the answer
