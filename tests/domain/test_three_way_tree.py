"""Where codes stand when two versions become one, and in which order."""

from __future__ import annotations

from tests.domain.three_way_samples import book, change, conflicts, declares, lines, merged

BASE = book("A", "B", "C", "D")


def test_a_code_stands_where_the_side_that_moved_it_put_it() -> None:
    assert lines(merged(BASE, BASE, book("A", "B<A", "C", "D"))) == ["A", "B<A", "C", "D"]
    assert lines(merged(BASE, book("A", "B<A", "C", "D"), BASE)) == ["A", "B<A", "C", "D"]
    both = merged(BASE, book("A", "B<A", "C", "D"), book("A", "B<A", "C", "D<C"))
    assert lines(both) == ["A", "B<A", "C", "D<C"]
    assert declares(both) == []


def test_a_code_that_both_moved_elsewhere_is_a_conflict() -> None:
    ours, theirs = book("A", "D<A", "B", "C"), book("A", "B", "D<B", "C")
    assert conflicts(merged(BASE, ours, theirs)) == [("D.parent", "the top", "A", "B")]
    assert lines(merged(BASE, ours, theirs, {"D.parent": "ours"})) == ["A", "D<A", "B", "C"]
    assert lines(merged(BASE, ours, theirs, {"D": "theirs"})) == ["A", "B", "D<B", "C"]


def test_codes_that_both_added_below_different_parents_are_a_conflict() -> None:
    found = merged(BASE, book("A", "N<A", "B", "C", "D"), book("A", "B", "C", "D", "N"))
    assert conflicts(found) == [("N.parent", "", "A", "the top")]


def test_a_child_of_a_code_that_is_gone_stands_below_the_nearest_above_that_is_not() -> None:
    base = book("A", "H!<A", "B<H")
    gone = book("A", "B<A", changes=(change("retire", "H"),))
    added = book("A", "H!<A", "B<H", "N<H", "M<N")
    assert lines(merged(base, gone, added)) == ["A", "B<A", "N<A", "M<N"]
    assert lines(merged(base, added, gone)) == ["A", "B<A", "N<A", "M<N"]
    deeper = book("A", "H!<A", "I!<H", "B<I")
    both_gone = book("A", "B<A", changes=(change("retire", "H"), change("retire", "I")))
    assert lines(merged(deeper, both_gone, book("A", "H!<A", "I!<H", "B<I", "N<I"))) == ["A", "B<A", "N<A"]


def test_two_moves_that_lead_to_one_place_are_no_conflict_and_may_be_settled_all_the_same() -> None:
    base = book("A", "H!<A", "B", "C")
    ours = book("A", "H!<A", "B<H", "C")
    theirs = book("A", "B<A", "C", changes=(change("retire", "H"),))
    assert lines(merged(base, ours, theirs)) == ["A", "B<A", "C"]
    assert lines(merged(base, ours, theirs, {"B.parent": "ours"})) == ["A", "B<A", "C"]


def test_two_moves_that_make_a_circle_are_a_conflict() -> None:
    ours, theirs = book("A", "B<A", "C", "D"), book("B", "A<B", "C", "D")
    assert conflicts(merged(BASE, ours, theirs)) == [("A.parent", "the top", "the top", "B")]
    assert lines(merged(BASE, ours, theirs, {"A": "ours"})) == ["A", "B<A", "C", "D"]
    assert lines(merged(BASE, ours, theirs, {"A.parent": "theirs"})) == ["B", "A<B", "C", "D"]


def test_a_wide_circle_is_opened_at_a_move_of_theirs() -> None:
    ours, theirs = book("A", "B<A", "C", "D<C"), book("B", "C<B", "D", "A<D")
    assert conflicts(merged(BASE, ours, theirs)) == [("C.parent", "the top", "the top", "B")]
    assert lines(merged(BASE, ours, theirs, {"*": "ours"})) == ["C", "D<C", "A<D", "B<A"]
    assert lines(merged(BASE, ours, theirs, {"*": "theirs"})) == ["B", "C<B", "D", "A<D"]


def test_new_codes_of_theirs_follow_the_sibling_that_they_follow_there() -> None:
    ours = book("D", "A", "X", "B", "C")
    theirs = book("N", "A", "M", "O", "B", "C", "D", "P")
    assert lines(merged(BASE, ours, theirs)) == ["N", "D", "P", "A", "M", "O", "X", "B", "C"]


def test_an_order_that_only_theirs_changed_holds() -> None:
    assert lines(merged(BASE, book("A", "X", "B", "C", "D"), book("D", "C", "B", "A"))) == ["D", "C", "B", "A", "X"]
    assert lines(merged(BASE, book("B", "A", "C", "D"), book("D", "C", "B", "A"))) == ["B", "A", "C", "D"]
