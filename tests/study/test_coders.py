"""The people who code."""

from __future__ import annotations

import pytest

from qcode.errors import BadValue, Conflict, NotFound
from qcode.study.study import Study
from tests.conftest import CODINGS


def names(study: Study) -> list[tuple[str, int]]:
    return [(coder.name, n) for coder, n in study.coders.list()]


def test_coders_are_listed_with_the_codings_that_stand(study: Study) -> None:
    study.codings.withdraw(study.codings.list()[0].id)
    assert names(study) == [("ana", 2), ("ben", CODINGS - 3)]


def test_a_coder_is_added_once(study: Study) -> None:
    assert study.coders.add("Zoe").id == study.coders.add("ZOE").id


@pytest.mark.parametrize("name", ["", " ", "a\nb"])
def test_a_coder_without_a_name_that_can_be_typed_is_refused(study: Study, name: str) -> None:
    with pytest.raises(BadValue, match="the name of a coder"):
        study.coders.add(name)


def test_a_new_name_changes_no_coding(study: Study) -> None:
    study.coders.rename("ben", "Benedikt")
    assert names(study) == [("ana", 2), ("Benedikt", CODINGS - 2)]


def test_a_name_that_is_taken_is_refused(study: Study) -> None:
    with pytest.raises(Conflict, match="there is a coder 'ANA' already"):
        study.coders.rename("ben", "ANA")


def test_an_unknown_coder_is_refused(study: Study) -> None:
    with pytest.raises(NotFound, match="there is no coder 'zoe'"):
        study.coders.rename("zoe", "z")


def test_the_default_coder_follows_a_new_name(study: Study) -> None:
    study.coders.rename("ana", "Ana B.")
    assert study.code("P1", quote="on the phone", code="wait")[0].coder == "Ana B."


def test_the_default_coder_acts_where_nobody_is_named(study: Study) -> None:
    assert study.coders.make_default("ben").name == "ben"
    assert study.code("P1", quote="on the phone", code="wait")[0].coder == "ben"


def test_a_new_name_becomes_coder_and_default_coder(study: Study) -> None:
    study.coders.make_default("Zoe")
    assert (study.status().default_coder, ("Zoe", 0) in names(study)) == ("Zoe", True)


def test_who_is_the_default_coder_already_stays_it_without_an_act(study: Study) -> None:
    study.coders.make_default("ANA")
    assert study.status().default_coder == "ana"
    assert "coder.default" not in [entry.act for entry in study.history()]


def test_the_one_who_becomes_default_coder_did_it(study: Study) -> None:
    ben = study.coders.make_default("ben")
    assert [(entry.coder, entry.act) for entry in study.history()][-1] == (ben.id, "coder.default")
