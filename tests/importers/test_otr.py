"""oTranscribe's time stamps become time marks and leave the words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import Unreadable
from qcode.importers.base import Draft
from qcode.importers.registry import read


def stamp(seconds: str, shown: str = "0:01") -> str:
    return f'<span class="timestamp" contenteditable="false" data-timestamp="{seconds}">{shown}</span>'


def draft(page: str) -> Draft:
    return read(json.dumps({"text": page, "media": "a.mp3", "media-time": 3.2}).encode(), "a.otr")


PAGE = (
    f"<p>{stamp('1.52')}&nbsp;<b>INT:</b> How long &amp; where?</p>"
    f"<p>{stamp('4.0')} АНА: Два часа. {stamp('9.25')} На морозе.<br>Да.</p>"
    f"<p>INT: {stamp('12')} And then?<br /></p><p>АНА: Никто не пришёл 🙂</p>"
)


def test_the_words_stand_without_tags_and_times() -> None:
    found = draft(PAGE)
    assert (
        found.text
        == "INT: How long & where?\nАНА: Два часа. На морозе.\nДа.\nINT: And then?\nАНА: Никто не пришёл 🙂\n"
    )
    assert [(turn.speaker, turn.time) for turn in found.turns] == [
        ("INT", 1.52),
        ("АНА", 4.0),
        ("INT", 12.0),
        ("АНА", None),
    ]
    assert (found.format, found.labels) == ("otr", 4)


def test_every_stamp_is_a_mark_where_it_stood() -> None:
    found = draft(PAGE)
    assert [(found.text[mark.position :][:3], mark.seconds) for mark in found.time_marks] == [
        ("How", 1.52),
        ("Два", 4.0),
        ("На ", 9.25),
        ("And", 12.0),
    ]


def test_a_stamp_without_its_moment_is_read_as_it_shows() -> None:
    assert draft('<span class="timestamp">1:02</span> So.').turns[0].time == 62.0


def test_a_stamp_that_says_nothing_is_told() -> None:
    found = draft('<span class="timestamp">soon</span> So.')
    assert [notice.what for notice in found.notices] == ["time stamps that could not be read: 1"]


@pytest.mark.parametrize("data", [b"[]", b'{"text": 5}', b'{"text": "<p></p>"}', b"{", b"[" * 90_000])
def test_what_is_no_transcript_is_a_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data, "a.otr")
    assert "could not be read as" not in refused.value.what


PIECES = st.sampled_from(
    ["<p>", "</p>", "<br>", "<span>", "</span>", stamp("5"), stamp("x"), "<", ">", "&", "A: b ", "\n", "是"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=20))
def test_any_page_ends_in_a_draft_or_in_a_sentence(pieces: list[str]) -> None:
    try:
        found = draft("".join(pieces))
    except Unreadable as refused:
        assert refused.what == "the file holds no words"
    else:
        assert all(0 <= mark.position < len(found.text) for mark in found.time_marks)


def test_words_inside_a_time_stamp_that_does_not_end_are_kept() -> None:
    found = draft(
        '<p><span class="timestamp" data-timestamp="3">0:03 So it was</span></p><p><span class="timestamp">And'
    )
    assert found.text == "0:03 So it was\nAnd"
    assert found.turns[0].time == 3.0
