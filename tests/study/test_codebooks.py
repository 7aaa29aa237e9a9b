"""Codebooks come into a study once, and a used version never changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import BadCodebook, Conflict, NotFound, Unreadable
from qcode.study.study import Study, create
from tests.conftest import Dump

BOOK = CodebookVersion("hopes", "1.0", (Code("HOPE", "Hope"), Code("FEAR", "Fear", parent="HOPE")), title="Hopes")


def test_a_version_comes_back_as_it_was_taken(study: Study) -> None:
    study.codebooks.add_version(BOOK)
    kept = study.codebooks.show("hopes").content
    assert replace(kept, codes=tuple(replace(code, id="") for code in kept.codes)) == BOOK


def test_the_same_version_again_is_known(study: Study, dump: Dump) -> None:
    study.codebooks.add_version(BOOK)
    before = dump(study.path)
    assert study.codebooks.add_version(BOOK).known
    assert dump(study.path) == before


def test_the_same_version_with_other_content_is_refused(study: Study) -> None:
    study.codebooks.add_version(BOOK)
    study.code("P1", start=5, end=9, code=BOOK.codes[-1].key)
    with pytest.raises(Conflict, match="a version never changes once it is used"):
        study.codebooks.add_version(replace(BOOK, title="Other"))


def test_a_version_that_no_coding_uses_is_replaced_and_that_is_told(study: Study) -> None:
    study.codebooks.add_version(BOOK)
    study.codebooks.add_version(replace(BOOK, title="Other"))
    assert study.codebooks.show(BOOK.codebook).content.title == "Other"
    assert study.remarks == [f"{BOOK.codebook}@{BOOK.version} was replaced; no coding used it"]
    assert study.check() == []


def test_a_version_with_another_number_follows_the_newest(study: Study) -> None:
    study.codebooks.add_version(BOOK)
    assert study.codebooks.add_version(replace(BOOK, version="99")).follows == BOOK.version


def test_a_dry_run_changes_nothing(study: Study, dump: Dump) -> None:
    before = dump(study.path)
    assert study.codebooks.add_version(BOOK, dry_run=True).codes == 2
    assert dump(study.path) == before


def test_an_export_is_taken_by_another_study_as_the_same_version(study: Study, tmp_path: Path) -> None:
    study.codebooks.add_version(BOOK)
    file = tmp_path / "hopes.yaml"
    file.write_bytes(study.codebooks.export("hopes"))
    with create(tmp_path / "twin.qcode") as twin:
        twin.codebooks.add(file)
        assert twin.codebooks.export() == study.codebooks.export("hopes")


def test_a_codebook_that_breaks_a_rule_is_refused_with_its_list(study: Study, tmp_path: Path, dump: Dump) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text('codebook: b\nversion: "1"\ncodes:\n  - code: A\n    name: A\n    color: red\n', encoding="utf-8")
    before = dump(study.path)
    with pytest.raises(BadCodebook, match=r"bad\.yaml, line 4, A: the color 'red' is none"):
        study.codebooks.add(file)
    assert dump(study.path) == before


def test_a_codebook_that_is_not_there_is_refused(study: Study, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="there is no file"):
        study.codebooks.add(tmp_path / "none.yaml")


def test_a_study_without_codebook_says_what_to_type(tmp_path: Path) -> None:
    with create(tmp_path / "a.qcode") as study, pytest.raises(NotFound, match=r"type: qcode codebook import FILE.yaml"):
        study.codebooks.show()
