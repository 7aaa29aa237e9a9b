"""Real files of the formats that time their talk come in with the counts of their table of sources."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from qcode.importers.base import Draft, Options
from qcode.importers.registry import read
from qcode.importers.textgrid import groups, read_together
from tests.importers.real_files import content

COUNTS: tuple[tuple[str, dict[str, int], int | None], ...] = (
    ("cabnc/KB0_13.cha", {"UNK": 135, "JOH": 54, "ENA": 6, "PHI": 3, "ALA": 2, "BOB": 1}, 123),
    ("cabnc/KB7_19.cha", {"ANN": 95, "NON": 66, "STU": 59}, 209),
    ("talkbank-chatter/rus-conversation.cha", {"CHI": 4, "EX1": 1}, 2),
    ("talkbank-chatter/deu-conversation.cha", {"MOT": 3, "CHI": 2}, 5),
    ("talkbank-chatter/zho-conversation.cha", {"CHI": 3, "FAT": 2}, 4),
    ("talkbank-chatter/eng-conversation.cha", {"GES": 3, "SPE": 2}, 4),
    ("corpus-services/HardTalk.exb", {"StS": 72, "DD": 100}, None),
    ("nzilbb-ag/mop03-2b.eaf", {"interviewer": 17, "mop03-2b": 130}, None),
    ("nzilbb-ag/e025a.trs", {"c999": 73, "e025": 72, "e025 + c999": 11}, 153),
    ("primock57/day1_consultation01_doctor.TextGrid", {"Doctor": 53}, 1),
    ("primock57/day1_consultation01_patient.TextGrid", {"Patient": 56}, 1),
    ("primock57/day3_consultation06_doctor.TextGrid", {"Speaker": 29}, 1),
    ("primock57/day3_consultation06_patient.TextGrid", {"Speaker": 25}, 1),
)
CONSULTATIONS = [
    f"primock57/{day}_{who}.TextGrid"
    for day in ("day1_consultation01", "day3_consultation06")
    for who in ("doctor", "patient")
]


def draft(path: str) -> Draft:
    return read(content(path), PurePath(path).name)


@pytest.mark.parametrize(("path", "speakers", "turns"), COUNTS, ids=[PurePath(path).name for path, _, _ in COUNTS])
def test_speakers_labels_and_turns_are_those_counted(path: str, speakers: dict[str, int], turns: int | None) -> None:
    found = draft(path)
    assert {one.name: one.labels for one in found.speakers} == speakers
    assert found.labels == sum(speakers.values())
    assert turns in (None, len(found.turns))
    assert all(turn.speaker is not None for turn in found.turns)


def test_the_files_of_one_consultation_are_one_talk() -> None:
    files = [(path, content(path)) for path in CONSULTATIONS]
    assert groups(files) == [[0, 1], [2, 3]]
    both = [read_together([files[place] for place in group], Options()) for group in groups(files)]
    assert [found.labels for found in both] == [109, 54]
    assert [{one.name: one.labels for one in found.speakers} for found in both] == [
        {"Patient": 56, "Doctor": 53},
        {"doctor": 29, "patient": 25},
    ]
    for found in both:
        seconds = [mark.seconds for mark in found.time_marks]
        assert seconds == sorted(seconds)


def test_lines_of_analysis_are_counted_and_not_stored() -> None:
    found = draft("talkbank-chatter/deu-conversation.cha")
    assert "pron|" not in found.text
    assert any("%mor 5, %gra 5" in one.what for one in found.notices)


def test_marks_of_people_who_coded_a_recording_are_doubted() -> None:
    found = draft("coded/MaureenMarvinRobin.TextGrid")
    assert found.labels == 4
    assert any("are these marks, and no talk?" in one.what for one in found.notices)
