"""The next version of a codebook is written step by step, by several people, and published under the same rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from qcode.errors import Ambiguous, BadCodebook, BadValue, Conflict, NotFound
from qcode.study.drafts import Draft
from qcode.study.study import Study, create
from qcode.study.study import open as open_study
from tests.conftest import Dump
from tests.study.draft_acts import ACTS, TERMS, code, publish, said, tree
from tests.study.next_version import stands


def test_a_draft_begins_as_the_newest_version_with_the_next_number(study: Study, dump: Dump) -> None:
    before = dump(study.path)
    draft = study.drafts.show()
    assert (draft.label, draft.base.label, draft.changes_nothing) == ("book@2", "book@1", True)
    assert draft.content.codes == tuple(replace(one, id="") for one in study.codebooks.show().content.codes)
    assert dump(study.path) == before


def test_nothing_happens_to_the_codings_before_it_is_published(study: Study) -> None:
    before = stands(study)
    study.drafts.split("trust", ["hope", "fear"])
    assert stands(study) == before
    assert study.codebooks.show().label == "book@1"
    done = study.drafts.publish(note="two things")
    assert (done.version, done.follows, done.queued, done.moved) == ("2", "1", 2, 0)
    assert [one[3] for one in stands(study) if one[1] == "trust"] == ["pending", "pending"]
    assert study.codebooks.show().row.note == "two things"
    assert study.check() == []


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_kept_published_and_read_again(study: Study, act: str) -> None:
    draft = ACTS[act](study)
    assert not draft.changes_nothing
    assert study.drafts.show() == draft
    assert publish(study) == "2"
    published = study.codebooks.show().content
    assert replace(published, codes=()) == replace(draft.content, codes=())
    assert [replace(one, id="") for one in published.codes] == list(draft.content.codes)
    assert study.check() == []


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_undone_and_done_again(study: Study, act: str) -> None:
    begun = study.drafts.redefine("money", brief="begun")
    done = ACTS[act](study)
    assert study.drafts.undo() == begun
    assert study.drafts.undo() == done


def test_a_draft_that_was_undone_to_nothing_is_not_published(study: Study, dump: Dump) -> None:
    study.drafts.retire("leave")
    assert study.drafts.undo().changes_nothing
    before = dump(study.path)
    with pytest.raises(Conflict, match="the draft changes nothing yet"):
        study.drafts.publish()
    assert dump(study.path) == before


def test_without_a_change_there_is_nothing_to_undo_publish_or_discard(study: Study) -> None:
    with pytest.raises(NotFound, match="no change of the draft to take back"):
        study.drafts.undo()
    with pytest.raises(Conflict, match="changes nothing yet"):
        study.drafts.publish()
    assert not study.drafts.discard()


def test_a_discarded_draft_is_gone(study: Study) -> None:
    study.drafts.retire("leave")
    assert study.drafts.discard()
    assert study.drafts.show().changes_nothing


def test_a_draft_is_gone_when_it_is_published(study: Study) -> None:
    study.drafts.retire("leave")
    publish(study)
    assert (study.drafts.show().label, study.drafts.show().changes_nothing) == ("book@3", True)
    with pytest.raises(NotFound):
        study.drafts.undo()


@pytest.mark.parametrize("name", ["trust", "TRUST", " Trust ", "confidence", "доверие"])
def test_a_code_is_found_by_its_key_an_alias_or_a_name(study: Study, name: str) -> None:
    study.drafts.redefine("trust", more={"aliases": ("confidence",)}, names=(("ru", "Доверие"),))
    assert [one.told.codes for one in study.drafts.retire(name).planned] == [("trust",)]


def test_a_name_that_two_codes_have_is_ambiguous(study: Study) -> None:
    study.drafts.rename("wait", name="Trust and wait")
    study.drafts.rename("leave", name="Trust and wait")
    with pytest.raises(Ambiguous, match="'trust and WAIT' may be wait or leave; type the key"):
        study.drafts.retire("trust and WAIT")


def test_a_code_that_is_not_there_is_refused_with_near_ones(study: Study) -> None:
    with pytest.raises(NotFound, match="there is no code 'trusts' in the draft; did you mean trust"):
        study.drafts.retire("trusts")


def test_places_are_named_by_alias_and_name_too(study: Study) -> None:
    study.drafts.redefine("help", more={"aliases": ("aid",)})
    assert tree(study.drafts.add("hope", after="aid"))[:4] == ["INFLUENCE", ".help", ".hope", ".money"]
    assert tree(study.drafts.move("trust", under="influence", before="Help"))[:2] == ["INFLUENCE", ".trust"]


def test_a_code_is_moved_beside_another_wherever_that_stands(study: Study) -> None:
    assert tree(study.drafts.move_beside("trust", after="help"))[:3] == ["INFLUENCE", ".help", ".trust"]
    assert tree(study.drafts.move_beside("help", before="INFLUENCE"))[:2] == ["help", "INFLUENCE"]
    with pytest.raises(NotFound, match="there is no code 'nowhere'"):
        study.drafts.move_beside("trust", before="nowhere")


def test_what_a_draft_took_out_is_told_by_what_became_of_it(study: Study) -> None:
    study.drafts.retire("leave")
    study.drafts.merge(["help", "money"], "HANDS")
    with pytest.raises(NotFound, match="leave is retired in this draft; revive it"):
        study.drafts.rename("leave", "go")
    with pytest.raises(Conflict, match="leave is retired in this draft; choose another key, or revive it"):
        study.drafts.add("leave")
    with pytest.raises(Conflict, match="help is an alias of HANDS"):
        study.drafts.add("help")


def test_examples_aliases_and_terms_are_added_to_those_that_are_there(study: Study) -> None:
    study.drafts.redefine("trust", more={"examples": ("one",), "aliases": ("faith",), "terms": TERMS})
    more = {"examples": ("two", "one"), "terms": (("ru", ("вера", "верить")), ("en", ("trust",)))}
    found = code(study.drafts.redefine("trust", more=more), "trust")
    assert found.examples == ("one", "two")
    assert found.aliases == ("faith",)
    assert found.terms == (("ru", ("доверие", "верить", "вера")), ("zh", ("信任",)), ("en", ("trust",)))


def test_a_part_is_emptied(study: Study) -> None:
    study.drafts.redefine("trust", when="now", effect="clarify")
    draft = study.drafts.redefine("trust", when="", brief="", effect="widen")
    assert (code(draft, "trust").when, draft.changes_nothing) == ("", True)


def test_a_definition_that_is_as_it_was_declares_nothing(study: Study) -> None:
    draft = study.drafts.redefine("trust", definition="", effect="narrow")
    assert (draft.content.changes, draft.changes_nothing) == ((), True)


def test_of_two_effects_the_stronger_holds(study: Study) -> None:
    study.drafts.redefine("trust", definition="one", effect="narrow")
    assert said(study.drafts.redefine("trust", when="now", effect="clarify")) == [
        ("redefine", "wait: keep, move or withdraw")
    ]


@pytest.mark.parametrize("effect", ["", "sharpen"])
def test_a_definition_needs_an_effect(study: Study, dump: Dump, effect: str) -> None:
    before = dump(study.path)
    with pytest.raises(BadValue, match="there is no effect"):
        study.drafts.redefine("trust", definition="one", effect=effect)
    assert dump(study.path) == before


def test_a_retired_code_comes_back_with_its_identity_and_codings(study: Study) -> None:
    before, id = stands(study), study.codebooks.show_code("leave").id
    study.drafts.retire("leave")
    publish(study)
    assert len(before) - len(stands(study, withdrawn=False)) == 1
    draft = study.drafts.revive("Leave", under="INFLUENCE", why="needed again")
    assert (code(draft, "leave").parent, said(draft)) == ("INFLUENCE", [("revive", "are back")])
    publish(study)
    assert (study.codebooks.show_code("leave").id, stands(study)) == (id, before)


@pytest.mark.parametrize("name", ["help", "HELP", "Help", "aid"])
def test_a_merged_code_comes_back_by_its_key_name_or_alias_as_it_was(study: Study, name: str) -> None:
    study.drafts.redefine("help", brief="as it was", more={"aliases": ("aid",)})
    publish(study)
    id = study.codebooks.show_code("help").id
    study.drafts.merge(["help", "money"], "HANDS")
    publish(study)
    draft = study.drafts.revive(name)
    assert (code(draft, "help").brief, code(draft, "help").parent) == ("as it was", "INFLUENCE")
    assert code(draft, "HANDS").aliases == ("aid", "money")
    publish(study)
    assert study.codebooks.show_code("help").id == id


def test_a_code_comes_back_by_the_beginning_of_its_id(study: Study) -> None:
    id = study.codebooks.show_code("leave").id
    study.drafts.retire("leave")
    publish(study)
    assert "leave" in tree(study.drafts.revive(id[:8]))


def test_what_was_never_there_cannot_come_back(study: Study) -> None:
    with pytest.raises(NotFound, match="no version before book@1 had a code 'ghost'"):
        study.drafts.revive("ghost")
    with pytest.raises(Conflict, match="trust is in the draft already"):
        study.drafts.revive("trust")


FORMER: dict[str, Callable[[Study], Draft]] = {
    "add": lambda s: s.drafts.add("Leave"),
    "rename": lambda s: s.drafts.rename("wait", "leave"),
    "split": lambda s: s.drafts.split("wait", ["leave", "later"]),
    "merge": lambda s: s.drafts.merge(["help", "wait"], "leave"),
}


@pytest.mark.parametrize("act", FORMER)
def test_the_key_of_a_code_that_ended_is_refused_with_the_way_to_bring_it_back(study: Study, act: str) -> None:
    study.drafts.retire("leave")
    publish(study)
    with pytest.raises(Conflict, match="leave was retired in 2; bring it back with: qcode codebook revive leave, or"):
        FORMER[act](study)
    assert study.drafts.show().changes_nothing


def test_a_draft_is_gone_on_with_by_another_coder(study: Study) -> None:
    study.drafts.retire("leave", why="nobody")
    with open_study(study.path, coder="ben") as ben:
        assert len(ben.drafts.rename("wait", "waiting").planned) > 1
        assert publish(ben) == "2"
    assert [one.coder for one in study.codebooks.log()] == ["ana", "ben"]
    assert study.drafts.show().label == "book@3"


def test_a_number_and_a_note_are_given_when_it_is_published(study: Study) -> None:
    study.drafts.retire("leave")
    study.drafts.replace(study.drafts.text().replace('version: "2"', 'version: "2.5"\nnote: said in the text'))
    dry = study.drafts.publish(dry_run=True)
    assert (dry.version, study.codebooks.show().label) == ("2.5", "book@1")
    assert publish(study, version=" 3.0 ") == "3.0"
    assert study.codebooks.show().row.note == "said in the text"


@pytest.mark.parametrize(
    ("number", "why"), [("1", "has a version 1 already"), ("a@b", "it has an @"), ("a,b", "no comma")]
)
def test_a_number_that_is_taken_or_none_is_refused(study: Study, dump: Dump, number: str, why: str) -> None:
    study.drafts.retire("leave")
    before = dump(study.path)
    with pytest.raises((Conflict, BadCodebook), match=why):
        study.drafts.publish(version=number)
    assert dump(study.path) == before


def test_a_publication_that_is_only_looked_at_tells_how_many_codings_it_would_queue_and_move(study: Study) -> None:
    study.drafts.split("trust", ["hope", "fear"])
    study.drafts.merge(["help", "money"], "hands")
    dry = study.drafts.publish(dry_run=True)
    done = study.drafts.publish()
    assert (dry.queued, dry.moved) == (done.queued, done.moved) == (2, 3)


def test_each_codebook_has_a_draft_of_its_own(study: Study) -> None:
    study.codebooks.add("generic-interview")
    with pytest.raises(Ambiguous, match="this study holds 2 codebooks; name one"):
        study.drafts.retire("leave")
    study.drafts.retire("leave", codebook="book")
    study.drafts.retire("EMOTION", codebook="GENERIC-interview")
    assert publish(study, codebook="book") == "2"
    assert study.drafts.show("generic-interview").label == "generic-interview@1.1"
    assert publish(study, codebook="generic-interview") == "1.1"


def test_without_a_codebook_there_is_no_draft(tmp_path: Path) -> None:
    with create(tmp_path / "s.qcode") as study, pytest.raises(NotFound, match="this study has no codebook yet"):
        study.drafts.add("A")
