"""What is told of a draft besides its codes."""

from __future__ import annotations

from qcode.study.draft_facts import Comeback, draft_facts, draft_stamp
from qcode.study.study import Study
from tests.study.next_version import follow


def test_of_a_draft_that_nobody_began_nobody_is_told(study: Study) -> None:
    facts = draft_facts(study.desk, study.drafts.show())
    assert (facts.kept, facts.coder, facts.changed_at, facts.can_undo, facts.former) == (False, "", "", False, ())


def test_who_changed_a_draft_last_is_told_and_that_it_can_be_taken_back(study: Study) -> None:
    study.drafts.add("hope")
    facts = draft_facts(study.desk, study.drafts.show())
    assert (facts.kept, facts.coder, facts.can_undo, facts.changed_at[:2]) == (True, "ana", True, "20")


def test_the_codings_on_each_code_are_counted_those_that_wait_included(study: Study) -> None:
    ids = {code.key: code.id for code in study.codebooks.show().content.codes}
    before = draft_facts(study.desk, study.drafts.show()).codings[ids["trust"]]
    follow(study, "narrow trust")
    assert (before, draft_facts(study.desk, study.drafts.show()).codings[ids["trust"]]) == (2, 2)


def test_what_earlier_versions_and_the_draft_itself_ended_may_come_back(study: Study) -> None:
    ids = {code.key: code.id for code in study.codebooks.show().content.codes}
    follow(study, "merge help, money into HANDS")
    study.drafts.retire("leave")
    former = draft_facts(study.desk, study.drafts.show()).former
    assert former == (
        Comeback("", "leave", "Leave", "retire", ""),
        Comeback(ids["help"], "help", "Help", "merge", "2", ("HANDS",)),
        Comeback(ids["money"], "money", "Money", "merge", "2", ("HANDS",)),
    )


def test_what_the_draft_brings_back_is_not_offered_again(study: Study) -> None:
    follow(study, "retire leave")
    study.drafts.revive("leave")
    assert draft_facts(study.desk, study.drafts.show()).former == ()


def test_the_stamp_stays_as_long_as_nothing_of_the_draft_is_changed(study: Study) -> None:
    first = draft_stamp(study.desk, "book")
    study.code("P1", quote="on the phone", code=["wait"])
    assert draft_stamp(study.desk, "book") == first == draft_facts(study.desk, study.drafts.show()).stamp
    follow(study, "name trust")
    second = draft_stamp(study.desk, "book")
    study.drafts.add("hope")
    assert len({first, second, draft_stamp(study.desk, "book")}) == 3
