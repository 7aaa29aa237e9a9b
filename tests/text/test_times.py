"""Moments of the recording are read in every form in which transcripts write them."""

from __future__ import annotations

import pytest

from qcode.text.times import alone, inline, leading, seconds_of, trailing


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("[00:12:34]", 754.0),
        ("#00:12:34-5#", 754.5),
        ("#00:12:34#", 754.0),
        ("(4:30)", 270.0),
        ("[01:46]", 106.0),
        (r"\[01:46\]", 106.0),
        ("00:12:34", 754.0),
        ("1:02:03.250", 3723.25),
        ("<00:00:05>", 5.0),
        ("[00:00:01 - 00:00:05]", 1.0),
    ],
)
def test_a_time_in_front_is_read(written: str, seconds: float) -> None:
    found = leading(written + " words", 0, 40)
    assert found is not None
    assert (found.seconds, found.end) == (seconds, len(written))


@pytest.mark.parametrize("words", ["10 o'clock", "3:7 is a verse", "12:61", "[laughs]", "a 10:30", "1:2:3"])
def test_other_numbers_are_no_times(words: str) -> None:
    assert leading(words, 0, len(words)) is None


def test_two_bare_parts_may_be_a_time_of_day() -> None:
    found = leading("10:30 we met", 0, 12)
    assert found is not None
    assert found.weak


def test_times_inside_the_talk_are_those_in_brackets_or_hashes() -> None:
    assert [s.seconds for s in inline("at 10:30 [00:01] we (00:00:02) went #00:00:03-0# (1:2)")] == [1.0, 2.0, 3.0]


def test_a_time_at_the_end_is_found() -> None:
    words = "and then we left. #00:00:07-1#"
    found = trailing(words, 0, len(words))
    assert found is not None
    assert (words[: found.start], found.seconds) == ("and then we left. ", 7.1)


def test_a_line_of_nothing_but_a_time_is_known() -> None:
    assert alone(" **00:36** ")
    assert not alone("00:36 and")


def test_no_time_is_an_error() -> None:
    with pytest.raises(ValueError, match="no time"):
        seconds_of("never")
