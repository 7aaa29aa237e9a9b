"""What each change of a codebook does to the codings made so far: the contract's table of effects, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.study.selection import Filters
from qcode.study.study import Study
from tests.conftest import CODINGS
from tests.study.next_version import follow, stands

BEN_WAITS = ("two hours", "wait", "ben", "settled")


@pytest.fixture(autouse=True)
def _whole(study: Study) -> Iterator[None]:
    """Hold every study of this module against itself when a test is over."""
    yield
    assert study.check() == []


def of(study: Study, *codes: str) -> list[tuple[str, str, str, str]]:
    return [one for one in stands(study) if one[1] in codes]


def waiting(study: Study) -> list[tuple[str, str, str]]:
    return [(item.coding.quote, item.coding.code, item.coding.coder) for item in study.queue.list()]


@pytest.mark.parametrize(
    "said",
    [
        "add hope",
        "add hope under INFLUENCE",
        "move wait under INFLUENCE",
        "move help",
        "reorder all",
        "color wait",
        "name wait",
        "alias wait",
        "brief wait",
        "clarify wait",
        "widen wait",
        "open INFLUENCE",
        "rename INFLUENCE to POWER",
    ],
)
def test_what_leaves_codings_alone_leaves_every_one_as_it_was(study: Study, said: str) -> None:
    before = stands(study)
    done = follow(study, said)
    assert (done.queued, done.moved, waiting(study)) == (0, 0, [])
    assert stands(study) == before


def test_a_rename_of_the_key_lets_codings_stand_under_the_new_key(study: Study) -> None:
    done = follow(study, "rename wait to delay")
    assert (done.queued, done.moved) == (0, 0)
    assert of(study, "delay", "wait") == [("two hours", "delay", "ben", "settled")]


def test_a_key_in_other_letters_is_the_same_code(study: Study) -> None:
    follow(study, "rename wait to WAIT")
    assert of(study, "WAIT") == [("two hours", "WAIT", "ben", "settled")]


def test_a_narrower_code_lets_all_its_codings_wait(study: Study) -> None:
    assert follow(study, "narrow trust").queued == 2
    assert waiting(study) == [("two hours", "trust", "ben"), ("Nobody ever called me back", "trust", "ana")]
    assert len(stands(study)) == CODINGS


def test_a_narrower_code_under_a_new_key_lets_its_codings_wait_there(study: Study) -> None:
    follow(study, "rename wait to delay", "narrow delay")
    assert waiting(study) == [("two hours", "delay", "ben")]


@pytest.mark.parametrize("mark", ["", "+", "!"])
def test_a_split_lets_all_codings_wait_under_the_old_code(study: Study, mark: str) -> None:
    assert follow(study, f"split trust{mark} into hope, fear").queued == 2
    assert waiting(study) == [("two hours", "trust", "ben"), ("Nobody ever called me back", "trust", "ana")]
    assert of(study, "hope", "fear") == []


def test_a_code_that_is_split_and_narrowed_lets_each_coding_wait_once(study: Study) -> None:
    assert follow(study, "narrow trust", "split trust+ into hope, fear").queued == 2
    assert len(study.queue.list()) == 2


def test_a_code_that_becomes_a_heading_lets_its_codings_wait_for_the_codes_below_it(study: Study) -> None:
    done = follow(study, "add now under wait", "add LATER under wait", "add soon under LATER", "heading wait, LATER")
    (item,) = study.queue.list()
    assert (done.queued, item.change, item.candidates, item.kept) == (1, "edit", ("now", "soon"), False)


def test_a_heading_without_codes_below_it_lets_its_codings_go_anywhere(study: Study) -> None:
    follow(study, "heading wait")
    assert study.queue.list()[0].candidates == ("help", "money", "trust", "leave")


def test_a_heading_that_was_one_lets_nothing_wait(study: Study) -> None:
    assert follow(study, "brief INFLUENCE").queued == 0


@pytest.mark.parametrize("target", ["trust", "money", "away"])
def test_a_merge_moves_codings_to_one_of_the_codes_to_another_or_to_a_new_one(study: Study, target: str) -> None:
    done = follow(study, f"merge trust, leave into {target}")
    moved = {("two hours", "ben"), ("Nobody ever called me back", "ana"), ("stopped asking", "ben")}
    assert {(quote, coder) for quote, _, coder, _ in of(study, target)} >= moved
    assert (done.queued, done.moved) == (0, 1 if target == "trust" else 3)
    assert (waiting(study), len(stands(study))) == ([], CODINGS)


def test_exact_doubles_become_one(study: Study) -> None:
    assert follow(study, "merge wait, trust into delay").moved == 3
    assert of(study, "delay") == [
        ("Nobody ever called me back", "delay", "ana", "settled"),
        ("two hours", "delay", "ben", "settled"),
    ]


def test_exact_doubles_become_one_where_the_target_has_the_segment_already(study: Study) -> None:
    follow(study, "merge wait into trust")
    assert of(study, "trust").count(("two hours", "trust", "ben", "settled")) == 1


def test_codings_of_different_coders_stay_two(study: Study) -> None:
    study.code("P1", quote="two hours", code="trust", coder="ana")
    follow(study, "merge wait, trust into delay")
    assert [coder for quote, _, coder, _ in of(study, "delay") if quote == "two hours"] == ["ana", "ben"]


@pytest.mark.parametrize("quote", ["two hours on", "hours", "waited two hours"])
def test_codings_of_different_spans_stay_two(study: Study, quote: str) -> None:
    study.code("P1", quote=quote, code="leave", coder="ben")
    follow(study, "merge leave into wait")
    assert {one[0] for one in of(study, "wait")} == {quote, "two hours", "stopped asking"}


def test_a_merge_ends_the_waiting_of_what_it_moves(study: Study) -> None:
    follow(study, "narrow trust")
    follow(study, "merge trust into leave")
    assert waiting(study) == []
    assert ("two hours", "leave", "ben", "settled") in stands(study)


def test_what_waits_on_the_target_of_a_merge_waits_on(study: Study) -> None:
    follow(study, "narrow trust")
    follow(study, "merge leave into trust")
    assert len(waiting(study)) == 2
    assert ("stopped asking", "trust", "ben", "settled") in stands(study)


def test_codings_that_a_split_left_under_a_lost_key_are_not_moved_by_later_merges(study: Study) -> None:
    follow(study, "split trust into hope, fear")
    assert follow(study, "merge hope, fear, wait into mood").moved == 1
    assert [code for _, code, _ in waiting(study)] == ["trust", "trust"]


def test_two_merges_one_after_the_other_lead_to_the_last_code(study: Study) -> None:
    follow(study, "merge wait into trust")
    follow(study, "merge trust into leave")
    assert ("two hours", "leave", "ben", "settled") in stands(study)
    assert len(stands(study)) == CODINGS - 1


def test_a_retired_code_is_not_listed_and_not_counted(study: Study) -> None:
    done = follow(study, "retire trust")
    assert (done.queued, done.moved, waiting(study)) == (0, 0, [])
    assert "trust" not in [one.code for one in study.codings.list()]
    document = study.cooccurrence(count="hits").to_json()
    assert "trust" not in document["codes"]
    assert sum(row[n] for n, row in enumerate(document["matrix"])) == CODINGS - 2
    assert document["pending_left_out"] == {}


def test_codings_of_a_retired_code_are_listed_as_frozen_among_the_ended_ones(study: Study) -> None:
    follow(study, "retire trust")
    assert {status for _, _, _, status in of(study, "trust")} == {"frozen"}
    assert len(stands(study)) == CODINGS


def test_a_revived_code_brings_its_codings_back_with_their_identity(study: Study) -> None:
    before = {one.id: one for one in study.codings.list()}
    was = study.codebooks.show_code("trust").id
    follow(study, "retire trust")
    follow(study, "add hope")
    follow(study, "revive trust")
    assert {one.id: one for one in study.codings.list()} == before
    assert study.codebooks.show_code("trust").id == was


def test_codings_that_waited_when_their_code_was_retired_wait_again_when_it_is_back(study: Study) -> None:
    follow(study, "narrow trust")
    follow(study, "retire trust")
    assert (waiting(study), study.status().pending) == ([], 0)
    follow(study, "revive trust")
    assert (len(waiting(study)), study.status().pending) == (2, 2)


def test_a_code_that_was_merged_away_comes_back_without_its_codings(study: Study) -> None:
    was = study.codebooks.show_code("trust").id
    follow(study, "merge trust into leave")
    follow(study, "revive trust")
    assert (study.codebooks.show_code("trust").id, of(study, "trust")) == (was, [])
    assert len(of(study, "leave")) == 3


def test_a_code_that_a_split_took_out_comes_back_with_what_still_waits(study: Study) -> None:
    follow(study, "split trust into hope, fear")
    follow(study, "revive trust")
    assert [item.kept for item in study.queue.list()] == [True, True]


def test_a_code_that_is_revived_as_a_heading_lets_its_codings_wait(study: Study) -> None:
    follow(study, "retire trust")
    follow(study, "revive trust!", "add hope under trust")
    assert len(waiting(study)) == 2


def test_withdrawn_codings_are_not_carried(study: Study) -> None:
    gone = next(one for one in study.codings.list() if one.code == "wait")
    study.codings.withdraw(gone.id)
    assert follow(study, "merge wait into delay").moved == 0
    assert ("two hours", "wait", "ben", "withdrawn") in stands(study)


def test_a_plan_counts_what_each_change_touches_and_says_what_happens(study: Study) -> None:
    done = follow(study, "split trust into hope, fear", "merge wait, leave into away", "retire help", "narrow money")
    told = {one.told.change: (one.codings, one.transcripts, one.happens) for one in done.plan}
    assert told == {
        "split": (2, 1, "wait: allocate to hope or fear or withdraw"),
        "merge": (2, 1, "move to away; exact doubles become one"),
        "retire": (1, 1, "are frozen"),
        "redefine": (2, 1, "wait: keep, move or withdraw"),
    }
    assert (done.queued, done.moved) == (4, 2)


def test_a_following_version_is_one_act_with_counts_and_no_words(study: Study) -> None:
    before = len(study.history())
    follow(study, "split trust into hope, fear", "merge wait, leave into away")
    (act,) = study.history()[before:]
    details = json.loads(act.details)
    assert (act.act, act.version) == ("codebook.follow", "book@2")
    assert {name: details[name] for name in ("changes", "queued", "moved")} == {"changes": 2, "queued": 2, "moved": 2}
    assert details["sha256"] == study.codebooks.show("book@2").content.sha256


def test_codings_of_another_codebook_are_not_touched(study: Study) -> None:
    study.codebooks.add_version(CodebookVersion("other", "1", (Code("wait", "Wait"),)))
    study.codings.add("P1", "wait", quote="phone", codebook="other")
    follow(study, "narrow wait")
    assert [item.coding.codebook for item in study.queue.list()] == ["book"]
    assert [one.status for one in study.codings.list(Filters(codebook="other"))] == ["settled"]


def test_a_plan_says_how_many_codings_a_merge_takes_out_of_the_queue(study: Study) -> None:
    follow(study, "narrow wait")
    done = follow(study, "merge wait, leave into away")
    assert next(one.happens for one in done.plan if one.told.change == "merge").endswith("; 1 of them wait no more")
