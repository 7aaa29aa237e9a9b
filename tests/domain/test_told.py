"""Changes told as rows, in the keys that people know."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.domain.change_kinds import Named
from qcode.domain.changes import reverse
from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.diff import Declared, diff
from qcode.domain.told import ToldChange, tell
from tests.domain.codebook_strategies import OFTEN, lines, trees

KINDS = {"add", "rename", "name", "move", "redefine", "edit", "split", "merge", "retire", "revive"}


def version(*lines: str) -> CodebookVersion:
    """Make a version from lines such as "A", "B<A" (B below A); the ids are the keys in small letters."""
    split = [line.partition("<") for line in lines]
    return CodebookVersion("demo", "1", tuple(Code(k, k, above or None, id=k.lower()) for k, _, above in split))


def with_code(of: CodebookVersion, id: str, **fields: object) -> CodebookVersion:
    return replace(of, codes=tuple(replace(c, **fields) if c.id == id else c for c in of.codes))


def told(old: CodebookVersion, new: CodebookVersion, *declared: Declared) -> list[ToldChange]:
    return tell(diff(old, new, declared), old, new)


OLD = version("A", "B", "C<B")


@pytest.mark.parametrize(
    ("new", "declared", "row"),
    [
        (version("A", "B", "C<B", "N"), [], ToldChange("add", ("N",), ids=("n",))),
        (version("A", "B"), [Declared("retire", ("c",), why="x")], ToldChange("retire", ("C",), why="x", ids=("c",))),
        (
            version("A", "B", "C<B", "N"),
            [Declared("revive", ("n",), why="x")],
            ToldChange("revive", ("N",), why="x", ids=("n",)),
        ),
        (
            version("A", "B", "N", "M"),
            [Declared("split", ("c",), ("n", "m"), why="x")],
            ToldChange("split", ("C",), ("N", "M"), why="x", ids=("c",)),
        ),
        (
            version("B", "N"),
            [Declared("merge", ("a", "c"), ("n",), why="x")],
            ToldChange("merge", ("A", "C"), ("N",), why="x", ids=("a", "c")),
        ),
        (
            with_code(OLD, "a", key="Z"),
            [Declared("rename", ("a",), ("a",), why="x")],
            ToldChange("rename", ("A",), ("Z",), None, ("code",), "x", (("code", "A", "Z"),), ("a",)),
        ),
        (
            with_code(OLD, "a", name="z"),
            [],
            ToldChange("name", ("A",), (), None, ("name",), "", (("name", "A", "z"),), ("a",)),
        ),
        (
            with_code(OLD, "a", when="w"),
            [Declared("redefine", ("a",), effect="widen", why="x")],
            ToldChange("redefine", ("A",), (), "widen", ("when",), "x", (("when", "", "w"),), ("a",)),
        ),
        (
            version("A", "C<A", "B"),
            [],
            ToldChange("move", ("C",), (), None, ("parent",), "", (("parent", "B", "A"),), ("c",)),
        ),
        (
            version("A", "B", "C"),
            [],
            ToldChange("move", ("C",), (), None, ("parent",), "", (("parent", "B", "the top"),), ("c",)),
        ),
        (
            version("B", "C<B", "A"),
            [],
            ToldChange("edit", ("B", "A"), (), None, ("order",), "", (("order", "A, B", "B, A"),)),
        ),
    ],
)
def test_each_change_is_one_row(new: CodebookVersion, declared: list[Declared], row: ToldChange) -> None:
    assert told(OLD, new, *declared) == [row]


def test_another_order_below_a_code_names_that() -> None:
    (row,) = told(version("A", "B<A", "C<A"), version("A", "C<A", "B<A"))
    assert row.texts == (("order below A", "B, C", "C, B"),)


def test_fields_of_all_shapes_are_told_in_words() -> None:
    new = with_code(
        OLD, "a", codable=False, names=(("ru", "А"), ("de", "A")), examples=("x", "y"), terms=(("ru", ("а", "б")),)
    )
    (row,) = told(OLD, new)
    assert row.fields == ("codable", "names", "examples", "terms")
    assert row.texts == (
        ("codable", "yes", "no"),
        ("names", "", "ru: А; de: A"),
        ("examples", "", "x; y"),
        ("terms", "", "ru: а, б"),
    )


def test_a_redefinition_whose_effect_no_one_said_has_none() -> None:
    assert [row.effect for row in told(OLD, with_code(OLD, "a", when="w"))] == [None]


def test_a_renamed_code_is_split_under_its_old_key_and_named_by_its_new_one_otherwise() -> None:
    new = with_code(with_code(version("A", "B", "C<B", "N"), "a", key="Z", name="z"), "c", parent="Z")
    new = replace(new, codes=(new.codes[0], new.codes[2], new.codes[1], new.codes[3]))
    rows = told(OLD, new, Declared("rename", ("a",), ("a",)), Declared("split", ("a",), ("a", "n")))
    assert [(row.change, row.codes, row.into) for row in rows] == [
        ("split", ("A",), ("Z", "N")),
        ("rename", ("A",), ("Z",)),
        ("name", ("Z",), ()),
        ("move", ("C",), ()),
    ]


def test_a_merge_whose_target_was_split_later_names_all_heirs() -> None:
    declared = (Declared("merge", ("a", "c"), ("n",)), Declared("split", ("n",), ("o", "p")))
    rows = told(OLD, version("B", "O", "P"), *declared)
    assert [(row.change, row.codes, row.into) for row in rows] == [("merge", ("A", "C"), ("O", "P"))]


def test_what_only_the_version_itself_has_is_no_row() -> None:
    assert told(OLD, replace(OLD, version="2", title="t")) == []


def test_changes_taken_back_are_told_the_other_way_round() -> None:
    new = version("A", "B", "N", "M")
    there = diff(OLD, new, [Declared("split", ("c",), ("n", "m"))])
    assert [(row.change, row.codes, row.into) for row in tell(reverse(there), new, OLD)] == [
        ("merge", ("N", "M"), ("C",))
    ]
    added = diff(OLD, version("A", "B", "C<B", "N"))
    assert [row.change for row in tell(reverse(added), new, OLD)] == ["retire"]
    assert [row.texts for row in tell(reverse((Named("a", "A", "z"),)), OLD, OLD)] == [(("name", "z", "A"),)]


@OFTEN
@given(st.data())
def test_every_row_has_a_kind_of_the_contract_and_codes_of_one_of_the_versions(data: st.DataObject) -> None:
    line = data.draw(lines(data.draw(trees(least=2)), steps=3))
    old, new = line.versions[0], line.newest
    keys = {code.key for code in (*old.codes, *new.codes)}
    ids = {code.id for code in (*old.codes, *new.codes)}
    for row in told(old, new, *line.declared):
        assert row.change in KINDS
        assert row.codes and keys.issuperset(row.codes + row.into)
        assert ids.issuperset(row.ids)
        assert all(was != now for _, was, now in row.texts)
