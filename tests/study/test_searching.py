"""Words are found in the transcripts with the turn they stand in, and nothing is kept of the search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.domain.span import Span
from qcode.domain.transcript import Turn
from qcode.errors import BadValue, NotFound
from qcode.study.searching import AROUND, find_said, find_words
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.conftest import Dump


def test_places_are_found_ignoring_case_in_order_of_transcript_and_place(study: Study) -> None:
    found = [(one.transcript, one.turn, one.speaker, one.quote) for one in study.search("WHO")]
    assert found == [("P2", 1, "INT", "Who")]
    quotes = [(one.transcript, one.quote) for one in study.search("the")]
    assert quotes == [("P1", "the"), ("P1", "the"), ("P2", "the"), ("P2", "The")]


def test_a_match_tells_its_place_and_the_words_around_it_in_its_turn(study: Study) -> None:
    (one,) = study.search("two  hours")
    text = study.transcripts.show("P1").revision.text
    assert text[one.start : one.end] == one.quote == "two hours"
    assert (one.before, one.after) == ("I waited ", " on the phone.")
    assert one.transcript_id == study.transcripts.show("P1").id


def test_what_stands_outside_of_the_turns_is_found_without_one(study: Study) -> None:
    labels = study.search("boris")
    assert {(one.transcript, one.turn, one.speaker) for one in labels} == {("P2", None, None)}


def test_filters_choose_the_transcripts(study: Study) -> None:
    assert {one.transcript for one in study.search("the", Filters(transcripts=("p2",)))} == {"P2"}
    assert {one.transcript for one in study.search("the", Filters(where={"country": "Kyrgyzstan"}))} == {"P1"}
    with pytest.raises(NotFound):
        study.search("the", Filters(transcripts=("P9",)))


def test_forms_find_whole_words_in_whatever_form_they_stand(study: Study) -> None:
    assert [one.quote for one in study.search("wait")] == ["wait", "wait"]
    assert [one.quote for one in study.search("wait", forms=True)] == ["wait", "waited"]
    assert [one.quote for one in study.search("o", Filters(transcripts=("P1",)), forms=True)] == []


@pytest.mark.parametrize(
    ("text", "words", "quotes"),
    [
        ("Она доверяла, они доверяют.", "доверять", ["доверяла", "доверяют"]),
        ("Дәрігерлер келді, дәрігерге бардым.", "дәрігер", ["Дәрігерлер", "дәрігерге"]),
        ("Ich schäme mich.", "schämen", ["schäme"]),
        ("我怕丢脸。", "丢脸", ["丢脸"]),
        ("С врачом ОЗТ.", "врач озт", ["врачом ОЗТ"]),
    ],
)
def test_forms_are_those_of_all_languages_written_in_these_letters(text: str, words: str, quotes: list[str]) -> None:
    assert [span.of(text) for span in find_words(text, words, forms=True)] == quotes


@pytest.mark.parametrize(("words", "forms"), [("", False), (" \u00ad\n", False), ("", True), ("?!", True)])
def test_a_search_for_nothing_is_refused(study: Study, words: str, forms: bool) -> None:
    with pytest.raises(BadValue, match="search for"):
        study.search(words, forms=forms)


def test_a_search_leaves_no_trace(study: Study, dump: Dump) -> None:
    before = dump(study.path)
    study.search("hours", forms=True)
    assert dump(study.path) == before


def test_a_page_finds_only_what_is_said(study: Study) -> None:
    page = study.reading.open("P2")
    assert [span.of(page.text) for span in study.reading.find(page, "THE")] == ["the", "The"]
    assert study.reading.find(page, "boris") == []
    with pytest.raises(BadValue):
        study.reading.find(page, " ")


def test_in_a_text_without_turns_every_place_counts() -> None:
    assert find_said("one two one", (), "one") == [Span(0, 3), Span(8, 11)]


@given(st.text("ab \n", min_size=1, max_size=400), st.data())
def test_the_words_around_a_match_are_whole_and_those_that_stand_there(text: str, data: st.DataObject) -> None:
    from qcode.study.searching import _around

    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    before, after = _around(text, span, Span(0, len(text)))
    assert text[: span.start].endswith(before)
    assert text[span.end :].startswith(after)
    assert max(len(before), len(after)) <= AROUND
    first, last = span.start - len(before), span.end + len(after)
    assert first == 0 or not before or text[first - 1].isspace()
    assert last == len(text) or not after or text[last].isspace()


def test_a_match_over_two_turns_belongs_to_the_first_that_it_touches() -> None:
    text, turns = "A: one\nB: two", (Turn(1, "A", 3, 6), Turn(2, "B", 10, 13))
    assert find_said(text, turns, "one b: two") == [Span(3, 13)]
    assert find_said(text, turns, "b:") == []
