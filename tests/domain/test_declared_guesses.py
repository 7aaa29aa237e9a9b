"""What probably happened to a code that vanished without a word: another key, or it was retired."""

from __future__ import annotations

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.declared import Adopted, Former, RawChange, adopt
from tests.domain.codebook_strategies import id_of
from tests.domain.three_way_samples import change

FORMER = (Former("z", "Z", "retire", "0.9"),)


def renamed(new: Code, *others: Code, old: tuple[Code, ...] = (), changes: tuple[RawChange, ...] = ()) -> Adopted:
    base = CodebookVersion("demo", "1", old or (Code("A", "one", id="a", definition="d"),))
    return adopt(base, CodebookVersion("demo", "2", (new, *others), changes=changes), former=FORMER, identity=id_of)


@pytest.mark.parametrize(
    "new",
    [
        Code("N", "ONE", definition="d"),
        Code("N", "two", definition="d"),
        Code("N", "One", definition="d", color="#000000"),
    ],
)
def test_a_code_that_vanished_beside_a_new_one_with_its_name_or_definition_was_probably_renamed(new: Code) -> None:
    assert renamed(new).missing == [change("rename", "A", to="N")]


def test_a_code_that_vanished_beside_a_new_one_that_has_its_key_as_an_alias_was_probably_renamed() -> None:
    old = (Code("A", "one", id="a"),)
    assert renamed(Code("N", "two", aliases=("a",)), old=old).missing == [change("rename", "A", to="N")]


def test_two_nameless_codes_are_not_taken_for_the_same() -> None:
    assert renamed(Code("N", ""), old=(Code("A", "", id="a"),)).missing == [change("retire", "A")]


def test_a_heading_is_not_taken_for_a_renamed_code() -> None:
    assert renamed(Code("N", "one", codable=False)).missing == [change("retire", "A")]


def test_a_guessed_rename_comes_with_the_redefinition_that_it_needs() -> None:
    found = renamed(Code("N", "one", definition="e"))
    assert found.missing == [change("rename", "A", to="N"), change("redefine", "N", effect="clarify")]
    assert renamed(Code("N", "one", definition="e"), changes=tuple(found.missing)).problems == []


def test_of_two_codes_that_vanished_one_new_code_is_guessed_for_one() -> None:
    old = (Code("A", "one", id="a"), Code("B", "one", id="b"))
    assert renamed(Code("N", "one"), old=old).missing == [change("rename", "A", to="N"), change("retire", "B")]


def test_a_code_that_another_was_renamed_to_or_that_comes_back_is_not_guessed_again() -> None:
    old = (Code("A", "one", id="a"), Code("B", "one", id="b"))
    assert renamed(Code("N", "one"), old=old, changes=(change("rename", "B", to="N"),)).missing == [
        change("retire", "A")
    ]
    assert renamed(Code("Z", "one"), changes=(change("revive", "Z"),)).missing == [change("retire", "A")]
    assert renamed(Code("Z", "one")).missing == [change("retire", "A"), change("revive", "Z")]
