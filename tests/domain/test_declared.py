"""What a following version declares, held against the codes of both: who is who, and what is not said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.declared import Adopted, Former, RawChange, adopt
from qcode.domain.diff import Declared
from tests.domain.codebook_strategies import OFTEN, Line, id_of, lines, trees


def version(number: str, *lines: str, changes: tuple[RawChange, ...] = ()) -> CodebookVersion:
    """Make a version from lines such as "A", "B<A" (B below A), "A!" (a heading), "A=text" (its definition)."""
    codes = []
    for line in lines:
        line, _, definition = line.partition("=")
        line, _, above = line.partition("<")
        key = line.rstrip("!")
        codes.append(Code(key, f"name of {key}", above or None, not line.endswith("!"), definition=definition))
    return CodebookVersion("demo", number, tuple(codes), changes=changes)


def change(kind: str, codes: str | tuple[str, ...], **rest: object) -> RawChange:
    return tuple(sorted({kind: codes, **rest}.items()))


def with_ids(of: CodebookVersion) -> CodebookVersion:
    return replace(of, codes=tuple(replace(code, id=code.key.lower()) for code in of.codes))


OLD = with_ids(version("1", "A", "B", "C!", "D<C"))
FORMER = (Former("z", "Z", "retire", "0.9"), Former("y", "Y", "merge", "0.8", ("A", "B")))


def follow(*lines: str, changes: tuple[RawChange, ...] = ()) -> Adopted:
    return adopt(OLD, version("2", *lines, changes=changes), former=FORMER, identity=id_of)


def ids(found: Adopted) -> dict[str, str]:
    assert found.problems == found.missing == []
    return {code.key: code.id for code in found.version.codes}


KEPT = {"A": "a", "B": "b", "C": "c", "D": "d"}


def test_codes_keep_their_identity_by_their_key_ignoring_case_and_new_ones_get_one() -> None:
    assert ids(follow("a", "N", "B", "C!", "D<C")) == {"a": "a", "N": "id:n", "B": "b", "C": "c", "D": "d"}


def test_moving_naming_and_editing_need_no_declaration() -> None:
    found = adopt(
        OLD,
        version("2", "D", "C!", "B<C", "A<B"),
        identity=id_of,
    )
    assert ids(found) == {"D": "d", "C": "c", "B": "b", "A": "a"}
    assert found.declared == ()


@pytest.mark.parametrize(
    ("lines", "raw", "declared", "identities"),
    [
        (
            ("Z", "B", "C!", "D<C"),
            change("rename", "A", to="Z", why="x"),
            Declared("rename", ("a",), ("a",), why="x"),
            {"Z": "a", "B": "b", "C": "c", "D": "d"},
        ),
        (
            ("a", "B", "C!", "D<C"),
            change("rename", "A", to="a"),
            Declared("rename", ("a",), ("a",)),
            {"a": "a", "B": "b", "C": "c", "D": "d"},
        ),
        (
            ("A=d", "B", "C!", "D<C"),
            change("redefine", "A", effect="narrow"),
            Declared("redefine", ("a",), effect="narrow"),
            KEPT,
        ),
        (("A", "B", "C!"), change("retire", "D"), Declared("retire", ("d",)), {"A": "a", "B": "b", "C": "c"}),
        (
            ("A", "B", "C!", "D<C", "Z<D"),
            change("revive", "z"),
            Declared("revive", ("z",)),
            {**KEPT, "Z": "z"},
        ),
        (
            ("A", "N", "C!", "D<C"),
            change("split", "B", into=("N", "a", "N")),
            Declared("split", ("b",), ("id:n", "a")),
            {"A": "a", "N": "id:n", "C": "c", "D": "d"},
        ),
        (
            ("A", "B!", "N<B", "M<B", "C!", "D<C"),
            change("split", "B", into=("N", "M")),
            Declared("split", ("b",), ("id:n", "id:m")),
            {**KEPT, "N": "id:n", "M": "id:m"},
        ),
        (
            ("N", "C!", "D<C"),
            change("merge", ("A", "B"), into="N"),
            Declared("merge", ("a", "b"), ("id:n",)),
            {"N": "id:n", "C": "c", "D": "d"},
        ),
        (
            ("A", "C!", "D<C"),
            change("merge", ("A", "B"), into="a"),
            Declared("merge", ("a", "b"), ("a",)),
            {"A": "a", "C": "c", "D": "d"},
        ),
        (
            ("A", "C!", "D<C"),
            change("merge", ("B",), into="A"),
            Declared("merge", ("b",), ("a",)),
            {"A": "a", "C": "c", "D": "d"},
        ),
    ],
)
def test_a_declared_change_says_who_is_who(
    lines: tuple[str, ...], raw: RawChange, declared: Declared, identities: dict[str, str]
) -> None:
    found = follow(*lines, changes=(raw,))
    assert ids(found) == identities
    assert found.declared == (declared,)


def test_a_renamed_code_can_be_redefined_and_split_too() -> None:
    changes = (
        change("rename", "A", to="N"),
        change("redefine", "N", effect="widen"),
        change("split", "A", into=("N", "M")),
    )
    found = follow("N=d", "M", "B", "C!", "D<C", changes=changes)
    assert ids(found)["N"] == "a"
    assert [one.codes for one in found.declared] == [("a",)] * 3


def test_a_code_can_be_split_into_one_that_is_revived() -> None:
    changes = (change("revive", "Z"), change("split", "A", into=("Z", "B")))
    found = follow("A!", "Z<A", "B", "C!", "D<C", changes=changes)
    assert ids(found)["Z"] == "z"
    assert found.declared[1] == Declared("split", ("a",), ("z", "b"))


def test_a_key_of_a_retired_code_can_be_given_to_another() -> None:
    found = follow("Z", "B", "C!", "D<C", changes=(change("rename", "A", to="Z"),))
    assert ids(found)["Z"] == "a"


def test_a_code_that_becomes_a_heading_goes_to_the_codes_below_it() -> None:
    found = follow("A!", "N<A", "M!<A", "O<M", "B", "C!", "D<C")
    assert ids(found) and found.declared == (Declared("uncodable", ("a",), ("id:n", "id:o")),)


def test_a_split_code_that_becomes_a_heading_is_told_by_its_split_alone() -> None:
    raw = change("split", "A", into=("N", "B"))
    assert [one.kind for one in follow("A!", "N<A", "B", "C!", "D<C", changes=(raw,)).declared] == ["split"]


KEPT_LINES = ("A", "B", "C!", "D<C")


@pytest.mark.parametrize(
    ("lines", "raw", "problem"),
    [
        (KEPT_LINES, change("split", "A", into=("B", "N")), "split A: N is not among the codes"),
        (KEPT_LINES, change("split", "A", into=("B", "C")), "split A: C is only a heading, which takes no codings"),
        (
            KEPT_LINES,
            change("split", "A", into=("B", "z")),
            "split A: z was retired in 0.9; revive it and put it among the codes, or name another code",
        ),
        (KEPT_LINES, change("split", "A", into=("B", "b")), "split A: a code is split into two or more"),
        (KEPT_LINES, change("split", "N", into=("A", "B")), "split N: N is not a code of 1"),
        (KEPT_LINES, change("split", "Z", into=("A", "B")), "split Z: Z is not in 1: it was retired in 0.9"),
        (
            ("A", "C!", "D<C"),
            change("merge", ("B", "D"), into="Y"),
            "merge B, D: Y was merged into A, B in 0.8; revive it and put it among the codes, or name another code",
        ),
        (("A", "C!", "D<C"), change("merge", ("B",), into="N"), "merge B: N is not among the codes"),
        (("A", "C!", "D<C"), change("merge", ("B",), into="C"), "merge B: C is only a heading, which takes no codings"),
        (KEPT_LINES, change("merge", ("B", "N"), into="A"), "merge B, N: N is not a code of 1"),
        (
            KEPT_LINES,
            change("merge", ("A", "B"), into="D"),
            "merge A, B: A is merged and still stands among the codes; take it out there",
        ),
        (KEPT_LINES, change("merge", ("A", "a"), into="A"), "merge A, a: it names one code only"),
        (KEPT_LINES, change("rename", "N", to="A"), "rename N: N is not a code of 1"),
        (("B", "C!", "D<C"), change("rename", "A", to="N"), "rename A: N is not among the codes"),
        (("A", "N", "B", "C!", "D<C"), change("rename", "A", to="N"), "rename A: A still stands among the codes"),
        (("B", "C!", "D<C"), change("rename", "A", to="b"), "rename A: b is the key of another code of 1"),
        (KEPT_LINES, change("redefine", "N", effect="widen"), "redefine N: N is not among the codes"),
        (
            (*KEPT_LINES, "N"),
            change("redefine", "N", effect="widen"),
            "redefine N: N is a new code; nothing of it is redefined",
        ),
        (KEPT_LINES, change("retire", "A"), "retire A: A still stands among the codes; take it out there"),
        (KEPT_LINES, change("retire", "N"), "retire N: N is not a code of 1"),
        (KEPT_LINES, change("revive", "A"), "revive A: A is in 1 already"),
        (
            (*KEPT_LINES, "N"),
            change("revive", "N"),
            "revive N: the codebook never had a code N; a new code needs no declaration",
        ),
        (KEPT_LINES, change("revive", "Z"), "revive Z: Z is not among the codes; put it where it belongs"),
    ],
)
def test_a_change_that_does_not_fit_is_told_in_a_sentence(lines: tuple[str, ...], raw: RawChange, problem: str) -> None:
    found = follow(*lines, changes=(raw,))
    assert found.problems[0] == problem
    assert found.declared == ()


@pytest.mark.parametrize(
    ("lines", "changes", "problem"),
    [
        (
            ("B", "C!", "D<C"),
            (change("retire", "A"), change("merge", ("A",), into="B")),
            "A is ended by 2 changes (retire, merge); one is enough",
        ),
        (
            ("B", "C!", "D<C"),
            (change("split", "a", into=("B", "D")), change("merge", ("A",), into="B")),
            "A is ended by 2 changes (split, merge); one is enough",
        ),
        (
            ("N", "C!", "D<C"),
            (change("rename", "A", to="N"), change("rename", "B", to="N")),
            "rename B: two codes are renamed to N",
        ),
        (
            ("Z", "B", "C!", "D<C"),
            (change("rename", "A", to="Z"), change("revive", "Z")),
            "rename A: Z is revived, so it is the key of that code",
        ),
    ],
)
def test_two_changes_that_do_not_go_together_are_told(
    lines: tuple[str, ...], changes: tuple[RawChange, ...], problem: str
) -> None:
    assert follow(*lines, changes=changes).problems == [problem]


def test_a_code_redefined_twice_is_told_once() -> None:
    twice = (change("redefine", "A", effect="widen"), change("redefine", "a", effect="clarify"))
    assert follow("A=d", "B", "C!", "D<C", changes=twice).problems == [
        "redefine A: A is redefined twice; one effect can hold"
    ]


def test_codes_that_would_have_one_identity_are_refused() -> None:
    found = adopt(OLD, version("2", *KEPT_LINES, "N", "M"), identity=lambda key: "same")
    assert found.problems == ["two codes have the same identity"]


@pytest.mark.parametrize(
    ("lines", "problem", "missing"),
    [
        (("A", "C!", "D<C"), "B is in 1 and not here, which no change declares", change("retire", "B")),
        (
            ("A=d", "B", "C!", "D<C"),
            "A has another definition, which no change declares",
            change("redefine", "A", effect="clarify"),
        ),
        (
            (*KEPT_LINES, "Z"),
            "Z was retired in 0.9 and stands here again, which no change declares",
            change("revive", "Z"),
        ),
    ],
)
def test_what_no_change_declares_is_told_with_the_declaration(
    lines: tuple[str, ...], problem: str, missing: RawChange
) -> None:
    found = follow(*lines)
    assert found.problems == [problem]
    assert found.missing == [missing]


def renamed(new: Code, *others: Code, old: tuple[Code, ...] = (), changes: tuple[RawChange, ...] = ()) -> Adopted:
    base = CodebookVersion("demo", "1", old or (Code("A", "one", id="a", definition="d"),))
    return adopt(base, CodebookVersion("demo", "2", (new, *others), changes=changes), former=FORMER, identity=id_of)


@pytest.mark.parametrize(
    "new",
    [
        Code("N", "ONE", definition="d"),
        Code("N", "two", definition="d"),
        Code("N", "One", definition="d", color="#000000"),
    ],
)
def test_a_code_that_vanished_beside_a_new_one_with_its_name_or_definition_was_probably_renamed(new: Code) -> None:
    assert renamed(new).missing == [change("rename", "A", to="N")]


def test_a_code_that_vanished_beside_a_new_one_that_has_its_key_as_an_alias_was_probably_renamed() -> None:
    old = (Code("A", "one", id="a"),)
    assert renamed(Code("N", "two", aliases=("a",)), old=old).missing == [change("rename", "A", to="N")]


def test_two_nameless_codes_are_not_taken_for_the_same() -> None:
    assert renamed(Code("N", ""), old=(Code("A", "", id="a"),)).missing == [change("retire", "A")]


def test_a_heading_is_not_taken_for_a_renamed_code() -> None:
    assert renamed(Code("N", "one", codable=False)).missing == [change("retire", "A")]


def test_a_guessed_rename_comes_with_the_redefinition_that_it_needs() -> None:
    found = renamed(Code("N", "one", definition="e"))
    assert found.missing == [change("rename", "A", to="N"), change("redefine", "N", effect="clarify")]
    assert renamed(Code("N", "one", definition="e"), changes=tuple(found.missing)).problems == []


def test_of_two_codes_that_vanished_one_new_code_is_guessed_for_one() -> None:
    old = (Code("A", "one", id="a"), Code("B", "one", id="b"))
    assert renamed(Code("N", "one"), old=old).missing == [change("rename", "A", to="N"), change("retire", "B")]


def test_a_code_that_another_was_renamed_to_or_that_comes_back_is_not_guessed_again() -> None:
    old = (Code("A", "one", id="a"), Code("B", "one", id="b"))
    assert renamed(Code("N", "one"), old=old, changes=(change("rename", "B", to="N"),)).missing == [
        change("retire", "A")
    ]
    assert renamed(Code("Z", "one"), changes=(change("revive", "Z"),)).missing == [change("retire", "A")]
    assert renamed(Code("Z", "one")).missing == [change("retire", "A"), change("revive", "Z")]


def _without_ids(of: CodebookVersion) -> CodebookVersion:
    return replace(of, codes=tuple(replace(code, id="") for code in of.codes))


def _adopted(line: Line, changes: tuple[RawChange, ...] | None = None, *, before: tuple[Former, ...] = ()) -> Adopted:
    """Adopt the newest version of a line, of which nothing but the keys and `changes` are known."""
    new = line.newest if changes is None else replace(line.newest, changes=changes)
    return adopt(line.versions[-2], _without_ids(new), former=before, identity=id_of)


@st.composite
def followed(draw: st.DrawFn) -> tuple[Line, tuple[Former, ...]]:
    """Draw a line with the codes that had ended before its last version."""
    first = draw(lines(draw(trees(least=3)), edits=4))
    then = draw(lines(first.newest, edits=8, former=first.former))
    return then, tuple(first.former)


@OFTEN
@given(followed())
def test_a_version_that_declares_all_is_adopted_with_the_right_identities(
    drawn: tuple[Line, tuple[Former, ...]],
) -> None:
    line, before = drawn
    found = _adopted(line, before=before)
    assert found.problems == found.missing == []
    assert found.version == line.newest
    assert list(found.declared) == line.declared


@OFTEN
@given(followed(), st.data())
def test_a_declaration_left_out_is_told_and_what_is_guessed_instead_is_enough(
    drawn: tuple[Line, tuple[Former, ...]], data: st.DataObject
) -> None:
    line, before = drawn
    assume(line.newest.changes)
    left_out = data.draw(st.sampled_from(line.newest.changes))
    rest = tuple(one for one in line.newest.changes if one != left_out)
    found = _adopted(line, rest, before=before)
    told = {str(key).casefold() for one in found.missing for name, key in one if name not in ("effect", "to")}
    still = {str(value).casefold() for one in rest for name, value in one if name in ("split", "rename")}
    assert _needed(dict(left_out), line) - still <= told
    if not _hangs_on(left_out, rest):
        assert len(found.problems) == len(found.missing)
        assert _adopted(line, (*rest, *found.missing), before=before).problems == []


def _needed(change: dict[str, object], line: Line) -> set[str]:
    """Return the keys that a change accounts for, as they are told when it is left out."""
    old, new = line.versions[-2], line.newest
    match change:
        case {"redefine": str(key)}:
            was = {code.id: code for code in old.codes}[new.by_key[key.casefold()].id]
            now = new.by_key[key.casefold()]
            same = (was.definition, was.when, was.when_not) == (now.definition, now.when, now.when_not)
            return set() if same else {key.casefold()}
        case {"revive": str(key)}:
            return {key.casefold()}
        case {"merge": tuple(keys)}:
            return {key.casefold() for key in keys if key.casefold() not in new.by_key}
        case {"split": str(key)} | {"retire": str(key)} | {"rename": str(key)}:
            return {key.casefold()} - set(new.by_key)
    return set()


def _hangs_on(left_out: RawChange, rest: tuple[RawChange, ...]) -> bool:
    """Tell whether another change names what the one that was left out said: a redefined code by its new key, say."""
    named = {str(value).casefold() for name, value in left_out if name in ("to", "revive", "redefine")}
    others = {str(value).casefold() for one in rest for name, value in one if name == "redefine"}
    return bool(named & others)
