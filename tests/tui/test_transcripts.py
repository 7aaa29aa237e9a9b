"""The list of transcripts with progress."""

from __future__ import annotations

from qcode.study.reading import Progress
from qcode.tui.transcripts import TranscriptList
from tests.tui.sheets import SMALL, WIDE, show

LIST = [
    Progress("1", "CN-01", "王 老师", "zh", 1000, 999, 10, 14, 0, "2025-03-01T10:00:00Z"),
    Progress("2", "KG-02 [red]", "Бакыт", "ru", 1000, 1000, 0, 3, 2, "2025-03-05T10:00:00Z"),
    Progress("3", "KZ-03", None, None, 0, 0, 0, 0, 0, ""),
]


def test_each_transcript_shows_case_language_progress_codings_and_date() -> None:
    lines = show(TranscriptList(LIST)).lines
    row = next(line for line in lines if "CN-01" in line)
    assert [part in row for part in ("王 老师", "zh", "99%", "14", "2025-03-01")] == [True] * 5
    row = next(line for line in lines if "KZ-03" in line)
    assert "never" in row and "–" in row


def test_only_what_is_read_to_its_end_is_read_in_full() -> None:
    text = show(TranscriptList(LIST)).text
    assert text.count("100%") >= 1 and "99%" in text


def test_enter_opens_the_transcript_read_last() -> None:
    assert show(TranscriptList(LIST), "enter").answer == "2"


def test_the_pointer_begins_at_the_transcript_that_is_open() -> None:
    assert show(TranscriptList(LIST, "3"), "enter").answer == "3"


def test_typing_narrows_the_list_by_name_and_case() -> None:
    assert show(TranscriptList(LIST), "type:老师", "enter").answer == "1"
    assert show(TranscriptList(LIST), "type:KZ", "enter").answer == "3"


def test_enter_right_behind_the_letters_opens_the_transcript_they_name() -> None:
    assert show(TranscriptList(LIST), "burst:KZ>enter").answer == "3"
    assert show(TranscriptList(LIST), "burst:老师>enter").answer == "1"
    assert show(TranscriptList(LIST), "burst:qqq>enter").answers == []


def test_letters_that_fit_nothing_open_nothing() -> None:
    seen = show(TranscriptList(LIST), "type:qqq", "enter")
    assert "no transcript fits these letters" in seen.text and seen.answers == []


def test_arrows_move_the_pointer() -> None:
    assert show(TranscriptList(LIST, "1"), "down", "down", "up", "enter").answer == "2"


def test_brackets_in_a_name_are_letters() -> None:
    assert "KG-02 [red]" in show(TranscriptList(LIST)).text


def test_a_long_name_is_told_in_full_below_the_list() -> None:
    long = "Интервью с социальной работницей из Бишкека, вторая встреча"
    for size in (SMALL, WIDE):
        one = Progress("1", long, "случай", "ru", 10, 0, 0, 0, 0, "")
        assert long in show(TranscriptList([one]), size=size).words


def test_an_empty_study_says_what_to_type() -> None:
    seen = show(TranscriptList([]), "enter")
    assert "qcode import interview.docx" in seen.text and seen.answers == []
    assert show(TranscriptList([]), "escape").answers == [None]
