"""A draft as a text: edited, refused, published, and carried by its file into another study."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import BadCodebook, Conflict
from qcode.interchange import codebook_yaml
from qcode.study.study import Study, create
from tests.conftest import Dump
from tests.study.draft_acts import ACTS, publish, said
from tests.study.next_version import next_version


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("codebook: book", "codebook: other", "the draft is of book, and the text says other"),
        ('follows: "1"', 'follows: "0"', "the draft follows 1, and the text says 0"),
        ('version: "2"', 'version: "1"', "book has a version 1 already"),
        ("code: wait", "code: trust", "two codes have this key"),
        ("code: wait", "code: waits", "wait is in 1 and not here, which no change declares"),
        ("codes:", "cods:", "cods"),
    ],
)
def test_an_edited_text_that_is_no_draft_is_refused(study: Study, dump: Dump, old: str, new: str, why: str) -> None:
    text, before = study.drafts.text(), dump(study.path)
    assert old in text
    with pytest.raises((BadCodebook, Conflict), match=why):
        study.drafts.replace(text.replace(old, new, 1))
    assert dump(study.path) == before


def test_an_edited_text_says_what_a_form_cannot(study: Study) -> None:
    text = study.drafts.text().replace('follows: "1"', "title: Другое").replace("name: Wait", "name: Warten")
    assert said(study.drafts.replace(text)) == [("name", "stand")]
    assert publish(study) == "2"
    assert (study.codebooks.show().row.title, study.codebooks.show().content.follows) == ("Другое", ("1",))


def test_a_text_is_refused_where_someone_changed_the_draft_in_the_meantime(study: Study) -> None:
    was = study.drafts.text()
    study.drafts.retire("leave")
    with pytest.raises(Conflict, match="the draft was changed by someone else in the meantime"):
        study.drafts.replace(was.replace("name: Wait", "name: Warten"), was=was)
    assert not study.drafts.show().changes_nothing


def test_what_is_published_comes_into_another_study_by_its_files(study: Study, tmp_path: Path) -> None:
    for act in ("add", "split", "merge", "redefine"):
        ACTS[act](study)
    publish(study, note="первая")
    study.drafts.retire("leave", why="никто")
    study.drafts.rename("wait", "ОЖИДАНИЕ", name="等待")
    publish(study, version="2.1")
    study.drafts.revive("leave", under="INFLUENCE")
    publish(study)
    with create(tmp_path / "other.qcode") as other:
        for row, _ in study.codebooks.list():
            file = tmp_path / f"{row.version}.yaml"
            file.write_bytes(study.codebooks.export(f"book@{row.version}"))
            other.codebooks.add(file)
            assert other.codebooks.export(f"book@{row.version}") == file.read_bytes()
        both = [[(row.version, row.sha256) for row, _ in one.codebooks.list()] for one in (study, other)]
        ids = [{code.key: code.id for code in one.codebooks.show().content.codes} for one in (study, other)]
        assert (both[0], ids[0]) == (both[1], ids[1])
        assert study.check() == other.check() == []


def test_a_draft_is_a_file_that_can_be_imported(study: Study, tmp_path: Path) -> None:
    ACTS["split"](study)
    text = study.drafts.text()
    study.drafts.discard()
    assert study.codebooks.add_version(codebook_yaml.read(text, "mine.yaml")).version == "2"
    assert next_version(study.codebooks.show().content, "add more").version == "3"
