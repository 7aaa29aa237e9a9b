"""The sessions of the workbench: one handle, one sitting and one lock for each browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import BadValue
from qcode.study.study import open as open_study
from qcode.web.sessions import Sessions
from tests.web.visitor import Visitor


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_session_is_found_by_what_its_cookie_holds_and_by_nothing_else(study_path: Path) -> None:
    sessions = Sessions(study_path)
    value = sessions.open("ana")
    assert sessions.find(value) is sessions.find(value)
    assert sessions.find(value[:-1]) is None
    assert sessions.find("") is None
    sessions.close()


def test_the_value_of_a_cookie_is_not_kept_only_its_hash(study_path: Path) -> None:
    sessions = Sessions(study_path)
    value = sessions.open(None)
    assert value not in repr(vars(sessions))
    sessions.close()


def test_two_browsers_have_handles_sittings_and_secrets_of_their_own(study_path: Path) -> None:
    sessions = Sessions(study_path)
    one, other = (sessions.find(sessions.open(name)) for name in ("ana", "ben"))
    assert one is not None and other is not None
    assert one.study is not other.study
    assert one.csrf != other.csrf
    one.sitting.code("P1", 10, 13, ["wait"])
    assert (one.sitting.can_undo, other.sitting.can_undo) == (True, False)
    sessions.close()


def test_without_a_name_the_default_coder_of_the_study_works(study_path: Path) -> None:
    sessions = Sessions(study_path)
    session = sessions.find(sessions.open(None))
    assert session is not None
    assert session.coder == "ana"
    sessions.close()


def test_a_session_ends_when_it_was_idle_for_long_and_not_before(study_path: Path) -> None:
    clock = Clock()
    sessions = Sessions(study_path, idle_seconds=100, clock=clock)
    value = sessions.open("ana")
    clock.now = 99
    assert sessions.find(value) is not None
    clock.now = 198
    assert sessions.find(value) is not None
    clock.now = 299
    assert sessions.find(value) is None
    assert len(sessions) == 0


def test_of_too_many_browsers_the_one_that_was_away_longest_has_to_enter_again(study_path: Path) -> None:
    clock = Clock()
    sessions = Sessions(study_path, most=2, clock=clock)
    values = list[str]()
    for name in ("a", "b"):
        clock.now += 1
        values.append(sessions.open(name))
    clock.now += 1
    assert sessions.find(values[0]) is not None
    clock.now += 1
    values.append(sessions.open("c"))
    assert [sessions.find(value) is not None for value in values] == [True, False, True]
    sessions.close()


def test_another_coder_who_sits_down_cannot_take_back_what_the_former_did(study_path: Path) -> None:
    visitor = Visitor(study_path)
    [session] = [kept for kept, _ in visitor.app.sessions._seen.values()]
    session.sitting.code("P1", 10, 13, ["wait"])
    session.shown = ["ana"]
    session.sit_down("BEN")
    assert session.coder == "ben"
    assert not session.sitting.can_undo
    assert session.shown == []


def test_who_sits_down_again_under_the_same_name_keeps_what_can_be_taken_back(study_path: Path) -> None:
    sessions = Sessions(study_path)
    session = sessions.find(sessions.open("ana"))
    assert session is not None
    session.sitting.code("P1", 10, 13, ["wait"])
    session.sit_down("Ana")
    assert session.sitting.can_undo
    sessions.close()


def test_a_name_that_nobody_could_type_again_is_refused(study_path: Path) -> None:
    sessions = Sessions(study_path)
    session = sessions.find(sessions.open("ana"))
    assert session is not None
    with pytest.raises(BadValue):
        session.sit_down("a\nb")
    assert session.coder == "ana"
    sessions.close()


def rename(path: Path, name: str, to: str) -> None:
    with open_study(path) as study:
        study.coders.rename(name, to)


def coders_of(path: Path) -> set[str]:
    with open_study(path) as study:
        return {one.name for one, _ in study.coders.list()}


@pytest.mark.parametrize("name", [None, "ana", "zoe"])
def test_a_coder_who_is_renamed_elsewhere_goes_on_in_all_sessions_and_new_ones(
    study_path: Path, name: str | None
) -> None:
    sessions = Sessions(study_path)
    first = sessions.find(sessions.open(name))
    assert first is not None
    first.sitting.code("P1", 10, 13, ["wait"])
    rename(study_path, name or "ana", "coder-07")
    first.sitting.code("P1", 10, 13, ["help"])
    later = sessions.find(sessions.open(name))
    assert later is not None
    later.sitting.code("P1", 14, 20, ["wait"])
    assert (first.coder, later.coder) == ("coder-07", "coder-07")
    assert coders_of(study_path) & {"zoe", name} == set()
    assert first.was_called(name or "ana") and not first.was_called("ben")
    sessions.close()


def test_a_coder_who_is_shown_stays_shown_under_another_name(study_path: Path) -> None:
    sessions = Sessions(study_path)
    session = sessions.find(sessions.open("ana"))
    assert session is not None
    session.shown = ["ben"]
    rename(study_path, "ben", "coder-09")
    assert session.shown == ["coder-09"]
    assert session.seen == ("ana", "coder-09")
    sessions.close()
