"""The entry of a code in a draft is saved whole, or not at all."""

from __future__ import annotations

import pytest

from qcode.errors import BadValue, Conflict, NotFound
from qcode.study.draft_entry import save_entry
from qcode.study.study import Study
from tests.study.next_version import follow


def test_key_name_and_rules_are_changed_in_one_step(study: Study) -> None:
    fields = {"key": "faith", "name": "Вера", "when": "Always.", "terms": (("ru", ("вера",)),)}
    draft = save_entry(study.desk, "trust", fields, was={"key": "trust"}, effect="widen", why="agreed")
    code = draft.content.by_key["faith"]
    assert (code.name, code.when, code.terms, code.aliases) == ("Вера", "Always.", (("ru", ("вера",)),), ("trust",))
    assert {one.told.change for one in draft.planned} == {"rename", "name", "redefine", "edit"}
    assert {one.told.why for one in draft.planned if one.told.change in ("rename", "redefine")} == {"agreed"}
    assert study.drafts.undo().planned == ()


def test_where_one_field_cannot_be_none_is_changed(study: Study) -> None:
    with pytest.raises(Conflict, match="wait is in the draft already"):
        save_entry(study.desk, "trust", {"name": "Faith", "key": "wait"}, was={})
    assert study.drafts.show().changes_nothing


def test_a_field_that_is_another_by_now_is_not_written_over(study: Study) -> None:
    study.drafts.redefine("trust", brief="new")
    with pytest.raises(Conflict, match="brief of trust was changed in the meantime"):
        save_entry(study.desk, "trust", {"brief": "mine"}, was={"brief": ""})


def test_another_meaning_needs_an_effect_unless_the_code_is_new(study: Study) -> None:
    with pytest.raises(BadValue, match="what that means for its codings is not said"):
        save_entry(study.desk, "trust", {"when_not": "Never."}, was={})
    study.drafts.add("hope")
    draft = save_entry(study.desk, "hope", {"when_not": "Never."}, was={})
    assert [one.told.change for one in draft.planned] == ["add"]


def test_an_effect_is_kept_only_where_the_meaning_is_another(study: Study) -> None:
    draft = save_entry(study.desk, "trust", {"brief": "short"}, was={}, effect="narrow")
    assert [one.happens for one in draft.planned] == ["stand"]


def test_fields_that_are_as_they_were_are_no_change(study: Study) -> None:
    with pytest.raises(BadValue, match="nothing of trust is changed"):
        save_entry(study.desk, "trust", {"name": "Trust"}, was={})


def test_a_code_that_ended_in_the_draft_is_told_with_what_became_of_it(study: Study) -> None:
    study.drafts.retire("help")
    with pytest.raises(NotFound, match="help is retired in this draft; revive it"):
        save_entry(study.desk, "help", {"brief": "x"}, was={})


def test_the_key_of_a_code_that_ended_before_is_refused(study: Study) -> None:
    follow(study, "retire leave")
    with pytest.raises(Conflict, match="leave was retired in 2"):
        save_entry(study.desk, "trust", {"key": "leave"}, was={})


def test_a_draft_that_came_too_late_takes_no_entry(study: Study) -> None:
    study.drafts.add("hope")
    follow(study, "retire leave")
    with pytest.raises(Conflict, match="the study is at 2 by now"):
        save_entry(study.desk, "hope", {"brief": "x"}, was={})


def test_marks_in_vivo_follow_a_code_that_gets_another_key(study: Study) -> None:
    study.in_vivo.add("P1", quote="two hours", key="hours")
    save_entry(study.desk, "hours", {"key": "long"}, was={})
    assert [(one.key, one.lost) for one in study.in_vivo.list()] == [("long", False)]
