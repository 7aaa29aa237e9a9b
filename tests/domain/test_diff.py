"""What lies between two versions, told by what was declared on the way."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qcode.domain.change_kinds import (
    Added,
    Change,
    Edited,
    Merged,
    Moved,
    Named,
    Place,
    Redefined,
    Renamed,
    Reordered,
    Retired,
    Retitled,
    Revived,
    Split,
    Standing,
    head_of,
)
from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.diff import DEFINING, Declared, diff
from tests.domain.codebook_strategies import OFTEN, lines, trees


def version(*lines: str) -> CodebookVersion:
    """Make a version from lines such as "A", "B<A" (B below A); the ids are the keys in small letters."""
    split = [line.partition("<") for line in lines]
    made = (Code(key, key, above or None, id=key.lower()) for key, _, above in split)
    return CodebookVersion("demo", "1", tuple(made))


def with_code(of: CodebookVersion, id: str, **fields: object) -> CodebookVersion:
    return replace(of, codes=tuple(replace(c, **fields) if c.id == id else c for c in of.codes))


def standing(of: CodebookVersion, key: str, parent: str | None, index: int) -> Standing:
    return Standing(of.by_key[key.casefold()], Place(parent, index))


def kinds(changes: tuple[Change, ...]) -> list[str]:
    return [type(change).__name__ for change in changes]


OLD = version("A", "B", "C")


def test_what_no_one_declared_is_an_addition_or_a_retirement() -> None:
    new = version("A", "B", "N")
    assert diff(OLD, new) == (Retired(standing(OLD, "C", None, 2)), Added(standing(new, "N", None, 2)))


def test_a_retirement_and_a_revival_carry_their_reasons() -> None:
    less = version("A", "B")
    gone = Declared("retire", ("c",), why="unused")
    assert diff(OLD, less, [gone]) == (Retired(standing(OLD, "C", None, 2), "unused"),)
    assert diff(less, OLD, [Declared("revive", ("c",), why="missed")]) == (
        Revived(standing(OLD, "C", None, 2), "missed"),
    )


def test_a_split_holds_the_codes_that_come_with_it_and_the_code_if_it_leaves() -> None:
    new = version("A", "B", "N", "M")
    declared = Declared("split", ("c",), ("n", "m"), why="two things")
    come = (standing(new, "N", None, 2), standing(new, "M", None, 3))
    assert diff(OLD, new, [declared]) == (Split("c", ("n", "m"), come, (standing(OLD, "C", None, 2),), "two things"),)


def test_a_split_code_that_stays_as_a_heading_is_told_as_that_too() -> None:
    new = with_code(version("A", "B", "C", "N<C"), "c", codable=False)
    assert diff(OLD, new, [Declared("split", ("c",), ("n", "a"))]) == (
        Split("c", ("n", "a"), (standing(new, "N", "c", 0),)),
        Edited("c", (("codable", True, False),)),
    )


def test_a_merge_holds_its_target_if_that_is_new() -> None:
    new = version("A", "N")
    gone = (standing(OLD, "B", None, 1), standing(OLD, "C", None, 2))
    assert diff(OLD, new, [Declared("merge", ("b", "c"), ("n",))]) == (
        Merged(("b", "c"), "n", (standing(new, "N", None, 1),), gone),
    )


def test_a_merge_into_one_of_its_codes_names_that_too() -> None:
    new = version("A", "B")
    assert diff(OLD, new, [Declared("merge", ("b", "c"), ("b",))]) == (
        Merged(("b", "c"), "b", (), (standing(OLD, "C", None, 2),)),
    )


def test_a_code_that_comes_back_as_a_target_is_told_as_revived() -> None:
    new = version("A", "N")
    declared = [Declared("revive", ("n",), why="missed"), Declared("merge", ("b", "c"), ("n",))]
    gone = (standing(OLD, "B", None, 1), standing(OLD, "C", None, 2))
    assert diff(OLD, new, declared) == (
        Merged(("b", "c"), "n", (), gone),
        Revived(standing(new, "N", None, 1), "missed"),
    )
    split = [Declared("revive", ("n",)), Declared("split", ("a",), ("n", "b"))]
    assert kinds(diff(OLD, version("A", "B", "C", "N"), split)) == ["Split", "Revived"]


def test_a_code_that_came_and_left_and_was_revived_on_the_way_is_an_addition() -> None:
    new = version("A", "B", "C", "N")
    gone_and_back = [Declared("retire", ("n",)), Declared("revive", ("n",))]
    assert diff(OLD, new, gone_and_back) == (Added(standing(new, "N", None, 3)),)
    split = diff(OLD, new, [Declared("split", ("a",), ("n", "b")), *gone_and_back])
    assert split == (Split("a", ("n", "b"), (standing(new, "N", None, 3),)),)


def test_over_several_versions_a_code_went_where_its_heirs_went() -> None:
    declared = [Declared("split", ("c",), ("n", "m")), Declared("merge", ("m", "b"), ("o",))]
    new = version("A", "N", "O")
    split, merged = diff(OLD, new, declared)
    assert isinstance(split, Split) and isinstance(merged, Merged)
    assert split.into == ("n", "o") and [one.code.id for one in split.gone] == ["c"]
    assert merged.ids == ("b",) and merged.into == "o" and merged.come == ()


def test_a_code_whose_heirs_are_all_gone_is_retired() -> None:
    declared = [Declared("merge", ("b", "c"), ("n",)), Declared("retire", ("n",))]
    assert kinds(diff(OLD, version("A"), declared)) == ["Retired", "Retired"]


def test_a_split_that_was_undone_on_the_way_is_not_told() -> None:
    assert diff(OLD, OLD, [Declared("split", ("a",), ("a", "n")), Declared("merge", ("n",), ("a",))]) == ()


def test_codes_that_were_merged_in_a_circle_end_nowhere() -> None:
    declared = [Declared("merge", ("b",), ("c",)), Declared("merge", ("c",), ("b",))]
    assert kinds(diff(OLD, version("A"), declared)) == ["Retired", "Retired"]


def test_another_definition_has_the_strongest_effect_that_was_declared() -> None:
    new = with_code(OLD, "a", definition="d", when="w")
    effects = [Declared("redefine", ("a",), effect=effect, why=effect) for effect in ("widen", "narrow", "clarify")]
    fields = (("definition", "", "d"), ("when", "", "w"))
    assert diff(OLD, new, effects) == (Redefined("a", fields, "narrow", "widen; narrow; clarify"),)
    assert diff(OLD, new, effects[::2]) == (Redefined("a", fields, "widen", "widen; clarify"),)
    assert diff(OLD, new) == (Redefined("a", fields),)


def test_a_redefinition_that_changed_no_words_is_told_all_the_same() -> None:
    assert diff(OLD, OLD, [Declared("redefine", ("a",), effect="narrow")]) == (Redefined("a", (), "narrow"),)


def test_each_kind_of_field_is_a_change_of_its_own() -> None:
    new = with_code(OLD, "a", key="Z", name="z", definition="d", codable=False, color="#000000")
    assert diff(OLD, new, [Declared("rename", ("a",), ("a",), why="clearer")]) == (
        Renamed("a", "A", "Z", "clearer"),
        Named("a", "A", "z"),
        Redefined("a", (("definition", "", "d"),)),
        Edited("a", (("codable", True, False), ("color", "", "#000000"))),
    )


def test_a_code_below_another_parent_moved_and_the_others_did_not() -> None:
    assert diff(OLD, version("A", "C<A", "B")) == (Moved("c", Place(None, 2), Place("a", 0)),)


def test_only_children_that_stay_can_stand_in_another_order() -> None:
    assert diff(OLD, version("C", "A", "B")) == (Reordered(None, ("a", "b", "c"), ("c", "a", "b")),)
    assert kinds(diff(OLD, version("N", "B", "C"))) == ["Retired", "Added"]


def test_another_number_or_title_comes_first() -> None:
    new = replace(with_code(OLD, "a", name="z"), version="2", title="t")
    assert diff(OLD, new) == (Retitled(head_of(OLD), head_of(new)), Named("a", "A", "z"))


@OFTEN
@given(st.data())
def test_every_code_that_comes_or_goes_is_told_once(data: st.DataObject) -> None:
    line = data.draw(lines(data.draw(trees(least=3)), steps=3))
    old, new = line.versions[0], line.newest
    changes = diff(old, new, line.declared)
    come = [one.code.id for c in changes if isinstance(c, (Split, Merged)) for one in c.come]
    come += [c.come.code.id for c in changes if isinstance(c, (Added, Revived))]
    gone = [one.code.id for c in changes if isinstance(c, (Split, Merged)) for one in c.gone]
    gone += [c.gone.code.id for c in changes if isinstance(c, Retired)]
    before, after = {c.id for c in old.codes}, {c.id for c in new.codes}
    assert sorted(come) == sorted(after - before)
    assert sorted(gone) == sorted(before - after)


@OFTEN
@given(st.data())
def test_one_version_on_its_declared_changes_are_what_is_told(data: st.DataObject) -> None:
    line = data.draw(lines(data.draw(trees(least=3)), edits=8))
    changes = diff(line.versions[0], line.newest, line.declared)
    told = [(c.id, c.into, c.why) for c in changes if isinstance(c, Split)]
    assert told == [(d.codes[0], d.into, d.why) for d in line.declared if d.kind == "split"]
    merged = [(c.ids, (c.into,), c.why) for c in changes if isinstance(c, Merged)]
    assert merged == [(d.codes, d.into, d.why) for d in line.declared if d.kind == "merge"]
    retired = {(c.gone.code.id, c.why) for c in changes if isinstance(c, Retired)}
    assert retired == {(d.codes[0], d.why) for d in line.declared if d.kind == "retire"}
    redefined = {(c.id, c.effect) for c in changes if isinstance(c, Redefined)}
    assert redefined == {(d.codes[0], d.effect) for d in line.declared if d.kind == "redefine"}
    assert {name for c in changes if isinstance(c, Redefined) for name, _, _ in c.fields} <= set(DEFINING)
