"""The facts for a methods section: what the sentences say stands in the tables behind them."""

from __future__ import annotations

from dataclasses import replace

from qcode.domain.coding import Coding
from qcode.domain.told import ToldChange
from qcode.domain.transcript import Transcript
from qcode.reports.history_report import VersionEntry
from qcode.reports.methods_report import CodebookPast, coder_work, methods
from qcode.reports.report import Report, Table, Text

TEXTS = (
    Transcript("1", "P1", "ru", "Ана А.", 1200, 10, ("И",), "a", codings=2),
    Transcript("2", "P2", None, None, 300, 1, ("И",), "b", codings=1),
)


def coding(coder: str, day: str, status: str = "settled", transcript: str = "P1") -> Coding:
    return Coding("c", transcript, 0, 3, "and", "WAIT", coder, f"{day}T10:00:00Z", "book", "1", status)


def version(number: str, *follows: str, **more: object) -> VersionEntry:
    numbers = {"codes": 3, "codable": 2, "codings": 4, "touched": 0, "queued": 0, "waiting": 0}
    made = VersionEntry(number, follows, "2026-03-01T10:00:00Z", "ana", "", "f0", **numbers)
    return replace(made, **more)  # type: ignore[arg-type]


def report(*codings: Coding, versions: tuple[VersionEntry, ...] = (), waiting: dict[str, int] | None = None) -> Report:
    books = [CodebookPast("book", "", versions, waiting or {})] if versions else []
    return methods(transcripts=TEXTS, cases=1, work=coder_work(codings), codebooks=books)


def said(made: Report) -> str:
    return " ".join(block.text for block in made.blocks if isinstance(block, Text))


def sources(made: Report) -> dict[str, object]:
    table = [block for block in made.blocks if isinstance(block, Table)][-1]
    return {str(what): number for what, number, _ in table.rows}


def test_the_material_is_told_with_its_languages() -> None:
    text = said(report())
    assert "2 transcripts of 1 case make the material, with 11 turns and 1,500 characters." in text
    assert "Transcripts by language: ru (1) and unknown (1)." in text


def test_a_study_without_texts_and_codings_says_so() -> None:
    text = said(methods(transcripts=(), cases=0, work=(), codebooks=()))
    assert "no transcripts yet" in text and "Nothing is coded yet" in text


def test_each_coder_is_named_with_codings_and_days() -> None:
    made = report(coding("ben", "2026-02-01"), coding("ana", "2026-01-05"), coding("ana", "2026-02-07"))
    assert (
        "2 coders: ana (2 codings, from 5 January 2026 to 7 February 2026) and ben (1 coding, on 1 February 2026)"
    ) in said(made)


def test_withdrawn_and_frozen_codings_are_counted_apart() -> None:
    kinds = ("settled", "pending", "frozen", "withdrawn", "replaced")
    (work,) = coder_work([coding("ana", f"2026-01-0{n}", status) for n, status in enumerate(kinds, 1)])
    assert (work.codings, work.pending, work.frozen, work.withdrawn) == (2, 1, 1, 1)
    assert (work.first[:10], work.last[:10]) == ("2026-01-01", "2026-01-05")


def test_versions_are_told_with_what_they_changed_and_what_waits() -> None:
    split = ToldChange("split", ("WAIT",), into=("QUEUE", "PHONE"))
    second = version("2", "1", touched=5, queued=5, waiting=3, told=(split,), note="one code meant two things")
    text = said(report(versions=(version("1"), second), waiting={"WAIT": 3}))
    assert "Version 2 dates from 1 March 2026 and is by ana. It follows 1: WAIT was split into QUEUE and PHONE." in text
    assert "touch 5 codings made before; 5 of them were put before the coders, 3 not decided yet." in text
    assert "3 codings wait for a decision, under WAIT (3); what is counted or quoted elsewhere leaves them out" in text
    assert "one code meant two things" in text


def test_each_number_stands_in_the_table_of_sources() -> None:
    made = report(coding("ana b", "2026-01-05"), versions=(version("1"), version("2", "1", touched=5)))
    found = sources(made)
    assert (found["Transcripts"], found["Turns"], found["Characters"], found["Cases"]) == (2, 11, 1500, 1)
    assert (found["Codings by ana b"], found["Versions of book"], found["Codings that book 2 touched"]) == (1, 2, 5)


def test_a_branch_that_asked_no_coder_does_not_claim_that_nothing_had_to_be_decided() -> None:
    text = said(report(versions=(version("1"), version("1-uz", "1", touched=11), version("2", "1"))))
    assert "touch 11 codings made before; none of them was put before the coders. " in text
    assert "It follows 1. Its changes touch no coding made before. " in text


def test_each_number_of_a_version_has_its_row_in_the_table_of_sources() -> None:
    second = version("2", "1", touched=9, queued=5, waiting=3)
    found = sources(report(versions=(version("1"), second), waiting={"WAIT": 3}))
    assert (found["Transcripts in ru"], found["Headings of book 2"], found["Codings made under book 1"]) == (1, 1, 4)
    assert (found["Codings that book 2 put before the coders"], found["Codings that wait under WAIT"]) == (5, 3)
    assert found["Codings of them not decided yet, book 2"] == 3
