"""Codings are added, withdrawn and listed; whatever is wrong is refused as a whole."""

from __future__ import annotations

import pytest

from qcode.errors import Ambiguous, BadValue, Conflict, NotFound, QcodeError
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.conftest import CODINGS, Dump
from tests.study.next_version import follow


def listed(study: Study, **filters: object) -> list[tuple[str, str, str]]:
    return [(c.quote, c.code, c.coder) for c in study.codings.list(Filters(**filters))]  # type: ignore[arg-type]


def test_a_coding_keeps_the_words_at_its_place(study: Study) -> None:
    (made,) = study.code("P1", start=33, end=41, code="wait")
    assert made.quote == study.transcripts.show("P1").revision.text[33:41]


def test_words_that_stand_once_name_their_place(study: Study) -> None:
    (made,) = study.code("P1", quote="on the phone", code="wait")
    assert study.transcripts.show("P1").revision.text[made.start : made.end] == "on the phone"


def test_several_codes_make_several_codings(study: Study) -> None:
    made = study.code("P1", quote="on the phone", code=["wait", "leave"])
    assert [c.code for c in made] == ["wait", "leave"]


def test_a_code_that_is_named_twice_is_put_once(study: Study) -> None:
    assert len(study.code("P1", quote="on the phone", code=["wait", "WAIT"])) == 1


def test_a_coder_whom_the_study_has_not_met_is_added(study: Study) -> None:
    study.code("P1", quote="on the phone", code="wait", coder="Zarina")
    assert [coder.name for coder, _ in study.coders.list()] == ["ana", "ben", "Zarina"]


def test_a_coder_is_found_by_the_beginning_of_the_id(study: Study) -> None:
    ben = next(coder for coder, _ in study.coders.list() if coder.name == "ben")
    assert study.code("P1", quote="on the phone", code="wait", coder=ben.id[:8])[0].coder == "ben"


def test_a_memo_stands_on_its_coding(study: Study) -> None:
    study.code("P1", quote="on the phone", code="wait", memo="ask again")
    assert [c.memo for c in study.codings.list() if c.memo] == ["ask again"]


def test_a_memo_of_blanks_is_none(study: Study) -> None:
    study.code("P1", quote="on the phone", code="wait", memo="  ")
    assert study.memos.list() == []


def test_two_coders_may_put_the_same_code_on_a_segment(study: Study) -> None:
    study.code("P1", quote="two hours", code="wait", coder="ana")
    assert listed(study, codes=("wait",)) == [("two hours", "wait", "ana"), ("two hours", "wait", "ben")]


@pytest.mark.parametrize(
    ("asked", "kind", "sentence"),
    [
        ({"start": 0, "end": 100_000}, BadValue, "0 to 100000 is not a stretch of this transcript, P1"),
        ({"start": 5, "end": 5}, BadValue, "the start comes before the end"),
        ({"start": -4, "end": 5}, BadValue, "not a stretch"),
        ({"start": 10**30, "end": 10**31}, BadValue, "not a stretch"),
        ({"start": 5}, BadValue, "only one of start and end is given"),
        ({}, BadValue, "neither positions nor a quote is given"),
        ({"quote": ""}, BadValue, "neither positions nor a quote is given"),
        ({"quote": "never said"}, BadValue, "the quote does not stand in this transcript"),
        ({"quote": "INT"}, BadValue, "more than once (at 0 and"),
        ({"start": 5, "end": 9, "quote": "two hours"}, BadValue, "the quote does not stand at 5 to 9"),
        ({"start": 5, "end": 9, "code": "hope"}, NotFound, "there is no code 'hope' in book@1"),
        ({"start": 5, "end": 9, "code": "wiat"}, NotFound, "did you mean wait?"),
        ({"start": 5, "end": 9, "code": ""}, QcodeError, "no code"),
        ({"start": 5, "end": 9, "code": []}, BadValue, "no code is given"),
        ({"start": 5, "end": 9, "code": "INFLUENCE"}, Conflict, "only a heading; use one of its codes: help, money"),
        ({"start": 5, "end": 9, "code": ["wait", "hope"]}, NotFound, "there is no code 'hope'"),
        ({"start": 5, "end": 9, "coder": "a\nb"}, BadValue, "the name of a coder"),
        ({"quote": "two hours", "coder": "ben"}, Conflict, "ben has wait on this segment already"),
    ],
)
def test_what_cannot_be_coded_is_refused_and_changes_nothing(
    study: Study, dump: Dump, asked: dict[str, object], kind: type[QcodeError], sentence: str
) -> None:
    before = dump(study.path)
    with pytest.raises(kind) as refused:
        study.code("P1", **({"code": "wait"} | asked))  # type: ignore[arg-type]
    assert sentence in refused.value.sentence
    assert dump(study.path) == before


def test_a_refusal_holds_no_words_of_the_transcript(study: Study) -> None:
    with pytest.raises(BadValue) as refused:
        study.code("P1", start=28, end=31, quote="two hours", code="wait")
    assert "ANA" not in refused.value.sentence
    assert "two hours" not in refused.value.sentence


def test_a_withdrawn_coding_leaves_the_list(study: Study) -> None:
    one = study.codings.list()[0]
    assert study.codings.withdraw(one.id[:8]) == 1
    assert one.id not in [c.id for c in study.codings.list()]


def test_a_withdrawn_coding_is_listed_when_asked_for(study: Study) -> None:
    one = study.codings.list()[0]
    study.codings.withdraw(one.id)
    status = {c.id: c.status for c in study.codings.list(Filters(withdrawn=True))}
    assert (len(status), status.pop(one.id), set(status.values())) == (CODINGS, "withdrawn", {"settled"})


