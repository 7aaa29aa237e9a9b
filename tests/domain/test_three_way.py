"""Two versions that follow a third become one: what each changed, and who holds where both did."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcode.domain.codebook import CodebookVersion
from qcode.domain.declared import Former
from qcode.domain.diff import Declared
from qcode.domain.three_way import Conflict, merge
from qcode.errors import BadValue
from tests.domain.three_way_samples import book, change, conflicts, declares, follow, having, lines, merged, written

FAM = book("CTX!", "CTX-FAM<CTX=kin and neighbours", "CTX-GEN<CTX=norms")
KIN_MAH = change("split", "CTX-FAM", into=("CTX-KIN", "CTX-MAH"), why="two powers")
BRANCH = book(
    "CTX!",
    "CTX-FAM!<CTX=kin and neighbours",
    "CTX-KIN<CTX-FAM=kin",
    "CTX-MAH<CTX-FAM=the committee",
    "CTX-GEN<CTX=norms",
    changes=(KIN_MAH,),
)
MAIN = book(
    "CTX!",
    "CTX-FAM<CTX=kin, neighbours and the mahalla",
    "CTX-GEN<CTX=norms",
    changes=(change("redefine", "CTX-FAM", effect="clarify"),),
)


def test_a_code_that_the_branch_split_and_the_main_line_redefined_is_one_conflict() -> None:
    found = merged(FAM, MAIN, BRANCH)
    assert found.version is None
    assert found.conflicts == (
        Conflict(
            "CTX-FAM",
            "id:ctx-fam",
            "fate",
            "kin and neighbours",
            "redefined (clarify): kin, neighbours and the mahalla",
            "split into CTX-KIN, CTX-MAH, kept as a heading",
        ),
    )
    assert found.conflicts[0].name == "CTX-FAM.fate"
    assert found.joined == ()


@pytest.mark.parametrize("name", ["CTX-FAM.fate", "ctx-fam", "*", ""])
def test_settled_as_theirs_the_split_comes_with_its_children_and_heading(name: str) -> None:
    found = merged(FAM, MAIN, BRANCH, {name: "theirs"})
    assert lines(found) == written(BRANCH)
    assert declares(found) == [
        {"split": "CTX-FAM", "into": ("CTX-KIN", "CTX-MAH"), "why": "two powers"},
        {"redefine": "CTX-FAM", "effect": "clarify"},
    ]
    assert [row.change for row in found.joined] == ["split", "redefine", "edit"]


def test_settled_as_ours_the_redefinition_holds_and_the_children_do_not_come() -> None:
    found = merged(FAM, MAIN, BRANCH, {"CTX-FAM": "ours"})
    assert lines(found) == written(MAIN)
    assert declares(found) == []


def test_seen_from_the_branch_the_children_go_back_to_the_code_they_came_from() -> None:
    found = merged(FAM, BRANCH, MAIN, {"CTX-FAM": "theirs"})
    assert lines(found) == written(MAIN)
    assert declares(found) == [
        {"merge": ("CTX-KIN", "CTX-MAH"), "into": "CTX-FAM"},
        {"redefine": "CTX-FAM", "effect": "clarify"},
    ]
    assert lines(merged(FAM, BRANCH, MAIN, {"CTX-FAM": "ours"})) == written(BRANCH)


def test_the_head_is_that_of_ours_unless_only_theirs_changed_it() -> None:
    base = book("A")
    new = merged(base, replace(base, title="ours"), replace(base, title="theirs", language="ru")).version
    assert new is not None
    assert (new.codebook, new.version, new.title, new.language) == ("demo", "3", "ours", "ru")
    assert new.follows == ("2", "2-uz")
    noted = merge(base, base, base, ours_declared=(), theirs_declared=(), version="3", settle={}, note="why")
    assert noted.version is not None and noted.version.note == "why"


def test_what_both_did_alike_is_no_conflict_and_not_declared_again() -> None:
    base, split = book("A", "B"), change("split", "A", into=("N", "M"))
    both = book("N", "M", "B", changes=(split,))
    found = merged(base, both, both)
    assert lines(found) == ["N", "M", "B"]
    assert declares(found) == [] and found.joined == ()


def test_codes_that_both_added_under_one_key_are_one_code() -> None:
    base = book("A")
    ours, theirs = having(book("A", "N"), "N", brief="b"), having(book("A", "N"), "N", when="w")
    found = merged(base, ours, theirs)
    assert lines(found) == ["A", "N"]
    assert found.version is not None and (found.version.codes[1].brief, found.version.codes[1].when) == ("b", "w")
    assert declares(found) == [{"redefine": "N", "effect": "clarify"}]
    clash = merged(base, book("A", "N=ours"), book("A", "N!=theirs"))
    assert conflicts(clash) == [("N.codable", "", "yes", "no"), ("N.definition", "", "ours", "theirs")]
    settled = merged(base, book("A", "N=ours"), book("A", "N!=theirs"), {"N.codable": "ours", "N": "theirs"})
    assert lines(settled) == ["A", "N=theirs"]
    assert declares(settled) == [{"redefine": "N", "effect": "narrow"}]


BASE = book("A=a", "B=b", "C=c")


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        (book("B=b", "C=c", changes=(change("retire", "A"),)), "retired"),
        (book("B=b", "C=c", changes=(change("merge", ("A",), into="B"),)), "merged into B"),
        (book("N", "B=b", "C=c", changes=(change("split", "A", into=("B", "N")),)), "split into N, B"),
    ],
)
def test_a_code_that_one_side_ended_and_the_other_redefined_is_a_conflict(theirs: CodebookVersion, told: str) -> None:
    ours = book("A=new", "B=b", "C=c", changes=(change("redefine", "A", effect="narrow"),))
    assert conflicts(merged(BASE, ours, theirs)) == [("A.fate", "a", "redefined (narrow): new", told)]
    there = merged(BASE, theirs, ours)
    assert conflicts(there) == [("A.fate", "a", told, "redefined (narrow): new")]
    kept = merged(BASE, theirs, ours, {"A": "theirs"})
    assert "A=new" in lines(kept)
    assert {"revive": "A"} in declares(kept)
    assert "A=new" not in lines(merged(BASE, ours, theirs, {"A": "theirs"}))


def test_a_code_that_both_ended_differently_is_a_conflict() -> None:
    ours = book("A=a", "N", changes=(change("merge", ("B", "C"), into="N"),))
    theirs = book("A=a", "C=c", changes=(change("merge", ("B",), into="A"),))
    found = merged(BASE, ours, theirs)
    assert conflicts(found) == [("B.fate", "b", "merged into N", "merged into A")]
    assert lines(merged(BASE, ours, theirs, {"B": "theirs"})) == ["A=a", "N"]


def test_an_ending_that_the_other_side_did_not_touch_holds_whatever_else_it_changed() -> None:
    ours = having(book("A=a", "C=c", "B<C=b"), "B", color="#000000")
    theirs = book("A=a", "C=c", changes=(change("merge", ("B",), into="A", why="x"),))
    found = merged(BASE, ours, theirs)
    assert lines(found) == ["A=a", "C=c"]
    assert declares(found) == [{"merge": ("B",), "into": "A", "why": "x"}]


def test_a_code_that_one_side_retired_and_the_other_merged_codes_into_is_a_conflict() -> None:
    ours = book("A=a", "C=c", changes=(change("retire", "B"),))
    theirs = book("A=a", "B=b", changes=(change("merge", ("C",), into="B"),))
    found = merged(BASE, ours, theirs)
    assert conflicts(found) == [("B.fate", "b", "retired", "takes over from C")]
    assert lines(merged(BASE, ours, theirs, {"B": "ours"})) == ["A=a", "C=c"]
    kept = merged(BASE, ours, theirs, {"B": "theirs"})
    assert lines(kept) == ["A=a", "B=b"]
    assert declares(kept) == [{"revive": "B"}, {"merge": ("C",), "into": "B"}]


def test_a_code_that_one_side_made_a_heading_and_the_other_merged_codes_into_is_a_conflict() -> None:
    ours = book("A=a", "B!=b", "N<B", "C=c")
    theirs = book("A=a", "B=b", changes=(change("merge", ("C",), into="B"),))
    assert conflicts(merged(BASE, ours, theirs)) == [("B.fate", "b", "made a heading", "takes over from C")]
    assert lines(merged(BASE, ours, theirs, {"B": "ours"})) == ["A=a", "B!=b", "N<B", "C=c"]
    assert lines(merged(BASE, ours, theirs, {"B": "theirs"})) == ["A=a", "B=b", "N<B"]


def test_a_heading_that_the_other_side_redefined_is_both() -> None:
    theirs = book("A=new", "B=b", "C=c", changes=(change("redefine", "A", effect="widen"),))
    found = merged(BASE, book("A!=a", "N<A", "B=b", "C=c"), theirs)
    assert lines(found) == ["A!=new", "N<A", "B=b", "C=c"]
    assert declares(found) == [{"redefine": "A", "effect": "widen"}]


def test_new_codes_of_a_merge_that_does_not_hold_are_split_again() -> None:
    ours = book("N", "C=c", changes=(change("merge", ("A", "B"), into="N"),))
    changes = tuple(change("redefine", key, effect="clarify") for key in "AB")
    found = merged(BASE, ours, book("A=x", "B=y", "C=c", changes=changes), {"*": "theirs"})
    assert lines(found) == ["A=x", "B=y", "C=c"]
    assert declares(found) == [{"revive": "A"}, {"revive": "B"}, {"split": "N", "into": ("A", "B")}]


def test_a_new_heading_above_nothing_but_codes_that_do_not_come_does_not_come_either() -> None:
    split = change("split", "A", into=("N", "M"))
    theirs = book("H!", "N<H", "M<H", "B=b", "C=c", changes=(split,))
    ours = book("A=new", "B=b", "C=c", changes=(change("redefine", "A", effect="clarify"),))
    assert lines(merged(BASE, ours, theirs, {"A": "ours"})) == ["A=new", "B=b", "C=c"]
    back = merged(BASE, theirs, ours, {"A": "theirs"})
    assert lines(back) == ["A=new", "B=b", "C=c"]
    assert declares(back) == [
        {"revive": "A"},
        {"merge": ("N", "M"), "into": "A"},
        {"retire": "H"},
    ]


def test_new_codes_that_another_split_needs_come_all_the_same() -> None:
    splits = (change("split", "A", into=("N", "M")), change("split", "B", into=("N", "O")))
    theirs = book("N", "M", "O", "C=c", changes=splits)
    ours = book("A=new", "B=b", "C=c", changes=(change("redefine", "A", effect="clarify"),))
    assert lines(merged(BASE, ours, theirs, {"A": "ours"})) == ["N", "O", "A=new", "C=c"]


def test_a_merge_into_a_code_that_does_not_stand_is_left_and_its_codes_stay() -> None:
    theirs = book("B=b", "C=c", changes=(change("merge", ("A",), into="B"),))
    ours = book("A=a", "C=c", changes=(change("retire", "B"),))
    found = merged(BASE, ours, theirs, {"B": "ours"})
    assert lines(found) == ["A=a", "C=c"]


def test_what_cannot_go_together_is_refused_once_all_is_settled() -> None:
    ours = book("A=new", "C=c", changes=(change("retire", "B"), change("redefine", "A", effect="narrow")))
    theirs = book("B=b", "C=c", changes=(change("merge", ("A",), into="B"),))
    assert [one.name for one in merged(BASE, ours, theirs, {"A": "theirs"}).conflicts] == ["B.fate"]
    with pytest.raises(BadValue, match="A cannot be merged into B: no codings go to B; settle one of them otherwise"):
        merged(BASE, ours, theirs, {"A": "theirs", "B": "ours"})


def test_redefinitions_carry_the_effect_that_theirs_declared() -> None:
    changes = (change("redefine", "A", effect="narrow", why="x"), change("redefine", "B", effect="widen"))
    found = merged(BASE, BASE, book("A=x", "B=y", "C=c", changes=changes))
    assert declares(found) == [
        {"redefine": "A", "effect": "narrow", "why": "x"},
        {"redefine": "B", "effect": "widen"},
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "effect"),
    [
        ("clarify", "clarify", "clarify"),
        ("clarify", "widen", "widen"),
        ("widen", "clarify", "narrow"),
        ("narrow", "clarify", "widen"),
    ],
)
def test_theirs_in_place_of_ours_takes_back_what_ours_redefined(ours: str, theirs: str, effect: str) -> None:
    mine = book("A=mine", "B=b", "C=c", changes=(change("redefine", "A", effect=ours),))
    other = book("A=other", "B=b", "C=c", changes=(change("redefine", "A", effect=theirs),))
    assert conflicts(merged(BASE, mine, other)) == [("A.definition", "a", "mine", "other")]
    assert declares(merged(BASE, mine, other, {"A": "theirs"})) == [{"redefine": "A", "effect": effect}]
    assert declares(merged(BASE, mine, other, {"A": "ours"})) == []
    own = merged(BASE, mine, other, {"A.definition": "our own words"})
    assert lines(own)[0] == "A=our own words"
    assert declares(own) == [{"redefine": "A", "effect": effect}]


def test_seen_over_several_versions_of_theirs_a_code_went_where_its_heirs_went() -> None:
    first = follow(BASE, book("N", "M", "B=b", "C=c", number="2-a", changes=(change("split", "A", into=("N", "M")),)))
    then = follow(
        first.version, book("N", "O", "C=c", number="2-b", changes=(change("merge", ("M", "B"), into="O", why="x"),))
    )
    found = merge(
        *(BASE, BASE, then.version),
        ours_declared=(),
        theirs_declared=(*first.declared, *then.declared),
        version="3",
        settle={},
    )
    assert lines(found) == ["N", "O", "C=c"]
    assert declares(found) == [
        {"split": "A", "into": ("N", "O")},
        {"merge": ("B",), "into": "O", "why": "x"},
    ]


def test_a_code_that_came_back_in_theirs_comes_back() -> None:
    former = Former("id:z", "Z", "retire", "0")
    declared = Declared("revive", ("id:z",), why="missed")
    theirs = book("A=a", "B=b", "C=c", "Z")
    both = {"ours_declared": (), "theirs_declared": (declared,), "version": "3", "settle": {}}
    found = merge(BASE, BASE, theirs, former=[former], **both)
    assert lines(found) == ["A=a", "B=b", "C=c", "Z"]
    assert declares(found) == [{"revive": "Z", "why": "missed"}]
    assert found == merge(BASE, BASE, theirs, **both)


def test_what_came_from_theirs_is_told_and_what_is_open_is_not_among_it() -> None:
    ours = book("A=mine", "B=b", "C=c", changes=(change("redefine", "A", effect="clarify"),))
    theirs = book("A=other", "B=b", "C=c", "N", changes=(change("redefine", "A", effect="clarify"),))
    found = merged(BASE, ours, theirs)
    assert found.version is None
    assert [(row.change, row.codes) for row in found.joined] == [("add", ("N",))]
    assert found.declared == ()


def test_conflicts_stand_in_reading_order() -> None:
    def side(text: str) -> CodebookVersion:
        changes = tuple(change("redefine", key, effect="clarify") for key in "ABC")
        return having(book(f"A={text}", f"B={text}", f"C={text}", changes=changes), "B", name=text)

    found = merged(BASE, side("x"), side("y"))
    assert [one.name for one in found.conflicts] == ["A.definition", "B.name", "B.definition", "C.definition"]
