"""Withdrawn codings stand again, as if nobody had withdrawn them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qcode.errors import Conflict, NotFound
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.conftest import CODINGS
from tests.study.next_version import follow, stands

NOBODY, HOURS = "Nobody ever called me back", "two hours"


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []


def id_of(study: Study, quote: str, code: str = "trust") -> str:
    return next(one.id for one in study.codings.list() if (one.quote, one.code) == (quote, code))


def test_a_restored_coding_stands_as_it_did(study: Study) -> None:
    before = study.codings.list()
    name = id_of(study, NOBODY)
    study.codings.withdraw(name)
    assert study.codings.restore(name[:8]) == 1
    assert study.codings.list() == before


def test_a_coding_that_waited_waits_again(study: Study) -> None:
    follow(study, "split trust+ into hope, fear")
    before, name = stands(study), id_of(study, NOBODY)
    study.codings.withdraw(name)
    assert len(study.queue.list()) == 1
    study.codings.restore(name)
    assert (stands(study), len(study.queue.list())) == (before, 2)


def test_a_coding_that_a_decision_withdrew_waits_again(study: Study) -> None:
    follow(study, "split trust+ into hope, fear")
    before, name = stands(study), id_of(study, NOBODY)
    study.queue.resolve(name, withdraw=True)
    study.codings.restore(name)
    assert (stands(study), len(study.queue.list())) == (before, 2)
    with pytest.raises(NotFound, match="has decided nothing"):
        study.queue.undo()


def test_a_decision_made_before_the_withdrawal_holds_and_can_be_taken_back(study: Study) -> None:
    follow(study, "split trust+ into hope, fear")
    name = id_of(study, NOBODY)
    study.queue.resolve(name, keep=True)
    study.codings.withdraw(name)
    study.codings.restore(name)
    assert [one.coding.quote for one in study.queue.list()] == [HOURS]
    assert study.queue.undo() == 1
    assert [one.coding.quote for one in study.queue.list()] == [HOURS, NOBODY]


def test_what_was_withdrawn_before_a_version_came_is_not_restored(study: Study) -> None:
    name = id_of(study, NOBODY)
    study.codings.withdraw(name)
    follow(study, "add hope")
    with pytest.raises(Conflict, match="withdrawn before the newest version of the codebook came; code the passage"):
        study.codings.restore(name)


def test_earlier_versions_count_the_same_after_a_withdrawal_and_its_return(study: Study) -> None:
    follow(study, "split trust+ into hope, fear")
    before = [study.codings.list(Filters(codebook=one)) for one in ("book@1", "book@2")]
    name = id_of(study, NOBODY)
    study.codings.withdraw(name)
    study.codings.restore(name)
    assert [study.codings.list(Filters(codebook=one)) for one in ("book@1", "book@2")] == before


def test_a_passage_that_was_coded_anew_is_not_coded_twice(study: Study) -> None:
    one = next(c for c in study.codings.list() if c.quote == NOBODY)
    study.codings.withdraw(one.id)
    study.codings.add("P1", "trust", start=one.start, end=one.end)
    with pytest.raises(Conflict, match="cannot stand again: the same passage was coded anew"):
        study.codings.restore(one.id)
    assert len(study.codings.list()) == CODINGS


def test_two_withdrawn_codings_of_one_place_cannot_both_stand_again(study: Study) -> None:
    one = next(c for c in study.codings.list() if c.quote == NOBODY)
    study.codings.withdraw(one.id)
    (other,) = study.codings.add("P1", "trust", start=one.start, end=one.end)
    study.codings.withdraw(other.id)
    with pytest.raises(Conflict, match="coded anew"):
        study.codings.restore(one.id, other.id)
    assert len(study.codings.list()) == CODINGS - 1


def test_of_several_codings_all_are_restored_or_none(study: Study) -> None:
    gone, there = id_of(study, NOBODY), id_of(study, HOURS)
    study.codings.withdraw(gone)
    with pytest.raises(Conflict, match="stands: it is not withdrawn"):
        study.codings.restore(gone, there)
    assert len(study.codings.list()) == CODINGS - 1


def test_a_coding_whose_place_others_took_is_not_restored(study: Study) -> None:
    name = id_of(study, NOBODY)
    follow(study, "merge trust into faith")
    with pytest.raises(Conflict, match="was not withdrawn: others took its place"):
        study.codings.restore(name)


def test_an_unknown_id_is_refused(study: Study) -> None:
    with pytest.raises(NotFound, match="there is no coding"):
        study.codings.restore("00000000")


def test_the_history_tells_who_restored_what(study: Study) -> None:
    name = id_of(study, NOBODY)
    study.codings.withdraw(name)
    study.codings.restore(name, coder="ben")
    (last,) = study.history(last=1)
    assert (last.act, study.coder_names()[last.coder], name in last.details) == ("coding.restore", "ben", True)
