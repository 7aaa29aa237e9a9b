"""The past of a codebook: each version with what it changed, and what became of the codings."""

from __future__ import annotations

from typing import Any

import pytest

from qcode.errors import Ambiguous, NotFound
from qcode.study.study import Study
from tests.study.joined_lines import beside
from tests.study.next_version import follow

Facts = dict[str, tuple[Any, ...]]


def facts(study: Study, name: str | None = "book", *fields: str) -> Facts:
    return {one.content.version: tuple(getattr(one, f) for f in fields) for one in study.codebooks.log(name)}


NUMBERS = ("follows", "codings", "touched", "queued", "waiting")


def test_a_first_version_has_its_codings_and_no_changes(study: Study) -> None:
    (first,) = study.codebooks.log()
    assert (first.follows, first.planned, first.declared, first.coder) == ((), (), (), "ana")
    assert (first.codings, first.touched, first.queued, first.waiting) == (7, 0, 0, 0)
    assert first.by_code == {"help": 1, "money": 2, "wait": 1, "trust": 2, "leave": 1}
    assert (first.sha256, first.created_at) == (first.content.sha256, study.codebooks.show().row.created_at)


def test_each_version_tells_what_it_touched_and_what_still_waits(study: Study) -> None:
    follow(study, "split trust! into hope, fear", "merge help, money into HANDS", "clarify wait")
    study.queue.resolve(study.queue.list()[0].coding.id, to="hope")
    study.code("P1", quote="on the phone", code="fear")
    follow(study, "narrow wait", "name leave")
    assert facts(study, "book", *NUMBERS) == {
        "1": ((), 7, 0, 0, 0),
        "2": (("1",), 1, 6, 2, 1),
        "3": (("2",), 0, 2, 1, 1),
    }


def test_what_a_decision_or_a_merge_made_was_not_made_by_hand(study: Study) -> None:
    follow(study, "split trust! into hope, fear", "merge help, money into HANDS")
    study.queue.resolve(study.queue.list()[0].coding.id, to=["hope", "fear"])
    study.queue.undo()
    assert facts(study, "book", "codings") == {"1": (7,), "2": (0,)}


def test_changes_are_counted_as_the_version_before_was_left(study: Study) -> None:
    follow(study, "clarify wait")
    study.code("P1", quote="on the phone", code="wait")
    before = facts(study, "book", "touched", "by_code")
    follow(study, "retire wait")
    assert facts(study, "book@2", "touched", "by_code") == before
    told = study.codebooks.log("book")[2].planned
    assert [(one.told.change, one.codings, one.happens) for one in told] == [("retire", 2, "are frozen")]


def test_codings_settled_under_each_version_are_counted_by_code(study: Study) -> None:
    follow(study, "split trust into hope, fear", "rename leave to go")
    study.queue.resolve(study.queue.list()[0].coding.id, to="hope")
    follow(study, "retire go")
    found = facts(study, "book", "by_code")
    assert found["1"][0]["trust"] == 2
    assert found["2"][0] == {"help": 1, "money": 2, "wait": 1, "hope": 1, "go": 1}
    assert "go" not in found["3"][0]


def test_with_a_version_only_those_that_lead_to_it_are_told(study: Study) -> None:
    follow(study, "add hope")
    follow(study, "add fear")
    assert list(facts(study, "book@2")) == ["1", "2"]
    assert list(facts(study, "book@1")) == ["1"]


def test_two_lines_are_told_with_both_parents(study: Study) -> None:
    file = beside(study, "split trust! into hope, fear", "merge help, money into HANDS")
    follow(study, "narrow wait")
    study.codebooks.merge(file)
    assert facts(study, "book", *NUMBERS) == {
        "1": ((), 7, 0, 0, 0),
        "2": (("1",), 0, 1, 1, 1),
        "team": (("1",), 0, 5, 0, 0),
        "3": (("2", "team"), 0, 5, 2, 2),
    }
    assert list(facts(study, "book@team")) == ["1", "team"]
    assert list(facts(study, "book@2")) == ["1", "2"]
    assert facts(study, "book@team", "by_code")["team"][0] == {"wait": 1, "leave": 1, "HANDS": 3}


def test_a_codebook_among_several_is_named(study: Study) -> None:
    study.codebooks.add("generic-interview")
    with pytest.raises(Ambiguous, match="holds 2 codebooks"):
        study.codebooks.log()
    assert list(facts(study, "generic-interview", "codings").values()) == [(0,)]


@pytest.mark.parametrize("name", ["other", "book@7", "@"])
def test_what_is_not_there_is_refused(study: Study, name: str) -> None:
    with pytest.raises(NotFound):
        study.codebooks.log(name)
