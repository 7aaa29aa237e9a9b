"""Codings that wait are kept, allocated or withdrawn by people; what was decided can be taken back until it is used."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from qcode.errors import BadValue, Conflict, NotFound, QcodeError
from qcode.study.queue import Decided, QueueItem
from qcode.study.selection import Filters
from qcode.study.study import Study
from qcode.study.study import open as open_study
from tests.conftest import CODINGS, Dump
from tests.study.next_version import follow, next_version, stands

NOBODY, HOURS = "Nobody ever called me back", "two hours"


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    yield
    assert study.check() == []


@pytest.fixture
def split(study: Study) -> Study:
    """Give the study after `trust`, which ben put on "two hours" and ana on NOBODY, was split and is gone."""
    follow(study, "split trust into hope, fear")
    return study


def waiting(study: Study) -> dict[str, QueueItem]:
    return {item.coding.quote: item for item in study.queue.list()}


def on(study: Study, quote: str, codebook: str | None = None) -> list[tuple[str, str, str]]:
    return [(code, coder, status) for q, code, coder, status in stands(study, codebook) if q == quote]


def id_of(study: Study, quote: str) -> str:
    return waiting(study)[quote].coding.id


def test_the_queue_says_why_a_coding_waits_and_where_it_may_go(study: Study) -> None:
    follow(study, "split trust+ into hope, fear")
    item = waiting(study)[NOBODY]
    assert (item.change, item.effect, item.under, item.candidates, item.kept) == (
        "split",
        "",
        "2",
        ("hope", "fear"),
        True,
    )
    assert (item.coding.code, item.coding.status, item.turn, item.speaker) == ("trust", "pending", 4, "ANA")


def test_a_narrower_code_lets_codings_stay_or_go_to_any_code_that_takes_codings(study: Study) -> None:
    follow(study, "narrow trust", "heading leave")
    item = waiting(study)[NOBODY]
    assert (item.change, item.effect, item.kept) == ("redefine", "narrow", True)
    assert item.candidates == ("help", "money", "wait")


def test_terms_that_stand_in_the_passage_suggest_a_candidate_and_decide_nothing(study: Study) -> None:
    new = next_version(study.codebooks.show().content, "split trust into hope, fear")
    terms = {"hope": (("en", ("call", "two weeks")),), "wait": (("en", ("nobody",)),)}
    codes = tuple(replace(code, terms=terms.get(code.key, ())) for code in new.codes)
    study.codebooks.add_version(replace(new, codes=codes))
    found = {quote: (item.suggested, item.found) for quote, item in waiting(study).items()}
    assert found == {NOBODY: (("hope",), {"hope": ("called",)}), HOURS: ((), {})}


def test_candidates_follow_what_became_of_them_since(split: Study) -> None:
    follow(split, "rename hope to trusting", "merge fear, wait into worry")
    assert waiting(split)[NOBODY].candidates == ("trusting", "worry")
    follow(split, "split worry into dread, doubt")
    assert waiting(split)[NOBODY].candidates == ("trusting", "dread", "doubt")
    follow(split, "retire trusting", "heading dread", "add panic under dread")
    assert waiting(split)[NOBODY].candidates == ("panic", "doubt")
    assert split.queue.resolve(id_of(split, NOBODY), to="panic") == Decided(1, 1)


def test_where_all_candidates_are_gone_every_code_is_one(split: Study) -> None:
    follow(split, "retire hope", "retire fear")
    assert waiting(split)[NOBODY].candidates == ("help", "money", "wait", "leave")


def test_of_two_reasons_the_newer_one_holds(study: Study) -> None:
    follow(study, "narrow trust")
    follow(study, "split trust+ into hope, fear")
    item = waiting(study)[NOBODY]
    assert (item.change, item.under, item.candidates) == ("split", "3", ("hope", "fear"))


def test_one_decision_settles_all_the_reasons(study: Study) -> None:
    follow(study, "narrow trust")
    follow(study, "split trust+ into hope, fear")
    study.queue.resolve(id_of(study, NOBODY), keep=True)
    assert (on(study, NOBODY), list(waiting(study))) == ([("trust", "ana", "settled")], [HOURS])


def test_a_coding_goes_to_one_code(split: Study) -> None:
    assert split.queue.resolve(id_of(split, NOBODY), to="hope") == Decided(1, 1)
    assert (on(split, NOBODY), len(stands(split))) == ([("hope", "ana", "settled")], CODINGS)


def test_a_coding_goes_to_several_codes(split: Study) -> None:
    assert split.queue.resolve(id_of(split, NOBODY), to=["fear", "HOPE", "hope"]) == Decided(1, 2)
    assert on(split, NOBODY) == [("fear", "ana", "settled"), ("hope", "ana", "settled")]


def test_a_coding_that_is_allocated_keeps_its_coder_whoever_decides(split: Study) -> None:
    split.queue.resolve(id_of(split, NOBODY), to="hope", coder="ben")
    assert on(split, NOBODY) == [("hope", "ana", "settled")]


def test_a_coding_goes_to_a_code_that_its_coder_has_there_already(split: Study) -> None:
    split.code("P1", quote=NOBODY, code="hope", coder="ana")
    assert split.queue.resolve(id_of(split, NOBODY), to="hope") == Decided(1, 0)
    assert on(split, NOBODY) == [("hope", "ana", "settled")]


def test_a_coding_stays_on_a_code_that_takes_codings(study: Study) -> None:
    follow(study, "split trust+ into hope, fear")
    before = id_of(study, NOBODY)
    assert study.queue.resolve(before, keep=True) == Decided(1, 0)
    assert [one.id for one in study.codings.list() if one.quote == NOBODY] == [before]
    assert on(study, NOBODY) == [("trust", "ana", "settled")]


def test_a_coding_stays_and_goes_to_another_code_too(study: Study) -> None:
    follow(study, "split trust+ into hope, fear")
    assert study.queue.resolve(id_of(study, NOBODY), to=["trust", "hope"]) == Decided(1, 1)
    assert on(study, NOBODY) == [("hope", "ana", "settled"), ("trust", "ana", "settled")]


def test_to_its_own_code_alone_is_to_stay(study: Study) -> None:
    follow(study, "narrow trust")
    assert study.queue.resolve(id_of(study, NOBODY), to="trust") == Decided(1, 0)
    assert on(study, NOBODY) == [("trust", "ana", "settled")]


def test_a_coding_is_withdrawn_from_the_queue(split: Study) -> None:
    split.queue.resolve(id_of(split, NOBODY), withdraw=True)
    assert (on(split, NOBODY), list(waiting(split))) == ([("trust", "ana", "withdrawn")], [HOURS])


def test_a_coding_that_waits_can_be_withdrawn_like_any_other(split: Study) -> None:
    split.codings.withdraw(id_of(split, NOBODY))
    assert (on(split, NOBODY), list(waiting(split))) == ([("trust", "ana", "withdrawn")], [HOURS])


def test_all_that_fits_filters_is_decided_at_once(split: Study) -> None:
    assert split.queue.resolve(filters=Filters(coders=("ben",)), to="fear").codings == 1
    assert split.queue.resolve(filters=Filters(transcripts=("P1",)), to="hope").codings == 1
    assert waiting(split) == {}


def test_codings_that_wait_are_found_by_the_code_that_was_split(split: Study) -> None:
    follow(split, "narrow money")
    assert [item.coding.code for item in split.queue.list(Filters(codes=("trust",)))] == ["trust", "trust"]
    assert split.queue.counts(Filters(codes=("TRUST",))) == {"trust": 2}
    assert split.queue.resolve(filters=Filters(codes=("trust",)), to="hope").codings == 2
    assert [one.coding.code for one in split.queue.list()] == ["money", "money"]


def test_the_reason_of_a_decision_is_kept_with_it(split: Study) -> None:
    split.queue.resolve(id_of(split, NOBODY), to="hope", why=" she hopes ")
    with split.store.read() as connection:
        kept = connection.exec_driver_sql("SELECT DISTINCT why FROM pending WHERE why <> ''").scalars().all()
    assert kept == ["she hopes"]


def test_a_decision_is_one_act_with_ids_and_no_words(split: Study) -> None:
    ids = [item.coding.id for item in split.queue.list()]
    split.queue.resolve(*ids, to="hope", coder="ben")
    split.queue.undo(coder="ben")
    first, second = split.history()[-2:]
    hope = split.codebooks.show_code("hope").id
    assert (first.act, second.act) == ("coding.resolve", "coding.unresolve")
    assert json.loads(first.details) == {"codings": ids, "how": ["allocated"], "to": [hope]}
    assert json.loads(second.details) == {"codings": ids}
    assert split.coder_names()[first.coder] == "ben"


@pytest.mark.parametrize(
    ("asked", "kind", "sentence"),
    [
        (
            {"keep": True},
            Conflict,
            "cannot stay on trust, which takes no codings any more; allocate it to hope or fear",
        ),
        ({"to": "wait"}, Conflict, "of trust cannot go to wait; it may go to hope or fear; or withdraw it"),
        ({"to": "trust"}, NotFound, "trust was split into hope and fear in book@2"),
        ({"to": ["hope", "nowhere"]}, NotFound, "there is no code 'nowhere' in book@2"),
        ({"to": "INFLUENCE"}, Conflict, "cannot go to INFLUENCE"),
        ({"to": ""}, QcodeError, "code"),
        ({}, BadValue, "one decision is needed; give --to CODE[,CODE...], --keep or --withdraw"),
        ({"to": "hope", "keep": True}, BadValue, "one decision is needed"),
        ({"keep": True, "withdraw": True}, BadValue, "one decision is needed"),
        ({"to": "hope", "filters": Filters()}, BadValue, "named by their ids or by filters, not by both"),
        ({"to": "hope", "coder": "a\nb"}, BadValue, "the name of a coder"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_and_changes_nothing(
    split: Study, dump: Dump, asked: dict[str, object], kind: type[QcodeError], sentence: str
) -> None:
    one, before = id_of(split, NOBODY), dump(split.path)
    with pytest.raises(kind) as refused:
        split.queue.resolve(one, **asked)  # type: ignore[arg-type]
    assert sentence in refused.value.sentence
    assert dump(split.path) == before


def test_one_decision_of_many_that_cannot_be_refuses_all(study: Study, dump: Dump) -> None:
    follow(study, "split trust into hope, fear", "narrow wait")
    before = dump(study.path)
    with pytest.raises(Conflict, match="cannot stay on trust"):
        study.queue.resolve(filters=Filters(), keep=True)
    assert dump(study.path) == before


def test_a_coding_that_does_not_wait_is_not_decided_on(split: Study) -> None:
    settled = next(one.id for one in split.codings.list() if one.code == "wait")
    with pytest.raises(Conflict, match="does not wait for a decision; see: qcode codebook queue"):
        split.queue.resolve(settled, keep=True)
    with pytest.raises(NotFound, match="there is no coding"):
        split.queue.resolve("0" * 8, keep=True)
    with pytest.raises(BadValue, match="no coding is named"):
        split.queue.resolve(keep=True)
    with pytest.raises(NotFound, match="no coding that fits these filters waits"):
        split.queue.resolve(filters=Filters(transcripts=("P2",)), withdraw=True)


@pytest.mark.parametrize("name", ["book@1", "book@2"])
def test_there_is_no_queue_of_a_version_that_was_followed(split: Study, dump: Dump, name: str) -> None:
    follow(split, "clarify wait")
    split.queue.resolve(id_of(split, NOBODY), to="hope")
    before = dump(split.path)
    for ask in (split.queue.list, lambda filters: split.queue.resolve(filters=filters, withdraw=True)):
        with pytest.raises(Conflict, match=rf"{name} has been followed by 3: nothing is decided under it any more"):
            ask(Filters(codebook=name))
    assert dump(split.path) == before
    assert len(split.queue.list(Filters(codebook="book@3"))) == 1


def test_whether_a_decision_of_this_coder_can_be_taken_back_is_told(split: Study) -> None:
    assert not split.queue.has_decided()
    split.queue.resolve(id_of(split, NOBODY), to="hope")
    assert split.queue.has_decided()
    with open_study(split.path, coder="ben") as of_ben, open_study(split.path, coder="new") as of_nobody:
        assert not of_ben.queue.has_decided() and not of_nobody.queue.has_decided()
    split.queue.undo()
    assert not split.queue.has_decided()
