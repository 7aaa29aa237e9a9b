"""The history of a codebook, as a methods section needs it: only what the entries say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qcode.reports import VersionEntry, history, render_to
from qcode.reports.history_report import day
from qcode.reports.report import Facts, Heading, Lineage, Report, Table, Text
from tests.reports import report_samples
from tests.reports import version_samples as samples

DATES = ("2025-03-03T10:00:00Z", "2025-04-12T09:30:00Z", "2025-05-02T23:59:00Z", "2025-05-09T08:00:00Z", "2025-05-12")


def entries(line: samples.Line, **more: Any) -> list[VersionEntry]:
    made = []
    for one, created in zip(line.versions, DATES, strict=False):
        told = line.told(one.version) if one.follows else ()
        codable = sum(code.codable for code in one.codes)
        sizes = {"codes": len(one.codes), "codable": codable, "codings": 120, "touched": 14 * len(told)}
        work = {"queued": 9 if told else 0, "waiting": 2 if told else 0}
        entry = VersionEntry(
            one.version, one.follows, created, "aigul", one.note, one.sha256, **sizes, **work, told=told,
            counts=tuple(7 for _ in told),
        )  # fmt: skip
        made.append(replace(entry, **more))
    return made


def report(line: samples.Line, **more: Any) -> Report:
    return history(entries(line, **more), line.lineage(), codebook="book", title="A book", study="A study")


def branched() -> samples.Line:
    return samples.branched(starter())


def starter() -> Any:
    return samples.starter().codes


def texts(made: Report) -> str:
    return "\n".join(block.text for block in made.blocks if isinstance(block, Text))


def test_the_paragraph_can_stand_in_a_methods_section() -> None:
    said = texts(report(samples.small())).split("\n")[0]
    assert said == (
        "The codebook A book (book) went through 3 versions between 3 March and 2 May 2025. It began with 3 codes "
        "(version 1), and has 3 codes in 3. On the way there were 1 split, 1 merger and 1 change of key. Codings made "
        "before were touched 42 times by these changes. A coding was put before the coders for a new decision 18 "
        "times; 4 decisions are still open."
    )


def test_two_lines_that_come_together_are_said_and_counted_once() -> None:
    said = texts(report(branched()))
    assert "Version 2.0 brings 2 lines together: it follows 1.2 and 1.1-uz." in said
    assert "2 splits, 1 merger, 1 retirement, 1 revival" in said


def test_one_version_is_told_without_a_drawing() -> None:
    line = samples.Line()
    line.add("1", samples.small()["1"].codes)
    made = report(line)
    assert "has one version, 1 (3 March 2025, by aigul), with 3 codes." in texts(made)
    assert not any(isinstance(block, Lineage) for block in made.blocks)


def test_no_versions_are_a_sentence() -> None:
    made = history([], samples.Line().lineage(), codebook="book")
    assert made.blocks == (Text("The codebook book has no versions yet."),)


def test_dates_are_written_out_and_what_is_none_stands_as_it_is() -> None:
    assert (day("2025-03-03T10:00:00Z"), day("long ago"), day("")) == ("3 March 2025", "long ago", "")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2025-03-03", "2025-03-03", "on 3 March 2025"),
        ("2024-12-30", "2025-01-02", "between 30 December 2024 and 2 January 2025"),
        ("long ago", "2025-01-02", "between long ago and 2 January 2025"),
    ],
)
def test_the_time_between_is_said_in_few_words(first: str, last: str, said: str) -> None:
    line = samples.small()
    some = [replace(one, created_at=when) for one, when in zip(entries(line), (first, first, last), strict=True)]
    assert f"3 versions {said}." in texts(history(some, line.lineage(), codebook="book"))


def test_nothing_to_decide_is_said_too() -> None:
    assert "None had to be decided anew" in texts(report(samples.small(), queued=0, waiting=0))
    assert "No coding was touched" in texts(report(samples.small(), touched=0, queued=0, waiting=0))
    assert "9 times; all were made." in texts(history(
        [replace(one, waiting=0, queued=3) for one in entries(samples.small())], samples.small().lineage(), codebook="b"
    ))  # fmt: skip


def test_every_version_has_its_facts_and_its_changes() -> None:
    made = report(samples.small(), note="Second round")
    assert [b.text for b in made.blocks if isinstance(b, Heading) and b.level == 2] == [
        "Version 1, 3 March 2025",
        "Version 2, 12 April 2025",
        "Version 3, 2 May 2025",
    ]
    facts = [dict(block.pairs) for block in made.blocks if isinstance(block, Facts)]
    assert list(facts[1]) == ["Date", "By", "Note", "Follows", "Codes", "Codings", "SHA-256"]
    assert facts[1]["SHA-256"] == samples.small()["2"].sha256
    tables = [block for block in made.blocks if isinstance(block, Table)]
    assert [table.caption for table in tables[1:]] == ["What version 2 changed in 1", "What version 3 changed in 2"]
    assert tables[1].rows[0] == ("split", "WAIT", "WAIT-SHORT, WAIT-LONG", "", 7, "coders mixed minutes with months")


def test_the_table_of_versions_is_the_one_that_csv_writes() -> None:
    lines = render_to(report(samples.small()), ".csv").decode("utf-8-sig").splitlines()
    assert lines[0] == "Version,Follows,Date,Codes,Changes,Codings,Touched,Queued,Waiting"
    assert lines[2] == "2,1,2025-04-12,4,2,120,28,9,2"


def test_a_version_without_a_difference_says_so() -> None:
    line = samples.small()
    line.add("4", line["3"].codes, "3")
    assert "No code differs from version 3." in texts(report(line))


@pytest.mark.parametrize("ending", [".docx", ".html", ".md", ".xlsx", ".csv", ".svg", ".png"])
def test_the_same_history_gives_the_same_bytes(ending: str) -> None:
    assert render_to(report(samples.small()), ending) == render_to(report(samples.small()), ending)


def test_a_script_in_a_note_is_text_everywhere() -> None:
    made = report(samples.small(), note="<script>alert(1)</script>\x00", coder="</w:t><w:t>")
    assert b"<script" not in render_to(made, ".html") + render_to(made, ".svg")
    assert b"\\<script" in render_to(made, ".md")
    assert render_to(made, ".docx").startswith(b"PK")


def test_it_ends_with_how_it_was_made() -> None:
    line = samples.small()
    made = history(entries(line), line.lineage(), codebook="book", made_by=report_samples.MADE_BY)
    assert made.made_by == report_samples.MADE_BY
