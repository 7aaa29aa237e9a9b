"""The reports on a codebook, on quotes and on a whole study."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qcode import __version__
from qcode.domain.case import Case
from qcode.domain.codebook import Code, CodebookVersion
from qcode.domain.transcript import Transcript
from qcode.reports import codebook, full, quotes
from qcode.reports.report import Facts, Heading, Quotes, Report, Table, Text
from tests.reports import report_samples as samples


def headings(report: Report) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Heading)]


def test_every_code_has_an_entry_with_its_parts() -> None:
    report = codebook(samples.codebook(), counts={"STIG-SELF": 12})
    assert "Self-stigma (STIG-SELF)" in headings(report)
    facts = dict(next(block for block in report.blocks if isinstance(block, Facts)).pairs)
    assert list(facts) == [
        "Under", "In short", "Definition", "When to use", "When not to use", "Examples", "Other names", "Codings",
    ]  # fmt: skip
    assert (facts["Under"], facts["Codings"], facts["Other names"]) == ("Stigma and trust", "12", "ru: Имя")


def test_codes_below_a_heading_are_indented_in_the_table() -> None:
    rows = next(block for block in codebook(samples.codebook()).blocks if isinstance(block, Table)).rows
    assert [row[1] for row in rows[:2]] == ["Stigma and trust", "\u2003Self-stigma"]


def test_a_code_carries_its_colour() -> None:
    colors = [block.color for block in codebook(samples.codebook()).blocks if isinstance(block, Heading)]
    assert colors[1:4] == ["#7a3b69", "", "#2d7db3"]


def test_a_codebook_without_codes_is_a_sentence() -> None:
    report = codebook(CodebookVersion("empty", "1", ()))
    assert [block.text for block in report.blocks if isinstance(block, Text)] == ["0 codes under 0 headings."]


def test_quotes_stand_in_the_order_of_the_codebook() -> None:
    report = quotes(reversed(samples.coded(16)), codebook=samples.codebook())
    assert headings(report)[:2] == ["Self-stigma (STIG-SELF)", "Стигма со стороны медицинских работников (СТИГМА)"]


def test_a_quote_leads_back_to_its_place() -> None:
    report = quotes(samples.coded(1))
    quote = next(block for block in report.blocks if isinstance(block, Quotes)).quotes[0]
    assert quote.source == (
        "P01 · case case 1 · turn 1, Р1 · 00:12:34 · at 0–104 · coded by ana · drug-treatment-ca 1.1 · "
        "coding\N{NO-BREAK SPACE}00000000"
    )
    assert dict(quote.fields)["codings"] == "00000000-0000-4000-8000-000000000000"


def test_two_coders_on_the_same_words_are_one_quote() -> None:
    one = samples.coded(1)[0]
    other = replace(one, coding=replace(one.coding, id="ffffffff", coder="ben"))
    shown = next(block for block in quotes([other, one]).blocks if isinstance(block, Quotes)).quotes
    assert len(shown) == 1
    assert "coded by ana, ben" in shown[0].source


def test_pending_codings_are_marked() -> None:
    one = samples.coded(1)[0]
    waiting = replace(one, coding=replace(one.coding, status="pending"))
    quote = next(block for block in quotes([waiting]).blocks if isinstance(block, Quotes)).quotes[0]
    assert quote.source.endswith("pending")


def test_capped_quotes_come_from_all_cases_in_turn() -> None:
    one = samples.coded(1)[0]
    many = [
        replace(one, case=case, coding=replace(one.coding, id=f"{case}{n}", start=n, end=n + 104))
        for case in ("a", "b", "c")
        for n in range(10 if case == "a" else 1)
    ]
    report = quotes(many, most=3)
    shown = next(block for block in report.blocks if isinstance(block, Quotes)).quotes
    assert [dict(quote.fields)["case"] for quote in shown] == ["a", "b", "c"]
    note = next(block.text for block in report.blocks if isinstance(block, Text))
    assert note == "12 passages in 3 cases; 3 of them are shown, spread over the cases."


def test_transcripts_are_ordered_as_people_count() -> None:
    one = samples.coded(1)[0]
    named = [replace(one, case=None, coding=replace(one.coding, transcript=name)) for name in ("P10", "P2", "Интервью")]
    shown = next(block for block in quotes(named).blocks if isinstance(block, Quotes)).quotes
    assert [quote.source.split(" · ")[0] for quote in shown] == ["P2", "P10", "Интервью"]


def test_no_codings_are_a_sentence() -> None:
    assert quotes([]).blocks == (Text("No coding was found with these options, so there is nothing to quote."),)


def test_the_whole_report_has_all_its_parts() -> None:
    transcripts = [Transcript("1", "P01", "ru", "case 1", 48211, 212, ("I", "R1"), "00", 14)]
    cases = [Case("1", "case 1", (("country", "Kyrgyzstan"), ("role", "client")))]
    report = full(
        transcripts=transcripts,
        cases=cases,
        codebook=samples.codebook(),
        counts={},
        matrix=samples.matrix(8),
        coded=samples.coded(80),
        study="A study",
        made_by=samples.MADE_BY,
    )
    first = [block.text for block in report.blocks if isinstance(block, Heading) and block.level == 1]
    assert first == ["The material", "The codebook", "Which codes occur together", "Quotes", "Method"]
    assert all(len(block.quotes) <= 5 for block in report.blocks if isinstance(block, Quotes))
    assert report.made_by == samples.MADE_BY


def whole(**more: Any) -> Report:
    given: dict[str, Any] = {
        "transcripts": [Transcript("1", "P01", "ru", "case 1", 48211, 212, ("I", "R1"), "00", 14)],
        "cases": [Case("1", "case 1", (("role", "client"),))],
        "codebook": samples.codebook(),
        "counts": {"STIG-SELF": 7919},
        "matrix": samples.matrix(8),
        "coded": samples.coded(80),
    }
    return full(**(given | more))


def texts(report: Report) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Text)]


def method(report: Report) -> str:
    start = next(n for n, block in enumerate(report.blocks) if isinstance(block, Heading) and block.text == "Method")
    return "\n".join(block.text for block in report.blocks[start:] if isinstance(block, Text))


def test_withheld_cells_are_not_given_away_by_the_rest_of_the_report() -> None:
    made = whole(withheld=3)
    assert not any(isinstance(block, Quotes) for block in made.blocks)
    assert "Cases" not in [block.sheet for block in made.blocks if isinstance(block, Table)]
    assert not any("Codings" in block.columns for block in made.blocks if isinstance(block, Table))
    assert "7,919" not in repr(made) and "7919" not in repr(made)
    assert sum(said.endswith("because cells with fewer than 3 cases are withheld.") for said in texts(made)) == 3


def test_hidden_cells_are_protected_though_nobody_said_so() -> None:
    made = whole(matrix=samples.hiding(samples.matrix(8), (1, 3)))
    assert not any(isinstance(block, Quotes) for block in made.blocks)
    assert sum(said.endswith("because cells with too few cases are withheld.") for said in texts(made)) == 3


def test_nothing_is_left_out_where_no_cell_is_withheld() -> None:
    made = whole(withheld=1)
    assert any(isinstance(block, Quotes) for block in made.blocks) and "withheld" not in "".join(texts(made))


def test_the_method_says_what_a_paper_must_say() -> None:
    ps = [[None if i == j else 0.2 for j in range(8)] for i in range(8)]
    extra = {"p_values": ps, "q_values": ps, "permutations": 999, "seed": 7}
    filters = {"where": {"role": "client"}}
    said = method(whole(matrix=samples.matrix(8, extra=extra, filters=filters), withheld=3))
    for part in (
        "imported as plain text",
        "2 coders, ana (40 codings) and ben (40 codings)",
        "(drug-treatment-ca), version 1.1 (8 codes)",
        "A cell counts the passages that both codes cover, each once",
        "The codings of all coders are pooled",
        "where role=client",
        "cells with fewer than 3 cases are withheld",
        "999 permutations, seed 7",
        "the 28 pairs tested",
        f"qcode {__version__}",
    ):
        assert part in said


def test_the_numbers_of_coders_do_not_give_a_withheld_code_away() -> None:
    one = samples.matrix(8, filters={"code": ["STIG-SELF"]})
    assert "2 coders, ana and ben, under" in method(whole(matrix=one, withheld=3))
    assert "ana (40 codings)" in method(whole(matrix=one))


def test_aliases_are_names_that_a_code_is_also_called() -> None:
    version = CodebookVersion("b", "1", (Code("A", "Name", aliases=("alpha",)),))
    facts = [dict(block.pairs) for block in codebook(version).blocks if isinstance(block, Facts)]
    assert facts[0]["Also called"] == "alpha"


WAITING = {"FUND-EXIT": 9, "COER-POL": 5, "HR-OST": 0}
LEFT_OUT = (
    "Left out: 14 codings that wait for a decision after a change of the codebook, under FUND-EXIT (9) and COER-POL "
    "(5). qcode codebook queue lists them."
)


def test_what_waits_for_a_decision_is_said_near_the_top() -> None:
    assert quotes(samples.coded(4), pending=WAITING).blocks[0] == Text(LEFT_OUT)
    assert quotes([], pending=WAITING).blocks[0] == Text(LEFT_OUT)
    assert codebook(samples.codebook(), pending=WAITING).blocks[2] == Text(LEFT_OUT)
    assert whole(pending=WAITING).blocks[0] == Text(LEFT_OUT)


def test_one_coding_waits_and_none_is_not_mentioned() -> None:
    assert "1 coding that waits for" in texts(quotes([], pending={"A": 1}))[0]
    assert not any("Left out" in said for said in texts(whole(pending={"A": 0})) + texts(quotes([])))


def test_where_cells_are_withheld_the_number_that_waits_is_too() -> None:
    made = whole(withheld=3, pending={"FUND-EXIT": 9}, matrix=samples.matrix(8, pending_left_out={"FUND-EXIT": 9}))
    assert texts(made)[0].startswith("Left out: codings that wait for a decision")
    assert "(9)" not in method(made)
    hidden = samples.hiding(samples.matrix(8, pending_left_out={"FUND-EXIT": 9}), (1, 3))
    assert "(9)" not in "".join(texts(whole(matrix=hidden)))


def test_the_method_says_which_version_the_codebook_follows() -> None:
    followed = replace(samples.codebook(), follows=("1.0",))
    said = "Version 1.1 follows 1.0; what changed between them, and why, is told by qcode codebook log."
    assert said in method(whole(codebook=followed))
    assert "codebook log" not in method(whole())


def test_the_method_says_what_waits() -> None:
    one = samples.matrix(8, pending_left_out={"FUND-EXIT": 9})
    assert "under FUND-EXIT (9). qcode codebook queue lists them." in method(whole(matrix=one))


def test_a_study_without_anything_is_a_sentence() -> None:
    report = full(transcripts=[])
    assert "The study has no transcripts yet." in [block.text for block in report.blocks if isinstance(block, Text)]
