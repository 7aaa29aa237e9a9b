"""Changes between versions: each can be carried out and taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.domain.change_kinds import (
    Added,
    Edited,
    Merged,
    Moved,
    Named,
    Place,
    Redefined,
    Removed,
    Renamed,
    Reordered,
    Retired,
    Retitled,
    Revived,
    Split,
    Standing,
    head_of,
    places,
)
from qcode.domain.changes import apply, reverse
from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.diff import diff
from tests.domain.codebook_strategies import OFTEN, lines, strangers, trees


def version(*lines: str) -> CodebookVersion:
    """Make a version from lines such as "A", "B<A" (B below A); the ids are the keys in small letters."""
    split = [line.partition("<") for line in lines]
    return CodebookVersion("demo", "1", tuple(Code(k, k, above or None, id=k.lower()) for k, _, above in split))


def keys(of: CodebookVersion) -> list[str]:
    return [f"{code.key}<{code.parent}" if code.parent else code.key for code in of.codes]


def standing(key: str, parent: str | None, index: int) -> Standing:
    return Standing(Code(key, key, id=key.lower()), Place(parent, index))


TREE = version("A", "B<A", "C<A", "D", "E<D")


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (Added(standing("N", "a", 1)), ["A", "B<A", "N<A", "C<A", "D", "E<D"]),
        (Removed(standing("B", "a", 0)), ["A", "C<A", "D", "E<D"]),
        (Retired(standing("C", "a", 1)), ["A", "B<A", "D", "E<D"]),
        (Revived(standing("N", None, 0)), ["N", "A", "B<A", "C<A", "D", "E<D"]),
        (Renamed("a", "A", "Z"), ["Z", "B<Z", "C<Z", "D", "E<D"]),
        (Moved("d", Place(None, 1), Place("b", 0)), ["A", "B<A", "D<B", "E<D", "C<A"]),
        (Reordered("a", ("b", "c"), ("c", "b")), ["A", "C<A", "B<A", "D", "E<D"]),
        (
            Split("b", ("n", "c"), (standing("N", "a", 0),), (standing("B", "a", 0),)),
            ["A", "N<A", "C<A", "D", "E<D"],
        ),
        (
            Merged(("b", "e"), "n", (standing("N", None, 1),), (standing("B", "a", 0), standing("E", "d", 0))),
            ["A", "C<A", "N", "D"],
        ),
    ],
)
def test_a_change_of_the_tree_is_carried_out_and_taken_back(change: object, after: list[str]) -> None:
    changed = apply(TREE, (change,))  # type: ignore[arg-type]
    assert keys(changed) == after
    assert keys(apply(changed, reverse((change,)))) == keys(TREE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        (Named("a", "A", "other"), "name", "other"),
        (Redefined("a", (("when", "", "never"),), "narrow"), "when", "never"),
        (Edited("a", (("codable", True, False),)), "codable", False),
    ],
)
def test_a_change_of_a_field_is_carried_out_and_taken_back(change: object, field: str, value: object) -> None:
    changed = apply(TREE, (change,))  # type: ignore[arg-type]
    assert getattr(changed.codes[0], field) == value
    assert apply(changed, reverse((change,))) == TREE  # type: ignore[arg-type]


def test_another_head_leaves_the_codes_alone() -> None:
    other = replace(TREE, version="2", title="t", note="n", follows=("1",))
    change = Retitled(head_of(TREE), head_of(other))
    assert apply(TREE, (change,)) == other
    assert apply(other, reverse((change,))) == TREE


def test_what_is_taken_back_keeps_its_reason_and_what_was_widened_is_narrowed() -> None:
    gone = standing("B", "a", 0)
    assert reverse((Redefined("a", (("when", "", "x"),), "widen", "so"),)) == (
        Redefined("a", (("when", "x", ""),), "narrow", "so"),
    )
    assert reverse((Retired(gone, "so"),)) == (Revived(gone, "so"),)
    assert reverse((Split("b", ("n", "c"), why="so"),)) == (Merged(("n", "c"), "b", why="so"),)


def test_a_parent_can_leave_while_its_children_move() -> None:
    changes = (
        Retired(standing("A", None, 0)),
        Moved("b", Place("a", 0), Place(None, 0)),
        Moved("c", Place("a", 1), Place("b", 0)),
    )
    assert keys(apply(TREE, changes)) == ["B", "C<B", "D", "E<D"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([Removed(standing("X", None, 0))], "the code x does not stand where"),
        ([Retired(standing("B", None, 0))], "the code b does not stand where"),
        ([Moved("b", Place("d", 0), Place(None, 0))], "the code b does not stand where"),
        ([Added(standing("B", None, 0))], "the code b is there already"),
        ([Added(standing("N", "nowhere", 0))], "stand below none"),
        ([Retired(standing("A", None, 0))], "stand below none"),
        ([Moved("a", Place(None, 0), Place("b", 0))], "stand below none"),
        ([Renamed("a", "Z", "Y")], "the code a is not as"),
        ([Named("x", "", "")], "the code x is not as"),
        ([Reordered("a", ("c", "b"), ("b", "c"))], "the order"),
        ([Reordered("a", ("b", "c"), ("b", "e"))], "the order"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(changes: list[object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        apply(TREE, changes)  # type: ignore[arg-type]


def test_codes_without_an_identity_each_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="an identity each"):
        apply(CodebookVersion("demo", "1", (Code("A", "a"), Code("B", "b"))), ())


def test_places_count_children_below_their_parent() -> None:
    assert places(TREE) == {
        "a": Place(None, 0),
        "b": Place("a", 0),
        "c": Place("a", 1),
        "d": Place(None, 1),
        "e": Place("d", 0),
    }


@OFTEN
@given(st.data())
def test_the_way_between_two_versions_leads_there_and_back(data: st.DataObject) -> None:
    line = data.draw(lines(data.draw(trees()), steps=3))
    for declared in (line.declared, ()):
        there = diff(line.versions[0], line.newest, declared)
        assert apply(line.versions[0], there) == line.newest
        assert apply(line.newest, reverse(there)) == line.versions[0]


@OFTEN
@given(strangers())
def test_the_way_between_two_versions_that_share_but_identities_leads_there_and_back(
    two: tuple[CodebookVersion, CodebookVersion],
) -> None:
    there = diff(*two)
    assert apply(two[0], there) == two[1]
    assert apply(two[1], reverse(there)) == two[0]


@OFTEN
@given(trees())
def test_nothing_lies_between_a_version_and_itself(tree: CodebookVersion) -> None:
    assert diff(tree, tree) == ()
