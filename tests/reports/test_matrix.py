"""The report on a matrix: what was counted, in words; nothing withheld slips out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qcode.reports import by_group, matrix
from qcode.reports.report import Facts, Figure, Heading, Report, Table, Text, printed
from qcode.reports.words import how_counted
from tests.reports import report_samples as samples


def report(size: int = 8, **more: Any) -> Report:
    return matrix(samples.matrix(size, **more), made_by=samples.MADE_BY)


def texts(one: Report) -> str:
    return "\n".join(block.text for block in one.blocks if isinstance(block, Text))


def tables(one: Report) -> dict[str, Table]:
    return {block.sheet: block for block in one.blocks if isinstance(block, Table)}


def test_the_parts_stand_in_order() -> None:
    headings = [block.text for block in report().blocks if isinstance(block, Heading)]
    assert headings == ["What was counted", "Strongest pairs", "Heat map", "All cells", "The codes"]


def test_what_was_counted_is_said_in_words() -> None:
    said = texts(report(unit="near", count="hits", distance="1t", per_coder=True, rollup=True))
    assert "lie at most 1 turn apart" in said
    assert "pairs of codings" in said
    assert "Only codings by the same coder" in said
    assert "codes above its code" in said


@pytest.mark.parametrize("measure", ["jaccard", "dice", "c", "given", "lift", "npmi", "phi", "fisher"])
def test_every_measure_is_explained_and_drawn(measure: str) -> None:
    one = samples.matrix(5, measure="jaccard" if measure in ("lift", "fisher") else measure)
    positive = tuple(tuple(abs(v or 0) for v in row) for row in one.matrix)
    one = replace(one, measure=measure, matrix=positive if measure in ("lift", "fisher") else one.matrix)
    made = matrix(one)
    assert "The measure is" in texts(made)
    figure = next(block for block in made.blocks if isinstance(block, Figure))
    assert all(v is None or -1 <= v <= 1 for row in figure.values for v in row)


def test_the_strongest_pair_comes_first_and_each_pair_once() -> None:
    rows = tables(report())["Pairs"].rows
    assert rows[0][:3] == ("Стигма со стороны медицинских работников (СТИГМА)", "对医务人员的信任与保密 (信任)", 43)
    values = [row[2] for row in rows]
    assert values == sorted(values, reverse=True)  # type: ignore[type-var]
    assert len({frozenset(row[:2]) for row in rows}) == len(rows)


def test_a_matrix_that_is_not_symmetric_keeps_both_directions() -> None:
    one = samples.matrix(3, unit="within", count="hits")
    cells = ((5, 4, 0), (1, 6, 0), (0, 0, 7))
    rows = tables(matrix(replace(one, matrix=cells, contributing_cases=cells)))["Pairs"].rows
    assert [row[2] for row in rows] == [4, 1]


def test_small_p_values_come_first() -> None:
    one = samples.matrix(3)
    cells = ((0.0, 0.5, 0.01), (0.5, 0.0, 0.9), (0.01, 0.9, 0.0))
    one = replace(one, measure="fisher", matrix=cells, contributing_cases=((2,) * 3,) * 3)
    rows = tables(matrix(one))["Pairs"].rows
    assert [row[2] for row in rows] == [0.01, 0.5, 0.9]


def test_a_withheld_cell_is_neither_listed_nor_drawn() -> None:
    one = samples.hiding(samples.matrix(8), (1, 3))
    made = matrix(one)
    assert "2 cells withheld" in texts(made)
    assert 43 not in [row[2] for row in tables(made)["Pairs"].rows]
    assert "43" not in next(b.alt for b in made.blocks if isinstance(b, Figure))
    assert tables(made)["Matrix"].printed(1, 4) == "*"


def test_pending_codings_left_out_are_counted() -> None:
    said = texts(report(pending_left_out={"FUND-EXIT": 14, "HR-OST": 0}))
    assert "Left out: 14 codings that wait for a decision after a change of the codebook, under FUND-EXIT (14)." in said
    assert "qcode codebook queue" in said


def test_a_matrix_without_codings_is_a_sentence_without_tables() -> None:
    one = samples.matrix(3)
    for cells in (((0,) * 3,) * 3, ((None,) * 3,) * 3):
        made = matrix(replace(one, matrix=cells, contributing_cases=((0,) * 3,) * 3))
        assert "There are no codings." in texts(made)
        assert not any(isinstance(block, Table | Figure) for block in made.blocks)


def test_a_matrix_without_codes_is_a_sentence() -> None:
    one = replace(samples.matrix(2), codes=(), names=(), matrix=(), contributing_cases=())
    assert "There are no codings." in texts(matrix(one))


def test_codes_that_never_meet_are_said_to_do_so() -> None:
    cells = ((3, 0), (0, 4))
    made = matrix(replace(samples.matrix(2), matrix=cells, contributing_cases=cells))
    assert "No two codes occur together." in texts(made)
    assert not any(isinstance(block, Figure) for block in made.blocks)
    assert "A stretch is" in tables(made)["Matrix"].note


def test_transcripts_that_do_not_fit_are_said_to_be_none() -> None:
    cells = ((0, 0), (0, 0))
    one = replace(samples.matrix(2), matrix=cells, contributing_cases=cells, transcripts=0, filters={"case": ["P9"]})
    assert "No transcript fits these filters." in texts(matrix(one))


def test_an_undefined_measure_is_not_taken_for_codes_that_never_meet() -> None:
    one = replace(samples.matrix(2), measure="phi", matrix=((None, None), (None, None)))
    assert "The measure is undefined for all pairs." in texts(matrix(one))


def test_a_wide_matrix_asks_for_a_landscape_page() -> None:
    assert not tables(report(8))["Matrix"].wide
    assert tables(report(36))["Matrix"].wide


def test_the_diagonal_does_not_drown_what_occurs_together() -> None:
    figure = next(block for block in report().blocks if isinstance(block, Figure))
    assert max(v for row in figure.values for v in row if v is not None) == 1.0
    assert all(figure.values[i][i] is None for i in range(8))


def test_filters_are_listed() -> None:
    facts = next(
        b for b in report(filters={"where": {"role": "client"}, "coder": ["ana"]}).blocks if isinstance(b, Facts)
    )
    assert dict(facts.pairs)["Filters"] == "where role=client; coder ana"


def test_a_test_s_p_values_stand_beside_the_pairs() -> None:
    ps = [[None, 0.2, 0.01], [0.2, None, 0.00001], [0.01, 0.00001, None]]
    extra = {"p_values": ps, "q_values": ps, "permutations": 1000, "seed": 7}
    made = report(3, extra=extra)
    pairs = tables(made)["Pairs"]
    assert pairs.columns == ("Code", "with", "Stretches", "p", "q", "Cases")
    assert "after Benjamini and Hochberg" in pairs.note and "one-sided" in pairs.note
    facts = next(block for block in made.blocks if isinstance(block, Facts))
    assert dict(facts.pairs)["Permutation test"] == "1,000 permutations within each transcript, seed 7"


def test_too_few_permutations_are_said_to_be_too_few() -> None:
    ps = [[None, 0.1, 0.1], [0.1, None, 0.1], [0.1, 0.1, None]]
    extra = {"p_values": ps, "q_values": ps, "permutations": 9, "seed": 7}
    said = texts(report(3, extra=extra))
    assert "over 3 tested pairs" in said and "60 permutations would do" in said
    assert "would do" not in texts(report(3, extra=extra | {"permutations": 60}))


def test_a_test_of_a_coefficient_expects_counts() -> None:
    ps = [[None, 0.1], [0.1, None]]
    extra = {"expected": ps, "p_values": ps, "q_values": ps, "permutations": 99, "seed": 7}
    columns = tables(report(2, measure="jaccard", count="characters", extra=extra))["Pairs"].columns
    assert columns == ("Code", "with", "Jaccard", "Expected characters", "p", "q", "Cases")


def test_a_matrix_that_is_not_symmetric_says_how_to_read_a_cell() -> None:
    choices: list[tuple[dict[str, Any], str]] = [
        ({"unit": "within", "count": "hits"}, "row within column"),
        ({"unit": "follows", "count": "hits", "distance": "1t"}, "row, then column"),
        ({"measure": "given"}, "given the row's code"),
        ({"count": "segments"}, "counting codings of the row's code"),
    ]
    for more, said in choices:
        made = report(8, **more)
        assert tables(made)["Pairs"].columns[:2] == ("Code (row)", "Code (column)")
        assert said in tables(made)["Pairs"].caption and said in tables(made)["Matrix"].caption
        assert said in next(block.measure for block in made.blocks if isinstance(block, Figure))


def test_numbers_of_cases_stand_in_one_column() -> None:
    assert tables(report(count="cases"))["Pairs"].columns == ("Code", "with", "Cases")


def test_a_stretch_is_explained_once() -> None:
    assert [table.note.count("A stretch is") for table in tables(report()).values()] == [1, 0, 0]
    assert "A stretch is" not in tables(report(count="hits"))["Pairs"].note


def test_no_p_value_is_said_to_rule_out_chance() -> None:
    said = how_counted("turn", "units", "fisher", None, per_coder=False, rollup=False)
    assert "by chance" not in said and "evidence against independence" in said and "over the turns" in said


def test_a_coefficient_names_the_counts_it_rests_on() -> None:
    said = how_counted("turn", "units", "given", None, per_coder=False, rollup=False)
    assert "The measure rests on the turns that hold both codes, n(AB)" in said


def test_values_of_c_out_of_range_name_the_codings_that_cause_them() -> None:
    codes = samples.matrix(3).codes
    cause = {"codes": [codes[0], codes[1]], "several": ["0123456789"], "overlapping": []}
    rows = tables(report(3, extra={"redundant": [cause]}))["Out of range"].rows
    assert rows[0][3:] == ("01234567", "")


def test_tiny_values_are_never_printed_as_zero() -> None:
    assert [printed(v) for v in (0.0009, -0.0001, 0.0, -0.25)] == ["<0.001", ">−0.001", "0.000", "−0.250"]


def test_groups_have_a_heading_each_and_the_unknown_too() -> None:
    groups = [("client", samples.matrix(3)), (None, samples.matrix(2))]
    made = by_group(groups, "role", made_by=samples.MADE_BY)
    first = [block.text for block in made.blocks if isinstance(block, Heading) and block.level == 1]
    assert first == ["role: client", "role not known", "The codes"]
    assert made.made_by == samples.MADE_BY
