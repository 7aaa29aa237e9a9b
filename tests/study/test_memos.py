"""Memos on anything."""

from __future__ import annotations

import pytest

from qcode.errors import BadValue, NotFound
from qcode.study.study import Study


@pytest.mark.parametrize(
    ("about", "target"), [("study", ""), ("transcript", "p1"), ("case", "Ana A."), ("code", "wait")]
)
def test_a_memo_is_found_on_what_it_is_about(study: Study, about: str, target: str) -> None:
    study.memos.add("a thought", about=about, target=target)
    study.memos.add("another", about="coding", target=study.codings.list()[0].id)
    assert [m.text for m in study.memos.list(about=about, target=target)] == ["a thought"]


def test_memos_stand_oldest_first(study: Study) -> None:
    for text in ("one", "two"):
        study.memos.add(text)
    assert [m.text for m in study.memos.list()] == ["one", "two"]


def test_several_memos_on_a_coding_are_listed_with_it(study: Study) -> None:
    one = study.codings.list()[0]
    for text in ("one", "two"):
        study.memos.add(text, about="coding", target=one.id)
    assert study.codings.list()[0].memo == "one\ntwo"


def test_a_memo_is_removed_by_the_beginning_of_its_id(study: Study) -> None:
    study.memos.remove(study.memos.add("a thought").id[:8])
    assert study.memos.list() == []


def test_an_empty_memo_is_refused(study: Study) -> None:
    with pytest.raises(BadValue, match="the memo is empty"):
        study.memos.add(" \n")


def test_a_memo_about_nothing_known_is_refused(study: Study) -> None:
    with pytest.raises(BadValue, match="a memo is about one of study, transcript, code, coding, case, not 'turn'"):
        study.memos.add("a thought", about="turn", target="1")


@pytest.mark.parametrize("about", ["transcript", "code", "coding", "case"])
def test_a_memo_needs_a_thing_that_is_there(study: Study, about: str) -> None:
    with pytest.raises(NotFound, match=f"there is no {about} 'nothing'"):
        study.memos.add("a thought", about=about, target="nothing")


def test_a_memo_follows_a_new_name(study: Study) -> None:
    memo = study.memos.add("a thought", about="transcript", target="P1")
    study.transcripts.rename("P1", "first")
    assert study.memos.names()[memo.target] == "first"
