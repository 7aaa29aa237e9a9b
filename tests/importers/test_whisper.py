"""What speech-to-text writes becomes turns with times; broken JSON becomes a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Options
from qcode.importers.registry import is_talk, read

TWO = [{"start": 0.0, "end": 2.0, "text": " Hello there."}, {"start": 2.5, "end": 4, "text": " How are you?"}]


def draft(value: Any) -> Draft:
    return read(json.dumps(value).encode(), "a.json")


def times(found: Draft) -> list[float | None]:
    return [turn.time for turn in found.turns]


def refusal(data: bytes, name: str = "a.json") -> str:
    with pytest.raises(Unreadable) as refused:
        read(data, name)
    return refused.value.sentence


@pytest.mark.parametrize("value", [{"text": " Hello.", "segments": TWO, "language": "de"}, TWO])
def test_without_speakers_every_segment_is_a_turn(value: Any) -> None:
    found = draft(value)
    assert found.text == "Hello there.\nHow are you?"
    assert times(found) == [0.0, 2.5]
    assert (found.speakers, found.labels, found.format) == ((), 0, "json")
    assert found.language == ("de" if isinstance(value, dict) else "en")


def test_neighbours_of_one_speaker_are_one_turn() -> None:
    who = ["SPEAKER_00", "SPEAKER_01", "SPEAKER_01", None]
    found = draft({"segments": [{"start": n, "text": f"Word {n}.", "speaker": s} for n, s in enumerate(who)]})
    assert found.text == "SPEAKER_00: Word 0.\nSPEAKER_01: Word 1. Word 2.\nWord 3."
    assert [turn.speaker for turn in found.turns] == ["SPEAKER_00", "SPEAKER_01", None]
    assert found.labels == 3


def test_whisper_cpp_counts_in_milliseconds() -> None:
    pieces = [
        {"offsets": {"from": 0, "to": 900}, "text": " Ja."},
        {"offsets": {"from": 2500, "to": 3000}, "text": " Nein."},
    ]
    found = draft({"result": {"language": "de"}, "transcription": pieces})
    assert (times(found), found.language) == ([0.0, 2.5], "de")


@pytest.mark.parametrize(
    ("value", "speakers", "seconds"),
    [
        (
            {"utterances": [{"speaker": "A", "start": 1200, "end": 3000, "text": "So?"}]},
            ["A"],
            [1.2],
        ),
        (
            {"results": {"utterances": [{"speaker": 0, "start": 1.5, "end": 3.0, "transcript": "So?"}]}},
            ["Speaker 0"],
            [1.5],
        ),
        ({"chunks": [{"timestamp": [3.0, 4.0], "text": "So?"}]}, [], [3.0]),
        ({"segments": [{"speaker": "Ana", "startTime": 7, "body": "So?"}]}, ["Ana"], [7.0]),
    ],
)
def test_relatives_of_whisper_are_read(value: Any, speakers: list[str], seconds: list[float]) -> None:
    found = draft(value)
    assert [speaker.name for speaker in found.speakers] == speakers
    assert times(found) == seconds


def test_the_table_of_whisper_counts_in_milliseconds() -> None:
    found = read(b"start\tend\ttext\n0\t2000\tHello.\n2500\t4000\tSo: yes?\nodd\n", "a.tsv")
    assert (found.text, times(found), found.format) == ("Hello.\nSo: yes?", [0.0, 2.5], "tsv")
    assert [notice.what for notice in found.notices] == ["rows that are none, left out: 1"]


def test_numbers_that_are_none_leave_the_words() -> None:
    found = read(
        b'[{"text": "a b", "start": NaN}, {"text": "c", "start": 1e400}, {"text": "d", "start": -1}]', "a.json"
    )
    assert (found.text, times(found)) == ("a b\nc\nd", [None, None, None])


def test_half_characters_are_replaced_and_told() -> None:
    found = read(b'[{"text": "a \\ud800 \\ud83d\\ude42", "start": 1}]', "a.json")
    assert found.text == "a \ufffd \U0001f642"
    assert "broken characters were replaced by “\ufffd”: 1" in [notice.what for notice in found.notices]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"[" * 100_000, "nested deeper"),
        (b'{"text": "x', "no JSON, or cut off, line 1"),
        (b'{"a": 1}', "no segments of speech"),
        (b'{"segments": [{"text": 5}]}', "no segments of speech"),
        (b'[{"text": "a", "start": ' + b"9" * 5_000 + b"}]", "a number that is none"),
        (b'{"text": "\xff"}', "not in UTF-8"),
        (b"hello", "the file is no JSON"),
        (b'[{"text": " "}]', "holds no words"),
        (b"[" + b'{"text":"a"},' * 100_001 + b"1]", "100,002 pieces of speech (at most 100,000)"),
    ],
)
def test_broken_json_is_a_sentence(data: bytes, why: str) -> None:
    assert why in refusal(data)


def test_only_json_with_speech_is_taken_from_a_folder() -> None:
    assert is_talk(json.dumps({"segments": TWO}).encode(), "a.json")
    assert not any(is_talk(data, "a.json") for data in (b'{"text": "hello"}', b"[1]", b"[" * 90_000, b"{", b"null"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "segments", "start", "end", "speaker", "offsets", "from"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_any_json_ends_in_a_draft_or_in_a_sentence(value: Any) -> None:
    try:
        found = read(json.dumps(value).encode(), "a.json", Options())
    except Unreadable as refused:
        assert "could not be read as" not in refused.what
    else:
        assert found.text.strip()


def test_pieces_with_speakers_go_before_the_same_words_without() -> None:
    named = [
        {"speaker": f"SPEAKER_0{n % 2}", "timestamp": [n * 3.0, n * 3 + 2.0], "text": f" words {n}"} for n in (0, 1)
    ]
    found = draft({"speakers": named, "chunks": [{"timestamp": [0.0, 5.0], "text": " words 0 words 1"}], "text": "x"})
    assert found.text == "SPEAKER_00: words 0\nSPEAKER_01: words 1"
    assert times(found) == [0.0, 3.0]


def test_the_audio_segments_of_amazon_are_read() -> None:
    pieces = [
        {"transcript": f"words {n}", "start_time": f"{n}.5", "end_time": f"{n}.9", "speaker_label": f"spk_{n}"}
        for n in (0, 1)
    ]
    found = draft({"jobName": "a", "results": {"transcripts": [{"transcript": "words"}], "audio_segments": pieces}})
    assert found.text == "spk_0: words 0\nspk_1: words 1"
    assert times(found) == [0.5, 1.5]
