"""ELAN: top tiers are speakers, merged by time; dependent tiers are left out and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Options
from qcode.importers.registry import read
from tests.importers.xml_talks import eaf, said


def talk(tiers: Mapping[str, Sequence[str]], slots: str = "0 1000 2000 3000 4000 5000") -> Draft:
    return read(eaf(tiers, slots), "a.eaf")


def notices(found: Draft) -> str:
    return "\n".join(one.what for one in found.notices)


def test_tiers_are_merged_by_the_time_at_which_a_piece_begins() -> None:
    found = talk({"R1": ["0-1 Guten Tag", "3-4 Ja"], "INT": ["1-2 Und", "2-3 wie?"]})
    assert found.text == "R1: Guten Tag\nINT: Und wie?\nR1: Ja"
    assert said(found) == [("R1", "Guten Tag", 0.0), ("INT", "Und wie?", 1.0), ("R1", "Ja", 3.0)]
    assert found.labels == 4


def test_the_participant_names_the_speaker_before_the_tier_does() -> None:
    assert [one.name for one in talk({"T1|Айгүл": ["0-1 ооба"]}).speakers] == ["Айгүл"]
    assert [one.name for one in talk({"tx@Айгүл": ["0-1 ооба"]}).speakers] == ["Айгүл"]


def test_the_tier_that_elan_makes_by_itself_names_nobody() -> None:
    assert talk({"default": ["0-1 one", "1-2 two"]}).speakers == ()


def test_dependent_tiers_are_left_out_with_their_counts() -> None:
    found = talk({"R1": ["0-1 ja"], "tr|R1|R1": ["^a1 yes"], "gl|R1|R1": ["0-1 PTCL", "1-2 x"]})
    assert found.text == "R1: ja"
    assert "left out, with pieces: tr 1, gl 2" in notices(found)


def test_a_top_tier_without_words_gives_way_to_the_one_below() -> None:
    found = talk({"R1|Ana": ["0-1 ", "1-2 "], "tx||R1": ["^a1 one", "^a2 two"], "tr||tx": ["^a3 eins"]})
    assert said(found) == [("tx", "one two", 0.0)]


def test_a_top_tier_that_only_numbers_gives_way_to_the_one_below() -> None:
    found = talk({"ref@A": ["0-1 Tale_001", "1-2 Tale_002"], "tx@A||ref@A": ["^a1 one", "^a2 two"]})
    assert said(found) == [("A", "one two", 0.0)]


def test_a_piece_without_a_time_stays_behind_the_one_before() -> None:
    found = talk({"R1": ["0-1 one", "1-2 two", "2-3 three"], "INT": ["3-4 yes"]}, slots="0 - - 3000 4000")
    assert found.text == "R1: one two three\nINT: yes"
    assert [mark.seconds for mark in found.time_marks] == [0.0, 3.0]
    assert "without a time of their own, kept in the order of their tier: 2" in notices(found)


def test_a_file_without_any_time_keeps_the_order_of_its_slots() -> None:
    found = talk({"R1": ["0-1 one", "3-4 three"], "INT": ["1-2 two"]}, slots="- - - - -")
    assert found.text == "R1: one\nINT: two\nR1: three"


def test_writing_from_right_to_left_keeps_its_order() -> None:
    words = "I TAKE מײַן װידערגעבורט,"
    assert talk({"R1": [f"0-1 {words}"]}).text == f"R1: {words}"


def test_a_tier_beside_the_speech_of_the_same_participant_is_a_speaker_of_its_own() -> None:
    found = talk({"A|Ana": ["0-1 one", "1-2 two"], "B|Ana": ["0-1 nods", "1-2 nods"], "C|Ana": ["3-4 three"]})
    assert {one.name: one.labels for one in found.speakers} == {"Ana": 3, "Ana (B)": 2}
    assert "Ana (B)" in notices(found)


def test_a_tier_without_participant_among_others_is_told() -> None:
    found = talk({"A|Ana": ["0-1 one"], "Topics": ["0-1 money"]})
    assert "name no participant were taken for speakers: Topics" in notices(found)


@pytest.mark.parametrize(
    "tiers",
    [
        {"A||B": ["0-1 one"], "B||A": ["^a1 two"]},
        {"A||A": ["0-1 one"]},
        {"A||gone": ["^a9 one"]},
        {"A": ["^a1 one"]},
        {"A": ["8-9 one"]},
    ],
)
def test_tiers_and_pieces_that_hang_on_nothing_or_on_themselves_are_read(tiers: dict[str, list[str]]) -> None:
    assert "one" in talk(tiers).text


def test_a_long_chain_of_tiers_is_read() -> None:
    chain = {f"T{n}||T{n - 1}": [f"^a{n} "] for n in range(1, 300)}
    assert talk({"T0": ["0-1 "], **chain, "end||T299": ["^a300 words"]}).text == "end: words"


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(Unreadable, match="no words"):
        talk({"A": ["0-1 "]})


def test_elan_is_told_by_its_content() -> None:
    assert read(eaf({"A": ["0-1 one"]}), "a.xml").format == "eaf"
    assert read(eaf({"A": ["0-1 one"]}, more='<!DOCTYPE ANNOTATION_DOCUMENT SYSTEM "x.dtd">'), "a.eaf").format == "eaf"
    with pytest.raises(Unreadable, match="no transcript of ELAN"):
        read(b"<other/>", "a.eaf")


def test_frames_of_video_are_counted_as_seconds() -> None:
    data = eaf({"A": ["1-2 one"]}, slots="0 50 75").replace(b"milliseconds", b"PAL-frames")
    assert read(data, "a.eaf").turns[0].time == 2.0


def test_nobody_may_be_believed() -> None:
    data = eaf({"A": ["0-1 one"], "B": ["1-2 two"]})
    assert read(data, "a.eaf", Options(no_speakers=True)).text == "one\ntwo"
