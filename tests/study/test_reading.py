"""Reading a transcript: whose codings are seen, where a coder left off, how far each one is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.domain.span import Span
from qcode.errors import NotFound
from qcode.study.reading import sentences_in, words_in
from qcode.study.study import Study
from tests.conftest import P1
from tests.notation import read_notation
from tests.study.next_version import follow

TEXT = read_notation(P1)[0]


def seen(study: Study, **who: object) -> set[tuple[str, str]]:
    return {(one.coder, one.code) for one in study.reading.open("P1", **who).codings}  # type: ignore[arg-type]


def test_a_page_has_the_text_with_its_turns(study: Study) -> None:
    page = study.reading.open("P1")
    assert (page.text, page.language, page.case, page.coder) == (TEXT, "en", "Ana A.", "ana")
    assert [(turn.speaker, page.text[turn.start : turn.end]) for turn in page.turns][2] == ("INT", "And then?")


def test_a_coder_sees_the_own_codings_alone(study: Study) -> None:
    assert seen(study) == {("ana", "trust")}
    assert seen(study, coder="ben") == {("ben", "trust"), ("ben", "wait"), ("ben", "leave")}


def test_the_others_are_told_by_name_and_seen_when_they_are_asked_for(study: Study) -> None:
    assert study.reading.open("P1").others == ("ben",)
    assert seen(study, shown=["ben"]) == {("ana", "trust"), ("ben", "trust"), ("ben", "wait"), ("ben", "leave")}


def test_somebody_who_has_not_coded_yet_sees_nothing_of_others_and_becomes_no_coder(study: Study) -> None:
    page = study.reading.open("P1", coder="dana")
    assert (page.codings, page.coder, page.others) == ((), "dana", ("ana", "ben"))
    assert [one.name for one, _ in study.coders.list()] == ["ana", "ben"]


def test_a_coder_who_is_to_be_shown_must_be_known(study: Study) -> None:
    with pytest.raises(NotFound, match="there is no coder 'bne'"):
        study.reading.open("P1", shown=["bne"])


def test_codings_that_wait_are_on_the_page_and_withdrawn_ones_are_not(study: Study) -> None:
    follow(study, "narrow trust")
    study.codings.withdraw(next(one.id for one in study.codings.list() if one.code == "leave"))
    codings = study.reading.open("P1", shown=["ben"]).codings
    assert {(one.code, one.status) for one in codings} == {("trust", "pending"), ("wait", "settled")}


def test_codings_come_in_order_of_place(study: Study) -> None:
    places = [(one.start, one.end) for one in study.reading.open("P1", shown=["ben"]).codings]
    assert places == sorted(places)


def test_a_place_is_kept_for_each_coder(study: Study) -> None:
    study.reading.keep_place("P1", 10, read=30)
    study.reading.keep_place("P1", 20, coder="ben")
    assert [(p.at, p.read) for p in (study.reading.open("P1"), study.reading.open("P1", coder="ben"))] == [
        (10, 30),
        (20, 0),
    ]


def test_what_was_read_stays_read(study: Study) -> None:
    study.reading.keep_place("P1", 50, read=50)
    study.reading.keep_place("P1", 5, read=9)
    assert (study.reading.open("P1").at, study.reading.open("P1").read) == (5, 50)


def test_a_place_behind_the_text_is_its_end(study: Study) -> None:
    study.reading.keep_place("P1", 10**6, read=10**6)
    study.reading.keep_place("P2", -5)
    assert (study.reading.open("P1").at, study.reading.open("P1").read) == (len(TEXT), len(TEXT))
    assert study.reading.open("P2").at == 0


def test_to_read_is_no_act(study: Study) -> None:
    before = study.history()
    study.reading.keep_place("P1", 10)
    study.reading.open("P1")
    assert study.history() == before


def test_the_transcript_read_last_is_the_one_whose_place_was_kept_last(study: Study) -> None:
    assert study.reading.last() is None
    for name in ("P1", "P2", "P1"):
        study.reading.keep_place(name, 3)
        assert study.reading.last() == study.transcripts.show(name).id
    assert study.reading.last("ben") is None


def test_the_progress_counts_the_own_codings_and_those_that_wait(study: Study) -> None:
    follow(study, "narrow money")
    study.reading.keep_place("P2", 7, read=12, coder="ben")
    found = {one.name: one for one in study.reading.progress("ben")}
    assert list(found) == ["P1", "P2"]
    assert [(one.codings, one.pending) for one in found.values()] == [(3, 0), (2, 1)]
    assert [(one.at, one.read, bool(one.opened_at)) for one in found.values()] == [(0, 0, False), (7, 12, True)]
    assert found["P1"].case == "Ana A."
    assert found["P1"].characters == len(TEXT)


def test_the_progress_leaves_out_codings_on_retired_codes(study: Study) -> None:
    follow(study, "retire leave")
    found = {one.name: one.codings for one in study.reading.progress("ben")}
    assert found["P1"] == len(study.reading.open("P1", coder="ben").codings) == 2


def test_the_stamp_changes_with_every_act(study: Study) -> None:
    before = study.reading.stamp()
    assert (study.reading.stamp(), study.reading.open("P1").stamp) == (before, before)
    study.codings.add("P1", "wait", quote="And then")
    assert study.reading.stamp() == before + 1


def test_a_transcript_that_is_removed_takes_its_places_with_it(study: Study) -> None:
    study.reading.keep_place("P1", 10)
    study.transcripts.remove("P1", with_codings=True)
    assert (study.reading.last(), study.check()) == (None, [])


def test_words_have_no_punctuation() -> None:
    text = "«Ждала — два часа», said o'Neil (twice)..."
    assert [one.of(text) for one in words_in(text, Span(0, len(text)))] == [
        *("Ждала", "два", "часа", "said", "o'Neil", "twice")
    ]


def test_in_chinese_each_character_is_a_word() -> None:
    assert [one.of("我等了。") for one in words_in("我等了。", Span(0, 4))] == ["我", "等", "了"]


def test_sentences_stay_within_the_stretch() -> None:
    text = "No. ANA: I came at 5 p.m. yesterday. It was late! INT: Oh."
    span = Span(9, 50)
    assert [one.of(text) for one in sentences_in(text, "en", span)] == ["I came at 5 p.m. yesterday.", "It was late!"]


@given(text=st.text(alphabet="ab é.,\nж我😀́'", min_size=1, max_size=40), data=st.data())
def test_words_and_sentences_lie_within_their_stretch_in_order(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    for found in (words_in(text, span), sentences_in(text, None, span)):
        assert all(span.contains(one) for one in found)
        assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_page_read_before_gives_its_text_to_the_next(study: Study) -> None:
    first = study.reading.open("P1")
    study.codings.add("P1", "wait", start=0, end=3)
    again = study.reading.open("P1", before=first)
    assert again.text is first.text
    assert len(again.codings) == len(first.codings) + 1
    assert study.reading.open("P2", before=first).text != first.text
