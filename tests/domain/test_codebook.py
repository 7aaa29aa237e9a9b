"""A codebook version: its tree, the finding of codes, and the rules that `check` tells."""

from __future__ import annotations

import time

import pytest

from qcode.domain.codebook import Code, CodebookVersion, Problem, check, key_problem

GOOD = {"brief": "b", "definition": "d", "when": "w", "when_not": "n", "examples": ("e",)}


def version(*lines: str) -> CodebookVersion:
    """Make a version from lines such as "A", "B<A" (B below A)."""
    split = [line.partition("<") for line in lines]
    return CodebookVersion("demo", "1", tuple(Code(key, key, parent or None, **GOOD) for key, _, parent in split))


def with_code(**fields: object) -> CodebookVersion:
    return CodebookVersion("demo", "1", (Code(**{"key": "A", "name": "a", **GOOD, **fields}),))


def errors(of: CodebookVersion) -> list[tuple[str, str]]:
    return [(problem.where, problem.what) for problem in check(of) if problem.level == "error"]


TREE = version("A", "B<A", "C<b", "D<A", "E", "F<E")
CIRCLE = version("A<C", "B<A", "C<B", "D<C", "E")


def test_walking_gives_the_depth_of_each_code_ignoring_the_case_of_parents() -> None:
    assert [(depth, code.key) for depth, code in TREE.walk()] == [
        *[(0, "A"), (1, "B"), (2, "C"), (1, "D"), (0, "E"), (1, "F")]
    ]


def test_children_stand_in_order() -> None:
    assert [code.key for code in TREE.children(None)] == ["A", "E"]
    assert [code.key for code in TREE.children("a")] == ["B", "D"]
    assert TREE.children("nowhere") == []


def test_ancestors_come_nearest_first_and_descendants_in_reading_order() -> None:
    assert [code.key for code in TREE.ancestors("c")] == ["B", "A"]
    assert [code.key for code in TREE.descendants("A")] == ["B", "C", "D"]
    assert TREE.ancestors("A") == TREE.descendants("F") == []


def test_a_circle_or_a_missing_parent_stops_no_walk() -> None:
    assert [code.key for code in CIRCLE.ancestors("D")] == ["C", "B", "A"]
    assert "A" not in [code.key for code in CIRCLE.ancestors("A")]
    assert [code.key for code in CIRCLE.descendants("A")] == ["B", "C", "D"]
    assert len(list(CIRCLE.walk())) == 5
    lost = version("A<Z", "B<A")
    assert [depth for depth, _ in lost.walk()] == [0, 1]
    assert lost.ancestors("B") == [lost.codes[0]]


def test_a_code_is_found_by_key_else_alias_else_name() -> None:
    book = CodebookVersion(
        *("demo", "1"),
        (
            Code("STIG", "Stigma", names=(("ru", "Стигма"),)),
            Code("REG", "stig", aliases=("Register",)),
            Code("X", "Register"),
            Code("Y", "Two"),
            Code("Z", "two"),
        ),
    )
    assert [code.key for code in book.find(" stig ")] == ["STIG"]
    assert [code.key for code in book.find("register")] == ["REG"]
    assert [code.key for code in book.find("СТИГМА")] == ["STIG"]
    assert [code.key for code in book.find("TWO")] == ["Y", "Z"]
    assert book.find("nothing") == []


@pytest.mark.parametrize("key", ["FUND-EXIT", "Стигма", "耻感", "two words", "Parent/Name", "1.0", "NO", "a@b", "🙂"])
def test_keys_of_all_scripts_are_good(key: str) -> None:
    assert key_problem(key) is None


@pytest.mark.parametrize(
    "key",
    [
        "",
        " ",
        " A",
        "A ",
        "A,B",
        "/A",
        "A/",
        "A\nB",
        "A\tB",
        "A\0",
        "A\x0bB",
        "A\x85B",
        "A\u2028B",
        "A\ud800",
        "A" * 201,
    ],
)
def test_other_keys_are_not(key: str) -> None:
    assert key_problem(key)


def test_a_good_codebook_has_no_problems() -> None:
    assert check(TREE) == []


@pytest.mark.parametrize(
    ("book", "told"),
    [
        (version(), [("codes", "the codebook has no codes")]),
        (version("A", "a"), [("a", "two codes have this key (keys are compared ignoring case)")]),
        (version("A<Z"), [("A", "its parent Z is not in the codebook")]),
        (version("A<A"), [("A", "it stands below itself")]),
        (version("B<A", "A"), [("B", "it stands before its parent A")]),
        (CIRCLE, [(key, "it stands below itself") for key in "ABC"]),
        (with_code(key=""), [("(no key)", "the key is empty")]),
        (with_code(key="A,B"), [("A,B", "a key has no comma, tab, line break or other control character")]),
        (with_code(color="red"), [("A", "the color 'red' is none; write it as #7a3b69")]),
        (with_code(origin="air"), [("A", "the origin 'air' is none of theory, data, structure")]),
        (with_code(names=(("ru", "x"), ("ru", "y"))), [("A", "two names in one language")]),
        (CodebookVersion("", "1", TREE.codes), [("codebook", "the codebook is empty")]),
        (CodebookVersion("demo", " 1", TREE.codes), [("version", "the version begins or ends with a blank")]),
        (
            CodebookVersion("a@b", "1", TREE.codes),
            [("codebook", "it has an @, which stands between a codebook and its version")],
        ),
    ],
)
def test_broken_rules_are_errors(book: CodebookVersion, told: list[tuple[str, str]]) -> None:
    assert errors(book) == told


def test_an_alias_that_is_another_codes_key_or_alias_is_an_error() -> None:
    book = CodebookVersion(
        *("demo", "1"),
        (Code("A", "a", aliases=("b", "same", "a", "Same"), **GOOD), Code("B", "b", aliases=("SAME",), **GOOD)),
    )
    assert errors(book) == [
        ("A", "its alias b is the key or alias of B"),
        ("B", "its alias SAME is the key or alias of A"),
    ]


def test_missing_parts_are_a_warning_and_a_heading_needs_none() -> None:
    book = CodebookVersion("demo", "1", (Code("A", "a", codable=False), Code("B", "b", "A", definition="d")))
    assert check(book) == [Problem("warning", "B", "no brief, when, when_not, examples")]


def test_the_hash_hangs_on_content_and_not_on_identities() -> None:
    same = CodebookVersion("demo", "1", (Code("A", "a", id="1"),))
    assert same.sha256 == CodebookVersion("demo", "1", (Code("A", "a", id="2"),)).sha256
    assert same.sha256 != CodebookVersion("demo", "1", (Code("A", "b"),)).sha256


def test_a_deep_or_large_codebook_is_checked_in_no_time() -> None:
    deep = version("C0", *(f"C{n}<C{n - 1}" for n in range(1, 20_000)))
    begun = time.process_time()
    assert check(deep) == []
    assert len(deep.ancestors("C19999")) == len(deep.descendants("C0")) == 19_999
    assert sum(1 for code in deep.codes for _ in deep.children(code.key)) == 19_999
    assert time.process_time() - begun < 5
