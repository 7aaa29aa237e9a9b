"""A matrix writes the contract's document, tells its strongest pairs, and prints itself within its width."""

from __future__ import annotations

import json

import numpy as np
import pytest

from qcode.analysis.answer import Context, Question, answer
from qcode.analysis.codings import Codings, Spans
from qcode.analysis.layout import clip, display_width, pad
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


def test_to_frame_has_codes_on_both_sides() -> None:
    pytest.importorskip("pandas", reason="pandas is an extra")
    frame = ask().to_frame()
    assert frame.loc["T-CLI", "WAIT"] == 1


def test_a_question_that_makes_no_sense_is_refused_before_any_codings() -> None:
    for options in ({"unit": "turn", "measure": "c"}, {"test": "luck"}, {"unit": "near"}):
        with pytest.raises(BadValue):
            Question(**options)
