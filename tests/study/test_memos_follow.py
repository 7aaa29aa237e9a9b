"""Memos on codings and codes go with them through the versions of a codebook."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.study.next_version import follow

HOURS = "two hours"


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []


def note(study: Study, code: str, *texts: str) -> str:
    """Write memos on the coding of HOURS with a code; return its id."""
    one = next(c for c in study.codings.list() if (c.quote, c.code) == (HOURS, code))
    for text in texts:
        study.memos.add(text, about="coding", target=one.id)
    return one.id


def memos(study: Study, **filters: object) -> dict[str, str]:
    asked = Filters(**filters)  # type: ignore[arg-type]
    return {c.code: c.memo for c in study.codings.list(asked) if c.quote == HOURS and c.memo}


def test_a_memo_goes_with_a_coding_that_moves_however_often(study: Study) -> None:
    note(study, "wait", "so long")
    follow(study, "merge wait into delay")
    follow(study, "merge delay into leave")
    assert memos(study) == {"leave": "so long"}


def test_the_memos_of_doubles_that_become_one_stand_together(study: Study) -> None:
    note(study, "wait", "first")
    note(study, "trust", "second", "third")
    follow(study, "merge wait, trust into mood")
    assert memos(study) == {"mood": "first\nsecond\nthird"}


def test_a_memo_of_a_coding_stands_beside_that_of_the_one_it_joins(study: Study) -> None:
    note(study, "wait", "first")
    note(study, "trust", "second")
    follow(study, "merge wait into trust")
    assert memos(study) == {"trust": "first\nsecond"}


def test_a_memo_goes_with_a_coding_to_each_of_the_codes_it_is_allocated_to(study: Study) -> None:
    one = note(study, "trust", "look again")
    follow(study, "split trust into hope, fear")
    study.queue.resolve(one, to=["hope", "fear"])
    assert memos(study) == {"hope": "look again", "fear": "look again"}


def test_a_memo_stands_where_it_was_when_a_decision_is_taken_back(study: Study) -> None:
    one = note(study, "trust", "look again")
    follow(study, "split trust into hope, fear")
    study.queue.resolve(one, to="hope")
    study.queue.undo()
    assert memos(study) == {"trust": "look again"}


def test_a_memo_on_what_a_coding_became_does_not_go_back_to_it(study: Study) -> None:
    one = note(study, "trust")
    follow(study, "split trust into hope, fear")
    study.queue.resolve(one, to=["hope", "fear"])
    note(study, "hope", "well")
    follow(study, "widen wait")
    assert memos(study) == {"hope": "well"}
    assert memos(study, codebook="book@1") == {}


def test_a_memo_stands_on_its_coding_under_the_earlier_version_too(study: Study) -> None:
    note(study, "wait", "so long")
    follow(study, "merge wait into delay")
    assert memos(study, codebook="book@1") == {"wait": "so long"}


def test_a_memo_on_a_code_is_found_by_its_old_and_its_new_key(study: Study) -> None:
    study.memos.add("too wide", about="code", target="wait")
    follow(study, "rename wait to delay")
    assert [memo.text for key in ("wait", "delay") for memo in study.memos.list(about="code", target=key)] == [
        "too wide",
        "too wide",
    ]


def test_a_memo_on_a_code_that_ended_stays_among_the_memos(study: Study) -> None:
    study.memos.add("too wide", about="code", target="wait")
    follow(study, "retire wait")
    assert [memo.text for memo in study.memos.list(about="code")] == ["too wide"]
    assert study.memos.list()[0].target in study.memos.names()
