"""Fields of a code, changed on one side, on both alike, or on both differently."""

from __future__ import annotations

import pytest

from qcode.domain.codebook import Code
from qcode.domain.three_way import Merge
from tests.domain.three_way_samples import book, conflicts, having, merged

BASE = book("A", "B")


def with_field(field: str, base: object, ours: object, theirs: object, settle: dict[str, str] | None = None) -> Merge:
    return merged(*(having(BASE, "A", **{field: value}) for value in (base, ours, theirs)), settle)


def first(found: Merge) -> Code:
    assert found.version is not None, found.conflicts
    return found.version.codes[0]


@pytest.mark.parametrize("field", ["name", "brief", "origin", "color"])
def test_a_text_is_as_the_side_that_changed_it_has_it(field: str) -> None:
    a, b, c = {"origin": ("theory", "data", "structure"), "color": ("#000000", "#111111", "#222222")}.get(
        field, ("a", "b", "c")
    )
    for ours, theirs, joined in ((a, a, a), (a, b, b), (b, a, b), (b, b, b)):
        assert getattr(first(with_field(field, a, ours, theirs)), field) == joined
    assert conflicts(with_field(field, a, b, c)) == [(f"A.{field}", a, b, c)]
    assert getattr(first(with_field(field, a, b, c, {f"a.{field}": "Theirs"})), field) == c
    assert getattr(first(with_field(field, a, b, c, {"A": "ours"})), field) == b
    assert getattr(first(with_field(field, a, b, c, {f"A.{field}": a})), field) == a


def test_an_emptied_text_is_a_change_too() -> None:
    assert conflicts(with_field("brief", "a", "", "b")) == [("A.brief", "a", "", "b")]
    assert first(with_field("brief", "a", "", "a")).brief == ""
    assert first(with_field("brief", "a", "b", "c", {"A.brief": ""})).brief == ""


@pytest.mark.parametrize("field", ["examples", "aliases"])
def test_of_a_list_goes_what_either_took_out_and_comes_what_either_added(field: str) -> None:
    found = with_field(field, ("p", "q", "r"), ("x", "r", "p"), ("q", "r", "y", "x"))
    assert getattr(first(found), field) == ("x", "r", "y")
    assert getattr(first(with_field(field, ("p", "q"), ("p", "q"), ("q", "p"))), field) == ("q", "p")
    assert getattr(first(with_field(field, ("p", "q"), ("q", "p"), ("p", "q"))), field) == ("q", "p")


def test_names_are_joined_by_language() -> None:
    base, ours = (("ru", "а"), ("de", "a")), (("ru", "б"), ("de", "a"), ("zh", "甲"))
    assert first(with_field("names", base, ours, (("de", "b"), ("ru", "а")))).names == (
        *(("ru", "б"), ("de", "b"), ("zh", "甲")),
    )
    assert first(with_field("names", base, ours, (("ru", "а"),))).names == (("ru", "б"), ("zh", "甲"))
    clash = (("ru", "в"), ("de", "a"), ("zh", "乙"))
    assert conflicts(with_field("names", base, ours, clash)) == [
        ("A.names.ru", "а", "б", "в"),
        ("A.names.zh", "", "甲", "乙"),
    ]
    settled = with_field("names", base, ours, clash, {"A.names.ru": "г", "A.names.zh": "theirs"})
    assert first(settled).names == (("ru", "г"), ("de", "a"), ("zh", "乙"))


def test_terms_are_lists_by_language() -> None:
    base, ours = (("ru", ("а", "б")), ("de", ("x",))), (("ru", ("а", "в")), ("de", ("x",)))
    theirs = (("ru", ("б", "а", "г")), ("zh", ("甲",)))
    assert first(with_field("terms", base, ours, theirs)).terms == (("ru", ("а", "в", "г")), ("zh", ("甲",)))


def aliases(found: Merge) -> list[tuple[str, ...]]:
    assert found.version is not None, found.conflicts
    return [code.aliases for code in found.version.codes]


def test_an_alias_that_both_gave_to_different_codes_stays_with_the_first_of_them() -> None:
    ours, theirs = having(BASE, "B", aliases=("x", "y")), having(BASE, "A", aliases=("X",))
    assert aliases(merged(BASE, ours, theirs)) == aliases(merged(BASE, theirs, ours)) == [("X",), ("y",)]


def test_an_alias_stays_with_the_code_that_had_it() -> None:
    base = having(BASE, "B", aliases=("x",))
    ours = having(book("A", "B", "AA"), "B", aliases=("x",))
    assert aliases(merged(base, ours, having(book("A", "B"), "B", aliases=("x", "y")))) == [(), ("x", "y"), ()]
    moved = having(having(BASE, "B", aliases=()), "A", aliases=("x",))
    assert aliases(merged(base, having(base, "B", aliases=("x", "z")), moved)) == [("x",), ("z",)]


def test_an_alias_that_is_the_key_of_a_code_from_the_other_side_goes() -> None:
    assert aliases(merged(BASE, having(BASE, "A", aliases=("n", "m")), book("A", "B", "N"))) == [("m",), (), ()]
