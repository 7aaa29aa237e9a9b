"""How conflicts are settled: by name, by code, or all; and what is refused."""

from __future__ import annotations

import pytest

from qcode.domain.three_way import Conflict
from qcode.domain.three_way_conflicts import Settling
from qcode.errors import BadValue
from tests.domain.three_way_samples import book, having, merged

NAME = Conflict("A", "id:a", "name", "was", "ours", "theirs")


def choose(settle: dict[str, str]) -> str:
    return Settling(settle).choose(NAME, "ours'", "theirs'", str)


@pytest.mark.parametrize(
    ("settle", "chosen"),
    [
        ({}, "ours'"),
        ({"A.name": "ours"}, "ours'"),
        ({" a.NAME ": " Theirs "}, "theirs'"),
        ({"a": "theirs"}, "theirs'"),
        ({"*": "theirs"}, "theirs'"),
        ({"": "theirs"}, "theirs'"),
        ({"*": "theirs", "A": "ours"}, "ours'"),
        ({"A": "theirs", "A.name": "ours"}, "ours'"),
        ({"A.name": "own words"}, "own words"),
    ],
)
def test_what_is_said_more_closely_holds(settle: dict[str, str], chosen: str) -> None:
    assert choose(settle) == chosen


def test_what_nobody_settled_stays_open() -> None:
    settling = Settling({"B": "ours"})
    settling.choose(NAME, 1, 2)
    assert settling.open == {"A.name": NAME}


@pytest.mark.parametrize("settle", [{"A": "words"}, {"*": "words"}])
def test_own_words_settle_one_field_only(settle: dict[str, str]) -> None:
    with pytest.raises(BadValue, match="own words settle one field"):
        choose(settle)


def test_own_words_settle_texts_only() -> None:
    with pytest.raises(BadValue, match="cannot be settled in own words; say ours or theirs"):
        Settling({"A.name": "words"}).choose(NAME, 1, 2)


def test_one_thing_is_settled_in_one_way() -> None:
    with pytest.raises(BadValue, match="is settled in two ways"):
        Settling({"A.name": "ours", "a.name": "theirs"})


BASE = book("A", "B")
OURS, THEIRS = (having(BASE, "A", name=name) for name in ("x", "y"))


@pytest.mark.parametrize("name", ["B", "A.brief", "N.name"])
def test_what_is_not_in_conflict_cannot_be_settled(name: str) -> None:
    with pytest.raises(BadValue, match=f"{name} is not in conflict; in conflict: A.name"):
        merged(BASE, OURS, THEIRS, {name: "ours"})
    with pytest.raises(BadValue, match="is not in conflict; nothing is; leave it out"):
        merged(BASE, BASE, THEIRS, {name: "ours"})


def test_of_many_conflicts_some_are_named() -> None:
    keys = [f"K{n}" for n in range(13)]
    base = ours = theirs = book(*keys)
    for key in keys:
        ours, theirs = having(ours, key, name="x"), having(theirs, key, name="y")
    with pytest.raises(BadValue, match=r"K9\.name and 3 more"):
        merged(base, ours, theirs, {"other": "ours"})


def test_all_can_be_settled_where_nothing_is_in_conflict() -> None:
    assert merged(BASE, BASE, THEIRS, {"*": "ours"}).version is not None


def test_own_words_that_break_a_rule_of_codebooks_are_refused() -> None:
    ours, theirs = (having(BASE, "A", color=color) for color in ("#000000", "#111111"))
    with pytest.raises(BadValue, match="A: the color 'red' is none; write it as #7a3b69; settle it in other words"):
        merged(BASE, ours, theirs, {"A.color": "red"})
