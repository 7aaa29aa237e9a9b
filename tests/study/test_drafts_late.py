"""A version that comes while a draft is written makes it too late: it is read, discarded, joined by its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import Conflict
from qcode.study.drafts import Draft
from qcode.study.study import Study, create
from tests.conftest import Dump
from tests.study.draft_acts import publish
from tests.study.joined_lines import beside
from tests.study.next_version import follow


def outdated(study: Study, number: str) -> Draft:
    """Let a version come while a draft is being written."""
    draft = study.drafts.rename("wait", "waiting")
    follow(study, "add hope", number=number)
    return draft


@pytest.mark.parametrize("number", ["2", "7"])
def test_a_draft_that_came_too_late_can_only_be_read_or_discarded(study: Study, dump: Dump, number: str) -> None:
    draft = outdated(study, number)
    before = dump(study.path)
    assert study.drafts.show().content == draft.content
    acts = (
        lambda: study.drafts.retire("leave"),
        lambda: study.drafts.undo(),
        lambda: study.drafts.publish(),
        lambda: study.drafts.publish(dry_run=True, version="9"),
        lambda: study.drafts.replace(study.drafts.text()),
    )
    for act in acts:
        with pytest.raises(Conflict, match=f"follows book@1, and the study is at {number} by now; write it to a file"):
            act()
    assert dump(study.path) == before


@pytest.mark.parametrize("number", ["2", "7"])
def test_a_draft_that_came_too_late_is_joined_by_way_of_a_file(study: Study, tmp_path: Path, number: str) -> None:
    outdated(study, number)
    file = tmp_path / "mine.yaml"
    file.write_text(study.drafts.text(), encoding="utf-8")
    assert study.drafts.discard()
    assert study.codebooks.merge(file).done
    keys = {one.key for one in study.codebooks.show().content.codes}
    assert {"hope", "waiting"} <= keys
    assert study.check() == []


def test_a_draft_that_came_too_late_and_changes_nothing_is_none(study: Study) -> None:
    study.drafts.rename("wait", "waiting")
    study.drafts.undo()
    follow(study, "add hope")
    assert study.drafts.show().base.label == "book@2"
    assert study.drafts.retire("leave").label == "book@3"


def test_a_first_version_that_a_draft_follows_is_not_replaced(tmp_path: Path) -> None:
    codes = (Code("A", "Aa"), Code("B", "Bb"))
    with create(tmp_path / "s.qcode") as study:
        study.codebooks.add_version(CodebookVersion("book", "1.0", codes))
        study.drafts.rename("A", "AA")
        with pytest.raises(Conflict, match=r"a draft follows book@1\.0, which would be replaced; write it to a file"):
            study.codebooks.add_version(CodebookVersion("book", "1.0", codes[:1]))
        assert publish(study) == "1.1"


def test_a_draft_gets_a_number_that_no_version_has(study: Study) -> None:
    file = beside(study, "add hope", number="4")
    follow(study, "add fear")
    study.codebooks.merge(file)
    assert study.drafts.retire("leave").label == "book@5"
    assert publish(study) == "5"
