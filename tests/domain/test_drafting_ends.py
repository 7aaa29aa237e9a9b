"""The acts on a draft that end codes or divide them, and what they do to declarations made before."""

from __future__ import annotations

import pytest

from qcode.domain import drafting
from qcode.domain.codebook import Code
from qcode.errors import QcodeError
from tests.domain.drafts import NEW, OLD, adopted, base, code, draft, refused, said, tree

LATER = "do this in the version after this one"


def test_a_split_code_becomes_a_heading_above_its_new_parts() -> None:
    now = drafting.split(OLD, NEW, "b", ["B1", ("B2", "Bee two"), ("d", "Dee")], why="two things")
    assert tree(now) == ["A", ".B!", "..C", "..B1", "..B2", ".D", "E", "H!"]
    assert (code(now, "B2").name, code(now, "B2").definition) == ("Bee two", "")
    assert (code(now, "D").name, code(now, "D").definition) == ("Dee", "what D is")
    assert said(now) == ["into:B1,B2,D split:B why:two things"]
    adopted(OLD, now)


def test_a_split_code_may_stay_a_code() -> None:
    kept = drafting.split(OLD, NEW, "B", ["B1", "B2"], keep=True)
    assert (code(kept, "B").codable, said(kept)) == (True, ["into:B1,B2 split:B"])
    one_more = drafting.split(OLD, NEW, "B", ["B", "B1"])
    assert (code(one_more, "B").codable, said(one_more)) == (True, ["into:B,B1 split:B"])
    for now in (kept, one_more):
        adopted(OLD, now)


def test_splitting_once_more_adds_to_the_split() -> None:
    now = drafting.split(OLD, NEW, "B", ["B", "B1"], why="first")
    now = drafting.split(OLD, now, "B", ["B2"])
    assert (code(now, "B").codable, said(now)) == (False, ["into:B1,B2 split:B why:first"])
    adopted(OLD, now)


def test_what_a_part_is_split_into_is_what_the_first_code_is_split_into() -> None:
    now = drafting.split(OLD, NEW, "B", ["N", "D"])
    now = drafting.split(OLD, now, "N", ["N1", "N2"])
    assert said(now) == ["into:N1,N2,D split:B"]
    now = drafting.split(OLD, now, "D", ["D1", "D2"], keep=True)
    assert said(now) == ["into:N1,N2,D,D1,D2 split:B", "into:D1,D2 split:D"]
    adopted(OLD, now)


def test_a_new_code_is_split_without_a_declaration() -> None:
    now = drafting.split(OLD, drafting.add(OLD, NEW, "N"), "N", ["N1", "N2"])
    assert (tree(now)[-3:], now.changes) == (["N!", ".N1", ".N2"], ())
    adopted(OLD, now)


@pytest.mark.parametrize(
    ("key", "into", "sentence"),
    [
        ("B", ["B1"], "BadValue: B would be split into one; name two or more; B itself may be one of them"),
        ("B", ["x", "X"], "BadValue: B would be split into one;"),
        ("H", ["x", "y"], "Conflict: H is only a heading, which has no codings to split; add codes below it"),
        ("B", ["x", "H"], "Conflict: H is only a heading, which takes no codings; make it codable first,"),
        ("B", ["x", "bee"], "Conflict: bee is an alias of B; choose another key"),
        ("Z", ["x", "y"], "NotFound: there is no code 'Z' in the draft;"),
    ],
)
def test_a_split_is_refused(key: str, into: list[str], sentence: str) -> None:
    assert refused("split", key, into).startswith(sentence)


