"""What a following version declares, held against the codes of both: who is who, and what is not said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.declared import Adopted, Former, RawChange, adopt
from qcode.domain.diff import Declared
from tests.domain.codebook_strategies import id_of
from tests.domain.three_way_samples import change


def version(number: str, *lines: str, changes: tuple[RawChange, ...] = ()) -> CodebookVersion:
    """Make a version from lines such as "A", "B<A" (B below A), "A!" (a heading), "A=text" (its definition)."""
    codes = []
    for line in lines:
        line, _, definition = line.partition("=")
        line, _, above = line.partition("<")
        key = line.rstrip("!")
        codes.append(Code(key, f"name of {key}", above or None, not line.endswith("!"), definition=definition))
    return CodebookVersion("demo", number, tuple(codes), changes=changes)


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
