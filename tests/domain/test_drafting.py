"""The acts on a draft that keep a code: each changes codes and declarations together, or is refused with a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qcode.domain import drafting
from qcode.domain.codebook import Code
from qcode.errors import BadCodebook, BadValue, Conflict, NotFound
from tests.domain.drafts import NEW, OLD, adopted, base, code, draft, refused, said, tree


def test_a_new_code_stands_last_or_beside_another_and_is_not_declared() -> None:
    now = drafting.add(OLD, NEW, "N1", parent="a", name="New one", definition="d", aliases=("en",))
    now = drafting.add(OLD, now, "N2", parent="A", after="b", codable=False)
    now = drafting.add(OLD, now, "N3", after="C")
    now = drafting.add(OLD, now, "N4")
    assert tree(now) == ["A", ".B", "..C", "..N3", ".N2!", ".D", ".N1", "E", "H!", "N4"]
    assert code(now, "n1") == Code("N1", "New one", "A", definition="d", aliases=("en",))
    assert now.changes == ()
    adopted(OLD, now)


@pytest.mark.parametrize(
    ("args", "options", "sentence"),
    [
        ("b", {}, "Conflict: b is in the draft already; choose another key"),
        ("BEE", {}, "Conflict: BEE is an alias of B; choose another key"),
        ("a,b", {}, "BadValue: 'a,b' cannot be a key, a key has no comma, tab, line break or other control character;"),
        ("N", {"parent": "Z"}, "NotFound: there is no code 'Z' in the draft; look at the draft's codes"),
        ("N", {"parent": "bee"}, "NotFound: there is no code 'bee' in the draft; it is an alias of B; take that"),
        ("N", {"parent": "E", "after": "B"}, "BadValue: B does not stand directly below E; name a code that does"),
        ("N", {"aliases": ("d",)}, "Conflict: d is the key or an alias of D; give another alias"),
        ("N", {"color": "red"}, "BadValue: N: the color 'red' is none; write it as #7a3b69"),
        ("N", {"id": "x"}, "BadValue: 'id' cannot be set here; known are name, names,"),
    ],
)
def test_a_new_code_is_refused(args: str, options: dict[str, Any], sentence: str) -> None:
    assert refused("add", args, **options).startswith(sentence)


def test_a_key_typed_wrongly_is_answered_with_near_ones() -> None:
    old = base("FUND-EXIT", "FUND-STOP", "trust")
    for typed, meant in [("exit", "FUND-EXIT"), ("trsut", "trust"), ("FUND", "FUND-EXIT or FUND-STOP")]:
        with pytest.raises(NotFound, match=f"there is no code '{typed}' in the draft; did you mean {meant}?"):
            drafting.edit(old, draft(old), typed, name="x")


def test_editing_is_not_declared() -> None:
    now = drafting.edit(OLD, NEW, "c", name="Sea", names=(("ru", "море"),), terms=(("en", ("sea",)),), color="#00ff00")
    assert (code(now, "C").name, code(now, "C").color, now.changes) == ("Sea", "#00ff00", ())
    assert adopted(OLD, drafting.edit(OLD, now, "C", codable=False)).declared[0].kind == "uncodable"
    assert refused("edit", "C", definition="x").startswith("BadValue: 'definition' cannot be set here; known are name,")
    assert refused("edit", "C", aliases=("bee",)) == "Conflict: bee is the key or an alias of B; give another alias"


def test_a_rename_keeps_the_old_key_as_alias_and_its_children() -> None:
    now = drafting.rename(OLD, NEW, "b", "Bread", why="clearer")
    assert tree(now) == ["A", ".Bread", "..C", ".D", "E", "H!"]
    assert code(now, "bread").aliases == ("bee", "B")
    assert said(now) == ["rename:B to:Bread why:clearer"]
    assert code(adopted(OLD, now).version, "Bread").id == "id-B"


def test_renaming_twice_is_one_rename_and_renaming_back_none() -> None:
    now = drafting.rename(OLD, drafting.rename(OLD, NEW, "B", "X", why="first"), "X", "Y")
    assert (said(now), code(now, "Y").aliases) == (["rename:B to:Y why:first"], ("bee", "B"))
    assert drafting.rename(OLD, now, "Y", "B") == NEW
    by_alias = drafting.rename(OLD, NEW, "B", "bee")
    assert code(by_alias, "bee").aliases == ("B",)
    assert drafting.rename(OLD, by_alias, "bee", "B") == NEW


def test_another_spelling_of_a_key_is_no_rename() -> None:
    now = drafting.rename(OLD, NEW, "b", "b")
    assert (tree(now)[1], code(now, "b").aliases, now.changes, code(now, "C").parent) == (".b", ("bee",), (), "b")
    adopted(OLD, now)


def test_a_code_of_the_draft_is_renamed_without_a_trace() -> None:
    now = drafting.rename(OLD, drafting.add(OLD, NEW, "N"), "N", "M")
    assert (code(now, "M").aliases, now.changes) == ((), ())
    adopted(OLD, now)


def test_a_key_of_the_version_before_is_given_to_no_other_code() -> None:
    now = drafting.edit(OLD, drafting.rename(OLD, NEW, "B", "X"), "X", aliases=())
    assert refused("add", "b", on=now) == "Conflict: B is called X in this draft; choose another key, or take X"
    assert refused("rename", "C", "B", on=now).startswith("Conflict: B is called X in this draft;")
    assert refused("edit", "B", on=now, name="x") == "NotFound: B is called X in this draft; take X"
    assert refused("rename", "C", "E") == "Conflict: E is in the draft already; choose another key"
    cut = replace(NEW, codes=NEW.codes[:4])
    assert refused("edit", "E", on=cut) == "NotFound: E is a code of 1 that the draft left out; put it back"
    gone = drafting.retire(OLD, NEW, "E")
    assert refused("add", "e", on=gone) == "Conflict: E is retired in this draft; choose another key, or revive it"
    assert refused("move", "E", on=gone, under=None) == "NotFound: E is retired in this draft; revive it"


def test_a_rename_follows_through_all_declarations() -> None:
    now = drafting.split(OLD, NEW, "B", ["B1", "D"])
    now = drafting.redefine(OLD, now, "D", when="w", effect="widen")
    now = drafting.merge(OLD, now, ["E"], "A")
    for key, to in [("B", "Bread"), ("B1", "B9"), ("D", "Dew"), ("A", "Air")]:
        now = drafting.rename(OLD, now, key, to)
    assert said(now) == [
        *("into:B9,Dew split:B", "effect:widen redefine:Dew", "into:Air merge:E"),
        *("rename:B to:Bread", "rename:D to:Dew", "rename:A to:Air"),
    ]
    adopted(OLD, now)


def test_a_merge_that_lists_its_target_too_outlives_the_targets_rename() -> None:
    merged = (("into", "A"), ("merge", ("A", "E")))
    written = replace(NEW, codes=tuple(c for c in NEW.codes if c.key != "E"), changes=(merged,))
    adopted(OLD, written)
    now = drafting.rename(OLD, written, "A", "Air")
    assert said(now) == ["into:Air merge:E", "rename:A to:Air"]
    adopted(OLD, now)


def test_a_code_moves_with_all_below_it() -> None:
    for options, expected in [
        ({"under": None}, ["A", ".D", "E", "H!", "B", ".C"]),
        ({"under": None, "before": "e"}, ["A", ".D", "B", ".C", "E", "H!"]),
        ({"under": "A", "after": "D"}, ["A", ".D", ".B", "..C", "E", "H!"]),
        ({"under": "h"}, ["A", ".D", "E", "H!", ".B", "..C"]),
    ]:
        now = drafting.move(OLD, NEW, "B", **options)  # type: ignore[arg-type]
        assert (tree(now), now.changes) == (expected, ())
        adopted(OLD, now)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"under": "a"}, "Conflict: A cannot stand below itself; name another code"),
        ({"under": "C"}, "Conflict: C stands below A; move C elsewhere first, or name another code"),
        ({"under": None, "after": "C"}, "BadValue: C does not stand at the top; name a code that does"),
        ({"under": None, "before": "A"}, "BadValue: A cannot stand beside itself; name another code"),
        (
            {"under": None, "before": "E", "after": "H"},
            "BadValue: a code stands before one code or after one, not both;",
        ),
    ],
)
def test_a_move_is_refused(options: dict[str, Any], sentence: str) -> None:
    assert refused("move", "A", **options).startswith(sentence)


def test_of_two_effects_in_one_draft_the_stronger_holds() -> None:
    now = drafting.redefine(OLD, NEW, "D", definition="x", effect="narrow", why="first")
    now = drafting.redefine(OLD, now, "d", when="y", effect="widen")
    assert said(now) == ["effect:narrow redefine:D why:first"]
    assert (code(now, "D").definition, code(now, "D").when) == ("x", "y")
    adopted(OLD, now)
    stronger = drafting.redefine(
        OLD, drafting.redefine(OLD, NEW, "D", when="y", effect="clarify"), "D", when="z", effect="widen"
    )
    assert said(stronger) == ["effect:widen redefine:D"]


def test_back_to_the_old_texts_nothing_is_redefined() -> None:
    now = drafting.redefine(OLD, drafting.rename(OLD, NEW, "D", "X"), "X", definition="x", effect="narrow")
    now = drafting.rename(OLD, now, "X", "Y")
    assert said(now) == ["rename:D to:Y", "effect:narrow redefine:Y"]
    now = drafting.redefine(OLD, now, "Y", definition="what D is", effect="clarify")
    assert drafting.rename(OLD, now, "Y", "D") == NEW


def test_a_new_code_is_defined_without_a_declaration() -> None:
    now = drafting.redefine(OLD, drafting.add(OLD, NEW, "N"), "N", definition="x", effect="narrow")
    assert (code(now, "N").definition, now.changes) == ("x", ())
    adopted(OLD, now)


def test_a_redefinition_is_refused_without_text_or_with_an_unknown_effect() -> None:
    assert refused("redefine", "D", effect="widen") == (
        "BadValue: nothing of D is redefined; give definition, when or when_not"
    )
    assert refused("redefine", "D", when="x", effect="more") == (
        "BadValue: there is no effect 'more'; take one of clarify, widen, narrow"
    )


def test_a_former_code_comes_back_where_its_parent_stands() -> None:
    former = Code("F", "old", "b", definition="what it was", aliases=("D", "eff"), id="id-f")
    now = drafting.revive(OLD, drafting.rename(OLD, NEW, "B", "X"), former, why="needed again")
    assert tree(now) == ["A", ".X", "..C", "..F", ".D", "E", "H!"]
    assert said(now) == ["rename:B to:X", "revive:F why:needed again"]
    assert code(now, "F").aliases == ("eff",)
    assert code(adopted(OLD, now).version, "F").id == "id-f"
    assert tree(drafting.revive(OLD, NEW, former, under="E"))[-2:] == [".F", "H!"]
    assert tree(drafting.revive(OLD, NEW, replace(former, parent="Z")))[-1] == "F"


def test_a_code_that_comes_back_takes_its_key_from_the_aliases_of_another() -> None:
    old = base("A=F,x", "B")
    now = drafting.revive(old, draft(old), Code("F", "old"))
    assert code(now, "A").aliases == ("x",)
    adopted(old, now)


def test_what_the_draft_retired_comes_back_as_it_was() -> None:
    now = drafting.redefine(OLD, drafting.rename(OLD, NEW, "E", "X"), "X", when="w", effect="widen")
    now = drafting.retire(OLD, now, "X")
    now = drafting.revive(OLD, now, Code("e", "whatever"))
    assert (now.changes, code(now, "E")) == ((), code(OLD, "E"))
    assert adopted(OLD, now).declared == ()


def test_what_comes_back_is_neither_renamed_nor_redefined_nor_divided_in_the_same_version() -> None:
    now = drafting.revive(OLD, NEW, Code("F", "old"))
    later = "; do this in the version after this one"
    assert refused("rename", "F", "F2", on=now) == f"Conflict: F comes back in this draft under its old key{later}"
    assert (
        refused("redefine", "F", when="x", effect="widen", on=now)
        == f"Conflict: F comes back in this draft as it was{later}"
    )
    for act, args in [("split", ("F", ["F1", "F2"])), ("merge", (["F", "A"], "N"))]:
        assert refused(act, *args, on=now) == f"Conflict: F comes back in this draft, and its codings with it{later}"
    assert drafting.retire(OLD, now, "F") == NEW


def test_a_code_that_is_there_or_went_otherwise_does_not_come_back() -> None:
    assert refused("revive", Code("a", "")).startswith("Conflict: a is in the draft already;")
    merged = drafting.merge(OLD, NEW, ["E"], "A")
    assert refused("revive", Code("E", ""), on=merged) == "Conflict: E is merged into A in this draft; take A"


def test_a_draft_that_is_no_tree_is_refused() -> None:
    for codes in [(*NEW.codes, Code("a", "")), (*NEW.codes, Code("X", "", "Z")), (Code("X", "", "X"),)]:
        with pytest.raises(BadCodebook, match="no tree"):
            drafting.add(OLD, replace(NEW, codes=codes), "N")


def test_an_act_keeps_its_own_hands_off_what_was_wrong_before() -> None:
    wrong = replace(NEW, codes=(*NEW.codes, Code("X", "", color="red")))
    assert tree(drafting.add(OLD, wrong, "N"))[-1] == "N"
    with pytest.raises(BadValue):
        drafting.edit(OLD, wrong, "A", color="red")
    with pytest.raises(Conflict):
        drafting.add(OLD, wrong, "x")