def test_codes_merged_into_a_new_one_leave_their_words_and_children_to_it() -> None:
    now = drafting.edit(OLD, NEW, "B", examples=("one",), terms=(("en", ("x", "y")),))
    now = drafting.edit(OLD, now, "E", examples=("two", "one"), terms=(("ru", ("z",)), ("en", ("y", "w"))))
    now = drafting.merge(OLD, now, ["b", "e"], "M", name="Both", why="one thing in talk")
    assert tree(now) == ["A", ".M", "..C", ".D", "H!"]
    assert code(now, "M") == Code(
        *("M", "Both", "A"),
        examples=("one", "two"),
        terms=(("en", ("x", "y", "w")), ("ru", ("z",))),
        aliases=("B", "bee", "E"),
    )
    assert said(now) == ["into:M merge:B,E why:one thing in talk"]
    adopted(OLD, now)


def test_one_of_the_merged_may_be_the_target() -> None:
    now = drafting.merge(OLD, NEW, ["A", "e"], "a", name="All")
    assert (tree(now), said(now)) == (["A", ".B", "..C", ".D", "H!"], ["into:A merge:E"])
    assert (code(now, "A").name, code(now, "A").aliases, code(now, "A").definition) == ("All", ("E",), "what A is")
    assert drafting.merge(OLD, NEW, ["E"], "A", name="All") == now
    adopted(OLD, now)


def test_a_target_below_a_code_that_leaves_moves_up_to_its_place() -> None:
    now = drafting.merge(OLD, NEW, ["A", "E"], "C")
    assert tree(now) == ["C", ".B", ".D", "H!"]
    adopted(OLD, now)
    new = drafting.merge(OLD, NEW, ["C", "A"], "N")
    assert tree(new) == ["N", ".B", ".D", "E", "H!"]
    adopted(OLD, new)


@pytest.mark.parametrize(
    ("keys", "into", "sentence"),
    [
        (["A", "a"], "N", "BadValue: a merge takes two codes or more; rename A, or name another code"),
        (["A"], "a", "BadValue: a merge takes two codes or more; name another code"),
        (["A", "B"], "H", "Conflict: H is only a heading, which takes no codings; make it codable first,"),
        (["A", "E"], "bee", "Conflict: bee is an alias of B; choose another key"),
        (["A", "E"], " ", "BadValue: ' ' cannot be a key, the key is empty; choose another key"),
        (["A", "Z"], "N", "NotFound: there is no code 'Z' in the draft;"),
    ],
)
def test_a_merge_is_refused(keys: list[str], into: str, sentence: str) -> None:
    assert refused("merge", keys, into).startswith(sentence)


def test_the_target_may_take_an_alias_of_what_leaves_as_its_key() -> None:
    now = drafting.merge(OLD, NEW, ["B", "E"], "bee")
    assert code(now, "bee").aliases == ("B", "E")
    adopted(OLD, now)


def test_a_merge_of_new_codes_is_not_declared() -> None:
    now = drafting.add(OLD, drafting.add(OLD, NEW, "N1", aliases=("en",)), "N2")
    both = drafting.merge(OLD, now, ["N1", "N2"], "N3")
    assert (both.changes, code(both, "N3").aliases) == ((), ("en",))
    one = drafting.merge(OLD, now, ["N1", "D"], "E")
    assert (said(one), code(one, "E").aliases) == (["into:E merge:D"], ("en", "D"))
    adopted(OLD, one)


def test_what_was_merged_before_goes_on_to_the_new_target() -> None:
    now = drafting.merge(OLD, NEW, ["D", "E"], "N", why="first")
    now = drafting.merge(OLD, now, ["N", "C"], "B", why="second")
    assert said(now) == ["into:B merge:D,E why:first", "into:B merge:C why:second"]
    adopted(OLD, now)


def test_a_renamed_and_redefined_code_is_merged_under_its_old_key() -> None:
    now = drafting.redefine(OLD, drafting.rename(OLD, NEW, "E", "X"), "X", when="w", effect="widen")
    now = drafting.merge(OLD, now, ["X"], "A")
    assert (said(now), code(now, "A").aliases) == (["into:A merge:E"], ("E",))
    adopted(OLD, now)