def test_after_withdrawal_the_same_coding_can_be_made_again(study: Study) -> None:
    study.codings.withdraw(study.codings.list()[0].id)
    study.code("P1", quote="two hours", code="wait", coder="ben")
    assert listed(study, codes=("wait",)) == [("two hours", "wait", "ben")]


def test_a_coding_named_twice_is_withdrawn_once(study: Study) -> None:
    one = study.codings.list()[0]
    assert study.codings.withdraw(one.id, one.id[:8]) == 1


def test_a_coding_is_not_withdrawn_twice(study: Study) -> None:
    one = study.codings.list()[0]
    study.codings.withdraw(one.id)
    with pytest.raises(Conflict, match="is withdrawn already"):
        study.codings.withdraw(one.id)


def test_codings_are_withdrawn_all_or_none(study: Study, dump: Dump) -> None:
    before = dump(study.path)
    with pytest.raises(NotFound, match="there is no coding 'ffffffff'"):
        study.codings.withdraw(study.codings.list()[0].id, "ffffffff")
    assert dump(study.path) == before


def test_an_id_that_begins_several_codings_is_refused(study: Study) -> None:
    with study.store.write() as connection:
        connection.exec_driver_sql("UPDATE coding SET uuid = 'aaaaaaaa-' || substr(uuid, 10)")
    with pytest.raises(Ambiguous, match="several codings have an id that begins with aaaaaaaa; type more of it"):
        study.codings.withdraw("aaaaaaaa")


def test_a_coding_is_shown_with_the_words_around_it(study: Study) -> None:
    one, before, after = study.codings.in_context(study.codings.list()[0].id, around=9)
    assert (before, one.quote, after) == ("I waited ", "two hours", " on the p")


def test_codings_stand_in_order_of_transcript_and_place(study: Study) -> None:
    places = [(c.transcript, c.start, c.end) for c in study.codings.list()]
    assert places == sorted(places)


ALL = [
    ("two hours", "wait", "ben"),
    ("two hours", "trust", "ben"),
    ("Nobody ever called me back", "trust", "ana"),
    ("stopped asking", "leave", "ben"),
    ("My sister paid for the bus", "help", "ben"),
    ("paid for the bus", "money", "ana"),
    ("Two thousand", "money", "ben"),
]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({}, ALL),
        ({"codes": ("trust",)}, ALL[1:3]),
        ({"codes": ("trust", "leave")}, ALL[1:4]),
        ({"codes": ("INFLUENCE",)}, ALL[4:]),
        ({"codes": ("INFLUENCE",), "children": False}, []),
        ({"coders": ("ana",)}, [ALL[2], ALL[5]]),
        ({"coders": ("ANA", "ben")}, ALL),
        ({"transcripts": ("p2",)}, ALL[4:]),
        ({"cases": ("ana a.",)}, ALL[:4]),
        ({"where": {"country": "Kazakhstan"}}, ALL[4:]),
        ({"where": {"COUNTRY": "kazakhstan"}}, ALL[4:]),
        ({"where": {"role": "client"}}, ALL),
        ({"where": {"role": "doctor"}}, []),
        ({"where": {"role": "client", "country": "Kyrgyzstan"}}, ALL[:4]),
        ({"transcripts": ("P1",), "cases": ("Boris B.",)}, []),
        ({"codes": ("money",), "coders": ("ben",)}, ALL[6:]),
        ({"codes": ("trust",), "coders": ("ben",), "transcripts": ("P1",), "where": {"role": "client"}}, ALL[1:2]),
        ({"codebook": "book@1"}, ALL),
        ({"codebook": "BOOK"}, ALL),
        ({"pending": True}, []),
    ],
)
def test_filters_are_joined_by_and(study: Study, filters: dict[str, object], left: list[tuple[str, str, str]]) -> None:
    assert listed(study, **filters) == left


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ({"codes": ("hope",)}, "there is no code 'hope'"),
        ({"coders": ("zoe",)}, "there is no coder 'zoe'"),
        ({"transcripts": ("P9",)}, "there is no transcript 'P9'"),
        ({"cases": ("nobody",)}, "there is no case 'nobody'"),
        ({"where": {"age": "40"}}, "no case has an attribute 'age'; the attributes of this study: role, country"),
        ({"codebook": "other"}, "there is no codebook 'other'"),
        ({"codebook": "book@7"}, "the codebook book has no version 7; it has 1"),
    ],
)
def test_a_filter_that_nothing_can_fit_is_refused(study: Study, filters: dict[str, object], sentence: str) -> None:
    with pytest.raises(NotFound) as refused:
        listed(study, **filters)
    assert sentence in refused.value.sentence


def test_more_codes_on_one_segment_than_anybody_means_are_refused(study: Study) -> None:
    study.code("P1", quote="on the phone", code=["wait"] * 50)
    with pytest.raises(BadValue, match="51 codes for one segment; give at most 50 at once"):
        study.code("P1", start=33, end=41, code=["wait"] * 51)


def test_nothing_is_coded_under_a_version_that_the_coder_has_not_seen(study: Study, dump: Dump) -> None:
    (made,) = study.codings.add("P1", "wait", quote="on the phone", under={"book": "1", "another": "7"})
    study.codings.withdraw(made.id)
    follow(study, "name wait")
    before = dump(study.path)
    with pytest.raises(Conflict, match="the codebook book has a new version 2 since this was opened; look at"):
        study.codings.add("P1", "wait", quote="on the phone", under={"book": "1"})
    assert dump(study.path) == before
    (made,) = study.codings.add("P1", "wait", quote="on the phone", under={"book": "2"})
    assert made.version == "2"
