"""A matrix writes the contract's document, tells its strongest pairs, and prints itself within its width."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from qcode.analysis.answer import Context, Question, answer
from qcode.analysis.codings import Codings, Spans
from qcode.analysis.layout import clip, display_width, filters_in_words, number, pad, wrap
from qcode.analysis.matrix import Codes, Matrix, MatrixByAttribute
from qcode.domain.codebook import Code, CodebookVersion
from qcode.errors import BadValue

BOOK = CodebookVersion(
    "trust",
    "1.0",
    (
        Code("T", "Trust", codable=False),
        Code("T-CLI", "信任客户", parent="T"),
        Code("T-STAFF", "Доверие к сотрудникам", parent="T"),
        Code("WAIT", "Waiting"),
        Code("UNUSED", "Unused"),
    ),
)
CODES = Codes.of(BOOK)
CODINGS = Codings([0, 0, 1, 1, 1], [0, 5, 0, 2, 30], [10, 15, 9, 9, 40], [1, 3, 1, 2, 3], [0, 0, 0, 1, 1], [0, 1])
KEYS = [
    "codes",
    "unit",
    "count",
    "measure",
    "distance",
    "coders",
    "per_coder",
    "rollup",
    "codebook",
    "version",
    "filters",
    "transcripts",
    "units",
    "pending_left_out",
    "matrix",
    "contributing_cases",
    "hidden",
]


def ask(**options: object) -> Matrix:
    context = Context(coders=("ana", "ben"), pending_left_out={"WAIT": 2})
    return answer(Question(**options), CODINGS, CODES, context, lengths=[50, 50])


def test_the_document_has_the_keys_of_the_contract_in_their_order() -> None:
    document = json.loads(json.dumps(ask().to_json(), allow_nan=False))
    assert list(document) == KEYS
    assert document["codes"] == ["T-CLI", "T-STAFF", "WAIT", "UNUSED"]
    assert document["matrix"] == [[2, 1, 1, 0], [1, 1, 0, 0], [1, 0, 2, 0], [0, 0, 0, 0]]
    assert document["contributing_cases"] == [[2, 1, 1, 0], [1, 1, 0, 0], [1, 0, 2, 0], [0, 0, 0, 0]]
    assert document["units"] is None and document["hidden"] == [] and document["distance"] is None


def test_rolled_up_headings_that_carry_codings_are_shown() -> None:
    found = ask(rollup=True)
    assert found.codes == ("T", "T-CLI", "T-STAFF", "WAIT")
    assert found.values.tolist() == [[2, 1, 1, 1], [1, 2, 1, 1], [1, 1, 1, 0], [1, 1, 0, 2]]


def test_undefined_values_are_null() -> None:
    found = ask(measure="jaccard")
    assert found.count == "characters"
    assert found.matrix[3][3] is None
    assert found.matrix[0][1] == pytest.approx(7 / 19)
    assert np.isnan(found.values[3, 3])


def test_hidden_cells_are_null_in_both_tables_and_listed() -> None:
    found = ask(min_cases=2)
    assert ("T-CLI", "T-STAFF") in found.hidden and ("T-STAFF", "T-CLI") in found.hidden
    for a, b in found.hidden:
        i, j = found.codes.index(a), found.codes.index(b)
        assert found.matrix[i][j] is None and found.contributing_cases[i][j] is None
    assert "withheld" in str(found)


def test_extra_keys_come_only_when_asked_for() -> None:
    found = ask(test="permutation", permutations=9, seed=4).to_json()
    assert list(found)[: len(KEYS)] == KEYS
    assert set(found) - set(KEYS) == {"p_values", "p_fewer", "expected", "q_values", "permutations", "seed"}
    assert found["seed"] == 4 and found["p_values"][0][0] is None
    json.dumps(found, allow_nan=False)
    assert set(ask(unit="transcript", measure="fisher").to_json()) - set(KEYS) == {"q_values"}


def test_c_names_the_codings_that_make_it_leave_its_range() -> None:
    codings = Codings([0, 0, 0], [12, 0, 10], [18, 40, 20], [3, 1, 1], [0, 0, 0], [0])
    found = answer(Question(measure="c"), codings, CODES, ids=["b", "a1", "a2"])
    assert found.values[0, 2] == 2
    assert found.extra["redundant"][0] == {"codes": ["T-CLI", "WAIT"], "several": ["b"], "overlapping": ["a1", "a2"]}


def test_units_and_turns_reach_the_count() -> None:
    spans = Spans([0, 0, 1], [0, 20, 0], [18, 40, 50])
    found = answer(Question(unit="turn"), CODINGS, CODES, spans=spans)
    assert found.units == 3
    assert found.matrix[0][2] == 2
    near = answer(Question(unit="near", distance="0t"), CODINGS, CODES, spans=spans)
    assert near.distance == "0t" and near.matrix[0][2] == 2


def test_top_pairs_are_the_strongest_each_once() -> None:
    assert ask().top_pairs() == [("T-CLI", "T-STAFF", 1, 1), ("T-CLI", "WAIT", 1, 1)]
    assert ask(measure="given").top_pairs(1) == [("T-STAFF", "T-CLI", 1.0, 1)]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_text_fits_its_width_and_its_columns_stand(width: int) -> None:
    big = Codings(np.zeros(300), np.arange(300), np.arange(300) + 50, np.arange(300) % 36, np.zeros(300), [0])
    keys = tuple(f"信任-{k}" if k % 2 else f"ДОВЕРИЕ-{k}" for k in range(36))
    codes = Codes(keys, keys, (True,) * 36, ((),) * 36, "big", "1")
    for matrix in (answer(Question(), big, codes), ask()):
        assert max(map(display_width, matrix.to_text(width).splitlines())) <= width
    assert str(ask()).startswith("trust 1.0: stretches, unit overlap, 2 transcripts")


def test_wide_letters_count_two_and_marks_none() -> None:
    assert display_width("信任") == 4
    assert display_width("й") == 1
    assert clip("信任客户", 5) == "信任…"
    assert display_width(pad("信任", 7)) == 7


def test_groups_write_one_document_each() -> None:
    groups = MatrixByAttribute("role", (("client", ask()), (None, ask())))
    document = groups.to_json()
    assert document["by"] == "role"
    assert [next(iter(g)) for g in document["groups"]] == ["value", "value"]
    assert [g["value"] for g in document["groups"]] == ["client", None]
    assert "role: client" in str(groups)


def text_of(**options: object) -> list[str]:
    spans = Spans([0, 0, 1], [0, 20, 0], [18, 40, 50])
    return answer(Question(**options), CODINGS, CODES, spans=spans, lengths=[50, 50]).to_text().splitlines()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"unit": "within"}, "(row within column)"),
        ({"unit": "follows", "distance": "9c"}, "(row, then column)"),
        ({"measure": "given"}, "(given the row's code)"),
        ({"count": "segments"}, "(counting codings of the row's code)"),
    ],
)
def test_the_head_says_how_to_read_a_cell_that_is_not_symmetric(options: dict[str, str], said: str) -> None:
    assert said in text_of(**options)[0]


def test_a_symmetric_matrix_needs_no_reading() -> None:
    assert ask().reading == "" and "(" not in text_of()[0]


def test_a_test_stands_beside_the_pairs() -> None:
    lines = text_of(test="permutation", permutations=9, seed=4)
    assert lines[2].split() == ["stretches", "expected", "p", "q", "cases"]
    assert text_of(unit="turn", measure="fisher")[2].split() == ["Fisher's", "p", "q", "cases"]


def test_what_a_coefficient_expects_are_counts() -> None:
    head = text_of(measure="jaccard", test="permutation", permutations=9, seed=4)[2]
    assert head.split() == ["jaccard", "expected", "characters", "p", "q", "cases"]


def test_too_few_permutations_name_how_many_would_do() -> None:
    few = ask(test="permutation", permutations=9, seed=4)
    wanted = few.permutations_wanted
    assert wanted == 20 * few.pairs_tested > 0
    assert few.pairs_tested / (wanted + 1) < 0.05 <= few.pairs_tested / wanted
    assert f"--permutations {wanted} would do" in " ".join(few.to_text().split())
    enough = ask(test="permutation", permutations=wanted, seed=4)
    assert enough.permutations_wanted is None and "would do" not in enough.to_text()


def test_of_withheld_pairs_nobody_learns_whether_they_were_tested() -> None:
    p = ((None, 0.1, None), (0.1, None, None), (None, None, None))
    extra = {"p_values": p, "q_values": p, "expected": p, "permutations": 9, "seed": 4}
    names, cells = ("A", "B", "C"), ((3, 3, None), (3, 3, None), (None, None, 3))
    hidden = (("A", "C"), ("B", "C"), ("C", "A"), ("C", "B"))
    one = replace(ask(), codes=names, names=names, matrix=cells, contributing_cases=cells, hidden=hidden, extra=extra)
    assert (one.pairs_tested, one.permutations_wanted) == (1, 60)
    assert "at least 1 pairs tested" in " ".join(one.to_text().split())


def test_tiny_values_are_written_to_be_read() -> None:
    written = ["<0.001", "<0.001", ">-0.001", "0.001", "0.000"]
    assert [number(value) for value in (1e-19, 0.0007, -0.0001, 0.001, 0.0)] == written


def test_numbers_of_cases_stand_in_one_column() -> None:
    assert text_of(count="cases")[2].split() == ["cases"]
    assert text_of(unit="case")[2].split() == ["cases"]


def without_pairs(**more: Any) -> Matrix:
    cells = ((2, 0), (0, 1))
    return replace(ask(), codes=("A", "B"), names=("A", "B"), matrix=cells, contributing_cases=cells, **more)


def test_codes_that_never_meet_are_a_sentence_without_a_grid() -> None:
    text = without_pairs().to_text()
    assert text.splitlines()[2:4] == ["", "No two codes meet."]
    assert "·" not in text and "stretch is" not in text


def test_no_transcript_and_no_coding_are_different_sentences() -> None:
    none = ((0, 0), (0, 0))
    empty = replace(without_pairs(), matrix=none, contributing_cases=none, coders=())
    filtered = replace(empty, filters={"where": {"role": "nobody"}})
    assert empty.nothing == "There are no codings."
    assert replace(empty, transcripts=0).nothing == "There are no transcripts."
    assert filtered.nothing == "No coding fits these filters."
    assert "\n\nNo transcript fits these filters." in replace(filtered, transcripts=0).to_text()
    assert replace(empty, coders=("ana",), unit="turn", units=4).nothing == "No turn holds a coding."


def test_an_undefined_measure_is_not_taken_for_codes_that_never_meet() -> None:
    undefined = replace(ask(), matrix=((None,) * 4,) * 4, measure="phi")
    assert "undefined" in undefined.to_text() and "No two codes" not in undefined.to_text()


def test_a_withheld_matrix_is_not_taken_for_an_empty_one() -> None:
    hidden = replace(without_pairs(), matrix=((2, None), (None, 1)), hidden=(("A", "B"), ("B", "A")))
    assert not hidden.nothing and not hidden.empty and "*" in hidden.to_text()


def test_a_stretch_is_explained_once() -> None:
    groups = MatrixByAttribute("role", (("client", ask()), (None, ask())))
    assert str(ask()).count("a stretch is a passage that both codes cover") == str(groups).count("a stretch is") == 1
    assert "stretch is" not in str(ask(count="hits"))


def many(used: range, of: int = 40) -> Matrix:
    """Return a matrix of `of` codes; of those in `used` every one meets its neighbour."""
    keys = tuple(f"CODE-{k}" for k in range(of))
    zeros, start = [0] * len(used), [10 * k for k in used]
    codings = Codings(zeros, start, [s + 11 for s in start], list(used), zeros, [0])
    return answer(Question(), codings, Codes(keys, keys, (True,) * of, ((),) * of, "big", "1"))


def rows_of(text: str) -> list[str]:
    return [line.split()[1] for line in text.splitlines() if re.match(r" *\d+  CODE", line)]


def test_codes_without_codings_are_left_out_first() -> None:
    text = many(range(30, 40)).to_text(60)
    assert rows_of(text) == [f"CODE-{k}" for k in range(30, 40)]
    assert "10 of 40 codes, the others have no coding" in text


def test_all_groups_show_the_same_codes_in_the_same_order() -> None:
    groups = MatrixByAttribute("role", (("a", many(range(30))), ("b", many(range(20, 36)))))
    first, second = map(rows_of, groups.to_text(60).split("role: b"))
    assert first == second and 10 < len(first) < 36
    assert {f"CODE-{k}" for k in range(21, 29)} <= set(first) <= {f"CODE-{k}" for k in range(36)}


def test_rolled_up_groups_of_different_codes_show_them_all() -> None:
    groups = MatrixByAttribute("role", (("a", ask(rollup=True)), ("b", ask())))
    for part in groups.to_text().split("role: b"):
        assert all(re.search(rf"^\d  {code}\b", part, re.M) for code in ("T", "T-CLI", "T-STAFF", "WAIT", "UNUSED"))


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({}, ""),
        ({"code": ["STIG", "COER"], "where": {"role": "client"}}, "where role=client; code STIG, COER"),
        ({"where": {"a": "b", "c": "d e"}}, "where a=b and c=d e"),
        ({"case": ["A, B", "C"], "where": {"x": "1; y=2"}}, 'where x="1; y=2"; case "A, B", C'),
        ({"code": ["X"], "no_children": True, "pending": True}, "code X; without the codes below; pending codings"),
    ],
)
def test_filters_are_said_in_words(filters: dict[str, object], said: str) -> None:
    assert filters_in_words(filters) == said


def test_lines_break_between_words_and_long_words_are_cut() -> None:
    assert wrap("信任 客户 abc", 9) == ["信任 客户", "abc"]
    assert wrap("abcdefghij k", 5) == ["abcd…", "k"]


def test_to_frame_has_codes_on_both_sides() -> None:
    pytest.importorskip("pandas", reason="pandas is an extra")
    frame = ask().to_frame()
    assert frame.loc["T-CLI", "WAIT"] == 1


def test_a_question_that_makes_no_sense_is_refused_before_any_codings() -> None:
    for options in ({"unit": "turn", "measure": "c"}, {"test": "luck"}, {"unit": "near"}):
        with pytest.raises(BadValue):
            Question(**options)


def test_a_matrix_prints_itself_also_where_its_name_is_typed_alone() -> None:
    matrix = ask()
    assert repr(matrix) == str(matrix) == matrix.to_text()