def test_a_split_goes_on_to_what_its_parts_are_merged_into() -> None:
    divided = drafting.split(OLD, NEW, "B", ["B1", "B2", "D"])
    now = drafting.merge(OLD, divided, ["B1", "B2", "E"], "N")
    assert said(now) == ["into:N,D split:B", "into:N merge:E"]
    adopted(OLD, now)
    assert refused("merge", ["N"], "D", on=now) == (
        "Conflict: B is split into N and D in this draft, which would leave too few; "
        "split B into one more code or make it codable first"
    )


def test_merging_the_parts_back_takes_a_split_back() -> None:
    now = drafting.split(OLD, NEW, "B", ["B1", "B2"])
    now = drafting.edit(OLD, now, "B", codable=True)
    assert drafting.merge(OLD, now, ["B1", "B2"], "B") == NEW


def test_one_version_does_not_both_split_a_code_and_merge_into_it() -> None:
    merged = drafting.merge(OLD, NEW, ["D", "E"], "B")
    what = "Conflict: B takes the codings of D and E, merged into it in this draft"
    assert refused("split", "B", ["B1", "B2"], keep=True, on=merged) == f"{what}; {LATER}"
    assert refused("retire", "B", on=merged) == f"{what}; {LATER}"
    assert refused("edit", "B", codable=False, on=merged) == f"{what}; {LATER}"
    divided = drafting.split(OLD, NEW, "B", ["B1", "B2"], keep=True)
    what = "Conflict: B is split into B1 and B2 in this draft"
    assert refused("merge", ["E"], "B", on=divided) == f"{what}; {LATER}"
    assert refused("merge", ["B"], "E", on=divided) == f"{what}; merge those; to take B out, retire it"


def test_the_children_of_a_retired_code_move_up_to_its_place() -> None:
    now = drafting.retire(OLD, NEW, "A", why="not asked any more")
    assert (tree(now), said(now)) == (["B", ".C", "D", "E", "H!"], ["retire:A why:not asked any more"])
    adopted(OLD, now)
    assert drafting.retire(OLD, drafting.add(OLD, NEW, "N"), "N") == NEW


def test_a_renamed_and_redefined_code_is_retired_under_its_old_key() -> None:
    now = drafting.redefine(OLD, drafting.rename(OLD, NEW, "E", "X"), "X", when="w", effect="widen")
    now = drafting.retire(OLD, now, "X")
    assert said(now) == ["retire:E"]
    adopted(OLD, now)


def test_a_split_code_is_taken_out_and_stays_split() -> None:
    now = drafting.retire(OLD, drafting.split(OLD, NEW, "B", ["B1", "B2"]), "B")
    assert (tree(now), said(now)) == (["A", ".C", ".B1", ".B2", ".D", "E", "H!"], ["into:B1,B2 split:B"])
    adopted(OLD, now)
    assert refused("add", "B", on=now) == (
        "Conflict: B is split into B1 and B2 in this draft; choose another key, or take one of these"
    )
    assert refused("retire", "B1", on=now).endswith(f"which would leave too few; {LATER}")


def test_a_part_that_is_retired_leaves_the_split_if_enough_is_left() -> None:
    now = drafting.split(OLD, NEW, "B", ["B1", "B2", "D"])
    now = drafting.retire(OLD, now, "D")
    assert said(now) == ["into:B1,B2 split:B", "retire:D"]
    assert refused("retire", "B1", on=now) == (
        "Conflict: B is split into B1 and B2 in this draft, which would leave too few; "
        "split B into one more code or make it codable first"
    )
    kept = drafting.retire(OLD, drafting.edit(OLD, now, "B", codable=True), "B1")
    assert said(kept) == ["into:B,B2 split:B", "retire:D"]
    adopted(OLD, kept)
    assert said(drafting.retire(OLD, kept, "B2")) == ["retire:D"]


def test_the_only_code_is_not_retired() -> None:
    old = base("A")
    with pytest.raises(QcodeError, match="A is the only code of the draft; add another one first"):
        drafting.retire(old, draft(old), "A")
