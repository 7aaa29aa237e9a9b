"""Steps are taken back last first, done again in their order, and dropped where their ground has gone."""

from __future__ import annotations

import pytest

from qcode.errors import Conflict, StudyBusy
from qcode.study.steps import Step, Steps


def note(log: list[str], name: str) -> Step:
    return Step(name, lambda: log.append(f"-{name}"), lambda: log.append(f"+{name}"))


def refusing(error: Exception) -> Step:
    def act() -> None:
        raise error

    return Step("one", act, act)


def test_the_last_step_is_taken_back_first_and_done_again_last() -> None:
    log, steps = list[str](), Steps()
    for name in "ab":
        steps.add(note(log, name))
    assert [steps.undo().said, steps.undo().said, steps.redo().said, steps.redo().said] == ["b", "a", "a", "b"]
    assert log == ["-b", "-a", "+a", "+b"]


def test_a_new_step_ends_what_could_be_done_again() -> None:
    log, steps = list[str](), Steps()
    steps.add(note(log, "a"))
    steps.undo()
    steps.add(note(log, "b"))
    assert (steps.can_undo, steps.can_redo) == (True, False)
    with pytest.raises(Conflict, match="there is nothing to do again"):
        steps.redo()


def test_a_refused_step_is_dropped_with_a_sentence() -> None:
    steps = Steps()
    steps.add(refusing(Conflict("it is gone")))
    with pytest.raises(Conflict, match="one cannot be taken back: it is gone"):
        steps.undo()
    assert (steps.can_undo, steps.can_redo) == (False, False)


def test_a_study_that_is_busy_drops_no_step() -> None:
    steps = Steps()
    steps.add(refusing(StudyBusy("busy")))
    with pytest.raises(StudyBusy):
        steps.undo()
    assert steps.can_undo
