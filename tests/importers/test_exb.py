"""EXMARaLDA: tiers of type t are talk, in the order of the timeline."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import Draft
from qcode.importers.registry import read
from tests.importers.xml_talks import exb, said

PAIR = {"S0": "INT", "S1": "DD"}


def notices(found: Draft) -> str:
    return "\n".join(one.what for one in found.notices)


def test_events_stand_in_the_order_of_the_timeline() -> None:
    data = exb(PAIR, [("S0", "t", ["0-1 Wie ", "1-2 geht es? ", "4-5 Gut. "]), ("S1", "t", ["2-3 Danke. "])])
    assert said(read(data, "a.exb")) == [("INT", "Wie geht es?", 0.5), ("DD", "Danke.", 2.5), ("INT", "Gut.", 4.5)]


def test_tiers_of_other_types_are_left_out_with_their_events() -> None:
    data = exb(PAIR, [("S0", "t", ["0-1 one"]), ("S0", "d", ["0-1 nods", "1-2 nods"]), ("", "a", ["0-1 x"])])
    found = read(data, "a.exb")
    assert found.text == "INT: one"
    assert "left out, with events: S0 [d] 2" in notices(found)


def test_a_word_cut_by_an_event_is_whole_again() -> None:
    data = exb(PAIR, [("S0", "t", ["0-1 our sp", "1-2 ecies is", "3-4 old"])])
    assert read(data, "a.exb").text == "INT: our species is old"


def test_a_timeline_without_times_keeps_the_order() -> None:
    data = exb(PAIR, [("S0", "t", ["0-1 one", "3-4 three"]), ("S1", "t", ["1-2 two"])], times=False)
    found = read(data, "a.exb")
    assert found.text == "INT: one\nDD: two\nINT: three"
    assert found.time_marks == ()
    assert "no times" in notices(found)


def test_two_speakers_with_one_abbreviation_stay_two() -> None:
    data = exb({"S0": "X", "S1": "X"}, [("S0", "t", ["0-1 one"]), ("S1", "t", ["1-2 two"])])
    assert [one.name for one in read(data, "a.exb").speakers] == ["X (S0)", "X (S1)"]


def test_speakers_missing_from_the_table_and_tiers_of_nobody_are_told() -> None:
    found = read(exb({}, [("S7", "t", ["0-1 one"]), ("", "t", ["1-2 two"])]), "a.exb")
    assert said(found) == [("S7", "one", 0.5), (None, "two", 1.5)]
    assert "not in the table of speakers, with tiers: S7 1" in notices(found)
    assert "kept as talk of nobody" in notices(found)


def test_an_event_at_an_unknown_moment_stays_behind_the_one_before() -> None:
    data = exb(PAIR, [("S0", "t", ["0-1 one", "77-78 two"]), ("S1", "t", ["2-3 three"])])
    assert read(data, "a.exb").text == "INT: one two\nDD: three"


def test_other_xml_and_a_file_without_talk_are_refused() -> None:
    with pytest.raises(Unreadable, match="no transcription of EXMARaLDA"):
        read(b"<x/>", "a.exb")
    with pytest.raises(Unreadable, match="no talk"):
        read(exb(PAIR, [("S0", "d", ["0-1 nods"])]), "a.exb")


def test_where_no_tier_of_type_t_has_words_those_of_the_words_category_are_talk() -> None:
    assert read(exb(PAIR, [("S0", "t", []), ("S1", "v", ["0-1 one"])]), "a.exb").text == "DD: one"


def test_a_file_in_utf_16_is_read() -> None:
    text = exb(PAIR, [("S0", "t", ["0-1 Привет"])]).decode()
    assert read(text.encode("utf-16"), "a.exb").text == "INT: Привет"
