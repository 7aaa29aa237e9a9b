"""Codes and codebook versions are found by what a person types."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import Ambiguous, NotFound
from qcode.study.codes import choose_version, find_code
from qcode.study.study import Study, create

OTHER = CodebookVersion(
    "other",
    "2.0",
    (
        Code("wait", "Waiting time"),
        Code("HOPE", "Hope", names=(("ru", "Надежда"),), aliases=("expectation",)),
    ),
)


def key_of(study: Study, name: str, codebook: str | None = None) -> str:
    with study.store.read() as connection:
        found = find_code(connection, name, codebook=codebook)
        return f"{found.version.label}/{found.code.key}"


@pytest.mark.parametrize("typed", ["HOPE", "hope", " Hope ", "EXPECTATION", "надежда"])
def test_a_code_is_found_by_key_alias_and_name_in_any_language(study: Study, typed: str) -> None:
    study.codebooks.add_version(OTHER)
    assert key_of(study, typed) == "other@2.0/HOPE"


def test_a_code_is_found_by_the_beginning_of_its_id(study: Study) -> None:
    study.codebooks.add_version(OTHER)
    assert key_of(study, study.codebooks.show_code("hope").id[:8]) == "other@2.0/HOPE"


def test_a_key_in_two_codebooks_needs_the_codebook(study: Study) -> None:
    study.codebooks.add_version(OTHER)
    with pytest.raises(Ambiguous, match=r"the code 'wait' may be wait \(book\), wait \(other\)"):
        key_of(study, "wait")
    assert key_of(study, "wait", "other") == "other@2.0/wait"


def test_near_keys_are_named(study: Study) -> None:
    with pytest.raises(NotFound, match=r"there is no code 'mony' in book@1; did you mean money?"):
        key_of(study, "mony")


def test_of_several_codebooks_one_has_to_be_named(study: Study) -> None:
    study.codebooks.add_version(OTHER)
    with study.store.read() as connection, pytest.raises(Ambiguous, match="name one: book or other"):
        choose_version(connection, None)


@pytest.mark.parametrize("name", ["other", "OTHER@2.0", "other@ 2.0"])
def test_a_version_is_named_with_or_without_its_number(study: Study, name: str) -> None:
    study.codebooks.add_version(OTHER)
    with study.store.read() as connection:
        assert choose_version(connection, name).label == "other@2.0"


def test_two_studies_that_take_one_codebook_agree_on_its_codes(study: Study, tmp_path: Path) -> None:
    with create(tmp_path / "twin.qcode") as twin:
        for one in (study, twin):
            one.codebooks.add_version(OTHER)
        assert twin.codebooks.show_code("hope").id == study.codebooks.show_code("hope").id
