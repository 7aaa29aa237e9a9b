"""The report on what differs between two versions of a codebook."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qcode.domain.codebook import Code
from qcode.domain.diff import Declared
from qcode.domain.told import ToldChange
from qcode.reports import changes, render_to
from qcode.reports.change_words import KINDS, MEANING
from qcode.reports.report import Facts, Heading, Report, Table, Text, Wording
from tests.reports import version_samples as samples


def report(line: samples.Line, version: str, **more: Any) -> Report:
    told = line.told(version)
    given: dict[str, Any] = {"counts": [14] * len(told)} | more
    return changes(line[line.parents[version][0]], line[version], told, **given)


def texts(made: Report) -> str:
    return "\n".join(block.text for block in made.blocks if isinstance(block, Text))


def headings(made: Report, level: int = 1) -> list[str]:
    return [block.text for block in made.blocks if isinstance(block, Heading) and block.level == level]


def redefined(effect: str, **fields: Any) -> samples.Line:
    line = samples.Line()
    line.add("1", [Code("WAIT", "Waiting", definition="Any wait on the phone or at the door.")])
    line.add("2", line.revised("1", WAIT=fields), "1", declared=[Declared("redefine", ("wait",), effect=effect)])
    return line


def test_a_table_lists_every_change_with_its_reason() -> None:
    table = next(block for block in report(samples.small(), "2").blocks if isinstance(block, Table))
    assert table.columns == ("Change", "Codes", "Into", "Details", "Codings", "Why")
    assert table.rows == (
        ("split", "WAIT", "WAIT-SHORT, WAIT-LONG", "", 14, "coders mixed minutes with months"),
        ("rename", "TRUST", "FAITH", "", 14, "the word of the speakers"),
    )


def test_changes_that_open_work_stand_first() -> None:
    assert headings(report(samples.small(), "2"))[1:] == ["Codes split into others", "Keys changed"]


def test_every_kind_says_what_it_means_for_the_codings() -> None:
    assert set(MEANING) == set(KINDS)
    said = texts(report(samples.small(), "2"))
    assert "wait for a decision" in said and "qcode codebook queue" in said and "no count changes" in said


@pytest.mark.parametrize(
    ("effect", "heading", "said"),
    [
        ("narrow", "Definitions narrowed", "wait for a decision"),
        ("widen", "Definitions widened", "may belong to these codes now"),
        ("clarify", "Definitions made clearer", "said more clearly"),
        ("", "Definitions changed", "is not said"),
    ],
)
def test_a_redefinition_stands_under_its_effect(effect: str, heading: str, said: str) -> None:
    made = report(redefined(effect, definition="Any long wait on the phone or at the door."), "2")
    assert headings(made)[1:] == [heading]
    assert said in texts(made)


def test_a_code_that_became_a_heading_opens_work() -> None:
    line = samples.Line()
    line.add("1", [Code("WAIT", "Waiting")])
    line.add("2", line.revised("1", WAIT={"codable": False}), "1", declared=[Declared("uncodable", ("wait",))])
    made = report(line, "2")
    assert headings(made)[1:] == ["Codes that became headings"]
    assert "a heading carries no codings" in texts(made)


def test_a_changed_definition_stands_before_and_after_with_its_marks() -> None:
    made = report(redefined("narrow", definition="Any long wait on the phone or at the door."), "2")
    words = next(block for block in made.blocks if isinstance(block, Wording))
    assert words.name == "Definition"
    assert [text for text, differs in words.after if differs] == ["long"]


def test_a_split_shows_what_the_codes_stand_for_before_and_after() -> None:
    facts = next(block for block in report(samples.small(), "2").blocks if isinstance(block, Facts))
    assert dict(facts.pairs) == {
        "Why": "coders mixed minutes with months",
        "Codings": "14",
        "WAIT (1)": "Waiting\nAny wait.",
        "WAIT-SHORT (2)": "Short wait\nMinutes.",
        "WAIT-LONG (2)": "Long wait",
    }


def test_codings_that_were_not_counted_are_no_zero() -> None:
    made = report(samples.small(), "3", counts=[None])
    table = next(block for block in made.blocks if isinstance(block, Table))
    assert table.printed(0, 4) == "–" and "not counted" in table.note
    assert not any("Codings" in dict(block.pairs) for block in made.blocks if isinstance(block, Facts))


def test_counts_belong_to_the_changes_one_by_one() -> None:
    with pytest.raises(ValueError, match="zip"):
        report(samples.small(), "2", counts=[1])


def test_versions_without_a_difference_are_one_sentence() -> None:
    line = samples.small()
    made = changes(line["1"], replace(line["1"], version="1.1"), (), counts=())
    assert made.blocks == (Text("No code differs between versions 1 and 1.1 of the codebook."),)


def test_another_order_of_codes_is_told_with_both_orders() -> None:
    line = samples.Line()
    line.add("1", [Code("A", "A"), Code("B", "B")])
    line.add("2", reversed(line["1"].codes), "1")
    made = report(line, "2", counts=[0])
    assert headings(made, 2) == ["Order"]
    words = next(block for block in made.blocks if isinstance(block, Wording))
    assert "".join(text for text, _ in words.after) == "B, A"


def test_a_change_of_very_many_codes_names_the_first() -> None:
    keys = tuple(f"C{n}" for n in range(40))
    line = samples.small()
    many = [
        ToldChange("edit", keys, fields=("order",), texts=(("order below A", "x", "y"),)),
        ToldChange("merge", keys, ("C1",)),
    ]
    made = changes(line["1"], line["2"], many, counts=[0, 0])
    table = next(block for block in made.blocks if isinstance(block, Table))
    assert str(table.rows[0][1]).endswith("C11 and 28 more")
    assert "Order below A" in headings(made, 2)


@pytest.mark.parametrize("ending", [".docx", ".html", ".md", ".xlsx", ".csv"])
def test_the_same_changes_give_the_same_bytes(ending: str) -> None:
    assert render_to(report(samples.small(), "2"), ending) == render_to(report(samples.small(), "2"), ending)


def test_a_script_in_a_key_or_a_reason_is_text() -> None:
    line = samples.Line()
    bad = "<script>alert(1)</script>"
    line.add("1", [Code(bad, bad, definition=f"{bad} one two three")])
    line.add("2", line.revised("1", **{bad: {"definition": f"{bad} one two four"}}), "1",
             declared=[Declared("redefine", (bad,), effect="narrow", why=f"\x01{bad}")])  # fmt: skip
    page = render_to(report(line, "2"), ".html").decode()
    assert "<script" not in page and "&lt;script&gt;" in page and "\x01" not in page
    assert "<del>three</del>" in page and "<ins>four</ins>" in page
    written = render_to(report(line, "2"), ".md").decode()
    assert "<script" not in written.replace("\\<", "") and "~~three~~" in written and "**four**" in written
