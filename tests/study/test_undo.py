"""What was decided on codings that waited is taken back: they wait again, as if nobody had decided."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qcode.errors import Conflict, NotFound
from qcode.study.queue import Decided
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.conftest import Dump
from tests.study.next_version import follow, stands

NOBODY, HOURS = "Nobody ever called me back", "two hours"
WAITS = [("trust", "ana", "pending")]


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []


@pytest.fixture
def split(study: Study) -> Study:
    """Give the study after `trust`, which ben put on HOURS and ana on NOBODY, was split and still takes codings."""
    follow(study, "split trust+ into hope, fear")
    return study


def waiting(study: Study) -> list[str]:
    return [item.coding.quote for item in study.queue.list()]


def on(study: Study, quote: str) -> list[tuple[str, str, str]]:
    return [(code, coder, status) for q, code, coder, status in stands(study) if q == quote]


def id_of(study: Study, quote: str, code: str = "trust", coder: str | None = None) -> str:
    fits = (one for one in study.codings.list() if (one.quote, one.code) == (quote, code))
    return next(one.id for one in fits if coder in (None, one.coder))


@pytest.mark.parametrize(
    "decision",
    [{"to": "hope"}, {"to": ["hope", "fear"]}, {"to": ["trust", "hope"]}, {"keep": True}, {"withdraw": True}],
)
def test_a_decision_that_is_taken_back_leaves_all_as_it_was(split: Study, decision: dict[str, object]) -> None:
    before = stands(split)
    split.queue.resolve(id_of(split, NOBODY), **decision)  # type: ignore[arg-type]
    assert (stands(split) != before, split.queue.undo()) == (True, 1)
    assert (stands(split), waiting(split)) == (before, [HOURS, NOBODY])


def test_what_was_taken_back_can_be_decided_anew_and_taken_back_again(split: Study) -> None:
    for code in ("hope", "hope", "fear"):
        split.queue.resolve(id_of(split, NOBODY), to=code)
        assert on(split, NOBODY) == [(code, "ana", "settled")]
        assert split.queue.undo() == 1
    assert on(split, NOBODY) == WAITS


def test_the_last_decision_of_the_one_who_asks_is_taken_back(split: Study) -> None:
    split.queue.resolve(id_of(split, NOBODY), to="hope", coder="ana")
    split.queue.resolve(id_of(split, HOURS), to="fear", coder="ben")
    assert (split.queue.undo(coder="ana"), waiting(split)) == (1, [NOBODY])
    assert (split.queue.undo(coder="ben"), waiting(split)) == (1, [HOURS, NOBODY])


def test_the_acts_are_taken_back_one_after_the_other(split: Study) -> None:
    split.queue.resolve(id_of(split, NOBODY), to="hope")
    split.queue.resolve(id_of(split, HOURS), keep=True)
    assert (split.queue.undo(), waiting(split)) == (1, [HOURS])
    assert (split.queue.undo(), waiting(split)) == (1, [HOURS, NOBODY])
    with pytest.raises(NotFound, match="ana has decided nothing under the newest version that could be taken back"):
        split.queue.undo()


def test_an_act_on_many_codings_is_taken_back_as_a_whole(split: Study) -> None:
    assert split.queue.resolve(filters=Filters(), to="hope") == Decided(2, 2)
    assert (split.queue.undo(), waiting(split)) == (2, [HOURS, NOBODY])


def test_one_coding_of_an_act_is_taken_back_by_its_id(split: Study) -> None:
    ids = [id_of(split, NOBODY), id_of(split, HOURS)]
    split.queue.resolve(*ids, to="hope")
    assert (split.queue.undo(ids[0], coder="ben"), waiting(split)) == (1, [NOBODY])
    with pytest.raises(NotFound, match="nothing was decided on the coding"):
        split.queue.undo(ids[0])


@pytest.mark.parametrize("code", ["hope", "fear"])
def test_a_decision_is_taken_back_by_what_became_of_it(split: Study, code: str) -> None:
    split.queue.resolve(id_of(split, NOBODY), to=["hope", "fear"])
    assert split.queue.undo(id_of(split, NOBODY, code)[:8]) == 1
    assert on(split, NOBODY) == WAITS


def test_a_coding_that_was_there_before_stays_when_one_that_joined_it_waits_again(split: Study) -> None:
    split.code("P1", quote=NOBODY, code="hope", coder="ana")
    split.queue.resolve(id_of(split, NOBODY), to="hope")
    assert split.queue.undo() == 1
    assert on(split, NOBODY) == [("hope", "ana", "settled"), *WAITS]


def test_what_two_codings_became_stays_until_both_wait_again(study: Study) -> None:
    follow(study, "split trust+ into hope, fear", "narrow wait")
    trust, wait = id_of(study, HOURS), id_of(study, HOURS, "wait")
    study.queue.resolve(trust, to="hope")
    assert study.queue.resolve(wait, to="hope") == Decided(1, 0)
    study.queue.undo(trust)
    assert on(study, HOURS) == [("hope", "ben", "settled"), ("trust", "ben", "pending")]
    study.queue.undo(wait)
    assert on(study, HOURS) == [("trust", "ben", "pending"), ("wait", "ben", "pending")]


def test_what_two_codings_became_takes_both_back(study: Study) -> None:
    follow(study, "split trust+ into hope, fear", "narrow wait")
    study.queue.resolve(id_of(study, HOURS), to="hope")
    study.queue.resolve(id_of(study, HOURS, "wait"), to="hope")
    assert study.queue.undo(id_of(study, HOURS, "hope")) == 2
    assert on(study, HOURS) == [("trust", "ben", "pending"), ("wait", "ben", "pending")]


def test_decisions_of_two_coders_on_one_place_are_taken_back_apart(split: Study) -> None:
    split.codings.withdraw(id_of(split, HOURS))
    follow(split, "widen trust")
    split.code("P1", quote=HOURS, code="trust", coder="ben")
    split.code("P1", quote=HOURS, code="trust", coder="ana")
    follow(split, "narrow trust")
    split.queue.resolve(id_of(split, HOURS, coder="ana"), to="hope", coder="ana")
    split.queue.resolve(id_of(split, HOURS, coder="ben"), to="hope", coder="ben")
    assert split.queue.undo(coder="ana") == 1
    assert [one for one in on(split, HOURS) if one[2] != "withdrawn" and one[0] != "wait"] == [
        ("hope", "ben", "settled"),
        ("trust", "ana", "pending"),
    ]


def test_a_decision_made_before_the_newest_version_came_stays(split: Study, dump: Dump) -> None:
    one = id_of(split, NOBODY)
    split.queue.resolve(one, to="hope")
    follow(split, "clarify wait")
    before = dump(split.path)
    for name in (one, id_of(split, NOBODY, "hope")):
        with pytest.raises(Conflict, match="decided before the newest version of the codebook came; withdraw"):
            split.queue.undo(name)
    with pytest.raises(NotFound, match="ana has decided nothing under the newest version that could be taken back"):
        split.queue.undo()
    assert dump(split.path) == before


def test_a_coding_that_was_decided_on_under_two_versions_is_taken_back_by_the_last(split: Study) -> None:
    one = id_of(split, NOBODY)
    split.queue.resolve(one, keep=True)
    follow(split, "narrow trust")
    split.queue.resolve(one, to="wait")
    assert split.queue.undo(one) == 1
    assert on(split, NOBODY) == WAITS


@pytest.mark.parametrize("decision", [{"to": "wait"}, {"keep": True}])
def test_what_a_coding_came_from_was_decided_on_earlier_and_stays_so(split: Study, decision: dict[str, object]) -> None:
    split.queue.resolve(id_of(split, NOBODY), to="hope")
    follow(split, "narrow hope")
    split.queue.resolve(id_of(split, NOBODY, "hope"), **decision)  # type: ignore[arg-type]
    assert split.queue.undo(id_of(split, NOBODY, "hope" if "keep" in decision else "wait")) == 1
    assert on(split, NOBODY) == [("hope", "ana", "pending")]


def test_a_decision_is_not_taken_back_where_the_passage_was_coded_anew(split: Study, dump: Dump) -> None:
    split.queue.resolve(id_of(split, NOBODY), to="hope")
    split.code("P1", quote=NOBODY, code="trust", coder="ana")
    before = dump(split.path)
    with pytest.raises(Conflict, match="cannot wait again: the same passage was coded anew in the meantime"):
        split.queue.undo()
    assert dump(split.path) == before


def test_a_coding_that_was_kept_and_withdrawn_later_stays_withdrawn(split: Study, dump: Dump) -> None:
    one = id_of(split, NOBODY)
    split.queue.resolve(one, keep=True)
    split.codings.withdraw(one)
    before = dump(split.path)
    with pytest.raises(Conflict, match="cannot wait again: it was withdrawn in the meantime"):
        split.queue.undo()
    assert dump(split.path) == before


def test_what_a_coding_became_and_was_withdrawn_since_stays_withdrawn(split: Study) -> None:
    split.queue.resolve(id_of(split, NOBODY), to=["hope", "fear"])
    split.codings.withdraw(id_of(split, NOBODY, "hope"))
    assert split.queue.undo() == 1
    assert on(split, NOBODY) == [("hope", "ana", "withdrawn"), *WAITS]


def test_what_nobody_decided_on_cannot_be_taken_back(split: Study, dump: Dump) -> None:
    before = dump(split.path)
    with pytest.raises(NotFound, match="nothing was decided on the coding"):
        split.queue.undo(id_of(split, NOBODY))
    with pytest.raises(NotFound, match="there is no coding"):
        split.queue.undo("0" * 8)
    with pytest.raises(NotFound, match="zed has decided nothing under the newest version"):
        split.queue.undo(coder="zed")
    assert dump(split.path) == before
