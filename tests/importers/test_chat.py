"""CHAT, strict or loose: lines with an asterisk are talk, their marks stay, only the times go into time marks."""

from __future__ import annotations

import pytest

from qcode.errors import Unreadable
from qcode.importers.base import Draft, Options
from qcode.importers.registry import read
from tests.importers.xml_talks import said

HEAD = "@UTF8\n@Begin\n@Participants:\tINT Investigator, R1 Мария Participant\n"


def cha(*lines: str, head: str = HEAD, name: str = "a.cha", options: Options | None = None) -> Draft:
    return read((head + "\n".join(lines) + "\n@End\n").encode(), name, options)


def notices(found: Draft) -> str:
    return "\n".join(f"{one.where}: {one.what}" for one in found.notices)


def test_neighbouring_utterances_of_one_speaker_are_one_turn() -> None:
    found = cha("*INT:\tкак вы ?", "*R1:\tхорошо .", "*R1:\tправда .")
    assert found.text == "INT: как вы ?\nR1: хорошо . правда ."
    assert {one.name: one.labels for one in found.speakers} == {"R1": 2, "INT": 1}
    assert found.labels == 3


def test_a_bullet_gives_the_time_of_the_words_before_it() -> None:
    found = cha("*R1:\tone two \x151500_2500\x15", "*INT:\tyes •2500_3000•", "\tand no •3000_4000•")
    assert said(found) == [("R1", "one two", 1.5), ("INT", "yes and no", 2.5)]
    assert [(found.text[mark.position :][:3], mark.seconds) for mark in found.time_marks] == [
        ("one", 1.5),
        ("yes", 2.5),
        ("and", 3.0),
    ]


@pytest.mark.parametrize("bullet", ['\x15%snd:"a b"_1500_2500\x15', "\x151500_2500-\x15", "1500_2500"])
def test_older_and_naked_times_are_read(bullet: str) -> None:
    assert said(cha(f"*R1:\tone {bullet}")) == [("R1", "one", 1.5)]


def test_lines_that_depend_on_talk_are_left_out_and_counted() -> None:
    found = cha("*R1:\tone .", "%mor:\tnum|one .", "\tmore of it", "%com:\tsecret", "*R1:\ttwo .", "%mor:\tnum|two .")
    assert found.text == "R1: one . two ."
    assert "left out: %mor 2, %com 1" in notices(found)


def test_marks_of_the_transcriber_stay_in_the_text() -> None:
    line = "<I> [/] I &=laughs (.) went [= home] 0is xxx +/."
    assert cha(f"*R1:\t{line}").text == f"R1: {line}"


def test_lines_go_on_with_a_tab_or_with_blanks() -> None:
    found = cha("*R1:\tone", "\ttwo", "        three", "*INT:\tfour")
    assert found.text == "R1: one two three\nINT: four"
    assert "in place of a tab: 1" in notices(found)


def test_a_line_without_a_mark_of_chat_goes_on_and_is_told_with_its_number() -> None:
    found = cha("*R1:\tone", "two")
    assert found.text == "R1: one two"
    assert "line 5: a line begins as no line of CHAT does" in notices(found)


def test_speakers_keep_their_codes_and_the_header_is_told() -> None:
    found = cha("*R1:\tда", "*NEW:\tнет")
    assert [one.name for one in found.speakers] == ["R1", "NEW"]
    assert "INT is Investigator, R1 is Мария, Participant" in notices(found)
    assert "not named there: NEW" in notices(found)


def test_a_turn_without_words_is_kept_as_a_mark() -> None:
    found = cha("*R1:\tone", "*INT:\t", "*R1:\ttwo")
    assert found.text == "R1: one\nINT: […]\nR1: two"
    assert "turns without words, kept as […]: 1" in notices(found)


def test_headers_inside_the_talk_are_no_talk() -> None:
    found = cha("*R1:\tone", "@Situation:\tin the kitchen", "*R1:\ttwo")
    assert found.text == "R1: one two"
    assert "header lines were left out: @Situation 1" in notices(found)


def test_links_to_pictures_and_underlining_are_left_out_and_counted() -> None:
    found = cha('*R1:\tone \x15%pic:"a.jpg"\x15 \x02\x01two\x02\x02')
    assert found.text == "R1: one  two"
    assert "broken times, left out: 1" in notices(found)
    assert "underlining, left out: 2" in notices(found)


@pytest.mark.parametrize("start", ["@Begin\n", "\ufeff@UTF8\n@Begin\n", "@UTF8\r\n@Begin\r\n"])
def test_chat_is_told_by_its_first_line(start: str) -> None:
    assert cha("*R1:\tone", head=start, name="talk.txt").format == "cha"


def test_a_file_without_a_begin_is_read_by_its_name() -> None:
    assert cha("*R1:\tone", head="").text == "R1: one"


def test_a_file_without_talk_is_refused() -> None:
    with pytest.raises(Unreadable, match="no talk"):
        cha("%mor:\tx")


def test_speakers_can_be_chosen() -> None:
    found = cha("*R1:\tone", "*INT:\ttwo", options=Options(speakers=("R1",)))
    assert said(found) == [("R1", "one", None), (None, "two", None)]
