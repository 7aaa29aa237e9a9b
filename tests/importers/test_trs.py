"""Transcriber: a turn for each Turn, the times of its parts kept, noises in brackets."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import Draft
from qcode.importers.registry import read
from tests.importers.xml_talks import said, trs


def talk(turns: str, **more: str) -> Draft:
    return read(trs(turns, **more), "a.trs")


def notices(found: Draft) -> str:
    return "\n".join(f"{one.where}: {one.what}" for one in found.notices)


def test_turns_have_the_names_of_the_table_and_the_times_of_their_parts() -> None:
    found = talk(
        '<Turn speaker="spk1" startTime="1"><Sync time="1"/>\nодин\n<Sync time="2.5"/>\nдва\n</Turn>'
        '<Turn speaker="spk2" startTime="3"><Sync time="3"/>три</Turn>'
    )
    assert found.text == "Нина: один два\nПётр: три"
    assert said(found) == [("Нина", "один два", 1.0), ("Пётр", "три", 3.0)]
    assert [mark.seconds for mark in found.time_marks] == [1.0, 2.5, 3.0]
    assert found.labels == 2


def test_a_turn_of_two_speakers_says_who_says_what() -> None:
    found = talk('<Turn speaker="spk2 spk1" startTime="1"><Who nb="1"/>\nça va\n<Who nb="2"/>\net vous\n</Turn>')
    assert found.text == "Пётр + Нина: [Пётр] ça va [Нина] et vous"
    assert "turns of several speakers at once: 1" in notices(found)


def test_noises_and_comments_stay_in_brackets() -> None:
    found = talk(
        '<Turn speaker="spk1" startTime="1">oui\n<Event desc="rir" type="noise" extent="instantaneous"/>\n'
        '<Event desc="b" type="noise" extent="begin"/>non<Event desc="b" type="noise" extent="end"/>'
        '<Event desc="en" type="language" extent="previous"/><Comment desc="douteux"/></Turn>'
    )
    assert [turn.speaker for turn in found.turns] == ["Нина"]
    assert found.text.split() == ["Нина:", "oui", "[rir]", "[b-]", "non", "[-b]", "[language=en]", "{douteux}"]
    assert "noises and the like 4, comments 1" in notices(found)


def test_changes_of_the_background_are_left_out_and_counted() -> None:
    found = talk('<Turn speaker="spk1" startTime="1">a <Background time="1" type="music" level="high"/> b</Turn>')
    assert found.text.split() == ["Нина:", "a", "b"]
    assert "left out: changes of the background noise 1" in notices(found)


def test_a_turn_without_words_is_no_turn_and_does_not_part_its_neighbours() -> None:
    found = talk(
        '<Turn speaker="spk1" startTime="1">one</Turn><Turn speaker="spk2" startTime="2"><Sync time="2"/></Turn>'
        '<Turn speaker="spk1" startTime="3">two</Turn>'
    )
    assert (found.text, found.labels) == ("Нина: one two", 2)


def test_words_of_a_section_marked_as_not_transcribed_are_kept_and_told() -> None:
    data = trs('<Turn speaker="spk1" startTime="1">one</Turn>').replace(b'"report"', b'"nontrans"')
    found = read(data, "a.trs")
    assert found.text == "Нина: one"
    assert "0 to 9 seconds: a section is marked as not transcribed (nontrans); its words were kept" in notices(found)


def test_a_turn_without_speaker_is_of_nobody_and_an_unknown_one_keeps_its_id() -> None:
    found = talk('<Turn startTime="1">jingle</Turn><Turn speaker="spk9" startTime="2">one</Turn>')
    assert said(found) == [(None, "jingle", 1.0), ("spk9", "one", 2.0)]


def test_one_name_twice_in_the_table_is_one_person_and_told() -> None:
    names = '<Speaker id="spk1" name="Ana"/><Speaker id="spk2" name="Ana"/>'
    found = talk(
        '<Turn speaker="spk1" startTime="1">a</Turn><Turn speaker="spk2" startTime="2">b</Turn>', speakers=names
    )
    assert found.text == "Ana: a b"
    assert "taken for one person: Ana" in notices(found)


def test_an_encoding_that_the_file_declares_is_used() -> None:
    text = trs('<Turn speaker="spk1" startTime="1">déjà</Turn>', speakers='<Speaker id="spk1" name="Zoé"/>').decode()
    data = text.replace("UTF-8", "ISO-8859-1").encode("iso-8859-1")
    assert read(data, "a.trs").text == "Zoé: déjà"


def test_other_xml_and_a_file_without_words_are_refused() -> None:
    with pytest.raises(Unreadable, match="no transcript of Transcriber"):
        read(b"<x/>", "a.trs")
    with pytest.raises(Unreadable, match="no words"):
        talk('<Turn speaker="spk1" startTime="1"><Sync time="1"/></Turn>')
