"""Two coders on one transcript: where both coded with a code, and where only one did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.coding import Coding
from qcode.errors import Ambiguous, BadValue, NotFound
from qcode.study.comparing import CodeComparison, _by_code
from qcode.study.study import Study
from tests.conftest import Dump
from tests.notation import make_study

P1 = """\
INT: How long?
ANA: [I waited [two hours|wait] on the phone|wait @ben]. [Nobody called|trust, wait].
ANA: [So I left|leave @ben] it, [as one does|wait @eva].
"""


@pytest.fixture
def compared(tmp_path: Path) -> Study:
    """Give a study in which ana, ben and eva coded."""
    return make_study(tmp_path, codes=("INFLUENCE/trust", "wait", "leave"), P1=P1, P2="INT: Well?\n")


def quotes(study: Study, one: CodeComparison) -> tuple[list[str], list[str], list[str]]:
    text = study.transcripts.show("P1").revision.text
    both, first, second = ([span.of(text) for span in spans] for spans in (one.both, one.first_only, one.second_only))
    return both, first, second


def test_stretches_are_told_by_code_in_the_order_of_the_codebook(compared: Study) -> None:
    found = compared.compare("p1", "ANA", "ben")
    assert (found.transcript, found.first, found.second) == ("P1", "ana", "ben")
    assert (found.codebook, found.version) == ("book", "1")
    assert {one.code: quotes(compared, one) for one in found.codes} == {
        "trust": ([], ["Nobody called"], []),
        "wait": (["two hours"], ["Nobody called"], ["I waited ", " on the phone"]),
        "leave": ([], [], ["So I left"]),
    }
    assert [one.code for one in found.codes] == ["trust", "wait", "leave"]


def test_the_characters_of_each_are_counted(compared: Study) -> None:
    wait = compared.compare("P1", "ana", "ben").codes[1]
    assert (wait.both_characters, wait.first_only_characters, wait.second_only_characters) == (9, 13, 22)


def test_the_codings_of_both_come_with_it_and_no_others(compared: Study) -> None:
    found = compared.compare("P1", "ana", "ben")
    assert [one.coder for one in found.first_codings] == ["ana"] * 3
    assert [one.quote for one in found.second_codings] == ["I waited two hours on the phone", "So I left"]


def test_the_other_way_round_it_says_the_same(compared: Study) -> None:
    one, other = compared.compare("P1", "ana", "ben"), compared.compare("P1", "ben", "ana")
    assert [(c.code, c.both, c.first_only, c.second_only) for c in one.codes] == [
        (c.code, c.both, c.second_only, c.first_only) for c in other.codes
    ]


def test_codes_narrow_it_to_these_and_those_below_them(compared: Study) -> None:
    assert [one.code for one in compared.compare("P1", "ana", "ben", codes=["INFLUENCE"]).codes] == ["trust"]
    assert [one.code for one in compared.compare("P1", "ana", "eva", codes=["leave"]).codes] == []


def test_where_nobody_coded_there_are_no_codes(compared: Study) -> None:
    assert compared.compare("P2", "ana", "ben").codes == ()


def test_withdrawn_codings_are_left_out_and_waiting_ones_are_counted(compared: Study) -> None:
    trust = next(one for one in compared.codings.list() if one.code == "trust")
    codes = compared.codebooks.show().content.codes
    new = tuple(replace(code, definition="Only long.") if code.key == "wait" else code for code in codes)
    declared = ((("effect", "narrow"), ("redefine", "wait")),)
    compared.codebooks.add_version(CodebookVersion("book", "2", new, changes=declared))
    compared.codings.withdraw(trust.id)
    found = compared.compare("P1", "ana", "ben")
    assert compared.status().pending > 0
    assert (found.version, [one.code for one in found.codes]) == ("2", ["wait", "leave"])
    assert [one.code for one in compared.compare("P1", "ana", "ben", codebook="book@1").codes] == [
        "trust",
        "wait",
        "leave",
    ]


def test_a_code_that_was_split_stands_behind_the_others_while_its_codings_wait(compared: Study) -> None:
    codes = compared.codebooks.show().content.codes
    rest = tuple(code for code in codes if code.key != "wait")
    halves = (Code("long", "Long"), Code("short", "Short"))
    declared = ((("into", ("long", "short")), ("split", "wait")),)
    compared.codebooks.add_version(CodebookVersion("book", "2", (*rest, *halves), changes=declared))
    found = compared.compare("P1", "ana", "ben")
    assert [one.code for one in found.codes] == ["trust", "leave", "wait"]
    assert found.codes[-1].both_characters == 9


@pytest.mark.parametrize(
    ("names", "kind", "sentence"),
    [
        (("P9", "ana", "ben"), NotFound, "there is no transcript 'P9'"),
        (("P1", "ana", "zoe"), NotFound, "there is no coder 'zoe'"),
        (("P1", "ana", "ANA"), BadValue, "ana is named twice; name two coders"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(
    compared: Study, dump: Dump, names: tuple[str, str, str], kind: type[Exception], sentence: str
) -> None:
    before = dump(compared.path)
    with pytest.raises(kind, match=sentence):
        compared.compare(*names)
    assert dump(compared.path) == before


def test_of_several_codebooks_one_is_named(compared: Study) -> None:
    compared.codebooks.add_version(CodebookVersion("other", "1", (Code("wait", "Wait"),)))
    compared.codings.add("P1", "wait", quote="Nobody", coder="ben", codebook="other")
    with pytest.raises(Ambiguous):
        compared.compare("P1", "ana", "ben")
    (one,) = compared.compare("P1", "ana", "ben", codebook="other").codes
    assert quotes(compared, one) == ([], [], ["Nobody"])


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8)), max_size=6)


def codings(spans: list[tuple[int, int]]) -> list[Coding]:
    return [Coding("", "P1", at, at + n, "", "wait", "", "", "book", "1") for at, n in spans]


@settings(max_examples=200)
@given(SPANS, SPANS)
def test_every_position_that_either_coded_is_in_exactly_one_of_three(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    ours, theirs = ({p for at, n in spans for p in range(at, at + n)} for spans in (first, second))
    for one in _by_code(["wait"], codings(first), codings(second)):
        parts = [
            {p for s in spans for p in range(s.start, s.end)} for spans in (one.both, one.first_only, one.second_only)
        ]
        assert parts == [ours & theirs, ours - theirs, theirs - ours]
        assert [len(part) for part in parts] == [
            one.both_characters,
            one.first_only_characters,
            one.second_only_characters,
        ]
