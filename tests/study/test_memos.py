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


def test_line_breaks_of_any_system_are_kept_as_one_kind(study: Study) -> None:
    assert study.memos.add("one\r\ntwo\rthree\tfour").text == "one\ntwo\nthree\tfour"


@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "a\x7fb", "a\x85b", "a\ud800b"])
def test_a_memo_with_a_control_character_is_refused(study: Study, text: str) -> None:
    with pytest.raises(BadValue, match="control character"):
        study.memos.add(text)
    with pytest.raises(BadValue, match="control character"):
        study.code("P1", quote="on the phone", code="wait", memo=text)
    assert study.memos.list() == []


def test_a_memo_is_as_long_as_a_memo_and_no_longer(study: Study) -> None:
    study.memos.add("a" * 100_000)
    with pytest.raises(BadValue, match="more than 100,000 characters"):
        study.memos.add("a" * 100_001)


def test_only_the_memos_of_some_coders_are_listed_where_that_is_asked(study: Study) -> None:
    for coder in ("ana", "ben"):
        study.memos.add(f"by {coder}", about="code", target="wait", coder=coder)
    assert [m.text for m in study.memos.list(about="code", target="wait", coders=["ana"])] == ["by ana"]
