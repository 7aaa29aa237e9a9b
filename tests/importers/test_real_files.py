"""Real transcripts come in with the speakers, labels and turns that were counted by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath

import pytest

from qcode.importers.base import Draft
from qcode.importers.registry import read
from tests.importers.real_files import NAMED, Expected, content


def draft(path: str) -> Draft:
    return read(content(path), PurePath(path).name)


@pytest.mark.parametrize("expected", NAMED, ids=lambda expected: PurePath(expected.path).name)
def test_speakers_labels_and_turns_are_those_counted_by_hand(expected: Expected) -> None:
    found = draft(expected.path)
    assert {speaker.name: speaker.labels for speaker in found.speakers} == expected.speakers
    assert found.labels == sum(expected.speakers.values())
    assert sum(turn.speaker is not None for turn in found.turns) == expected.turns


@pytest.mark.parametrize("expected", NAMED, ids=lambda expected: PurePath(expected.path).name)
def test_text_before_the_first_speaker_is_one_turn_without_one(expected: Expected) -> None:
    found = draft(expected.path)
    assert [turn.n for turn in found.turns if turn.speaker is None] == ([1] if expected.before else [])


@pytest.mark.parametrize("expected", NAMED, ids=lambda expected: PurePath(expected.path).name)
def test_the_language_is_known(expected: Expected) -> None:
    assert draft(expected.path).language == expected.language


def test_a_chat_with_36_people_has_all_of_them() -> None:
    found = draft("ethereum-pm/acdc_2026-02-19_175_chat.txt")
    assert (len(found.speakers), found.labels, len(found.turns)) == (36, 130, 121)
    most = Counter({speaker.name: speaker.labels for speaker in found.speakers}).most_common(4)
    assert [number for _, number in most] == [12, 9, 9, 8]


def test_lines_with_a_time_and_no_speaker_are_turns_with_that_time() -> None:
    found = draft("talk-python/105-a-pythonic-database-tour.txt")
    assert (found.speakers, found.labels, len(found.turns)) == ((), 0, 982)
    assert found.turns[1].time == 2.0
    assert found.text[found.turns[0].start :].startswith("There are many reasons")


def test_answers_without_questions_are_no_speakers_but_a_notice() -> None:
    found = draft("booking/Интервью.docx")
    assert (found.speakers, found.labels) == ((), 0)
    assert any("“Ответ” stands before a colon 27 times" in notice.what for notice in found.notices)


def test_the_raw_and_the_corrected_call_have_the_same_turns() -> None:
    raw, corrected = (draft(f"ethereum-pm/acdc_2026-02-19_175_transcript{end}.vtt") for end in ("", "_corrected"))
    assert [(turn.speaker, turn.time) for turn in raw.turns] == [(turn.speaker, turn.time) for turn in corrected.turns]
    assert len(raw.time_marks) == len(corrected.time_marks) == 139


def test_a_time_behind_a_label_on_its_own_line_is_the_time_of_the_turn() -> None:
    found = draft("bitcointranscripts/the-politics-of-bitcoin-development.md")
    assert [turn.time for turn in found.turns[1:4]] == [1.0, 7.0, 8.0]


def test_a_heading_between_two_speakers_is_nobodys_talk() -> None:
    found = draft("bitcointranscripts/the-politics-of-bitcoin-development.md")
    endings = [found.text[turn.start : turn.end].rsplit("\n", 1)[-1] for turn in found.turns if turn.speaker]
    assert not [ending for ending in endings if ending.startswith("#")]


def test_a_soft_line_break_in_a_title_is_a_line_feed() -> None:
    found = draft("haski/NodeGrade_paper_ECSEE_qualitative_data_interview1_german.docx")
    assert "statements\n with reference" in found.text


def test_a_file_of_word_97_is_refused_with_advice() -> None:
    from qcode.errors import Unreadable

    with pytest.raises(Unreadable) as refused:
        draft("unix-oral-history/condon.doc")
    assert "Word 97" in refused.value.what
    assert ".docx" in refused.value.mend


def test_a_document_without_speakers_has_a_turn_for_each_paragraph() -> None:
    found = draft("qualcoder-examples/ID2.odt")
    assert (found.labels, len(found.turns), len(found.paragraphs)) == (0, 3, 3)
    assert found.text.startswith("I have not studied much before")


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    found = draft("unix-oral-history/tague.htm")
    assert (found.format, found.encoding) == ("html", "cp1252")
    assert "I didn’t much care" in found.text


@pytest.mark.parametrize(("path", "marks", "margin"), [("pdpilot/P1.pdf", 5, 98), ("pdpilot/P4.pdf", 6, 113)])
def test_what_is_printed_around_a_talk_is_counted(path: str, marks: int, margin: int) -> None:
    said = [notice.what for notice in draft(path).notices]
    assert f"{marks} page marks left out" in said
    assert f"{margin} margin numbers left out" in said
